/** Cases for a paired t test with the t distribution itself: a case or two more than the normal formula says. */
import { expectInsideUnit, expectNonNegative, expectPositive } from "./arguments.ts";
import { noncentralTUpper } from "./noncentral-t.ts";
import type { SampleSize } from "./sample-size.ts";
import { studentQuantile } from "./student-t.ts";

/**
 * Power of the two-sided paired t test to see a difference on its own side, with n cases (n > 1, not necessarily whole).
 */
export function pairedTPower(n: number, delta: number, sdOfDifferences: number, alphaTwoSided: number): number {
  expectPositive("n - 1", n - 1);
  const critical = -studentQuantile(alphaTwoSided / 2, n - 1);
  return noncentralTUpper(critical, n - 1, (Math.sqrt(n) * Math.abs(delta)) / sdOfDifferences);
}

/**
 * The n with this power, at least 2; `exact` is the root in n taken as a real number, `n` the cases.
 * @param delta difference to be seen, not 0
 * @param sdOfDifferences >= 0
 */
export function sampleSizePairedT(
  delta: number,
  sdOfDifferences: number,
  power: number,
  alphaTwoSided: number,
): SampleSize {
  expectPositive("|delta|", Math.abs(delta));
  expectNonNegative("sdOfDifferences", sdOfDifferences);
  expectInsideUnit("power", power);
  expectInsideUnit("alphaTwoSided", alphaTwoSided);
  const falls = (n: number) => pairedTPower(n, delta, sdOfDifferences, alphaTwoSided) < power;
  if (!falls(2)) return { exact: 2, n: 2 };
  let low = 2;
  let high = 4;
  while (falls(high)) [low, high] = [high, 2 * high];
  while (high - low > 1e-9 * high) {
    const middle = (low + high) / 2;
    if (falls(middle)) low = middle;
    else high = middle;
  }
  return { exact: high, n: Math.ceil(high - 1e-6) };
}
