/**
 * The regularised incomplete beta function I_x(a, b) and its complement: the one special function behind the binomial,
 * Student's t and every exact interval of the room.
 */
import { log1mExp, log1pMinus } from "./logarithm.ts";
import { stirlingError } from "./stirling.ts";

/** A point of the unit interval with its complement and both logarithms, each exact to its last digit. */
export type UnitPoint = { readonly x: number; readonly y: number; readonly logX: number; readonly logY: number };

/** Both tails of a distribution at a point, and their logarithms for where the tails underflow. */
export type Tails = {
  readonly lower: number;
  readonly upper: number;
  readonly logLower: number;
  readonly logUpper: number;
};

/** The point x, given with y = 1 - x because one of the two is always the more exact. */
export function unitPoint(x: number, y: number = 1 - x): UnitPoint {
  return { x, y, logX: x > 0.5 ? Math.log1p(-y) : Math.log(x), logY: y > 0.5 ? Math.log1p(-x) : Math.log(y) };
}

/** The point with `log(x/y) = logit`; x or y may underflow to 0 while its logarithm stays exact. */
export function unitPointOfLogit(logit: number): UnitPoint {
  const smaller = Math.exp(-Math.abs(logit));
  const logLarger = -Math.log1p(smaller);
  const logSmaller = logLarger - Math.abs(logit);
  const larger = 1 / (1 + smaller);
  return logit < 0
    ? { x: smaller * larger, y: larger, logX: logSmaller, logY: logLarger }
    : { x: larger, y: smaller * larger, logX: logLarger, logY: logSmaller };
}

/**
 * Both tails of the Beta(a, b) distribution at a point.
 * Loader's saddle-point form for the leading factor x^a y^b / B(a, b) (Loader 2000), times the continued fraction of
 * DiDonato and Morris (1992, Algorithm 708) by Lentz's method (modified as by Thompson and Barnett 1986).
 * The fraction is taken on the side of the mean where it converges, the other tail is the complement.
 * @param a shape, > 0
 * @param b shape, > 0
 */
export function betaTails(point: UnitPoint, a: number, b: number): Tails {
  if (point.logX === Number.NEGATIVE_INFINITY) return { lower: 0, upper: 1, logLower: point.logX, logUpper: 0 };
  if (point.logY === Number.NEGATIVE_INFINITY) return { lower: 1, upper: 0, logLower: 0, logUpper: point.logY };
  const excess = b * point.x - a * point.y;
  if (excess <= 0) {
    const logLower = lowerTail(point, a, b, excess);
    return tails(logLower, log1mExp(logLower));
  }
  const logUpper = lowerTail({ x: point.y, y: point.x, logX: point.logY, logY: point.logX }, b, a, -excess);
  return tails(log1mExp(logUpper), logUpper);
}

/** `log( x^a y^b / B(a, b) )` by the saddle-point form: the density of the logit of a Beta variable. */
export function logBetaFactor(point: UnitPoint, a: number, b: number): number {
  return saddlePoint(point, a, b, b * point.x - a * point.y);
}

function saddlePoint({ logX, logY }: UnitPoint, a: number, b: number, excess: number): number {
  const n = a + b;
  const logN = Math.log(n);
  return (
    0.5 * Math.log((a / (2 * Math.PI)) * (b / n)) +
    (stirlingError(n) - stirlingError(a) - stirlingError(b)) +
    a * log1pMinus(excess / a, logX + logN - Math.log(a)) +
    b * log1pMinus(-excess / b, logY + logN - Math.log(b))
  );
}

function tails(logLower: number, logUpper: number): Tails {
  // The tail that came out of the fraction is exact; the other is 1 - tail, whichever is smaller.
  const lower = Math.exp(logLower);
  const upper = Math.exp(logUpper);
  return { lower, upper, logLower, logUpper };
}

/** log I_x(a, b) at or below the mean, `excess = bx - ay <= 0`. */
function lowerTail(point: UnitPoint, a: number, b: number, excess: number): number {
  // Rounding near the mean can carry the product above 1 by an ulp; a probability cannot be.
  return Math.min(0, saddlePoint(point, a, b, excess) - Math.log(continuedFraction(point, a, b, -excess)));
}

/** The continued fraction F with I_x(a, b) = x^a y^b / (B(a, b) F); `slack = ay - bx >= 0`. */
function continuedFraction({ x }: UnitPoint, a: number, b: number, slack: number): number {
  let c = (a * (slack + 1)) / (a + 1);
  let d = 0;
  let fraction = c;
  for (let m = 1; m < 1_000_000; m++) {
    const odd = a + 2 * m - 1;
    const numerator = ((a + m - 1) / odd) * ((a + b + m - 1) / odd) * m * (b - m) * x * x;
    const denominator = m + (m * (b - m) * x) / odd + ((a + m) / (odd + 2)) * (slack + 1 + m * (2 - x));
    d = 1 / (denominator + numerator * d);
    c = denominator + numerator / c;
    const factor = c * d;
    fraction *= factor;
    if (Math.abs(factor - 1) < 2e-16) return fraction;
  }
  throw new Error(`continued fraction of the incomplete beta did not converge at x=${x}, a=${a}, b=${b}`);
}
