/** What each look of a suite would call: the first for certain, the further ones of `gate.trials` as long as nothing is shown against the baseline. */
import { chancesOfLooks } from "../decide/baseline/expected-looks.ts";
import type { PlanEstimate, SuiteEstimate } from "../engine/estimate.ts";
import type { Plan } from "../engine/plan.ts";
import type { BaselineInUse } from "./baseline-in-use.ts";
import { withTrials } from "./later-looks.ts";
import { plannedLooks } from "./look-in-turn.ts";

export interface LookAhead {
  /** Of each case, those of the looks before with it. */
  readonly trials: number;
  /** Chance that it is taken if no case changes its rate, from the baseline's trials; absent where they cannot tell. */
  readonly chance?: number;
  /** With the calls of the looks before. */
  readonly estimate: SuiteEstimate;
}

/** By suite, in the order of the looks; one look where nothing is compared, and with the suite's own trials. */
export async function looksAhead(
  plan: Plan,
  inUse: BaselineInUse,
  estimate: (round: Plan) => Promise<PlanEstimate>,
  { trials }: { readonly trials?: number },
): Promise<ReadonlyMap<string, readonly LookAhead[]>> {
  const planned = plannedLooks(plan, { baseline: inUse, ...(trials === undefined ? {} : { trials }) });
  const ahead = new Map<string, readonly LookAhead[]>();
  const most = Math.max(0, ...[...planned.values()].map(({ length }) => length));
  for (let at = 0; at < most; at++) {
    const round = new Map<string, number>();
    for (const [name, looks] of planned) {
      const own = looks[at];
      if (own !== undefined) round.set(name, own);
    }
    const { suites } = await estimate(withTrials(plan, round));
    for (const one of suites) {
      const look = { trials: round.get(one.suite) ?? 1, estimate: one };
      ahead.set(one.suite, [...(ahead.get(one.suite) ?? []), look]);
    }
  }
  for (const { suite, cases } of plan.suites) {
    const looks = ahead.get(suite.name) ?? [];
    const base = inUse.baseline?.main.find((one) => one.suite === suite.name);
    if (looks.length < 2 || base === undefined || cases === 0) continue;
    const chances = chancesOfLooks(
      suite,
      base,
      looks.map((look) => look.trials),
    );
    if (chances === undefined) continue;
    ahead.set(
      suite.name,
      looks.map((look, at) => ({ ...look, chance: chances[at] ?? 1 })),
    );
  }
  return ahead;
}
