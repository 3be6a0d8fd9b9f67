/** The inverse of the regularised incomplete beta function. */
import { expectPositive, expectUnit } from "./arguments.ts";
import { betaTails, logBetaFactor, type UnitPoint, unitPointOfLogit } from "./incomplete-beta.ts";

/**
 * The point below which a Beta(a, b) variable falls with probability `lower`. Newton's method on the logarithm of the
 * smaller tail over the logit of x: that function is increasing and concave (the logit of a Beta variable has a
 * log-concave density), so every step lands on one side of the root and the next ones climb to it; a bracket guards
 * against rounding.
 * @param lower probability below the point, 0..1
 * @param a shape, > 0
 * @param b shape, > 0
 * @param upper probability above the point; give it where it is known more exactly than 1 - lower
 */
export function betaQuantilePoint(lower: number, a: number, b: number, upper: number = 1 - lower): UnitPoint {
  expectUnit("lower", lower);
  expectPositive("a", a);
  expectPositive("b", b);
  if (lower <= 0) return unitPointOfLogit(Number.NEGATIVE_INFINITY);
  if (upper <= 0) return unitPointOfLogit(Number.POSITIVE_INFINITY);
  if (upper < lower) {
    const { x, y, logX, logY } = rootOfLowerTail(upper, b, a);
    return { x: y, y: x, logX: logY, logY: logX };
  }
  return rootOfLowerTail(lower, a, b);
}

/** The x with I_x(a, b) = lower. */
export function betaQuantile(lower: number, a: number, b: number, upper: number = 1 - lower): number {
  return betaQuantilePoint(lower, a, b, upper).x;
}

function rootOfLowerTail(probability: number, a: number, b: number): UnitPoint {
  const target = Math.log(probability);
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  let logit = Math.log(a) - Math.log(b);
  for (let step = 0; step < 200; step++) {
    const point = unitPointOfLogit(logit);
    const { logLower } = betaTails(point, a, b);
    const miss = logLower - target;
    if (miss === 0) return point;
    if (miss < 0) low = logit;
    else high = logit;
    const slope = Math.exp(logBetaFactor(point, a, b) - logLower);
    let next = logit - miss / slope;
    if (Math.abs(next - logit) <= 4e-16 * Math.max(1, Math.abs(logit))) return unitPointOfLogit(next);
    if (next <= low || next >= high) next = (low + high) / 2;
    logit = next;
  }
  return unitPointOfLogit(logit);
}
