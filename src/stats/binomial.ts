/** The binomial distribution: exact in both tails for n up to millions. */
import { betaTails, logBetaFactor, unitPoint } from "./incomplete-beta.ts";

/**
 * P(X = k) for X ~ Binomial(n, p), by the saddle-point form (Loader 2000).
 * @param q 1 - p; give it where it is known more exactly
 */
export function binomialPmf(k: number, n: number, p: number, q: number = 1 - p): number {
  if (k < 0 || k > n) return 0;
  if (k === 0) return power(q, p, n);
  if (k === n) return power(p, q, n);
  // C(n,k) p^k q^(n-k) = p^k q^(n-k) / B(k, n-k) * n/(k (n-k))
  const factor = Math.exp(logBetaFactor(unitPoint(p, q), k, n - k));
  return (factor * (n / k)) / (n - k);
}

/** P(X <= k). */
export function binomialLower(k: number, n: number, p: number, q: number = 1 - p): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return betaTails(unitPoint(q, p), n - k, k + 1).lower;
}

/** P(X >= k). */
export function binomialUpper(k: number, n: number, p: number, q: number = 1 - p): number {
  if (k <= 0) return 1;
  if (k > n) return 0;
  return betaTails(unitPoint(p, q), k, n - k + 1).lower;
}

/** The smallest k with P(X <= k) >= probability (up to rounding, as R's qbinom). */
export function binomialQuantile(probability: number, n: number, p: number): number {
  const target = probability * (1 - 64 * Number.EPSILON);
  let below = -1;
  let atLeast = n;
  while (atLeast - below > 1) {
    const middle = Math.floor((below + atLeast) / 2);
    if (binomialLower(middle, n, p) >= target) atLeast = middle;
    else below = middle;
  }
  return atLeast;
}

/** base^n with the logarithm taken of whichever of base and 1 - base is exact. */
function power(base: number, complement: number, n: number): number {
  return Math.exp(n * (base > 0.5 ? Math.log1p(-complement) : Math.log(base)));
}
