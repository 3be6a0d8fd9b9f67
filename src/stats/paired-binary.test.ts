import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bonettPrice } from "./bonett-price.ts";
import { mcnemar } from "./mcnemar.ts";
import { newcombePaired, newcombeUnpaired } from "./newcombe.ts";
import { twoSidedZ } from "./normal.ts";
import { type PairedCounts, pairedCounts } from "./paired-binary.ts";
import { tango, tangoNoninferiority } from "./tango.ts";

const cell = fc.oneof(fc.constantFrom(0, 0, 1), fc.nat(400));
const tables: fc.Arbitrary<PairedCounts> = fc
  .record({ bothPass: cell, onlyNew: cell, onlyBase: cell, bothFail: cell })
  .filter(({ bothPass, onlyNew, onlyBase, bothFail }) => bothPass + onlyNew + onlyBase + bothFail > 0);
const confidences = fc.constantFrom(0.5, 0.9, 0.95, 0.999);

function swapped({ bothPass, onlyNew, onlyBase, bothFail }: PairedCounts): PairedCounts {
  return { bothPass, onlyNew: onlyBase, onlyBase: onlyNew, bothFail };
}

describe("tango", () => {
  it("trap b = c = 0: the limits are ±z²/(n + z²), not 0 and not NaN", () => {
    const z2 = twoSidedZ(0.95) ** 2;
    const { estimate, lower, upper } = tango({ bothPass: 40, onlyNew: 0, onlyBase: 0, bothFail: 10 }, 0.95);
    expect(estimate).toBe(0);
    expect(upper).toBeCloseTo(z2 / (50 + z2), 12);
    expect(lower).toBeCloseTo(-z2 / (50 + z2), 12);
  });

  it("trap n = 2 and all differences equal: two wins of two end at 1 and start well below", () => {
    const { estimate, lower, upper } = tango({ bothPass: 0, onlyNew: 2, onlyBase: 0, bothFail: 0 }, 0.95);
    expect([estimate, upper]).toEqual([1, 1]);
    expect(lower).toBeGreaterThan(-1);
    expect(lower).toBeLessThan(0);
  });

  it("contains the estimate, stays in [-1, 1], and is antisymmetric under swapping the arms", () => {
    fc.assert(
      fc.property(tables, confidences, (table, confidence) => {
        const { estimate, lower, upper } = tango(table, confidence);
        expect(lower).toBeLessThanOrEqual(estimate);
        expect(upper).toBeGreaterThanOrEqual(estimate);
        expect(lower).toBeGreaterThanOrEqual(-1);
        expect(upper).toBeLessThanOrEqual(1);
        const mirror = tango(swapped(table), confidence);
        expect(mirror.lower + upper).toBe(0);
        expect(mirror.upper + lower).toBe(0);
      }),
    );
  });

  it("solves its score equation: at a limit the test is exactly at its level", () => {
    fc.assert(
      fc.property(tables, (table) => {
        const { lower } = tango(table, 0.9);
        fc.pre(lower > -0.999 && lower < -1e-6);
        expect(tangoNoninferiority(table, -lower).z).toBeCloseTo(1.6448536269514722, 6);
      }),
    );
  });

  it("takes a million pairs", () => {
    const { lower, upper } = tango({ bothPass: 899_000, onlyNew: 1000, onlyBase: 900, bothFail: 99_100 }, 0.95);
    const wald = 1.959963984540054 * Math.sqrt(1900 / 1e12);
    expect(lower).toBeCloseTo(1e-4 - wald, 6);
    expect(upper).toBeCloseTo(1e-4 + wald, 6);
  });
});

describe("tangoNoninferiority", () => {
  it("says noninferior exactly when the one-sided lower bound is above -margin", () => {
    fc.assert(
      fc.property(tables, fc.constantFrom(0, 0.02, 0.03, 0.05, 0.1, 0.5), (table, margin) => {
        const { z, p, lower, noninferior } = tangoNoninferiority(table, margin);
        fc.pre(Math.abs(lower + margin) > 1e-9);
        expect(noninferior).toBe(lower > -margin);
        expect(noninferior).toBe(p < 0.05);
        expect(Number.isFinite(z)).toBe(true);
      }),
    );
  });

  it("trap b = c = 0 at margin 0: no evidence either way, z = 0", () => {
    expect(tangoNoninferiority({ bothPass: 9, onlyNew: 0, onlyBase: 0, bothFail: 1 }, 0)).toMatchObject({
      z: 0,
      p: 0.5,
    });
  });

  it("refuses a margin that is not a share", () => {
    const table = { bothPass: 9, onlyNew: 0, onlyBase: 0, bothFail: 1 };
    expect(() => tangoNoninferiority(table, 5)).toThrow("margin: expected a number from 0 to below 1, got 5");
    expect(() => tangoNoninferiority(table, -0.05)).toThrow(RangeError);
  });
});

describe("Newcombe and Bonett-Price", () => {
  it("stay in [-1, 1] and are antisymmetric", () => {
    fc.assert(
      fc.property(tables, confidences, (table, confidence) => {
        for (const interval of [newcombePaired, bonettPrice]) {
          const { lower, upper } = interval(table, confidence);
          const mirror = interval(swapped(table), confidence);
          expect(lower).toBeLessThanOrEqual(upper);
          expect(lower).toBeGreaterThanOrEqual(-1);
          expect(upper).toBeLessThanOrEqual(1);
          expect(mirror.lower).toBeCloseTo(-upper, 12);
        }
      }),
    );
  });

  it("compute by hand", () => {
    const half = 1.959963984540054 * Math.sqrt((3 / 12 - 1 / 144) / 12);
    const { centre, lower, upper } = bonettPrice({ bothPass: 8, onlyNew: 1, onlyBase: 0, bothFail: 1 }, 0.95);
    expect(centre).toBeCloseTo(1 / 12, 14);
    expect([lower, upper]).toEqual([expect.closeTo(1 / 12 - half, 12), expect.closeTo(1 / 12 + half, 12)]);
  });

  it("follow an independent computation with its continuity correction", () => {
    const { estimate, lower, upper } = newcombePaired({ bothPass: 50, onlyNew: 12, onlyBase: 6, bothFail: 32 }, 0.95);
    expect(estimate).toBeCloseTo(0.06, 14);
    expect([lower, upper]).toEqual([expect.closeTo(-0.024153966254730846, 12), expect.closeTo(0.1424704140546274, 12)]);
  });

  it("unpaired, one arm against itself is symmetric around 0", () => {
    const { estimate, lower, upper } = newcombeUnpaired(30, 40, 30, 40, 0.95);
    expect(estimate).toBe(0);
    expect(lower + upper).toBeCloseTo(0, 14);
  });
});

describe("mcnemar", () => {
  it("counts by hand: 1 against 7", () => {
    const { exactP, midP, exactPNewBetter } = mcnemar({ bothPass: 1, onlyNew: 1, onlyBase: 7, bothFail: 12 });
    expect(exactP).toBeCloseTo((2 * 9) / 256, 14);
    expect(midP).toBeCloseTo((2 * 9 - 8) / 256, 14);
    expect(exactPNewBetter).toBeCloseTo(255 / 256, 14);
  });

  it("is certain of nothing when the arms win equally often: 3 against 3", () => {
    const { exactP, midP } = mcnemar({ bothPass: 0, onlyNew: 3, onlyBase: 3, bothFail: 0 });
    expect(exactP).toBe(1);
    expect(midP).toBeCloseTo(1 - 20 / 128, 14);
  });

  it("trap b = c = 0: every p-value is 1 and chi-square is not defined", () => {
    const found = mcnemar({ bothPass: 0, onlyNew: 0, onlyBase: 0, bothFail: 10 });
    expect(found).toMatchObject({ exactP: 1, midP: 1, exactPNewBetter: 1, midPNewBetter: 1, asymptoticP: 1 });
    expect(found.chiSquare.defined).toBe(false);
  });
});

describe("pairedCounts", () => {
  it("counts each pair once", () => {
    const counts = pairedCounts([true, true, false, false, true], [true, false, true, false, true]);
    expect(counts).toEqual({ bothPass: 2, onlyNew: 1, onlyBase: 1, bothFail: 1 });
  });

  it("refuses lists of different length and negative counts", () => {
    expect(() => pairedCounts([true], [])).toThrow("basePasses: expected as many values as newPasses (1), got 0");
    expect(() => tango({ bothPass: 5, onlyNew: -1, onlyBase: 0, bothFail: 0 }, 0.95)).toThrow(RangeError);
    expect(() => tango({ bothPass: 0, onlyNew: 0, onlyBase: 0, bothFail: 0 }, 0.95)).toThrow("number of pairs");
  });
});
