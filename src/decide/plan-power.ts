/**
 * What a suite can show before a single call is made: its smallest gap, its smallest margin, the rates that can be met; and how many cases and
 * trials would show what it states.
 */
import { clopperPearsonOneSided } from "../stats/proportion.ts";
import { smallestGap, smallestSupportedMargin } from "../stats/sample-size.ts";
import type { Suite } from "../suite/suite.ts";
import { alphaOf, checksOf, isPrice, marginOf } from "./checks.ts";
import { P95 } from "./measure.ts";
import {
  COMMON_DISCORDANCE,
  type CostSeen,
  type GapNeed,
  gapNeeds,
  marginNeed,
  type RequirementNeed,
  requirementNeed,
  WORST_DISCORDANCE,
} from "./plan-needs.ts";
import { planSentences } from "./plan-words.ts";

/** What a number of test cases can show, and what would be needed. Shares; absent where it cannot show any. */
export interface PowerPlan {
  readonly testCases: number;
  /** Independent groups that the test cases come from; as many as cases where each stands alone. */
  readonly clusters: number;
  /** What all of the following counts: clusters where cases share them, as if the cases of one were answered alike. */
  readonly units: Units;
  readonly smallestGap: { readonly common?: number; readonly worst?: number };
  /** Smallest margin under which "no worse" can be shown when there is no loss, at the common discordance. */
  readonly smallestMargin?: number;
  /** The margin that the suite asks for, and the units that it takes. */
  readonly margin: { readonly asked: number; readonly cases?: number };
  readonly gaps: readonly GapNeed[];
  readonly requirements: readonly RequirementPlan[];
  /** For people, one sentence each. */
  readonly sentences: readonly string[];
}

export interface Units {
  readonly n: number;
  readonly name: "test case" | "cluster";
}

export interface RequirementPlan extends RequirementNeed {
  /** Right units (of a latency, units in time) that would show it met; absent when all right would not, and for a cost. */
  readonly fewestRight?: number;
}

/** The cases that a verdict would be told on, and what answers that are there already cost. */
export interface PlannedCases {
  readonly testCases: number;
  /** Default: as many as cases. */
  readonly clusters?: number;
  readonly costs?: readonly CostSeen[];
}

/**
 * Plans with one 0/1 a case, or one a cluster where cases share them: nobody knows before the answers how alike those of one cluster are,
 * and alike they tell least. Repeats narrow the bounds by at most what they remove of the noise.
 */
export function planPower(suite: Suite, { testCases, clusters = testCases, costs = [] }: PlannedCases): PowerPlan {
  const alpha = alphaOf(suite);
  const units: Units = clusters < testCases ? { n: clusters, name: "cluster" } : { n: testCases, name: "test case" };
  const { n } = units;
  const common = gapOf(n, COMMON_DISCORDANCE, alpha);
  const worst = gapOf(n, WORST_DISCORDANCE, alpha);
  const margin = n < 1 ? undefined : smallestSupportedMargin(n, COMMON_DISCORDANCE, alpha);
  const asked = marginOf(suite);
  const marginCases = marginNeed(asked, alpha);
  const requirements = checksOf(suite).map((check): RequirementPlan => {
    const need = requirementNeed(suite, check, costs);
    const share = check.key === "latency" ? P95 : check.threshold;
    const fewestRight = isPrice(check.key) ? undefined : fewestToMeet(n, share, alpha);
    return { ...need, ...(fewestRight === undefined ? {} : { fewestRight }) };
  });
  const plan = {
    testCases,
    clusters,
    units,
    smallestGap: { ...(common === undefined ? {} : { common }), ...(worst === undefined ? {} : { worst }) },
    ...(margin === undefined ? {} : { smallestMargin: margin }),
    margin: { asked, ...(marginCases === undefined ? {} : { cases: marginCases }) },
    gaps: gapNeeds(suite),
    requirements,
  };
  return { ...plan, sentences: planSentences(suite, plan) };
}

/** The fewest right cases of n whose lower Clopper-Pearson bound reaches the threshold. */
export function fewestToMeet(n: number, threshold: number, alpha: number): number | undefined {
  if (n < 1) return undefined;
  const meets = (right: number) => clopperPearsonOneSided(right, n, 1 - alpha).lower >= threshold;
  if (!meets(n)) return undefined;
  let low = Math.floor(threshold * n);
  let high = n;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (meets(middle)) high = middle;
    else low = middle + 1;
  }
  return high;
}

/** One-sided: the two-sided formula at twice alpha. */
function gapOf(n: number, discordance: number, alpha: number): number | undefined {
  if (n < 1) return undefined;
  const gap = smallestGap(n, discordance, 2 * alpha);
  return gap.defined ? gap.value : undefined;
}
