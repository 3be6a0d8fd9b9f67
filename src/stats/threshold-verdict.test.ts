import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binomialPmf } from "./binomial.ts";
import { sumOver } from "./sum.ts";
import { defaultIndifference, judge, thresholdVerdict } from "./threshold-verdict.ts";

/** How often a true rate gets a verdict with n cases, by enumeration. */
function chance(n: number, rate: number, verdict: string, threshold = 0.8): number {
  return sumOver(n + 1, (k) =>
    thresholdVerdict(k, n, { threshold }).verdict === verdict ? binomialPmf(k, n, rate) : 0,
  );
}

describe("thresholdVerdict", () => {
  it("has the operating characteristics it was chosen for, at a threshold of 0.80", () => {
    expect(chance(100, 0.9, "met")).toBeCloseTo(0.88, 2);
    expect(chance(100, 0.85, "met")).toBeCloseTo(0.35, 2);
    expect(chance(100, 0.7, "not_met")).toBeCloseTo(0.7, 2);
    expect(chance(200, 0.85, "met")).toBeCloseTo(0.55, 2);
    expect(chance(200, 0.7, "not_met")).toBeCloseTo(0.95, 2);
  });

  it("is wrong at most 5 % of the time, whichever way", () => {
    for (const n of [10, 59, 100]) {
      expect(chance(n, 0.8 - 1e-9, "met")).toBeLessThanOrEqual(0.05);
      expect(chance(n, 0.8, "not_met")).toBeLessThanOrEqual(0.05);
    }
  });

  it("asks for the clean cases that are missing while all pass", () => {
    expect(thresholdVerdict(13, 13, { threshold: 0.8 })).toMatchObject({
      verdict: "undecided",
      requiredN: { value: 14 },
      additionalN: { value: 1 },
      planningRate: 13.5 / 14,
    });
    expect(thresholdVerdict(14, 14, { threshold: 0.8 })).toMatchObject({
      verdict: "met",
      requiredN: { defined: false },
    });
  });

  it("does not ask for thousands of cases at the threshold", () => {
    const found = thresholdVerdict(80, 100, { threshold: 0.8 });
    expect(found).toMatchObject({ verdict: "undecided", atThreshold: true, additionalN: { defined: false } });
  });

  it("narrows the zone around thresholds near 1", () => {
    expect([defaultIndifference(0.8), defaultIndifference(0.05, "at-most")]).toEqual([0.02, 0.02]);
    expect(defaultIndifference(0.99)).toBeCloseTo(0.005, 15);
    expect(defaultIndifference(0.01, "at-most")).toBeCloseTo(0.005, 15);
  });

  it("plans for the difference that is seen, times the design effect", () => {
    const plain = thresholdVerdict(85, 100, { threshold: 0.8 });
    const clustered = thresholdVerdict(85, 100, { threshold: 0.8, designEffect: 2 });
    expect(plain.requiredN).toEqual({ defined: true, value: 427 });
    expect(plain.additionalN).toEqual({ defined: true, value: 327 });
    expect(clustered.requiredN).toEqual({ defined: true, value: 854 });
  });

  it("mirrors: at most t failures is at least 1 - t passes", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.nat(),
        fc.constantFrom(0.01, 0.05, 0.2, 0.5),
        (n, seed, threshold) => {
          const failures = seed % (n + 1);
          const most = thresholdVerdict(failures, n, { threshold, direction: "at-most" });
          const least = thresholdVerdict(n - failures, n, { threshold: 1 - threshold });
          fc.pre(Math.abs(most.upper - threshold) > 1e-9 && Math.abs(most.lower - threshold) > 1e-9);
          fc.pre(Math.abs(Math.abs(most.planningRate - threshold) - Math.min(0.02, threshold / 2)) > 1e-9);
          expect([most.verdict, most.atThreshold]).toEqual([least.verdict, least.atThreshold]);
          expect(most.requiredN.defined).toBe(least.requiredN.defined);
          expect(most.upper).toBeCloseTo(1 - least.lower, 11);
        },
      ),
    );
  });

  it("never promises to show a rate of 1", () => {
    expect(thresholdVerdict(50, 50, { threshold: 1 })).toMatchObject({
      verdict: "undecided",
      requiredN: { defined: false },
    });
    expect(thresholdVerdict(49, 50, { threshold: 1 }).verdict).toBe("not_met");
  });
});

describe("judge", () => {
  it("counts a bound that reaches the threshold as met, either way", () => {
    expect(judge({ lower: 0.8, upper: 0.9 }, 0.8)).toBe("met");
    expect(judge({ lower: 0.7, upper: 0.8 }, 0.8)).toBe("undecided");
    expect(judge({ lower: 0.1, upper: 0.2 }, 0.2, "at-most")).toBe("met");
    expect(judge({ lower: 0.2, upper: 0.3 }, 0.2, "at-most")).toBe("undecided");
  });
});
