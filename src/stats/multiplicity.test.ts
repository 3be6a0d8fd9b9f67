import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { benjaminiHochberg, benjaminiYekutieli, bonferroni, hochberg, holm } from "./multiplicity.ts";

const pValues = fc.array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1, 0.05)), {
  maxLength: 30,
});
const ALL = { bonferroni, holm, hochberg, benjaminiHochberg, benjaminiYekutieli };

describe("adjusted p-values", () => {
  it("compute by hand", () => {
    expect(holm([0.01, 0.02, 0.03])).toEqual([0.03, 0.04, 0.04]);
    expect(hochberg([0.01, 0.02, 0.03])).toEqual([0.03, 0.03, 0.03]);
    expect(bonferroni([0.01, 0.5])).toEqual([0.02, 1]);
    expect(benjaminiHochberg([0.04, 0.01])).toEqual([0.04, 0.02]);
    expect(benjaminiYekutieli([0.04, 0.01])).toEqual([expect.closeTo(0.06, 15), expect.closeTo(0.03, 15)]);
  });

  it.each(Object.entries(ALL))("%s keeps order, ties and the unit interval, and lowers nothing", (_, adjust) => {
    fc.assert(
      fc.property(pValues, (p) => {
        const adjusted = adjust(p);
        expect(adjusted).toHaveLength(p.length);
        for (const [i, own] of p.entries()) {
          const value = adjusted[i] ?? -1;
          expect(value).toBeGreaterThanOrEqual(own);
          expect(value).toBeLessThanOrEqual(1);
          for (const [j, other] of p.entries()) {
            if (own < other) expect(value).toBeLessThanOrEqual(adjusted[j] ?? -1);
            if (own === other) expect(value).toBe(adjusted[j]);
          }
        }
      }),
    );
  });

  it("are ordered by sharpness: Bonferroni >= Holm >= Hochberg >= BH", () => {
    fc.assert(
      fc.property(pValues, (p) => {
        const [first, second, third, fourth] = [bonferroni(p), holm(p), hochberg(p), benjaminiHochberg(p)];
        for (const index of p.keys()) {
          expect(first[index]).toBeGreaterThanOrEqual(second[index] ?? 2);
          expect(second[index]).toBeGreaterThanOrEqual(third[index] ?? 2);
          expect((third[index] ?? -1) + 1e-15).toBeGreaterThanOrEqual(fourth[index] ?? 2);
        }
      }),
    );
  });

  it("of nothing are nothing, and of what is no p-value an error", () => {
    expect(holm([])).toEqual([]);
    expect(() => holm([0.1, 1.2])).toThrow("p[1]: expected a number from 0 to 1, got 1.2");
    expect(() => hochberg([Number.NaN])).toThrow(RangeError);
  });
});
