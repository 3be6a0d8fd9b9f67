/** What one successful answer costs: a ratio of sums, so its error comes from cost and success together. */
import { expectInsideUnit, expectNonNegatives, expectNumbers, expectSameLength } from "./arguments.ts";
import type { Bounds } from "./interval.ts";
import { tBounds } from "./mean.ts";
import { twoSidedT } from "./student-t.ts";
import { isConstant, sum, sumOver } from "./sum.ts";
import { defined, type Maybe, notDefined } from "./undefined.ts";

/** Cost per success in the unit of the costs. */
export type CostPerSuccess = {
  /** Σ cost / Σ success; not defined without a success, never Infinity. */
  readonly ratio: Maybe<number>;
  /** Linearised standard error; not defined for one case. */
  readonly se: Maybe<number>;
  /** Two-sided t interval on n - 1 degrees of freedom. */
  readonly bounds: Maybe<Bounds>;
};

/**
 * Ratio estimator with linearised (Taylor) standard error (Cochran 1977, "Sampling Techniques").
 * @param costs cost of each case, >= 0
 * @param successes success of each case: 0 or 1, or a share of it in [0, 1]
 * @param confidence two-sided, 0.95 unless told otherwise
 */
export function costPerSuccess(
  costs: readonly number[],
  successes: readonly number[],
  confidence = 0.95,
): CostPerSuccess {
  expectNumbers("costs", costs);
  expectNumbers("successes", successes);
  expectSameLength("costs", costs, "successes", successes);
  expectInsideUnit("confidence", confidence);
  expectNonNegatives("costs", costs);
  expectNonNegatives("successes", successes);
  const total = sum(successes);
  if (total === 0) {
    const reason = notDefined("no case succeeded");
    return { ratio: reason, se: reason, bounds: reason };
  }
  const ratio = sum(costs) / total;
  const n = costs.length;
  const se =
    n < 2 ? notDefined("a single case has no spread") : defined(linearisedError(costs, successes, ratio) / total);
  return { ratio: defined(ratio), se, bounds: tBounds(ratio, se, () => twoSidedT(confidence, n - 1)) };
}

/** √( n/(n-1) Σ (cost - ratio · success)² ), 0 where the residuals are only rounding. */
function linearisedError(costs: readonly number[], successes: readonly number[], ratio: number): number {
  const expected = successes.map((success) => ratio * success);
  if (costs.every((cost, index) => isConstant([cost, expected[index] ?? 0]))) return 0;
  const n = costs.length;
  const squares = sumOver(n, (index) => ((costs[index] ?? 0) - (expected[index] ?? 0)) ** 2);
  return Math.sqrt((n / (n - 1)) * squares);
}
