/** A mean of independent values, one a case: average the trials of a case first, they are one cluster and never more cases. */
import { expectInsideUnit, expectNumbers } from "./arguments.ts";
import type { Bounds } from "./interval.ts";
import { oneSidedT, twoSidedT } from "./student-t.ts";
import { mean, sumOfSquares } from "./sum.ts";
import { defined, type Maybe, notDefined } from "./undefined.ts";

/** A mean with its standard error and Student's t bounds, which exist only where the values differ. */
export type MeanEstimate = {
  readonly n: number;
  readonly estimate: number;
  /** sd/√n. Defined and 0 for equal values, not defined for a single one. */
  readonly se: Maybe<number>;
  /** n - 1. */
  readonly df: number;
  /** Not defined for a single value, nor for equal values, whose interval [m, m] would claim certainty. */
  readonly bounds: Maybe<Bounds>;
};

/**
 * Two-sided t interval of a mean (Student 1908).
 * @param values at least one finite number
 * @param confidence two-sided, inside (0, 1)
 */
export function meanInterval(values: readonly number[], confidence: number): MeanEstimate {
  return estimateMean(values, confidence, twoSidedT);
}

/** One-sided t bounds of a mean, each with this confidence by itself. */
export function meanOneSided(values: readonly number[], confidence: number): MeanEstimate {
  return estimateMean(values, confidence, oneSidedT);
}

/** `estimate ± critical · se`, or the reason why a standard error cannot carry an interval. */
export function tBounds(estimate: number, se: Maybe<number>, critical: () => number): Maybe<Bounds> {
  if (!se.defined) return se;
  if (se.value === 0) return notDefined("nothing varies, so the spread says nothing");
  const half = critical() * se.value;
  return defined({ lower: estimate - half, upper: estimate + half });
}

/** Standard error of the mean of independent values, sd/√n. */
export function standardError(values: readonly number[]): Maybe<number> {
  const n = values.length;
  if (n < 2) return notDefined("a single value has no spread");
  return defined(Math.sqrt(sumOfSquares(values) / (n * (n - 1))));
}

function estimateMean(
  values: readonly number[],
  confidence: number,
  critical: (confidence: number, df: number) => number,
): MeanEstimate {
  expectNumbers("values", values);
  expectInsideUnit("confidence", confidence);
  const estimate = mean(values);
  const se = standardError(values);
  const df = values.length - 1;
  return { n: values.length, estimate, se, df, bounds: tBounds(estimate, se, () => critical(confidence, df)) };
}
