import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binomialLower } from "./binomial.ts";
import {
  quantile,
  quantileOneSided,
  quantileRanks,
  quantileRanksOneSided,
  smallestNForUpperBound,
} from "./order-statistic.ts";

describe("quantile", () => {
  it("interpolates as type 7", () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([10, 20], 0.95)).toBeCloseTo(19.5, 13);
    expect(quantile([7], 0.95)).toBe(7);
    expect(quantile([1, 2, 3], 1)).toBe(3);
    expect(() => quantile([2, 1, Number.NaN, 0], 0.5)).toThrow("values[2]");
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });

  it("lies between the extremes and does not sort the caller's list", () => {
    const values = [3, 1, 2];
    quantile(values, 0.3);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe("ranks", () => {
  it("trap p95 with n < 59: there is no upper bound, with 59 there is", () => {
    expect(smallestNForUpperBound(0.95, 0.95)).toBe(59);
    expect(quantileRanksOneSided(58, 0.95, 0.95).upper.defined).toBe(false);
    expect(quantileRanksOneSided(59, 0.95, 0.95).upper).toEqual({ defined: true, value: 59 });
    expect(quantileRanks(20, 0.95, 0.95).coverage.defined).toBe(false);
  });

  it("cover what they claim, and no closer rank would", () => {
    const sizes = fc.integer({ min: 1, max: 2000 });
    fc.assert(
      fc.property(sizes, fc.constantFrom(0.5, 0.9, 0.95, 0.99), fc.constantFrom(0.9, 0.95), (n, q, confidence) => {
        const { lower, upper } = quantileRanksOneSided(n, q, confidence);
        // The value of rank r is at least the quantile when at most r - 1 values lie below it.
        if (upper.defined) {
          expect(binomialLower(upper.value - 1, n, q)).toBeGreaterThanOrEqual(confidence - 1e-12);
          expect(binomialLower(upper.value - 2, n, q)).toBeLessThan(confidence);
        } else expect(binomialLower(n - 1, n, q)).toBeLessThan(confidence);
        if (lower.defined) expect(binomialLower(lower.value - 1, n, q)).toBeLessThan(1 - confidence);
        const two = quantileRanks(n, q, confidence);
        if (two.coverage.defined) expect(two.coverage.value).toBeGreaterThanOrEqual(confidence - 1e-12);
      }),
    );
  });
});

describe("quantileOneSided", () => {
  it("bounds the p95 of 100 latencies by their order statistics", () => {
    const latencies = Array.from({ length: 100 }, (_, index) => 100 - index);
    const { estimate, lower, upper } = quantileOneSided(latencies, 0.95, 0.95);
    expect(estimate).toBeCloseTo(95.05, 12);
    expect(upper).toEqual({ defined: true, value: 99 });
    expect(lower).toEqual({ defined: true, value: 91 });
  });

  it("estimates but does not bound where there are too few", () => {
    expect(quantileOneSided([1, 2, 3], 0.95, 0.95)).toMatchObject({ estimate: 2.9, upper: { defined: false } });
    expect(() => quantileOneSided([], 0.95, 0.95)).toThrow(RangeError);
  });
});
