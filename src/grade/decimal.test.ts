import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Decimal, decimal, decimalOfNumber, sameDecimal, within } from "./decimal.ts";

const zero: Decimal = { coefficient: 0n, exponent: 0 };

function of(text: string): Decimal {
  const [, sign, whole = "", fraction = ""] = /^(-?)(\d*)\.?(\d*)$/.exec(text) ?? [];
  const value = decimal(sign === "-", whole, fraction);
  if (value === undefined) throw new Error(text);
  return value;
}

describe("decimal", () => {
  it("gives equal numbers equal parts", () => {
    expect(of("1000.00")).toEqual(of("1000"));
    expect(of("0.10")).toEqual(of(".1"));
    expect(of("-0")).toEqual(zero);
    expect(sameDecimal(of("9007199254740993"), of("9007199254740992"))).toBe(false);
  });

  it("agrees with BigInt on whole numbers", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 60n), max: 10n ** 60n }), (value) => {
        const text = String(value);
        const parsed = of(text);
        expect(parsed.coefficient * 10n ** BigInt(parsed.exponent)).toBe(value);
      }),
    );
  });

  it("keeps a double's shortest digits", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const exact = decimalOfNumber(value);
        if (exact === undefined) throw new Error(String(value));
        expect(Number(`${exact.coefficient}e${exact.exponent}`)).toBe(value === 0 ? 0 : value);
      }),
    );
    expect(decimalOfNumber(Number.NaN)).toBeUndefined();
  });

  it("refuses what is too long or too large to be meant", () => {
    expect(decimal(false, "1".repeat(2001), "")).toBeUndefined();
    expect(decimal(false, "1", "", "2001")).toBeUndefined();
    expect(decimal(false, "1", "", "99999999999999999999")).toBeUndefined();
    expect(decimal(false, "1", "", "-0002")).toEqual({ coefficient: 1n, exponent: -2 });
  });
});

describe("within", () => {
  it("compares exactly at the edge", () => {
    expect(within(of("0.3"), of("0.1"), of("0.2"), zero)).toBe(true);
    expect(within(of("0.3"), of("0.1"), of("0.1999999999999999999"), zero)).toBe(false);
    expect(within(of("105"), of("100"), zero, of("0.05"))).toBe(true);
    expect(within(of("105.0001"), of("100"), zero, of("0.05"))).toBe(false);
    expect(within(of("-95"), of("-100"), zero, of("0.05"))).toBe(true);
    expect(within(of("106"), of("100"), of("1"), of("0.05"))).toBe(true);
  });

  it("is symmetric in the absolute tolerance", () => {
    const number = fc.integer({ min: -1000, max: 1000 }).map((value) => of(String(value)));
    fc.assert(
      fc.property(number, number, fc.integer({ min: 0, max: 100 }), (a, b, tolerance) => {
        expect(within(a, b, of(String(tolerance)), zero)).toBe(within(b, a, of(String(tolerance)), zero));
      }),
    );
  });
});
