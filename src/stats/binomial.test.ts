import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binomialLower, binomialPmf, binomialQuantile, binomialUpper } from "./binomial.ts";
import { hypergeometricPmf, hypergeometricUpper } from "./hypergeometric.ts";
import { sumOver } from "./sum.ts";

describe("the binomial distribution", () => {
  it("counts coin tosses", () => {
    expect(binomialPmf(3, 5, 0.5)).toBeCloseTo(10 / 32, 15);
    expect(binomialLower(4, 10, 0.5)).toBeCloseTo(386 / 1024, 15);
    expect(binomialUpper(0, 10, 0.5)).toBe(1);
    expect(binomialLower(10, 10, 0.5)).toBe(1);
  });

  it("survives the ends: p of 0 and 1, n of 0", () => {
    expect(binomialPmf(0, 0, 0.3)).toBe(1);
    expect(binomialPmf(0, 5, 0)).toBe(1);
    expect(binomialPmf(5, 5, 1)).toBe(1);
    expect(binomialPmf(2, 5, 0)).toBe(0);
    expect(binomialLower(2, 5, 1)).toBe(0);
    expect(binomialUpper(2, 5, 1)).toBe(1);
  });

  it("adds up: the density sums to each tail", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(),
        (n, p, seed) => {
          const k = seed % (n + 1);
          const lower = sumOver(k + 1, (x) => binomialPmf(x, n, p));
          expect(binomialLower(k, n, p)).toBeCloseTo(lower, 12);
          expect(binomialUpper(k + 1, n, p)).toBeCloseTo(1 - lower, 12);
        },
      ),
    );
  });

  it("finds the smallest count that reaches a probability", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), probability(), probability(), (n, p, q) => {
        const k = binomialQuantile(q, n, p);
        expect(binomialLower(k, n, p)).toBeGreaterThanOrEqual(q * (1 - 1e-12));
        expect(binomialLower(k - 1, n, p)).toBeLessThan(q);
      }),
    );
  });
});

describe("the hypergeometric distribution", () => {
  it("counts draws from an urn", () => {
    // 2 of 3 drawn from 4 passes and 3 failures: C(4,2) C(3,1) / C(7,3)
    expect(hypergeometricPmf(2, 7, 4, 3)).toBeCloseTo(18 / 35, 14);
    expect(hypergeometricUpper(2, 7, 4, 3)).toBeCloseTo(22 / 35, 14);
    expect(hypergeometricPmf(0, 7, 6, 3)).toBe(0);
  });

  it("sums to 1 and its tail falls", () => {
    const urn = fc
      .integer({ min: 1, max: 200 })
      .chain((n) => fc.tuple(fc.constant(n), fc.nat(n), fc.integer({ min: 1, max: n })));
    fc.assert(
      fc.property(urn, ([n, passes, k]) => {
        expect(sumOver(k + 1, (hits) => hypergeometricPmf(hits, n, passes, k))).toBeCloseTo(1, 11);
        for (let hits = 1; hits <= k; hits++)
          expect(hypergeometricUpper(hits, n, passes, k)).toBeLessThanOrEqual(
            hypergeometricUpper(hits - 1, n, passes, k) + 1e-14,
          );
      }),
    );
  });
});

function probability(): fc.Arbitrary<number> {
  return fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
}
