import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { betaQuantile, betaQuantilePoint } from "./beta-quantile.ts";
import { betaTails, unitPoint, unitPointOfLogit } from "./incomplete-beta.ts";

/** Expects equality to a relative error, which toBeCloseTo (absolute) cannot say. */
function expectRelative(got: number, want: number, error = 1e-12): void {
  expect(Math.abs(got - want), `${got} against ${want}`).toBeLessThanOrEqual(error * Math.abs(want));
}

describe("betaTails", () => {
  it("equals the closed forms of Beta(1, b), Beta(a, 1) and the arcsine law", () => {
    expectRelative(betaTails(unitPoint(0.01), 1, 300).upper, 0.99 ** 300);
    expectRelative(betaTails(unitPoint(0.3), 7, 1).lower, 0.3 ** 7);
    expectRelative(betaTails(unitPoint(0.3), 0.5, 0.5).lower, (2 / Math.PI) * Math.asin(Math.sqrt(0.3)));
  });

  it("is 1/2 at the middle of a symmetric distribution, also with a million successes", () => {
    for (const a of [0.5, 1, 500, 1e6]) expectRelative(betaTails(unitPoint(0.5), a, a).lower, 0.5);
  });

  it("keeps the digits of a tail of 1e-300 and below", () => {
    expectRelative(betaTails(unitPoint(1e-15), 20, 1).lower, 1e-300);
    expectRelative(betaTails(unitPoint(1e-60), 20, 1).logLower, 20 * Math.log(1e-60));
  });

  it("is exact at the ends", () => {
    expect(betaTails(unitPoint(0), 2, 3)).toMatchObject({ lower: 0, upper: 1 });
    expect(betaTails(unitPoint(1), 2, 3)).toMatchObject({ lower: 1, upper: 0 });
  });

  it("mirrors: I_x(a, b) = 1 - I_y(b, a)", () => {
    fc.assert(
      fc.property(shape(), shape(), fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (a, b, x) => {
        const { lower, upper } = betaTails(unitPoint(x), a, b);
        const mirrored = betaTails(unitPoint(1 - x, x), b, a);
        expect(lower).toBeCloseTo(mirrored.upper, 13);
        expect(lower + upper).toBeCloseTo(1, 13);
      }),
    );
  });
});

describe("betaQuantile", () => {
  it("inverts the tails whatever the shape and the probability", () => {
    const probability = fc.oneof(
      fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }),
      fc.constantFrom(1e-300, 1e-100, 1e-20),
    );
    fc.assert(
      fc.property(shape(), shape(), probability, (a, b, p) => {
        const { logLower, logUpper } = betaTails(betaQuantilePoint(p, a, b), a, b);
        if (p < 0.5) expect(logLower).toBeCloseTo(Math.log(p), 9);
        else expect(logUpper).toBeCloseTo(Math.log1p(-p), 9);
      }),
    );
  });

  it("equals the closed forms", () => {
    expectRelative(betaQuantile(0.05, 300, 1), 0.05 ** (1 / 300));
    expectRelative(betaQuantile(0.05, 1, 300), -Math.expm1(Math.log(0.95) / 300));
    expectRelative(betaQuantile(1e-300, 20, 1), 1e-15);
  });

  it("ends at 0 and 1", () => {
    expect(betaQuantile(0, 2, 3)).toBe(0);
    expect(betaQuantile(1, 2, 3)).toBe(1);
  });
});

describe("unitPointOfLogit", () => {
  it("keeps the logarithm of what underflows", () => {
    expect(unitPointOfLogit(-2000)).toEqual({ x: 0, y: 1, logX: -2000, logY: -0 });
  });
});

function shape(): fc.Arbitrary<number> {
  return fc.double({ min: -0.7, max: 6, noNaN: true }).map((exponent) => 10 ** exponent);
}
