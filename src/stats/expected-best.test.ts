import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bestOfKShares, bestOfKWeights, expectedBestOfK } from "./expected-best.ts";
import { mean, sum } from "./sum.ts";

const scores = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });

/** Mean of the maximum over every set of k, one by one. */
function byEnumeration(values: readonly number[], k: number): number {
  const sets = (from: number, size: number): number[][] =>
    size === 0
      ? [[]]
      : values.slice(from).flatMap((value, at) => sets(from + at + 1, size - 1).map((set) => [value, ...set]));
  return mean(sets(0, k).map((set) => Math.max(...set)));
}

describe("the best of k", () => {
  it("of 0.2, 0.4 and 0.9 is worked out by hand", () => {
    expect(expectedBestOfK([0.4, 0.9, 0.2], 1)).toBeCloseTo(0.5, 12);
    // {.2, .4} .4, {.2, .9} .9, {.4, .9} .9
    expect(expectedBestOfK([0.4, 0.9, 0.2], 2)).toBeCloseTo(2.2 / 3, 12);
    expect(expectedBestOfK([0.4, 0.9, 0.2], 3)).toBeCloseTo(0.9, 12);
    expect(bestOfKWeights(4, 2).map((share) => share * 6)).toEqual(
      [0, 1, 2, 3].map((each) => expect.closeTo(each, 12)),
    );
  });

  it("equals the mean over all sets of k", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 7 }), (values) => {
        for (let k = 1; k <= values.length; k++) {
          expect(expectedBestOfK(values, k)).toBeCloseTo(byEnumeration(values, k), 10);
        }
      }),
    );
  });

  it("is the mean at 1 and the maximum at n, never falls, and its shares sum to 1", () => {
    fc.assert(
      fc.property(scores, (values) => {
        const curve = values.map((_, at) => expectedBestOfK(values, at + 1));
        expect(curve[0]).toBeCloseTo(mean(values), 10);
        expect(curve.at(-1)).toBeCloseTo(Math.max(...values), 10);
        for (const [at, value] of curve.entries()) {
          expect(value).toBeGreaterThanOrEqual((curve[at - 1] ?? 0) - 1e-12);
          expect(sum(bestOfKShares(values, at + 1))).toBeCloseTo(1, 10);
        }
      }),
    );
  });

  it("does not depend on the order of equal scores", () => {
    expect(bestOfKShares([0.5, 0.5, 0.1], 3)).toEqual([0.5, 0.5, 0]);
    expect(bestOfKShares([0.5, 0.5, 0.1], 2)[0]).toBeCloseTo(0.5, 12);
  });

  it.each([
    [3, 0],
    [3, 4],
    [0, 1],
    [3, 1.5],
  ])("of %s things, k = %s, is refused where it means nothing", (n, k) => {
    expect(() => bestOfKWeights(n, k)).toThrow(RangeError);
  });
});
