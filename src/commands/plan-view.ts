/** From the engine's estimate and the decision's power to what the reports show. */
import { type PowerPlan, planPower } from "../decide/plan-power.ts";
import type { PlanEstimate, SuiteEstimate } from "../engine/estimate.ts";
import { type Plan, type SuitePlan, selectedCases } from "../engine/plan.ts";
import type { PlanSuiteView } from "../report/plan-view.ts";
import type { RunHead } from "../report/run-lines.ts";

export interface SuiteForecast extends SuiteEstimate {
  readonly example: boolean;
  readonly cases: { readonly dev: number; readonly test: number };
  readonly power: PowerPlan;
}

async function countSplits(plan: SuitePlan): Promise<{ readonly dev: number; readonly test: number }> {
  let dev = 0;
  let test = 0;
  for await (const { split } of selectedCases(plan)) {
    if (split === "dev") dev++;
    else test++;
  }
  return { dev, test };
}

/** What each suite would call, and what its selected cases can show. */
export async function forecast(plan: Plan, estimate: PlanEstimate): Promise<readonly SuiteForecast[]> {
  const forecasts: SuiteForecast[] = [];
  for (const [index, suitePlan] of plan.suites.entries()) {
    const calls = estimate.suites[index];
    if (calls === undefined) continue;
    const cases = await countSplits(suitePlan);
    const { suite } = suitePlan;
    forecasts.push({
      ...calls,
      example: suite.example,
      cases,
      power: planPower({ ...suite, trials: suitePlan.trials }, cases.test),
    });
  }
  return forecasts;
}

export function viewOf({ suite, example, cases, targets, power, ...calls }: SuiteForecast): PlanSuiteView {
  return {
    suite,
    example,
    devCases: cases.dev,
    testCases: cases.test,
    targets: targets.length,
    calls: calls.calls,
    inLedger: calls.inLedger,
    stored: calls.stored,
    toSend: calls.toSend,
    worst: calls.worst,
    judgeCallsAtMost: calls.judgeCallsAtMost,
    power: power.sentences,
  };
}

/** The line before the first call. */
export function headOf({ suites }: PlanEstimate): RunHead {
  const sum = (pick: (suite: SuiteEstimate) => number) => suites.reduce((total, suite) => total + pick(suite), 0);
  return {
    suites: suites.length,
    targets: sum(({ targets }) => targets.length),
    calls: sum(({ calls }) => calls),
    inLedger: sum(({ inLedger }) => inLedger),
    stored: sum(({ stored }) => stored),
    worst: { usd: sum(({ worst }) => worst.usd), unpricedCalls: sum(({ worst }) => worst.unpricedCalls) },
    judgeCallsAtMost: sum(({ judgeCallsAtMost }) => judgeCallsAtMost),
  };
}
