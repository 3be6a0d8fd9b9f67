/** The error of Stirling's formula, on which the saddle-point forms of all densities rest. */

const SERIES_FROM = 16;

/**
 * `log Γ(z+1) - [ (z + 1/2) log z - z + log(2π)/2 ]` for real z > 0 (Loader 2000, "Fast and accurate computation of
 * binomial probabilities"). Working with this small number instead of log-gammas keeps all digits when z is a million.
 */
export function stirlingError(z: number): number {
  let shifted = 0;
  let at = z;
  // δ(z) - δ(z+1) = (z + 1/2) log(1 + 1/z) - 1 carries small z up to where the asymptotic series is exact.
  for (; at < SERIES_FROM; at++) shifted += (at + 0.5) * Math.log1p(1 / at) - 1;
  const w = 1 / (at * at);
  const series = 1 / 12 - w * (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w * (1 / 1188 - w * (691 / 360360)))));
  return shifted + series / at;
}

/** `log Γ(x)` for real x > 0. */
export function logGamma(x: number): number {
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + stirlingError(x);
}
