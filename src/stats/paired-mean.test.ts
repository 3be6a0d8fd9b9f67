import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meanInterval, meanOneSided } from "./mean.ts";
import { pairedT, pairedTNoninferiority, pseudoCaseNoninferiority, pseudoCaseT } from "./paired-mean.ts";

const diffs = fc.array(
  fc.integer({ min: -4, max: 4 }).map((quarter) => quarter / 4),
  { minLength: 1, maxLength: 60 },
);

describe("meanInterval", () => {
  it("is Student's: two values, the Cauchy critical value", () => {
    const { estimate, se, bounds } = meanInterval([0, 1], 0.95);
    expect(estimate).toBe(0.5);
    expect(se).toEqual({ defined: true, value: 0.5 });
    expect(bounds).toMatchObject({ defined: true, value: { upper: expect.closeTo(0.5 + 12.706204736432095 / 2, 9) } });
  });

  it("bug museum 1: 50 perfect scores have no interval rather than [1, 1]", () => {
    const { se, bounds } = meanInterval(Array<number>(50).fill(1), 0.95);
    expect(se).toEqual({ defined: true, value: 0 });
    expect(bounds.defined).toBe(false);
  });

  it("sees equal values through their rounding", () => {
    expect(meanInterval([0.1 + 0.2, 0.3, 0.3], 0.95).bounds.defined).toBe(false);
  });

  it("has nothing to say about the spread of one value, and refuses none", () => {
    expect(meanOneSided([0.7], 0.95)).toMatchObject({
      estimate: 0.7,
      df: 0,
      se: { defined: false },
      bounds: { defined: false },
    });
    expect(() => meanInterval([], 0.95)).toThrow("values: expected at least 1 value, got 0");
    expect(() => meanInterval([1, Number.NaN], 0.95)).toThrow("values[1]: expected a finite number, got NaN");
  });
});

describe("pairedT", () => {
  it("computes by hand: differences 0.2, 0, 0.1, 0.2, 0", () => {
    const { estimate, se, test } = pairedT([0.2, 0, 0.1, 0.2, 0], 0.95);
    expect(estimate).toBeCloseTo(0.1, 15);
    expect(se).toMatchObject({ value: expect.closeTo(Math.sqrt(0.04 / 20), 14) });
    expect(test).toMatchObject({ value: { t: expect.closeTo(Math.sqrt(5), 12) } });
  });

  it("trap all differences equal: t and interval are not defined, the p-value is not 0", () => {
    const { estimate, test, bounds } = pairedT([0.8 - 0.7, 0.8 - 0.7], 0.95);
    expect(estimate).toBeCloseTo(0.1, 15);
    expect([test.defined, bounds.defined]).toEqual([false, false]);
    expect(pairedTNoninferiority([0, 0, 0], 0.05).defined).toBe(false);
  });

  it("trap n = 2: one degree of freedom", () => {
    const { df, bounds } = pairedT([0.1, -0.1], 0.95);
    expect(df).toBe(1);
    expect(bounds).toMatchObject({ value: { lower: expect.closeTo(-1.2706204736, 9) } });
  });
});

describe("pseudoCaseT", () => {
  it("trap all differences equal: still an interval, around the shrunken mean", () => {
    const { estimate, centre, lower, upper } = pseudoCaseT(Array<number>(10).fill(0), 0.95);
    expect([estimate, centre]).toEqual([0, 0]);
    expect(upper).toBeGreaterThan(0.2);
    expect(lower).toBe(-upper);
  });

  it("trap n = 2, both better: does not exclude no difference", () => {
    expect(pseudoCaseT([1, 1], 0.95).lower).toBeLessThan(0);
  });

  it("agrees with its own noninferiority test", () => {
    fc.assert(
      fc.property(diffs, fc.constantFrom(0, 0.03, 0.05, 0.1), (values, margin) => {
        const { noninferior, lower, p, upper, pTost } = pseudoCaseNoninferiority(values, margin);
        fc.pre(Math.abs(lower + margin) > 1e-9);
        expect(noninferior).toBe(lower > -margin);
        expect(noninferior).toBe(p < 0.05);
        expect(pTost).toBeGreaterThanOrEqual(p);
        expect(upper).toBeGreaterThan(lower);
      }),
    );
  });

  it("changes sign with the differences", () => {
    fc.assert(
      fc.property(diffs, (values) => {
        const { lower, upper } = pseudoCaseT(values, 0.9);
        const mirror = pseudoCaseT(
          values.map((value) => -value),
          0.9,
        );
        expect(mirror.lower).toBeCloseTo(-upper, 12);
        expect(mirror.upper).toBeCloseTo(-lower, 12);
      }),
    );
  });

  it("refuses differences that are not of scores in [0, 1]", () => {
    expect(() => pseudoCaseT([3], 0.95)).toThrow("diffs: expected differences of scores in [0, 1], got 3");
  });
});
