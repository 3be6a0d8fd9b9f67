/** The noncentral t distribution: the power of a t test. */
import { log1pMinus } from "./logarithm.ts";
import { normalUpper } from "./normal.ts";
import { gaussLegendre, integrate } from "./quadrature.ts";
import { stirlingError } from "./stirling.ts";

const RULE = gaussLegendre(40);

/**
 * P(T > t) for T = (Z + δ)/S with Z standard normal and S² a chi-square over its degrees of freedom: the integral of
 * P(Z > t s - δ) over the density of S. Absolute error below 1e-12.
 * @param df degrees of freedom, > 0
 * @param noncentrality δ
 */
export function noncentralTUpper(t: number, df: number, noncentrality: number): number {
  // S concentrates around 1 with a standard deviation of about 1/√(2 df); log S is what stays regular for few degrees.
  const spread = 1 / Math.sqrt(2 * df);
  const low = df < 30 ? -40 / df - 1 : -12 * spread;
  const high = df < 30 ? Math.log1p(9 * spread) : 12 * spread;
  return integrate(RULE, low, high, 16, (logS) => {
    const s = Math.exp(logS);
    return normalUpper(t * s - noncentrality) * densityOfLogS(logS, df);
  });
}

/** Density of log S, by Stirling's error so that nothing large cancels for many degrees of freedom. */
function densityOfLogS(logS: number, df: number): number {
  const k = df / 2;
  // k (log s² - (s² - 1)) is the exponent once the constant has been written in saddle-point form.
  const exponent = k * log1pMinus(Math.expm1(2 * logS), 2 * logS);
  return 2 * Math.sqrt(k / (2 * Math.PI)) * Math.exp(exponent - stirlingError(k));
}
