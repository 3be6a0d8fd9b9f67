/** Drawing without replacement: `k` draws from `n` trials of which `passes` passed. */
import { binomialPmf } from "./binomial.ts";
import { sumOver } from "./sum.ts";

/** P(exactly `hits` of the `k` drawn passed), by three binomial densities (Loader 2000). */
export function hypergeometricPmf(hits: number, n: number, passes: number, k: number): number {
  if (hits < Math.max(0, k - (n - passes)) || hits > Math.min(k, passes)) return 0;
  if (k === 0 || k === n) return 1;
  const share = k / n;
  const rest = (n - k) / n;
  return (
    (binomialPmf(hits, passes, share, rest) * binomialPmf(k - hits, n - passes, share, rest)) /
    binomialPmf(k, n, share, rest)
  );
}

/** P(at least `hits` of the `k` drawn passed). */
export function hypergeometricUpper(hits: number, n: number, passes: number, k: number): number {
  const least = Math.max(0, k - (n - passes));
  const most = Math.min(k, passes);
  if (hits <= least) return 1;
  const pmf = (count: number) => hypergeometricPmf(count, n, passes, k);
  // Below the mean the upper tail is the large one; adding up the small one and taking the complement keeps the digits.
  return hits * n <= k * passes
    ? 1 - sumOver(hits - least, (index) => pmf(least + index))
    : Math.min(
        1,
        sumOver(most - hits + 1, (index) => pmf(hits + index)),
      );
}
