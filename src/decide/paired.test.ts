import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pseudoCaseT } from "../stats/paired-mean.ts";
import { tango } from "../stats/tango.ts";
import { differenceOfShares, pairedAmounts, pairedShares } from "./paired.ts";

const unit = fc.constantFrom(0, 1 / 3, 2 / 3, 1);
const pairs = fc.array(fc.record({ fresh: unit, base: unit, cluster: fc.integer({ min: 0, max: 15 }) }), {
  minLength: 2,
  maxLength: 80,
});

describe("paired differences", () => {
  it("are Tango's for one 0/1 a case", () => {
    const fresh = [1, 1, 1, 0, 1, 0, 1, 1];
    const base = [0, 1, 0, 0, 1, 1, 1, 0];
    const { shown, lower, upper } = pairedShares({ fresh, base }, 0.05);
    const counts = { bothPass: 3, onlyNew: 3, onlyBase: 1, bothFail: 1 };
    expect(shown).toMatchObject({ value: 0.25, lower: tango(counts, 0.95).lower, upper: tango(counts, 0.95).upper });
    expect({ lower, upper }).toEqual({ lower: tango(counts, 0.9).lower, upper: tango(counts, 0.9).upper });
    expect(shown.method).toContain("Tango");
  });

  it("are t with two pseudo-cases for averaged trials", () => {
    const fresh = [1, 2 / 3, 1 / 3, 1, 1, 0];
    const base = [2 / 3, 2 / 3, 0, 1 / 3, 1, 0];
    const { shown, lower } = pairedShares({ fresh, base }, 0.05);
    const differences = fresh.map((value, index) => value - (base[index] ?? 0));
    const { bounds, estimate } = { bounds: pseudoCaseT(differences, 0.95), estimate: pseudoCaseT(differences, 0.9) };
    expect(shown.lower).toBeCloseTo(bounds.lower, 12);
    expect(shown.upper).toBeCloseTo(bounds.upper, 12);
    expect(lower).toBeCloseTo(estimate.lower, 12);
  });

  it.each([
    ["no case differs", [1, 1, 0, 1], [1, 1, 0, 1]],
    ["every case differs alike", [1, 1, 1, 1], [0, 0, 0, 0]],
    ["two cases, both better", [1, 1], [0, 0]],
    ["equal averaged differences", [0.75, 0.75, 0.75], [0.25, 0.25, 0.25]],
  ])("never claim certainty: %s", (_, fresh, base) => {
    const { shown, lower, upper } = pairedShares({ fresh, base }, 0.05);
    for (const value of [shown.lower, shown.upper, lower, upper]) expect(Number.isFinite(value)).toBe(true);
    expect(shown.upper - shown.lower).toBeGreaterThan(0.1);
    expect(shown.lower).toBeLessThanOrEqual(shown.value);
    expect(shown.upper).toBeGreaterThanOrEqual(shown.value);
  });

  it("show everything as possible from one cluster", () => {
    const { lower, upper } = pairedShares({ fresh: [1, 1, 1], base: [0, 0, 0], clusters: ["a", "a", "a"] }, 0.05);
    expect({ lower, upper }).toEqual({ lower: -1, upper: 1 });
  });

  it("swap and change sign with the arms, and hold the estimate", () => {
    fc.assert(
      fc.property(pairs, fc.boolean(), (cases, clustered) => {
        const clusters = clustered ? { clusters: cases.map(({ cluster }) => `c${cluster}`) } : {};
        const fresh = cases.map((each) => each.fresh);
        const base = cases.map((each) => each.base);
        const there = pairedShares({ fresh, base, ...clusters }, 0.05);
        const back = pairedShares({ fresh: base, base: fresh, ...clusters }, 0.05);
        expect(there.shown.value).toBeCloseTo(-back.shown.value, 12);
        expect(there.lower).toBeCloseTo(-back.upper, 9);
        expect(there.shown.lower).toBeLessThanOrEqual(there.shown.value + 1e-12);
        expect(there.shown.upper).toBeGreaterThanOrEqual(there.shown.value - 1e-12);
        expect(there.lower).toBeGreaterThanOrEqual(there.shown.lower - 1e-9);
      }),
      { seed: 4 },
    );
  });

  it("are wider where cases of a cluster go together", () => {
    const differences = Array.from({ length: 60 }, (_, index) => (Math.floor(index / 6) % 3 === 0 ? 1 : 0));
    const clusters = differences.map((_, index) => `c${Math.floor(index / 6)}`);
    const width = ({ lower, upper }: { readonly lower: number; readonly upper: number }) => upper - lower;
    const plain = width(differenceOfShares({ values: differences }, 0.05));
    expect(width(differenceOfShares({ values: differences, clusters }, 0.05))).toBeGreaterThan(1.5 * plain);
  });

  it("of costs are plain t, and do not exist for one case", () => {
    const { shown, upper } = pairedAmounts({ fresh: [1, 2, 3], base: [2, 3, 4] }, 0.05) ?? {
      shown: undefined,
      upper: 0,
    };
    expect(shown).toMatchObject({ value: -1, lower: -1, upper: -1 });
    expect(upper).toBe(-1);
    expect(pairedAmounts({ fresh: [1], base: [2] }, 0.05)).toBeUndefined();
  });

  it("holds differences that leave [-1, 1], of a grader that is laxer in its strict form", () => {
    const { shown, lower, upper } = differenceOfShares({ values: [2, -2, 1, 0, 1.5] }, 0.05);
    expect(shown.value).toBeCloseTo(0.5, 12);
    expect(lower).toBeGreaterThanOrEqual(-2);
    expect(upper).toBeLessThanOrEqual(2);
  });
});
