import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binomialUpper } from "./binomial.ts";
import { clopperPearsonOneSided } from "./proportion.ts";
import { casesToReach } from "./threshold-plan.ts";

/** Power of n cases, by the bound itself: the chance that so many are right that it reaches the threshold. */
function powerOf(n: number, threshold: number, rate: number, alpha: number): number {
  let right = n;
  while (right >= 0 && clopperPearsonOneSided(right, n, 1 - alpha).lower >= threshold) right--;
  return right === n ? 0 : binomialUpper(right + 1, n, rate);
}

describe("cases that show a rate", () => {
  it("have the power from there on, and one case fewer has not (property)", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 50, max: 97 }),
        fc.integer({ min: 30, max: 70 }),
        fc.constantFrom(0.05, 0.01),
        (percent, part, alpha) => {
          const threshold = percent / 100;
          const rate = threshold + ((1 - threshold) * part) / 100;
          const found = casesToReach({ threshold, rate, alpha, power: 0.8 });
          const n = found.defined ? found.value : 0;
          expect(n).toBeGreaterThan(0);
          expect(powerOf(n - 1, threshold, rate, alpha)).toBeLessThan(0.8);
          for (const more of [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89]) {
            expect(powerOf(n + more, threshold, rate, alpha)).toBeGreaterThanOrEqual(0.8 - 1e-9);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each([
    [0.8, 0.9, 94],
    [0.8, 0.85, 398],
    [0.9, 0.95, 203],
    [0.85, 0.925, 126],
    [0.95, 0.975, 434],
  ])("for %d where it is %d are those that summing the binomial finds: %d", (threshold, rate, value) => {
    expect(casesToReach({ threshold, rate, alpha: 0.05, power: 0.8 })).toEqual({ defined: true, value });
  });

  it("do not exist for a rate at the threshold, or one that is too near", () => {
    expect(casesToReach({ threshold: 0.9, rate: 0.9, alpha: 0.05, power: 0.8 }).defined).toBe(false);
    expect(casesToReach({ threshold: 0.99999999, rate: 0.999999995, alpha: 0.05, power: 0.8 }).defined).toBe(false);
    expect(() => casesToReach({ threshold: 1, rate: 1, alpha: 0.05, power: 0.8 })).toThrow(RangeError);
  });
});
