/** Evaluates the suites look by look, with more trials for all cases of those that show nothing yet, and holds each against the baseline. */
import { compareWithBaseline } from "../decide/baseline/compare.ts";
import type { BaselineResult } from "../decide/baseline/contract.ts";
import { gateWithBaseline } from "../decide/baseline/gate.ts";
import { looksOf, mostTrials, trialsHeld } from "../decide/baseline/looks.ts";
import { isWorthALook, settleAll } from "../decide/baseline/settle.ts";
import type { Notice, RunOutcome } from "../engine/outcome.ts";
import type { Plan, SuitePlan } from "../engine/plan.ts";
import type { BaselineInUse } from "./baseline-in-use.ts";
import type { Evaluated, Found } from "./evaluate.ts";
import { together, withTrials } from "./later-looks.ts";

/** What the rounds before have used up of the caps. */
export interface Used {
  /** US dollars at worst. */
  readonly usd: number;
  /** Requests, judges' too. */
  readonly calls: number;
}

export interface LookOptions {
  readonly baseline: BaselineInUse;
  /** From `--trials`. */
  readonly trials?: number;
  /** One look, with as many trials as the last planned one or, where that is more, as the baseline holds: what a baseline is written from. */
  readonly allTrials?: boolean;
  /** A comparison that cannot be made counts. */
  readonly strict: boolean;
  /** Makes the calls of a round; absent: nothing is called. */
  readonly call?: (plan: Plan, before: Used) => Promise<RunOutcome | undefined>;
  readonly evaluate: (plan: Plan, outcome: RunOutcome | undefined) => Promise<readonly Found[]>;
}

export interface InTurn {
  readonly evaluated: readonly Evaluated[];
  readonly outcome: RunOutcome | undefined;
  /** Cases that a recording could not answer. */
  readonly notices: readonly Notice[];
  /** The plan as it was evaluated in the end: each suite with the trials of its last look. */
  readonly plan: Plan;
}

interface Standing {
  readonly found: Found;
  readonly trials: number;
  readonly looks: readonly number[];
  readonly result?: BaselineResult;
}

/** Whether a suite stands in the baseline, and all of its cases were asked for. */
export function isCompared({ baseline, filtered }: BaselineInUse, suite: string): boolean {
  return !filtered && baseline?.main.some((one) => one.suite === suite) === true;
}

/** Trials of each look by suite; one look of the plan's trials where nothing is compared. */
export function plannedLooks(
  plan: { readonly suites: readonly Pick<SuitePlan, "suite" | "trials">[] },
  { baseline, trials, allTrials }: Pick<LookOptions, "baseline" | "trials" | "allTrials">,
): ReadonlyMap<string, readonly number[]> {
  const looks = ({ suite, trials: own }: Pick<SuitePlan, "suite" | "trials">): readonly number[] => {
    if (allTrials === true) {
      const held = baseline.baseline?.main.find((one) => one.suite === suite.name);
      return [Math.max(mostTrials(suite), held === undefined ? 0 : trialsHeld(held))];
    }
    return isCompared(baseline, suite.name) ? looksOf(suite.gate.trials ?? [suite.trials], trials) : [own];
  };
  return new Map(plan.suites.map((one) => [one.suite.name, looks(one)]));
}

/** Without a baseline there is one look, with the trials of the plan. */
export async function lookInTurn(plan: Plan, options: LookOptions): Promise<InTurn> {
  const planned = plannedLooks(plan, options);
  const standing = new Map<string, Standing>();
  let outcome: RunOutcome | undefined;
  let open: ReadonlyMap<string, number> = new Map([...planned].map(([name, looks]) => [name, looks[0] ?? 1]));
  let before: Plan = { ...plan, suites: [] };
  while (open.size > 0) {
    const round = withTrials(plan, open);
    const called = await options.call?.(round, usedBy(outcome));
    if (called !== undefined) outcome = outcome === undefined ? called : together(outcome, called, before);
    for (const found of await options.evaluate(round, outcome)) {
      const { suite } = found.evaluated.decision;
      const looks = [...(standing.get(suite)?.looks ?? []), open.get(suite) ?? 1];
      const result = resultOf(found, looks, planned.get(suite) ?? looks, options);
      // A look that lacks answers (nothing bought, a budget spent) tells nothing that the one before did not.
      if (looks.length > 1 && result?.outcome === "incomplete") continue;
      standing.set(suite, { found, trials: looks.at(-1) ?? 1, looks, ...(result === undefined ? {} : { result }) });
    }
    settle(standing);
    const asked = open;
    const next = [...standing].flatMap(([suite, { looks, result }]): [string, number][] => {
      const more = planned.get(suite)?.[looks.length];
      const grew = looks.at(-1) === asked.get(suite);
      return result !== undefined && isWorthALook(result) && more !== undefined && grew ? [[suite, more]] : [];
    });
    open = outcome?.stopped === undefined ? new Map(next) : new Map();
    before = withTrials(
      plan,
      new Map([...standing].filter(([name]) => open.has(name)).map(([name, one]) => [name, one.trials])),
    );
  }
  const last = withTrials(plan, new Map([...standing].map(([name, { trials }]) => [name, trials])));
  return {
    evaluated: plan.suites.flatMap((one) => told(one, standing, options.strict)),
    outcome,
    notices: [...standing.values()].flatMap(({ found }) => found.notices),
    plan: last,
  };
}

function resultOf(
  { head, hasMustPass }: Found,
  looks: readonly number[],
  plannedLooks: readonly number[],
  { baseline, strict }: LookOptions,
): BaselineResult | undefined {
  if (baseline.filtered && (baseline.baseline !== undefined || strict)) {
    const why = "No comparison: only some of the cases were asked for.";
    return { outcome: "no-comparison", why, exam: [], cases: 0, looks, plannedLooks, comparisons: [], mustPass: [] };
  }
  // Filtered without a baseline: whoever asks for a case looks into it.
  if (baseline.baseline === undefined && !strict && (baseline.filtered || !hasMustPass())) return undefined;
  return compareWithBaseline(head(), baseline.baseline, { looks, plannedLooks });
}

function settle(standing: Map<string, Standing>): void {
  const compared = [...standing].flatMap(([suite, one]) =>
    one.result === undefined ? [] : [{ suite, one, result: one.result }],
  );
  const results = settleAll(compared.map(({ result }) => result));
  for (const [at, { suite, one, result }] of compared.entries()) {
    standing.set(suite, { ...one, result: results[at] ?? result });
  }
}

function told({ suite }: SuitePlan, standing: ReadonlyMap<string, Standing>, strict: boolean): Evaluated[] {
  const one = standing.get(suite.name);
  if (one === undefined) return [];
  const { evaluated } = one.found;
  if (one.result === undefined) return [evaluated];
  return [
    { ...evaluated, gate: gateWithBaseline(evaluated.gate, one.result, suite.gate, strict), baseline: one.result },
  ];
}

/** What calls have used up of the caps. */
export function usedBy(outcome: RunOutcome | undefined): Used {
  if (outcome === undefined) return { usd: 0, calls: 0 };
  const { counts, judgeCalls, spend } = outcome;
  return { usd: spend.settledUsd + spend.unknownAtMostUsd, calls: counts.sent + (judgeCalls?.sent ?? 0) };
}
