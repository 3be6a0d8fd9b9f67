import { describe, expect, it } from "vitest";
import { log1mExp, log1pMinus } from "./logarithm.ts";
import { logGamma, stirlingError } from "./stirling.ts";
import { isConstant, mean, sum, sumOfSquares } from "./sum.ts";

describe("sum", () => {
  it("keeps a small term between two large ones, in either order", () => {
    expect(sum([1e16, 1, -1e16])).toBe(1);
    expect(sum([1, 1e100, 1, -1e100])).toBe(2);
  });

  it("adds a million tenths without drift", () => {
    expect(sum(Array<number>(1_000_000).fill(0.1))).toBeCloseTo(100_000, 9);
  });

  it("has a mean and squares built on it", () => {
    expect(mean([1, 2, 4])).toBeCloseTo(7 / 3, 15);
    expect(sumOfSquares([1e9 + 1, 1e9 + 2, 1e9 + 3])).toBe(2);
  });
});

describe("isConstant", () => {
  it("sees through rounding, and does not see too much", () => {
    expect(isConstant([0.1 + 0.2, 0.3])).toBe(true);
    expect(isConstant([0, 0])).toBe(true);
    expect(isConstant([0, 1e-9])).toBe(false);
  });

  it("sees through the rounding of scores in differences that should be 0", () => {
    expect(isConstant([0.3 - (0.1 + 0.2), 0, 0.7 - 0.7])).toBe(true);
  });
});

describe("logarithms near their zeros", () => {
  it("log1p(s) - s follows its series near 0 and its definition far out", () => {
    const s = 1e-6;
    expect(log1pMinus(s, Math.log1p(s)) / (-(s * s) / 2 + s ** 3 / 3)).toBeCloseTo(1, 11);
    expect(log1pMinus(3, Math.log(4))).toBeCloseTo(Math.log(4) - 3, 15);
    expect(log1pMinus(-0.3, Math.log(0.7))).toBeCloseTo(Math.log(0.7) + 0.3, 15);
  });

  it("log(1 - e^x) is exact at both ends", () => {
    expect(log1mExp(-1e-20)).toBeCloseTo(Math.log(1e-20), 12);
    expect(log1mExp(-50) / -Math.exp(-50)).toBeCloseTo(1, 14);
  });
});

describe("Stirling's error", () => {
  it("turns the formula into the factorial", () => {
    for (const [x, factorial] of [
      [1, 1],
      [5, 24],
      [11, 3_628_800],
      [0.5, Math.sqrt(Math.PI)],
    ] as const)
      expect(logGamma(x)).toBeCloseTo(Math.log(factorial), 13);
  });

  it("is about 1/(12 z) for a large z", () => {
    expect(stirlingError(1e6) * 12e6).toBeCloseTo(1, 11);
  });
});
