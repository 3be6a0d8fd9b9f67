/**
 * `--sequential`: suites that are asked look by look, and no further than until their verdict is given. What the first look at a candidate's answers was
 * decides how they are judged for good: by bounds that hold at every look, or by those of one. So neither way of running can be tried after the other.
 */
import { lookSizes } from "../decide/look-sizes.ts";
import { neverDecided } from "../decide/validity.ts";
import { type CaseOrder, caseOrder } from "../engine/case-order.ts";
import { estimatePlan } from "../engine/estimate.ts";
import type { Ledger } from "../engine/ledger.ts";
import { lookedBefore, plannedCandidates } from "../engine/looks.ts";
import { mergeOutcomes } from "../engine/merge-outcomes.ts";
import { narrowPlan } from "../engine/narrow.ts";
import type { RunOutcome } from "../engine/outcome.ts";
import type { Plan, SuitePlan } from "../engine/plan.ts";
import type { World } from "../suite/world.ts";
import { type EarlySuite, type EvaluateOptions, evaluate, type Found } from "./evaluate.ts";
import { type Used, usedBy } from "./look-in-turn.ts";

export interface InLooksOptions {
  /** `--sequential` was given. */
  readonly wanted: boolean;
  /** Answers can be bought; else a suite that stopped early is told as it stopped. */
  readonly buys: boolean;
  /** Whether a suite's answers are held against a baseline. */
  readonly isCompared: (suite: string) => boolean;
}

export interface InLooks {
  /** Whether a suite may stop early. */
  readonly mayStop: boolean;
  /** A sentence for each suite that is not stopped early although it was asked for. */
  readonly notes: readonly string[];
  /** Asks the plan: at once where no suite goes look by look. `undefined` where nothing is called. */
  readonly ask: (
    plan: Plan,
    call: ((round: Plan, before: Used) => Promise<RunOutcome>) | undefined,
  ) => Promise<RunOutcome | undefined>;
  /** As `evaluate`, of the cases that were asked. */
  readonly evaluate: (plan: Plan, options?: EvaluateOptions) => Promise<readonly Found[]>;
  /** The plan with no more of each suite than was asked. */
  readonly asked: (plan: Plan) => Plan;
}

interface Walk {
  readonly order: CaseOrder;
  readonly sizes: readonly number[];
  /** Position in `sizes`. */
  at: number;
  open: boolean;
}

/** Works out which suites go look by look. Reads the ledger, calls nothing. */
export async function openInLooks(plan: Plan, ledger: Ledger, world: World, options: InLooksOptions): Promise<InLooks> {
  const suites = new Map<string, EarlySuite>();
  const walks = new Map<string, Walk>();
  const notes: string[] = [];
  const kept = ledger.looks();
  for (const suitePlan of plan.suites) {
    const { name } = suitePlan.suite;
    if (!options.wanted && !kept.some(({ suite, early }) => suite === name && early === true)) continue;
    const candidates = await plannedCandidates(suitePlan);
    const before = lookedBefore(name, candidates, kept);
    const order = await caseOrder(suitePlan);
    const sizes = lookSizes(order.test.length);
    const why = options.isCompared(name)
      ? "it is held against the baseline, which takes all cases"
      : whyAtOnce(suitePlan, order, sizes, before.late);
    const wanted = options.wanted || (!options.buys && before.early.length > 0 && (await lacksAnswers(suitePlan)));
    if (wanted && why === undefined) walks.set(name, { order, sizes, at: 0, open: true });
    else if (options.wanted) notes.push(`"${name}" is not stopped early: ${why}.`);
    if (walks.has(name) || before.early.length > 0) suites.set(name, { planned: order.test.length, candidates });
  }

  async function lacksAnswers(suitePlan: SuitePlan): Promise<boolean> {
    const [estimate] = (await estimatePlan({ ...plan, suites: [suitePlan] }, ledger, world)).suites;
    return estimate !== undefined && estimate.toSend > 0;
  }

  function asked(of: Plan): Plan {
    if (walks.size === 0) return of;
    const parts = of.suites.map(({ suite: { name }, trials }) => {
      const walk = walks.get(name);
      if (walk === undefined) return [name, { trials }] as const;
      const { order, sizes, at } = walk;
      const caseIds = new Set([...order.always, ...order.test.slice(0, sizes[at])]);
      return [name, { trials, caseIds }] as const;
    });
    return narrowPlan(of, new Map(parts));
  }

  const evaluateAsked: InLooks["evaluate"] = (of, more) =>
    evaluate(asked(of), ledger, world, { ...more, early: suites });

  const ask: InLooks["ask"] = async (of, call) => {
    const rounds: RunOutcome[] = [];
    const soFar = () => (rounds.length === 0 ? undefined : mergeOutcomes(rounds));
    for (;;) {
      const called = await call?.(asked(of), usedBy(soFar()));
      if (called !== undefined) rounds.push(called);
      for (const walk of walks.values()) if (walk.at === walk.sizes.length - 1) walk.open = false;
      const open = of.suites.filter(({ suite }) => walks.get(suite.name)?.open === true);
      if (called?.stopped !== undefined || open.length === 0) return soFar();
      const outcome = soFar();
      for (const found of await evaluateAsked({ ...of, suites: open }, outcome === undefined ? {} : { outcome })) {
        const walk = walks.get(found.evaluated.decision.suite);
        if (walk !== undefined) goOn(walk, found, outcome);
      }
      if (open.every(({ suite }) => walks.get(suite.name)?.open !== true)) return soFar();
    }
  };

  return { mayStop: walks.size > 0, notes, ask, evaluate: evaluateAsked, asked };
}

/** To the next look, unless the verdict is given or nothing more can be bought. */
function goOn(walk: Walk, { evaluated: { decision }, notCalled }: Found, outcome: RunOutcome | undefined): void {
  const ended = outcome?.endedTargets?.some(({ suite }) => suite === decision.suite) === true;
  if (decision.sequential?.settled === true) walk.open = false;
  // A target that cannot be asked stays away: what the others say is asked in one go.
  else if (ended) walk.at = walk.sizes.length - 1;
  else if (notCalled > 0) walk.open = false;
  else walk.at += 1;
}

/** Why a suite's cases are asked all at once, for the end of a sentence; `undefined` where they need not. */
function whyAtOnce(
  { suite, targets }: SuitePlan,
  { test, unfit }: CaseOrder,
  sizes: readonly number[],
  late: readonly string[],
): string | undefined {
  if (targets.every(({ model }) => model.answers === "stored"))
    return "its answers are recorded, so that nothing is bought";
  if (unfit !== undefined) return `its cases have ${unfit}, for which no interval holds at every look`;
  if (sizes.length < 2) return `it has ${test.length} test cases, and the first look comes after ${sizes[0]}`;
  const [never] = neverDecided(suite);
  if (never !== undefined) return `no verdict can be given. ${never.text.replace(/\.$/, "")}`;
  const [first] = late;
  if (first === undefined) return undefined;
  return `the answers of "${first}" were looked at before by a run without --sequential, whose intervals hold at one look`;
}
