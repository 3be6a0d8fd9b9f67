import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  minimumDetectableMiller,
  sampleSizeMcNemar,
  sampleSizeMiller,
  sampleSizeNoninferiority,
  sampleSizePairedMean,
  smallestGap,
  smallestSupportedMargin,
} from "./sample-size.ts";

describe("sample sizes", () => {
  it("need 469 cases for 10 % against 5 % discordant, and 248 for a gate at 5 points", () => {
    expect(sampleSizeMcNemar(0.1, 0.05, 0.8, 0.05)).toMatchObject({ value: { n: 469 } });
    expect(sampleSizeNoninferiority(0.1, 0, 0.05, 0.8, 0.05)).toMatchObject({ value: { n: 248 } });
    expect(sampleSizeNoninferiority(0.1, 0, 0.03, 0.8, 0.05)).toMatchObject({ value: { n: 687 } });
  });

  it("need 969 questions for 3 points without sampling noise (Miller 2024)", () => {
    const plan = {
      varianceNew: 1 / 12,
      varianceBase: 1 / 12,
      covariance: 1 / 36,
      noiseNew: 0,
      noiseBase: 0,
      trialsNew: 1,
      trialsBase: 1,
      power: 0.8,
      alphaTwoSided: 0.05,
    };
    expect(sampleSizeMiller(plan, 0.03)).toMatchObject({ value: { n: 969 } });
    expect(minimumDetectableMiller(plan, 969)).toBeCloseTo(0.03, 5);
    expect(sampleSizePairedMean(0.03, 1 / 3, 0.8, 0.05)).toMatchObject({ value: { n: 969 } });
  });

  it("do not exist for what is not there", () => {
    expect(sampleSizeMcNemar(0.1, 0.1, 0.8, 0.05).defined).toBe(false);
    expect(sampleSizePairedMean(0, 0.5, 0.8, 0.05).defined).toBe(false);
    expect(sampleSizeNoninferiority(0.2, -0.05, 0.05, 0.8, 0.05).defined).toBe(false);
  });

  it("refuse shares that do not fit together", () => {
    expect(() => sampleSizeMcNemar(0.7, 0.7, 0.8, 0.05)).toThrow("onlyNew + onlyBase");
    expect(() => sampleSizeNoninferiority(0.1, 0.2, 0.05, 0.8, 0.05)).toThrow("trueDifference");
    expect(() => sampleSizePairedMean(0.1, 0.5, 80, 0.05)).toThrow(
      "power: expected a number strictly between 0 and 1, got 80",
    );
  });
});

describe("what a suite can show", () => {
  it("supports margins of 7.9, 5.6 and 3.9 points at 100, 200 and 400 cases", () => {
    for (const [n, points] of [
      [100, 7.9],
      [200, 5.6],
      [400, 3.9],
    ] as const)
      expect(smallestSupportedMargin(n, 0.1) * 100).toBeCloseTo(points, 1);
  });

  it("finds the gap whose sample size is n", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 5000 }),
        fc.double({ min: 0.02, max: 1, noNaN: true }),
        (n, discordance) => {
          const gap = smallestGap(n, discordance);
          fc.pre(gap.defined);
          if (!gap.defined) return;
          expect(gap.value).toBeLessThanOrEqual(discordance);
          const onlyNew = (discordance + gap.value) / 2;
          const size = sampleSizeMcNemar(onlyNew, Math.max(0, discordance - onlyNew), 0.8, 0.05);
          expect(size).toMatchObject({ value: { exact: expect.closeTo(n, 5) } });
        },
      ),
    );
  });

  it("says so when a suite is too small to show anything", () => {
    expect(smallestGap(10, 0.1).defined).toBe(false);
    expect(smallestGap(100, 0).defined).toBe(false);
  });
});
