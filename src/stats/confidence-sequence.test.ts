import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { betaMixture } from "./beta-mixture.ts";
import { rateSequence } from "./confidence-sequence.ts";
import { clopperPearsonOneSided } from "./proportion.ts";
import { randomFrom } from "./random.ts";

describe("rateSequence", () => {
  it("says nothing before the first case, and refuses counts that cannot be", () => {
    expect(rateSequence(0, 0, 0.05)).toEqual({ lower: 0, upper: 1 });
    expect(() => rateSequence(3, 2, 0.05)).toThrow("at most n = 2");
    expect(() => rateSequence(1, 2, 0)).toThrow();
  });

  it("ends where the e-process reaches 1/alpha, on both sides", () => {
    const { lower, upper } = rateSequence(42, 60, 0.05);
    expect(betaMixture(42, 60, lower).eValue).toBeCloseTo(20, 6);
    expect(betaMixture(18, 60, 1 - upper).eValue).toBeCloseTo(20, 6);
  });

  it("is wider than the exact bounds of a fixed n, holds the estimate, and mirrors", () => {
    const counts = fc
      .integer({ min: 1, max: 400 })
      .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
    fc.assert(
      fc.property(counts, ([successes, n]) => {
        const { lower, upper } = rateSequence(successes, n, 0.05);
        const exact = clopperPearsonOneSided(successes, n, 0.95);
        const mirrored = rateSequence(n - successes, n, 0.05);
        expect(lower).toBeLessThanOrEqual(exact.lower + 1e-9);
        expect(upper).toBeGreaterThanOrEqual(exact.upper - 1e-9);
        expect(lower).toBeLessThanOrEqual(successes / n);
        expect(upper).toBeGreaterThanOrEqual(successes / n);
        expect(mirrored.lower).toBeCloseTo(1 - upper, 9);
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  it("misses the rate at any of 29 looks in at most 5 % of the runs for each bound, where exact bounds miss far more often", () => {
    const random = randomFrom([29, 0.8]);
    const runs = 1000;
    const missed = { sequence: 0, exact: 0 };
    for (let run = 0; run < runs; run++) {
      let successes = 0;
      const ever = { sequence: false, exact: false };
      for (let n = 1; n <= 300; n++) {
        if (random() < 0.8) successes++;
        if (n < 20 || n % 10 !== 0) continue;
        // The lower bound passes 0.8 exactly where 0.8 is rejected.
        if (betaMixture(successes, n, 0.8).eValue >= 20) ever.sequence = true;
        if (clopperPearsonOneSided(successes, n, 0.95).lower > 0.8) ever.exact = true;
      }
      if (ever.sequence) missed.sequence++;
      if (ever.exact) missed.exact++;
    }
    expect(missed.sequence / runs).toBeLessThanOrEqual(0.05);
    expect(missed.exact / runs).toBeGreaterThan(0.1);
  });
});
