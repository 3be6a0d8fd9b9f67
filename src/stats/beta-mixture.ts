/**
 * A test of a rate that may be looked at after every case: the evidence stays valid whenever one stops. For 0/1 outcomes;
 * for paired outcomes feed only the discordant pairs, with a null of 1/2.
 */
import { expectCount, expectInsideUnit, expectPositive } from "./arguments.ts";
import { betaTails, logBetaFactor, unitPoint } from "./incomplete-beta.ts";

/** Evidence against a null, at any time one stops. */
export type Evidence = {
  /** Logarithm of the e-value; use this one where the e-value overflows. */
  readonly logE: number;
  readonly eValue: number;
  /** min(1, 1/e): a p-value that stays valid under optional stopping when it is taken at the time of stopping. */
  readonly anytimeP: number;
};

/**
 * Truncated Beta-mixture e-process for H0: rate <= m: the likelihood averaged over a Beta prior restricted to (m, 1), over the
 * likelihood at m. A supermartingale under every rate <= m, because the likelihood ratio increases with the rate, so e >= 1/α
 * rejects with error at most α however often one looks (Ville 1939; Ramdas et al. 2023).
 * @param nullAtMost m, inside (0, 1)
 */
export function betaMixture(successes: number, n: number, nullAtMost: number, priorA = 1, priorB = 1): Evidence {
  expectCount("n", n);
  expectCount("successes", successes);
  if (successes > n) throw new RangeError(`successes: expected at most n = ${n}, got ${successes}`);
  expectInsideUnit("nullAtMost", nullAtMost);
  expectPositive("priorA", priorA);
  expectPositive("priorB", priorB);
  const m = unitPoint(nullAtMost);
  const a = priorA + successes;
  const b = priorB + n - successes;
  // lbeta(a, b) - s log m - (n-s) log(1-m) is the saddle-point factor at m up to sign; nothing large is subtracted.
  const logE =
    logBetaFactor(m, priorA, priorB) -
    logBetaFactor(m, a, b) +
    (betaTails(m, a, b).logUpper - betaTails(m, priorA, priorB).logUpper);
  return { logE, eValue: Math.exp(logE), anytimeP: Math.min(1, Math.exp(-logE)) };
}
