import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binomialPmf } from "./binomial.ts";
import {
  binomialThresholdTest,
  clopperPearson,
  clopperPearsonOneSided,
  jeffreys,
  wilson,
  zeroFailureN,
} from "./proportion.ts";
import { sumOver } from "./sum.ts";

const counts = fc.integer({ min: 1, max: 2000 }).chain((n) => fc.tuple(fc.nat(n), fc.constant(n)));
const confidences = fc.constantFrom(0.5, 0.8, 0.9, 0.95, 0.99, 0.999);

/** Chance that a bound computed from X ~ Binomial(n, p) holds, by enumeration. */
function coverage(n: number, p: number, holds: (successes: number) => boolean): number {
  return sumOver(n + 1, (k) => (holds(k) ? binomialPmf(k, n, p) : 0));
}

describe("wilson", () => {
  it("bug museum 1: 50 of 50 correct is not [1, 1]", () => {
    const { lower, upper } = wilson(50, 50, 0.95);
    expect(lower).toBeCloseTo(50 / (50 + 1.959963984540054 ** 2), 13);
    expect(upper).toBe(1);
  });

  it("lies in [0, 1] around the estimate and mirrors when passes and failures are exchanged", () => {
    fc.assert(
      fc.property(counts, confidences, ([k, n], confidence) => {
        const { estimate, lower, upper } = wilson(k, n, confidence);
        expect(lower).toBeLessThanOrEqual(estimate);
        expect(upper).toBeGreaterThanOrEqual(estimate);
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(upper).toBeLessThanOrEqual(1);
        expect(wilson(n - k, n, confidence).lower).toBeCloseTo(1 - upper, 12);
      }),
    );
  });

  it("has the upper one-sided coverage that forbids it in verdicts: 82 % at n = 20", () => {
    const rates = Array.from({ length: 10 }, (_, index) => 0.9 + index / 100);
    const worst = Math.min(...rates.map((p) => coverage(20, p, (k) => wilson(k, 20, 0.9).upper >= p)));
    expect(worst).toBeCloseTo(0.818, 3);
  });
});

describe("clopperPearson", () => {
  it("has closed forms at the ends", () => {
    expect(clopperPearsonOneSided(20, 20, 0.95)).toEqual({ lower: expect.closeTo(0.05 ** (1 / 20), 14), upper: 1 });
    expect(clopperPearsonOneSided(0, 20, 0.95)).toEqual({ lower: 0, upper: expect.closeTo(1 - 0.05 ** (1 / 20), 14) });
  });

  it("is two one-sided bounds of half the error each", () => {
    const { lower, upper } = clopperPearsonOneSided(17, 40, 0.975);
    expect(clopperPearson(17, 40, 0.95)).toEqual({ estimate: 17 / 40, lower, upper });
  });

  it("solves its defining equations also for a million cases", () => {
    const n = 1_000_000;
    const k = 999_990;
    const { lower, upper } = clopperPearsonOneSided(k, n, 0.95);
    expect(binomialThresholdTest(k, n, lower).pAbove).toBeCloseTo(0.05, 9);
    expect(binomialThresholdTest(k, n, upper).pBelow).toBeCloseTo(0.05, 9);
  });

  it("never covers less than it claims, one-sided either way, by enumeration", () => {
    for (const n of [1, 5, 20, 50]) {
      const bounds = Array.from({ length: n + 1 }, (_, k) => clopperPearsonOneSided(k, n, 0.95));
      for (let step = 1; step < 200; step++) {
        const p = step / 200;
        expect(coverage(n, p, (k) => (bounds[k]?.upper ?? 0) >= p)).toBeGreaterThanOrEqual(0.95 - 1e-12);
        expect(coverage(n, p, (k) => (bounds[k]?.lower ?? 1) <= p)).toBeGreaterThanOrEqual(0.95 - 1e-12);
      }
    }
  });

  it("grows with the successes", () => {
    fc.assert(
      fc.property(counts, confidences, ([k, n], confidence) => {
        fc.pre(k < n);
        const fewer = clopperPearsonOneSided(k, n, confidence);
        const more = clopperPearsonOneSided(k + 1, n, confidence);
        expect(more.lower).toBeGreaterThan(fewer.lower);
        expect(more.upper).toBeGreaterThanOrEqual(fewer.upper);
      }),
    );
  });
});

describe("jeffreys", () => {
  it("closes its open ends, and keeps the plain quantiles beside them", () => {
    const none = jeffreys(0, 10, 0.95);
    expect(none.lower).toBe(0);
    expect(none.lowerUnmodified).toBeGreaterThan(0);
    const all = jeffreys(10, 10, 0.95);
    expect(all.upper).toBe(1);
    expect(all.upperUnmodified).toBeLessThan(1);
  });

  it("is the arcsine law for half of one: symmetric around 1/2", () => {
    const { lowerUnmodified, upperUnmodified } = jeffreys(5, 10, 0.9);
    expect(lowerUnmodified + upperUnmodified).toBeCloseTo(1, 13);
  });
});

describe("binomialThresholdTest", () => {
  it("counts by hand: 9 of 10 against 1/2", () => {
    const { pAbove, pBelow, midPAbove } = binomialThresholdTest(9, 10, 0.5);
    expect(pAbove).toBeCloseTo(11 / 1024, 14);
    expect(pBelow).toBeCloseTo(1023 / 1024, 14);
    expect(midPAbove).toBeCloseTo((11 - 5) / 1024, 14);
  });

  it("agrees with the Clopper-Pearson bounds about what is significant", () => {
    fc.assert(
      fc.property(counts, fc.double({ min: 0.01, max: 0.99, noNaN: true }), ([k, n], threshold) => {
        const { lower, upper } = clopperPearsonOneSided(k, n, 0.95);
        const { pAbove, pBelow } = binomialThresholdTest(k, n, threshold);
        if (Math.abs(pAbove - 0.05) > 1e-9) expect(pAbove < 0.05).toBe(lower > threshold);
        if (Math.abs(pBelow - 0.05) > 1e-9) expect(pBelow < 0.05).toBe(upper < threshold);
      }),
    );
  });
});

describe("zeroFailureN", () => {
  it("needs 59, 299 and 2995 clean cases for 95, 99 and 99.9 %", () => {
    for (const [rate, n] of [
      [0.95, 59],
      [0.99, 299],
      [0.999, 2995],
    ] as const)
      expect(zeroFailureN(rate, 0.05)).toMatchObject({ defined: true, value: { n } });
  });

  it("does not add a case to a whole quotient", () => {
    expect(zeroFailureN(0.1, 0.001)).toMatchObject({ value: { n: 3 } });
    expect(zeroFailureN(0.5, 0.125)).toMatchObject({ value: { n: 3 } });
  });

  it("is not defined for a rate of 1", () => {
    expect(zeroFailureN(1, 0.05).defined).toBe(false);
  });
});

describe("arguments", () => {
  it.each([
    [() => wilson(-1, 10, 0.95), "successes: expected a whole number of at least 0, got -1"],
    [() => wilson(11, 10, 0.95), "successes: expected at most n = 10, got 11"],
    [() => wilson(0, 0, 0.95), "n: expected a whole number of at least 1, got 0"],
    [() => wilson(0.5, 1, 0.95), "successes: expected a whole number of at least 0, got 0.5"],
    [() => clopperPearson(5, 10, 95), "confidence: expected a number strictly between 0 and 1, got 95"],
    [() => clopperPearson(5, 10, Number.NaN), "confidence: expected a number strictly between 0 and 1, got NaN"],
    [() => clopperPearson(5, 10, -0.5), "confidence: expected a number strictly between 0 and 1, got -0.5"],
    [() => binomialThresholdTest(5, 10, 1.1), "threshold: expected a number from 0 to 1, got 1.1"],
  ])("refuses what cannot be and says why (%#)", (call, message) => {
    expect(call).toThrow(new RangeError(message));
  });
});
