import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalQuantile } from "./normal.ts";
import { studentCdf, studentQuantile, studentTwoSided, studentUpper, twoSidedT } from "./student-t.ts";

describe("Student's t", () => {
  it("is the Cauchy law at one degree of freedom", () => {
    for (const t of [-1e9, -5, -0.1, 0, 2, 300]) expect(studentCdf(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 14);
    expect(studentQuantile(1e-300, 1) / -(1e300 / Math.PI)).toBeCloseTo(1, 12);
  });

  it("has its closed form at two degrees of freedom", () => {
    for (const t of [0.3, 1.96, 12]) expect(studentUpper(t, 2)).toBeCloseTo(0.5 - t / (2 * Math.sqrt(2 + t * t)), 14);
    expect(studentQuantile(0.975, 2)).toBeCloseTo(0.95 / Math.sqrt(2 * 0.975 * 0.025), 12);
  });

  it("tends to the normal law", () => {
    expect(twoSidedT(0.95, 1e12)).toBeCloseTo(-normalQuantile(0.025), 10);
  });

  it("is symmetric, and two-sided is twice the tail", () => {
    expect(studentCdf(-2.5, 9)).toBe(studentUpper(2.5, 9));
    expect(studentTwoSided(-2.5, 9)).toBe(2 * studentCdf(-2.5, 9));
    expect(studentQuantile(0.5, 4)).toBe(0);
  });

  it("refuses what is no probability and what are no degrees of freedom", () => {
    expect(() => studentQuantile(1.5, 3)).toThrow("p: expected a number from 0 to 1, got 1.5");
    expect(() => studentCdf(1, 0)).toThrow("df: expected a finite number above 0, got 0");
    expect(() => normalQuantile(-0.1)).toThrow("p: expected a number from 0 to 1, got -0.1");
  });

  it("inverts itself", () => {
    const df = fc.double({ min: 0.5, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 1e-250, max: 0.5, noNaN: true }), df, (p, nu) => {
        const t = studentQuantile(p, nu);
        fc.pre(Number.isFinite(t));
        expect(studentCdf(t, nu) / p).toBeCloseTo(1, 9);
      }),
    );
  });
});
