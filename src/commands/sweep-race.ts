/** Races the prompts of one suite on dev, then tells the winner on test: rounds of calls, each read from the ledger and ranked. */
import { rankTargets } from "../decide/choose.ts";
import { enoughFor, leastOf, type RaceBudget, race } from "../decide/halving.ts";
import type { Observations } from "../decide/observations.ts";
import { gainOnTest, plateauOfSweep, standingOn } from "../decide/sweep-figures.ts";
import { DEFAULT_MAX_MISSING } from "../decide/validity.ts";
import { collect } from "../engine/collect.ts";
import type { Ledger } from "../engine/ledger.ts";
import { type Look, numberLooks, watchCandidates } from "../engine/looks.ts";
import { narrowSuite } from "../engine/narrow.ts";
import type { RunOutcome } from "../engine/outcome.ts";
import { type SuitePlan, selectedCases } from "../engine/plan.ts";
import type { FinishedSweep } from "../engine/sweeps.ts";
import { tasks } from "../engine/tasks.ts";
import { ConfigError, ExitCode } from "../errors.ts";
import { worstCost } from "../model/prices.ts";
import type { SweepRound, SweepView } from "../report/sweep-view.ts";
import type { World } from "../suite/world.ts";
import { observe, type Space } from "./sweep-space.ts";

export interface RaceOptions {
  /** Calls on dev at most, those in the ledger too, so that running again races the same way. */
  readonly maxCalls?: number;
  /** Of dev and test together, at worst. */
  readonly maxUsd?: number;
  readonly call: (part: SuitePlan) => Promise<RunOutcome>;
  readonly onRound: (round: SweepRound) => void;
}

export type Raced =
  | {
      readonly kind: "finished";
      readonly view: Omit<SweepView, "code">;
      readonly kept: FinishedSweep;
      readonly look?: Look;
      readonly stopped?: RunOutcome;
    }
  | { readonly kind: "stopped"; readonly outcome: RunOutcome }
  | { readonly kind: "short"; readonly why: string; readonly exitCode: number };

/** Throws ConfigError where a budget does not reach for one case each. */
export async function racePrompts(space: Space, ledger: Ledger, world: World, options: RaceOptions): Promise<Raced> {
  const { plan, prompts, order } = space;
  const [incumbent = ""] = prompts;
  const budgets = await budgetsOf(space, options);
  const rounds: SweepRound[] = [];
  let ended: Exclude<Raced, { kind: "finished" }> | undefined;
  let last: Observations | undefined;
  const found = await race({ arms: prompts.length, cases: order.length, budgets }, async (arms, cases, round) => {
    const names = arms.toSorted((a, b) => a - b).map((arm) => prompts[arm] ?? "");
    const part = narrowSuite(plan, { targets: names, caseIds: new Set(order.slice(0, cases)) });
    const outcome = await options.call(part);
    if (outcome.stopped !== undefined) ended = { kind: "stopped", outcome };
    if (ended !== undefined) return undefined;
    const lacking = await lackingOf(part, ledger, world);
    const short = lacking.get(incumbent);
    if (short !== undefined) ended = shortOf(incumbent, short);
    if (ended !== undefined) return undefined;
    const observations = await observe(part, ledger, world);
    const standing = rankTargets(
      observations,
      names.flatMap((name, at) => (lacking.has(name) ? [] : [at])),
    );
    const ranked = standing.map((at) => names[at] ?? "");
    const best = ranked[0] ?? incumbent;
    const told: SweepRound = {
      round,
      prompts: names.length,
      cases,
      best,
      incumbent,
      bestOnDev: standingOn(observations, best, "dev"),
      incumbentOnDev: standingOn(observations, incumbent, "dev"),
      leftOut: [...lacking.keys()],
    };
    rounds.push(told);
    options.onRound(told);
    last = observations;
    return ranked.map((name) => prompts.indexOf(name));
  });
  if (ended !== undefined) return ended;
  const final = found?.rounds.at(-1);
  const [winner] = final?.ranked.map((arm) => prompts[arm] ?? "") ?? [];
  const challenger = final?.ranked.map((arm) => prompts[arm] ?? "").find((name) => name !== incumbent);
  if (final === undefined || winner === undefined || challenger === undefined || last === undefined) {
    return { kind: "short", why: `no prompt but "${incumbent}" was answered`, exitCode: ExitCode.incomplete };
  }
  const kept: FinishedSweep = {
    suite: plan.suite.name,
    space: space.hash,
    prompts,
    winner,
    winnerCalls: space.calls.get(winner) ?? "",
    cases: final.cases,
    challenger,
    challengerCalls: space.calls.get(challenger) ?? "",
  };
  const plateau = plateauOfSweep(last, { challenger, incumbent, prompts: prompts.length });
  const test = await toldOnTest(space, [...new Set([incumbent, winner])], ledger, world, options);
  return {
    kind: "finished",
    kept,
    ...(test.look === undefined ? {} : { look: test.look }),
    ...(test.outcome.stopped === undefined ? {} : { stopped: test.outcome }),
    view: {
      suite: plan.suite.name,
      from: incumbent,
      prompts: prompts.length,
      devCases: order.length,
      rounds,
      winner,
      winnerOnDev: standingOn(last, winner, "dev"),
      winnerOnTest: standingOn(test.observations, winner, "test"),
      fromOnTest: standingOn(test.observations, incumbent, "test"),
      ...(winner === incumbent ? {} : { gainOnTest: gainOnTest(test.observations, incumbent, winner) }),
      ...(plateau === undefined ? {} : { plateau }),
    },
  };
}

/** The winner and the incumbent on test: shown, and so a look at these cases. */
async function toldOnTest(
  { plan }: Space,
  targets: readonly string[],
  ledger: Ledger,
  world: World,
  { call }: RaceOptions,
): Promise<{ readonly observations: Observations; readonly outcome: RunOutcome; readonly look?: Look }> {
  const caseIds = new Set<string>();
  for await (const { id, split } of selectedCases(plan)) if (split === "test") caseIds.add(id);
  const part = narrowSuite(plan, { targets, caseIds });
  const outcome = await call(part);
  const watch = watchCandidates(part.targets.map(({ target, model }) => ({ ...target, model })));
  for await (const record of collect(part, ledger, world)) watch.add(record);
  const { fresh } = numberLooks(plan.suite.name, watch.candidates(), ledger.looks());
  return { observations: await observe(part, ledger, world), outcome, ...(fresh === undefined ? {} : { look: fresh }) };
}

async function budgetsOf({ plan, prompts, order }: Space, { maxCalls, maxUsd }: RaceOptions): Promise<RaceBudget[]> {
  const { trials } = plan;
  const perCase = prompts.map(() => trials);
  const total = maxCalls ?? enoughFor(prompts.length, order.length) * trials;
  const budgets: RaceBudget[] = [{ total, perCase }];
  refuseSmall(budgets[0], `--max-calls ${total}`, "calls", plan);
  if (maxUsd === undefined) return budgets;
  const { dev, test } = await worstOf(plan);
  const usd: RaceBudget = { total: Math.max(0, maxUsd - test), perCase: prompts.map((name) => dev.get(name) ?? 0) };
  refuseSmall(usd, `--max-usd ${maxUsd}`, "dollars", plan, test);
  return [...budgets, usd];
}

function refuseSmall(budget: RaceBudget | undefined, option: string, unit: string, plan: SuitePlan, kept = 0): void {
  if (budget === undefined || budget.total >= leastOf(budget)) return;
  const least = leastOf(budget) + kept;
  const needed = unit === "calls" ? `${least} calls` : `$${(Math.ceil(least * 100) / 100).toFixed(2)}`;
  throw new ConfigError(
    "small-budget",
    `${option} does not reach to race ${plan.targets.length} prompts of "${plan.suite.name}"`,
    {
      place: { file: plan.suite.file, path: "sweep" },
      fix: `Give ${needed} or more, or take values out of the axes of sweep.`,
    },
  );
}

/** US dollars at worst: of one dev case by prompt (all trials), and of the test cases with the two dearest. Free and stored models cost 0. */
async function worstOf(plan: SuitePlan): Promise<{ readonly dev: ReadonlyMap<string, number>; readonly test: number }> {
  const dev = new Map<string, number>();
  const test = new Map<string, number>();
  for await (const { target, case: one, prompt } of tasks({ ...plan, trials: 1 })) {
    const { name } = target.target;
    const worst =
      target.model.answers === "stored" ? 0 : usdOf(worstCost(prompt.messages, target.parameters, target.model.price));
    const usd = worst * plan.trials;
    if (one.split === "dev") dev.set(name, Math.max(dev.get(name) ?? 0, usd));
    else test.set(name, (test.get(name) ?? 0) + usd);
  }
  const [first = 0, second = 0] = [...test.values()].sort((a, b) => b - a);
  return { dev, test: first + second };
}

/** `refuseUnpriced` has seen to it that prices are known. */
function usdOf(cost: ReturnType<typeof worstCost>): number {
  return cost.known ? cost.usd : 0;
}

/** Targets with more missing answers than a verdict may rest on, with how many. */
async function lackingOf(part: SuitePlan, ledger: Ledger, world: World): Promise<ReadonlyMap<string, Lack>> {
  const counts = new Map(part.targets.map(({ target }) => [target.name, { missing: 0, planned: 0, why: "" }]));
  for await (const { target, completion } of collect(part, ledger, world)) {
    const count = counts.get(target);
    if (count === undefined) continue;
    count.planned++;
    if (completion.kind === "answer") continue;
    count.missing++;
    count.why ||= completion.kind === "failure" ? completion.message : completion.why;
  }
  const most = part.suite.gate.maxMissing ?? DEFAULT_MAX_MISSING;
  return new Map([...counts].filter(([, { missing, planned }]) => missing > most * planned));
}

interface Lack {
  readonly missing: number;
  readonly planned: number;
  readonly why: string;
}

function shortOf(target: string, { missing, planned, why }: Lack): Extract<Raced, { kind: "short" }> {
  return {
    kind: "short",
    why: `${missing} of ${planned} answers of "${target}" are missing (${why})`,
    exitCode: why.startsWith("not in the ledger") ? ExitCode.cannotMeasure : ExitCode.incomplete,
  };
}
