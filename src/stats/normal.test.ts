import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chiSquare1Upper, normalCdf, normalQuantile, normalUpper, oneSidedZ, twoSidedZ } from "./normal.ts";

/** P(Z > x) for large x by the continued fraction of the Mills ratio (Laplace 1805): an independent computation. */
function upperByMillsRatio(x: number): number {
  let fraction = x;
  for (let k = 400; k >= 1; k--) fraction = x + k / fraction;
  return Math.exp(-0.5 * x * x) / (Math.sqrt(2 * Math.PI) * fraction);
}

describe("the normal distribution", () => {
  it("agrees with the Mills ratio across the whole upper tail", () => {
    for (const x of [2, 3, 5, 5.7, 8.2, 15, 30, 37]) expect(normalUpper(x) / upperByMillsRatio(x)).toBeCloseTo(1, 12);
  });

  it("is 1/2 at 0, exactly, and back", () => {
    expect(normalCdf(0)).toBe(0.5);
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
  });

  it("gives the critical values everyone knows", () => {
    expect(twoSidedZ(0.95)).toBeCloseTo(1.959963984540054, 14);
    expect(oneSidedZ(0.95)).toBeCloseTo(1.6448536269514722, 14);
    expect(chiSquare1Upper(3.841458820694124)).toBeCloseTo(0.05, 14);
  });

  it("inverts itself, down to a tail of 1e-300", () => {
    fc.assert(
      fc.property(fc.double({ min: -37, max: 8, noNaN: true }), (x) => {
        const p = normalCdf(x);
        fc.pre(p < 1 - 1e-13);
        // Above 0 the information is in 1 - p, which the rounding of p limits.
        const attainable = 1e-14 + (x > 0 ? Number.EPSILON / normalUpper(x) : 0);
        expect(Math.abs(normalQuantile(p) - x)).toBeLessThanOrEqual(attainable * Math.max(1, Math.abs(x)) * 4);
      }),
    );
  });
});
