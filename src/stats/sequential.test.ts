import { describe, expect, it } from "vitest";
import { alphaSpending } from "./alpha-spending.ts";
import { betaMixture } from "./beta-mixture.ts";
import { bettingProcess } from "./betting.ts";
import { clopperPearsonOneSided } from "./proportion.ts";
import { randomFrom } from "./random.ts";
import { retryAlpha } from "./retry-alpha.ts";
import { sum } from "./sum.ts";

/** Looks after every 10 of 300 cases; the share of runs in which `declares` ever says so. */
function everDeclared(rate: number, runs: number, declares: (successes: number, n: number) => boolean): number {
  const random = randomFrom([rate, runs]);
  const decisions = new Map<string, boolean>();
  let declared = 0;
  for (let run = 0; run < runs; run++) {
    let successes = 0;
    for (let n = 1; n <= 300; n++) {
      if (random() < rate) successes++;
      if (n < 20 || n % 10 !== 0) continue;
      const key = `${successes}/${n}`;
      const decision = decisions.get(key) ?? declares(successes, n);
      decisions.set(key, decision);
      if (decision) {
        declared++;
        break;
      }
    }
  }
  return declared / runs;
}

describe("betaMixture", () => {
  it("bug museum 28: peeking every 10 cases keeps 5 %, where peeking at an exact bound reaches 18 %", () => {
    const eProcess = everDeclared(0.8, 4000, (k, n) => betaMixture(k, n, 0.8).eValue >= 20);
    const bound = everDeclared(0.8, 4000, (k, n) => clopperPearsonOneSided(k, n, 0.95).lower > 0.8);
    expect(eProcess).toBeLessThan(0.05);
    expect(bound).toBeGreaterThan(0.15);
  });

  it("stops early at a rate far above the null", () => {
    expect(everDeclared(0.95, 500, (k, n) => betaMixture(k, n, 0.8).eValue >= 20)).toBeGreaterThan(0.99);
  });

  it("computes by hand: uniform prior, null 1/2, all of n pass", () => {
    // E = 2 ∫ p^n dp over (1/2, 1) / (1/2)^n = 2 (2^n - 1/2)/(n + 1)
    expect(betaMixture(10, 10, 0.5).eValue).toBeCloseTo((2 * (2 ** 10 - 0.5)) / 11, 9);
  });

  it("is an expectation of 1 at the null, by enumeration after one case", () => {
    const expected = 0.7 * betaMixture(1, 1, 0.7).eValue + 0.3 * betaMixture(0, 1, 0.7).eValue;
    expect(expected).toBeCloseTo(1, 12);
  });

  it("starts at 1 and keeps the logarithm where the value overflows", () => {
    expect(betaMixture(0, 0, 0.8)).toEqual({ logE: 0, eValue: 1, anytimeP: 1 });
    const huge = betaMixture(1_000_000, 1_000_000, 0.5);
    expect(huge.logE).toBeCloseTo(1e6 * Math.log(2) + Math.log(2 / 1_000_001), 6);
    expect(huge.anytimeP).toBe(0);
  });
});

describe("bettingProcess", () => {
  it("multiplies by hand while the bet is cut off", () => {
    const { bets, eValues, anytimeP } = bettingProcess([1, 0, 1], 0.5, 0.05);
    expect(bets).toEqual([1, 1, 1]);
    expect(eValues).toEqual([1.5, 0.75, 1.125]);
    expect(anytimeP).toBeCloseTo(1 / 1.5, 15);
  });

  it("bets less as the evidence about the variance grows, and never sees what it bets on", () => {
    const values = Array.from({ length: 200 }, (_, index) => (index % 3 === 0 ? 0 : 1));
    const { bets } = bettingProcess(values, 0.6, 0.05);
    expect(bets.at(-1) ?? 1).toBeLessThan(bets[0] ?? 0);
    const changed = bettingProcess([...values.slice(0, 199), 0.5], 0.6, 0.05);
    expect(changed.bets).toEqual(bets);
  });

  it("starts at 1 and refuses scores outside [0, 1]", () => {
    expect(bettingProcess([], 0.5, 0.05)).toEqual({ bets: [], eValues: [], finalE: 1, anytimeP: 1 });
    expect(() => bettingProcess([2], 0.5, 0.05)).toThrow("values[0]: expected a number from 0 to 1, got 2");
  });
});

describe("alphaSpending", () => {
  it("is a single test at one look", () => {
    expect(alphaSpending(1, 0.025, "pocock").zBoundaries[0]).toBeCloseTo(1.959963984540054, 9);
  });

  it("spends exactly its error, checked by simulation of two looks", () => {
    const { zBoundaries, cumulativeAlpha } = alphaSpending(2, 0.05, "pocock");
    const random = randomFrom([1]);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    let crossed = 0;
    const runs = 100_000;
    for (let run = 0; run < runs; run++) {
      const first = normal();
      const second = (first + normal()) / Math.SQRT2;
      if (first > (zBoundaries[0] ?? 0) || second > (zBoundaries[1] ?? 0)) crossed++;
    }
    expect(cumulativeAlpha.at(-1)).toBeCloseTo(0.05, 12);
    expect(Math.abs(crossed / runs - 0.05)).toBeLessThan(0.0025);
  });

  it("starts high and falls after O'Brien and Fleming", () => {
    const { zBoundaries } = alphaSpending(5, 0.025, "obrien-fleming");
    expect([...zBoundaries].sort((a, b) => b - a)).toEqual(zBoundaries);
    expect(zBoundaries[0]).toBeGreaterThan(4.5);
    // 2 (1 - Φ(2.2414/√0.5)) at half the information.
    expect(alphaSpending(2, 0.025, "obrien-fleming").cumulativeAlpha[0]).toBeCloseTo(0.0015253227579889, 12);
  });
});

describe("retryAlpha", () => {
  it("telescopes to alpha", () => {
    const levels = Array.from({ length: 50 }, (_, index) => retryAlpha(0.05, index + 1));
    expect(sum(levels.map(({ alpha }) => alpha))).toBeCloseTo(levels.at(-1)?.spent ?? 0, 14);
    expect(retryAlpha(0.05, 1e9).spent).toBeLessThan(0.05);
    expect(() => retryAlpha(0.05, 0)).toThrow("attempt: expected a whole number of at least 1, got 0");
  });
});
