/** From the engine's estimate and the decision's power to what the reports show. */
import { familyWarnings } from "../decide/judge-families.ts";
import { type PowerPlan, planPower } from "../decide/plan-power.ts";
import type { PlanEstimate, SuiteEstimate } from "../engine/estimate.ts";
import { type Plan, type SuitePlan, selectedBlocks } from "../engine/plan.ts";
import { type ExpectedTotal, expectedSentences } from "../report/expected-words.ts";
import type { PlanSuiteView } from "../report/plan-view.ts";
import type { RunHead } from "../report/run-lines.ts";
import type { LookAhead } from "./looks-ahead.ts";
import { withRecordings } from "./with-recordings.ts";

/** Calls and worst costs are those of the last look that may come; what is expected is of the first, which surely comes. */
export interface SuiteForecast extends SuiteEstimate {
  readonly example: boolean;
  /** Where several looks may come: calls to send up to each, and the chance that it is taken if no case changes its rate. */
  readonly looks?: readonly {
    readonly trials: number;
    readonly chance?: number;
    readonly toSend: number;
    readonly worst: SuiteEstimate["worst"];
  }[];
  readonly cases: { readonly dev: number; readonly test: number };
  /** Calls still to be sent, without retries and judges, and what they are expected to cost. */
  readonly expected: ExpectedTotal & { readonly calls: number; readonly targets: SuiteEstimate["targets"] };
  readonly power: PowerPlan;
  /** What is to be known of judges before they are paid; absent where there is nothing. */
  readonly judges?: readonly string[];
}

interface Counts {
  readonly dev: number;
  readonly test: number;
  /** Of the test cases, those that a verdict is told on: what tuning must not break is held out. */
  readonly telling: number;
  readonly clusters: number;
}

async function countCases(plan: SuitePlan): Promise<Counts> {
  const heldOut = plan.suite.requirement.regression?.tag;
  if (heldOut === undefined && Object.keys(plan.selection).length === 0) {
    const { dev, test, testClusters } = plan.dataset.counts;
    return { dev, test, telling: test, clusters: testClusters };
  }
  let dev = 0;
  let test = 0;
  let telling = 0;
  const clusters = new Set<string>();
  for await (const block of selectedBlocks(plan)) {
    for (const { split, tags = [], cluster } of block) {
      if (split === "dev") dev++;
      else test++;
      if (split === "dev" || (heldOut !== undefined && tags.includes(heldOut))) continue;
      telling++;
      clusters.add(cluster);
    }
  }
  return { dev, test, telling, clusters: clusters.size };
}

/** What each suite would call, and what its selected cases can show. */
export async function forecast(
  plan: Plan,
  ahead: ReadonlyMap<string, readonly LookAhead[]>,
): Promise<readonly SuiteForecast[]> {
  const forecasts: SuiteForecast[] = [];
  for (const suitePlan of plan.suites) {
    const looks = ahead.get(suitePlan.suite.name) ?? [];
    const [first, last] = [looks[0]?.estimate, looks.at(-1)?.estimate];
    if (first === undefined || last === undefined) continue;
    const { dev, test, telling, clusters } = await countCases(suitePlan);
    const { suite } = suitePlan;
    const judges = familyWarnings(withRecordings(suitePlan));
    const costs = first.targets.flatMap(({ target, costs: seen }) => (seen === undefined ? [] : [{ target, ...seen }]));
    forecasts.push({
      ...last,
      example: suite.example,
      ...(looks.length < 2 ? {} : { looks: looks.map(toldLook) }),
      cases: { dev, test },
      expected: expectedOf(first),
      power: planPower({ ...suite, trials: suitePlan.trials }, { testCases: telling, clusters, costs }),
      ...(judges.length === 0 ? {} : { judges }),
    });
  }
  return forecasts;
}

function toldLook({
  trials,
  chance,
  estimate: { toSend, worst },
}: LookAhead): NonNullable<SuiteForecast["looks"]>[number] {
  return { trials, ...(chance === undefined ? {} : { chance }), toSend, worst };
}

function expectedOf({ targets, toSend }: SuiteEstimate): SuiteForecast["expected"] {
  const total = { calls: toSend, targets, usd: 0, open: { calls: 0, promptsUsd: 0, worstUsd: 0 }, unpricedCalls: 0 };
  for (const { expected, toSend: calls, worst } of targets) {
    if (expected?.known === true) total.usd += expected.usd;
    else if (expected?.why === "no-answers") {
      total.open.calls += calls;
      total.open.promptsUsd += expected.promptsUsd;
      total.open.worstUsd += worst.usd;
    } else total.unpricedCalls += calls;
  }
  return total;
}

export function viewOf({
  suite,
  example,
  cases,
  targets,
  looks,
  expected,
  power,
  judges = [],
  ...calls
}: SuiteForecast): PlanSuiteView {
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
    ...(looks === undefined ? {} : { looks }),
    expected,
    expectedBy: expectedSentences(
      expected.targets.flatMap(({ target, toSend, worst, expected: own }) =>
        own === undefined ? [] : [{ target, toSend, worstUsd: worst.usd, expected: own }],
      ),
    ),
    power: [...power.sentences, ...judges],
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
