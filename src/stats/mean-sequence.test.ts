import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { betaMixture } from "./beta-mixture.ts";
import { rateSequence } from "./confidence-sequence.ts";
import { meanEvidence, meanSequence } from "./mean-sequence.ts";
import { randomFrom } from "./random.ts";

const repeat = (value: number, times: number): number[] => Array<number>(times).fill(value);

describe("meanEvidence", () => {
  it("is the truncated Beta mixture for 0/1 values, and on the discordant pairs for differences against 1/2", () => {
    expect(meanEvidence([...repeat(1, 90), ...repeat(0, 10)], 0.8)).toBeCloseTo(betaMixture(90, 100, 0.8).logE, 2);
    const differences = [...repeat(1, 15), ...repeat(-1, 4), ...repeat(0, 200)];
    const halves = differences.map((difference) => (difference + 1) / 2);
    expect(meanEvidence(halves, 0.5)).toBeCloseTo(betaMixture(15, 19, 0.5).logE, 2);
  });

  it("is an expectation of 1 at the null, by enumeration after one case, and below 1 under it", () => {
    const expected = (rate: number) =>
      rate * Math.exp(meanEvidence([1], 0.7)) + (1 - rate) * Math.exp(meanEvidence([0], 0.7));
    expect(expected(0.7)).toBeCloseTo(1, 12);
    expect(expected(0.6)).toBeLessThan(1);
  });

  it("refuses values and nulls that cannot be", () => {
    expect(() => meanEvidence([1.1], 0.5)).toThrow("values[0]");
    expect(() => meanEvidence([], 1)).toThrow();
  });
});

describe("meanSequence", () => {
  it("says nothing of nothing, and of 0/1 values what the rate's sequence says", () => {
    expect(meanSequence([], 0.05).lower).toBe(0);
    expect(meanSequence([], 0.05).upper).toBe(1);
    const mean = meanSequence([...repeat(1, 70), ...repeat(0, 30)], 0.05);
    const rate = rateSequence(70, 100, 0.05);
    expect(mean.lower).toBeCloseTo(rate.lower, 2);
    expect(mean.upper).toBeCloseTo(rate.upper, 2);
  });

  it("does not depend on the order, holds the mean, mirrors, and narrows with alpha", () => {
    const values = fc.array(
      fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10),
      { minLength: 1, maxLength: 80 },
    );
    fc.assert(
      fc.property(values, (scores) => {
        const found = meanSequence(scores, 0.05);
        const mean = scores.reduce((total, score) => total + score, 0) / scores.length;
        const mirrored = meanSequence(
          scores.map((score) => 1 - score),
          0.05,
        );
        const laxer = meanSequence(scores, 0.2);
        expect(meanSequence([...scores].reverse(), 0.05).lower).toBeCloseTo(found.lower, 6);
        expect(found.lower).toBeLessThanOrEqual(mean + 1e-9);
        expect(found.upper).toBeGreaterThanOrEqual(mean - 1e-9);
        expect(mirrored.lower).toBeCloseTo(1 - found.upper, 6);
        expect(laxer.lower).toBeGreaterThanOrEqual(found.lower - 1e-9);
      }),
      { seed: 5, numRuns: 40 },
    );
  });

  it("keeps 5 % when looked at after every 10 of 200 graded cases at the null", () => {
    const random = randomFrom([0.7, 200]);
    let declared = 0;
    for (let run = 0; run < 300; run++) {
      const scores: number[] = [];
      for (let n = 1; n <= 200; n++) {
        // Mean 0.7: a whole point in half of the cases, 0.4 on average in the others.
        scores.push(random() < 0.5 ? 1 : Math.round(random() * 8) / 10);
        if (n >= 20 && n % 10 === 0 && meanEvidence(scores, 0.7) >= Math.log(20)) {
          declared++;
          break;
        }
      }
    }
    expect(declared / 300).toBeLessThanOrEqual(0.05);
  });
});
