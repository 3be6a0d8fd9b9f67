/** Sums that do not lose the small terms: every mean and variance of the room is built on these. */

/**
 * Compensated sum (Neumaier 1974). The error does not grow with the number of terms, and a small term survives
 * between two large ones that cancel.
 */
export function sum(values: ArrayLike<number>): number {
  let total = 0;
  let lost = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
}

/** Compensated sum of `term(index)` for `index` from 0 to `count - 1`. */
export function sumOver(count: number, term: (index: number) => number): number {
  let total = 0;
  let lost = 0;
  for (let index = 0; index < count; index++) {
    const value = term(index);
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
}

/** Arithmetic mean; the caller guarantees at least one value. */
export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

/** Sum of squared deviations from the mean; exactly 0 for values that are equal up to rounding. */
export function sumOfSquares(values: readonly number[]): number {
  if (isConstant(values)) return 0;
  const centre = mean(values);
  return sumOver(values.length, (index) => ((values[index] ?? 0) - centre) ** 2);
}

/** The largest absolute value, 0 of none. */
export function largestMagnitude(values: readonly number[]): number {
  let most = 0;
  for (let at = 0; at < values.length; at++) most = Math.max(most, Math.abs(values[at] ?? 0));
  return most;
}

/**
 * What two numbers computed from these values may differ by although the mathematics says they are equal: 1e-12 of the
 * largest, and 1e-15 at least, since values that are differences of scores near 1 carry the rounding of those scores.
 */
export function roundingSlack(values: readonly number[]): number {
  return Math.max(1e-15, 1e-12 * largestMagnitude(values));
}

/**
 * Whether the values are all one number up to rounding. Rounding leaves residuals near 1e-17 where the mathematics says 0, and a
 * t statistic built on those is nonsense of sixteen digits.
 */
export function isConstant(values: readonly number[]): boolean {
  const [first = 0] = values;
  const slack = roundingSlack(values);
  return values.every((value) => Math.abs(value - first) <= slack);
}
