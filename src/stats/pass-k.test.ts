import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gPassAtK, meanPassAtK, meanPassHatK, mgPassAtK, passAtK, passHatK, type Trials } from "./pass-k.ts";
import type { Maybe } from "./undefined.ts";

const trials: fc.Arbitrary<Trials> = fc
  .integer({ min: 1, max: 60 })
  .chain((n) => fc.record({ trials: fc.constant(n), passes: fc.nat(n) }));

function choose(n: number, k: number): bigint {
  let value = 1n;
  for (let index = 0; index < k; index++) value = (value * BigInt(n - index)) / BigInt(index + 1);
  return k > n ? 0n : value;
}

function ratio(top: bigint, bottom: bigint): number {
  return Number((top * 10n ** 30n) / bottom) / 1e30;
}

function expectClose(got: Maybe<number>, want: number): void {
  expect(got).toEqual({ defined: true, value: expect.closeTo(want, 12) });
}

describe("pass@k and pass^k", () => {
  it("equal their binomial coefficients, computed in whole numbers", () => {
    fc.assert(
      fc.property(trials, fc.integer({ min: 1, max: 60 }), (counts, k) => {
        fc.pre(k <= counts.trials);
        const all = choose(counts.trials, k);
        expectClose(passHatK(counts, k), ratio(choose(counts.passes, k), all));
        expectClose(passAtK(counts, k), 1 - ratio(choose(counts.trials - counts.passes, k), all));
      }),
    );
  });

  it("bug museum 3: fewer than k scored trials define nothing, in any of the forms", () => {
    const short = { trials: 2, passes: 2 };
    for (const value of [passAtK(short, 3), passHatK(short, 3), gPassAtK(short, 3, 0.5).value, mgPassAtK(short, 3)])
      expect(value).toEqual({ defined: false, reason: "2 scored trials are fewer than k = 3" });
    expect(passHatK({ trials: 0, passes: 0 }, 1).defined).toBe(false);
  });

  it("meet the mean at k = 1", () => {
    expectClose(passAtK({ trials: 1_000_000, passes: 3 }, 1), 3e-6);
    expectClose(passHatK({ trials: 1_000_000, passes: 999_999 }, 1), 0.999999);
  });

  it("fall (pass^k) and rise (pass@k) with k", () => {
    fc.assert(
      fc.property(trials, (counts) => {
        for (let k = 2; k <= counts.trials; k++) {
          const [before, after] = [passHatK(counts, k - 1), passHatK(counts, k)];
          if (before.defined && after.defined) expect(after.value).toBeLessThanOrEqual(before.value + 1e-15);
          const [less, more] = [passAtK(counts, k - 1), passAtK(counts, k)];
          if (less.defined && more.defined) expect(more.value).toBeGreaterThanOrEqual(less.value - 1e-15);
        }
      }),
    );
  });

  it("refuse counts that cannot be", () => {
    expect(() => passAtK({ trials: 3, passes: 4 }, 1)).toThrow("passes: expected at most trials = 3, got 4");
    expect(() => passHatK({ trials: 3, passes: 2 }, 0)).toThrow("k: expected a whole number of at least 1, got 0");
  });
});

describe("G-Pass@k", () => {
  it("is pass^k at tau = 1 and pass@k at tau = 0", () => {
    fc.assert(
      fc.property(trials, fc.integer({ min: 1, max: 10 }), (counts, k) => {
        fc.pre(k <= counts.trials);
        const [all, one] = [passHatK(counts, k), passAtK(counts, k)];
        if (all.defined) expectClose(gPassAtK(counts, k, 1).value, all.value);
        if (one.defined) expectClose(gPassAtK(counts, k, 0).value, one.value);
      }),
    );
  });

  it("does not round a whole product up: 0.7 of 10 is 7", () => {
    expect(0.7 * 10).toBe(7);
    expect(0.1 * 3 * 10).toBeGreaterThan(3);
    expect(gPassAtK({ trials: 16, passes: 12 }, 10, 0.1 * 3).minCorrect).toBe(3);
  });

  it("averages its upper half to 1 for a case that always passes (even k), and says nothing at k = 1", () => {
    expectClose(mgPassAtK({ trials: 8, passes: 8 }, 4), 1);
    expect(mgPassAtK({ trials: 8, passes: 8 }, 1).defined).toBe(false);
  });
});

describe("means over cases", () => {
  it("weigh cases equally", () => {
    const cases = [
      { trials: 4, passes: 4 },
      { trials: 4, passes: 2 },
    ];
    expectClose(meanPassHatK(cases, 2), (1 + 1 / 6) / 2);
    expectClose(meanPassAtK(cases, 2), (1 + 5 / 6) / 2);
  });

  it("neither drop a case with missing trials nor count it as failed", () => {
    const cases = [
      { trials: 3, passes: 3 },
      { trials: 2, passes: 2 },
    ];
    expect(meanPassHatK(cases, 3)).toEqual({ defined: false, reason: "1 of 2 cases have fewer than 3 scored trials" });
  });
});
