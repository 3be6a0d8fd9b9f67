/** Logarithms near their zeros, where the plain formulas cancel. */

/**
 * `log(ratio) - shift` where `ratio = 1 + shift`, that is log1p(shift) - shift, without cancellation near 0.
 * Both forms of the argument are asked for because each is exact where the other is rounded: `shift` near 0,
 * `ratio` near 0 (far down the tail of a distribution).
 * @returns a number <= 0; -Infinity at ratio 0
 */
export function log1pMinus(shift: number, logRatio: number): number {
  if (Math.abs(shift) > 0.4) return logRatio - shift;
  // log1p(s) = 2 atanh(r) with r = s/(2+s), and 2r - s = -r s.
  const r = shift / (2 + shift);
  const square = r * r;
  let term = square;
  let series = 0;
  for (let odd = 3; Math.abs(term) > 1e-18; odd += 2) {
    series += term / odd;
    term *= square;
  }
  return r * (2 * series - shift);
}

/** `log(1 - exp(x))` for x <= 0 (Mächler 2012). */
export function log1mExp(x: number): number {
  return x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));
}
