import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bcaBootstrap, bcaExhaustive } from "./bca.ts";
import { standardError } from "./mean.ts";
import { nextWord, randomFrom, randomIndex } from "./random.ts";
import { signFlip } from "./sign-flip.ts";
import { mean } from "./sum.ts";
import { mustBeDefined } from "./undefined.ts";

describe("randomFrom", () => {
  it("steps as xoshiro128** is defined, here recomputed in whole numbers", () => {
    const state = Uint32Array.of(1, 2, 3, 4);
    let [a, b, c, d] = [1n, 2n, 3n, 4n];
    const word = (value: bigint) => BigInt.asUintN(32, value);
    const rotate = (value: bigint, by: bigint) => word((value << by) | (value >> (32n - by)));
    for (let step = 0; step < 1000; step++) {
      expect(nextWord(state)).toBe(Number(word(rotate(word(b * 5n), 7n) * 9n)));
      [a, b, c, d] = [a ^ d ^ b, b ^ c ^ a, c ^ a ^ word(b << 9n), rotate(d ^ b, 11n)];
    }
  });

  it("repeats itself for the same data and not for other data", () => {
    const draw = (values: number[]) => {
      const random = randomFrom(values);
      return [random(), random(), random()];
    };
    expect(draw([0.1, 0.2])).toEqual(draw([0.1, 0.2]));
    expect(draw([0.1, 0.2])).not.toEqual(draw([0.2, 0.1]));
    expect(draw([])).not.toEqual(draw([0]));
  });

  it("is uniform", () => {
    const random = randomFrom([2026]);
    const bins = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 100_000; draw++) {
      const bin = randomIndex(random, 10);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    const chiSquare = bins.reduce((total, count) => total + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(27.9); // 0.999 quantile for 9 degrees of freedom
  });
});

describe("signFlip", () => {
  it("counts by hand: six wins of six", () => {
    expect(signFlip([1, 1, 1, 1, 1, 1])).toEqual({ pTwoSided: 2 / 64, pGreater: 1 / 64, assignments: 64, exact: true });
  });

  it("trap all differences 0 and n = 1: nothing is significant", () => {
    expect(signFlip([0, 0, 0])).toMatchObject({ pTwoSided: 1, pGreater: 1 });
    expect(signFlip([5])).toMatchObject({ pTwoSided: 1, pGreater: 0.5 });
  });

  it("counts sums that differ only by rounding as ties", () => {
    expect(signFlip([0.1, 0.2, -0.3]).pGreater).toBe(signFlip([1, 2, -3]).pGreater);
  });

  it("looks at every assignment of up to 20 differences", () => {
    const ones = (n: number) => Array<number>(n).fill(1);
    expect(signFlip(ones(20))).toEqual({ pTwoSided: 2 ** -19, pGreater: 2 ** -20, assignments: 2 ** 20, exact: true });
    expect(signFlip(ones(21), 100)).toMatchObject({ exact: false, assignments: 100, pGreater: 1 / 101 });
  });

  it("samples where there are too many, close to the normal approximation, never 0 and always the same", () => {
    const diffs = Array.from({ length: 400 }, (_, index) =>
      index % 20 === 0 ? -1 : index % 10 === 0 ? 1 : index % 7 === 0 ? 1 : 0,
    );
    const first = signFlip(diffs, 4000);
    expect(first).toMatchObject({ exact: false, assignments: 4000 });
    expect(first).toEqual(signFlip(diffs, 4000));
    expect(first.pTwoSided).toBeGreaterThanOrEqual(1 / 4001);
    const even = Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? 1 : -1) * (index + 1));
    expect(signFlip(even, 4000).pGreater).toBeGreaterThan(0.3);
  });
});

describe("the bootstrap", () => {
  it("bug museum 26: its standard error equals the analytic one within 5 %", () => {
    const values = Array.from({ length: 80 }, (_, index) => ((index * 37) % 80) / 80);
    expect(mustBeDefined(bcaBootstrap(values, 0.95)).bootstrapSe / mustBeDefined(standardError(values))).toBeCloseTo(
      1,
      1,
    );
    const ratio = mustBeDefined(bcaBootstrap(values, 0.95)).bootstrapSe / mustBeDefined(standardError(values));
    expect(Math.abs(ratio - 1)).toBeLessThan(0.05);
  });

  it("over all resamples has exactly the population standard error", () => {
    const values = [3, 5, 4, 2, 5];
    const { bootstrapSe, resamples } = mustBeDefined(bcaExhaustive(values, 0.95));
    expect(resamples).toBe(5 ** 5);
    expect(bootstrapSe).toBeCloseTo(mustBeDefined(standardError(values)) * Math.sqrt(4 / 5), 12);
  });

  it("weighs multisets as brute force does", () => {
    const values = [0, 0.5, 2];
    const all = values.flatMap((a) => values.flatMap((b) => values.map((c) => (a + b + c) / 3))).sort((a, b) => a - b);
    const { lower, adjustedProbs } = mustBeDefined(bcaExhaustive(values, 0.9));
    const position = 26 * adjustedProbs[0];
    const low = all[Math.floor(position)] ?? 0;
    expect(lower).toBeCloseTo(low + (position % 1) * ((all[Math.ceil(position)] ?? 0) - low), 12);
  });

  it("is the same every time, contains the estimate, and agrees with the exhaustive form", () => {
    const values = [0.2, 0.9, 0.4, 0.7, 0.1, 0.8];
    const sampled = mustBeDefined(bcaBootstrap(values, 0.9, 20_000));
    expect(sampled).toEqual(mustBeDefined(bcaBootstrap(values, 0.9, 20_000)));
    const exhaustive = mustBeDefined(bcaExhaustive(values, 0.9));
    expect(sampled.lower).toBeCloseTo(exhaustive.lower, 1);
    expect(sampled.upper).toBeCloseTo(exhaustive.upper, 1);
    expect(sampled.estimate).toBe(mean(values));
  });

  it("trap all values equal: not defined, exhaustive or not", () => {
    expect(bcaBootstrap([1, 1, 1], 0.95).defined).toBe(false);
    expect(bcaExhaustive([0.3, 0.1 + 0.2], 0.95).defined).toBe(false);
    expect(() => bcaExhaustive(Array<number>(13).fill(0), 0.95)).toThrow("at most 12");
  });

  it("keeps its limits inside the data", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 6 }), (values) => {
        const found = bcaExhaustive(values, 0.95);
        if (!found.defined) return;
        expect(found.value.lower).toBeGreaterThanOrEqual(Math.min(...values));
        expect(found.value.upper).toBeLessThanOrEqual(Math.max(...values));
        expect(found.value.lower).toBeLessThanOrEqual(found.value.upper);
      }),
      { numRuns: 40 },
    );
  });
});
