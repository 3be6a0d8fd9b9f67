/** Student's t distribution, through the incomplete beta function. */
import { expectPositive, expectUnit } from "./arguments.ts";
import { betaQuantilePoint } from "./beta-quantile.ts";
import { betaTails, unitPointOfLogit } from "./incomplete-beta.ts";

/**
 * P(T <= t).
 * @param df degrees of freedom, > 0, not necessarily whole
 */
export function studentCdf(t: number, df: number): number {
  return t < 0 ? upperTail(-t, df) : 1 - upperTail(t, df);
}

/** P(T > t), exact far out where 1 - studentCdf(t) would be 0. */
export function studentUpper(t: number, df: number): number {
  return studentCdf(-t, df);
}

/** P(|T| > |t|). */
export function studentTwoSided(t: number, df: number): number {
  return 2 * upperTail(Math.abs(t), df);
}

/** The t with P(T <= t) = p. For an upper tail use the symmetry -studentQuantile(q, df). */
export function studentQuantile(p: number, df: number): number {
  expectUnit("p", p);
  expectPositive("df", df);
  if (p === 0.5) return 0;
  const sign = p < 0.5 ? -1 : 1;
  const tail = p < 0.5 ? p : 1 - p;
  if (tail === 0) return sign * Number.POSITIVE_INFINITY;
  // x = df/(df + t²) follows Beta(df/2, 1/2) with lower tail 2 tail; its complement 1 - 2 tail is exact as |2p - 1|.
  const { logX, logY } = betaQuantilePoint(2 * tail, df / 2, 0.5, Math.abs(2 * p - 1));
  return sign * Math.sqrt(df) * Math.exp((logY - logX) / 2);
}

/** The critical value of a two-sided interval with this confidence. */
export function twoSidedT(confidence: number, df: number): number {
  return -studentQuantile((1 - confidence) / 2, df);
}

/** The critical value of a one-sided bound with this confidence. */
export function oneSidedT(confidence: number, df: number): number {
  return -studentQuantile(1 - confidence, df);
}

/** P(T > t) for t >= 0; df/(df + t²) is formed from its logit, so that neither a huge t nor a huge df rounds it away. */
function upperTail(t: number, df: number): number {
  expectPositive("df", df);
  return betaTails(unitPointOfLogit(Math.log(df) - 2 * Math.log(t)), df / 2, 0.5).lower / 2;
}
