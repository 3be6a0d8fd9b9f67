import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cohenKappa } from "./cohen-kappa.ts";
import { krippendorffAlpha } from "./krippendorff.ts";
import { ppiForVerdict, ppiMean, ppiPlusPlus } from "./ppi.ts";
import { judgeAdjusted, roganGladen } from "./rogan-gladen.ts";
import { runConsistency } from "./run-consistency.ts";
import { mustBeDefined } from "./undefined.ts";

describe("krippendorffAlpha", () => {
  it("computes by hand: two raters, one disagreement in four", () => {
    // observed 2/8, expected (2 · 3 · 5)/(8 · 7)
    const alpha = krippendorffAlpha(
      [
        [1, 0, 1, 0],
        [1, 0, 1, 1],
      ],
      "nominal",
    );
    expect(alpha).toEqual({ defined: true, value: expect.closeTo(1 - 2 / 8 / (30 / 56), 14) });
  });

  it("follows an enumeration of all pairs, with missing ratings, at each level", () => {
    const ratings = [
      [1, 2, 3, 3, 2, 5],
      [1, 3, 3, 4, 2, null],
      [2, 2, null, 4, 1, 5],
    ];
    const expected = { nominal: 0.3939393939393939, ordinal: 0.8216711956521738, interval: 0.8525798525798526 };
    for (const level of ["nominal", "ordinal", "interval"] as const)
      expect(krippendorffAlpha(ratings, level)).toEqual({ defined: true, value: expect.closeTo(expected[level], 12) });
  });

  it("trap 0/0: no variation is not defined, and certainly not 1", () => {
    for (const level of ["nominal", "ordinal", "interval"] as const)
      expect(
        krippendorffAlpha(
          [
            [1, 1],
            [1, 1],
          ],
          level,
        ).defined,
      ).toBe(false);
  });

  it("is not defined when no item is rated twice, and skips items rated once", () => {
    expect(
      krippendorffAlpha(
        [
          [1, null],
          [null, 2],
        ],
        "nominal",
      ).defined,
    ).toBe(false);
    expect(krippendorffAlpha([], "nominal").defined).toBe(false);
    const all = krippendorffAlpha(
      [
        [1, 0, 1, 0],
        [1, 0, 1, 1],
      ],
      "nominal",
    );
    expect(
      krippendorffAlpha(
        [
          [1, 0, 1, 0, 1],
          [1, 0, 1, 1, null],
        ],
        "nominal",
      ),
    ).toEqual(all);
  });

  it("is the same at every level for two values, and whatever the order of raters", () => {
    const row = fc.array(fc.constantFrom(0, 1, null), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(row, row, row, (a, b, c) => {
        const nominal = krippendorffAlpha([a, b, c], "nominal");
        const interval = krippendorffAlpha([c, a, b], "interval");
        expect(interval.defined).toBe(nominal.defined);
        if (nominal.defined && interval.defined) expect(interval.value).toBeCloseTo(nominal.value, 12);
      }),
    );
  });

  it("refuses ragged rows", () => {
    expect(() => krippendorffAlpha([[1, 2], [1]], "nominal")).toThrow("rater 1: expected 2 ratings, got 1");
  });
});

describe("cohenKappa", () => {
  it("computes by hand: 8 of 10 agree, 52 % by chance", () => {
    const { kappa, observedAgreement } = cohenKappa([1, 1, 0, 0, 1, 0, 1, 1, 0, 1], [1, 1, 0, 1, 1, 0, 1, 0, 0, 1]);
    expect(observedAgreement).toBeCloseTo(0.8, 15);
    expect(kappa).toEqual({ defined: true, value: expect.closeTo((0.8 - 0.52) / 0.48, 12) });
  });

  it("has the standard error that the delta method gives", () => {
    const table = [
      [20, 5, 1],
      [10, 15, 2],
      [0, 3, 14],
    ];
    const items = table.flatMap((row, i) =>
      row.flatMap((count, j) => Array.from({ length: count }, () => [i, j] as const)),
    );
    const { kappa, se } = cohenKappa(
      items.map(([first]) => first),
      items.map(([, second]) => second),
    );
    expect(kappa).toEqual({ defined: true, value: expect.closeTo(0.5420560747663551, 12) });
    expect(se).toEqual({ defined: true, value: expect.closeTo(0.084911204492, 9) });
  });

  it("trap 0/0: one label throughout is not defined", () => {
    expect(cohenKappa(["pass", "pass"], ["pass", "pass"])).toMatchObject({
      observedAgreement: 1,
      kappa: { defined: false },
    });
  });

  it("is 0 when one rater never varies and the other does", () => {
    expect(cohenKappa(["a", "a", "a"], ["a", "b", "a"]).kappa).toEqual({ defined: true, value: expect.closeTo(0, 14) });
  });

  it("weights steps in the order of numbers, not of their digits", () => {
    const { weightedLinear } = cohenKappa([2, 10, 9], [2, 9, 10]);
    // One step of two between 9 and 10: (2/3 - 5/9)/(4/9). In the order of digits, 10 2 9, it would be -1/2.
    expect(weightedLinear).toEqual({ defined: true, value: expect.closeTo(0.25, 14) });
  });

  it("does not depend on who is first", () => {
    const label = fc.constantFrom("a", "b", "c");
    fc.assert(
      fc.property(fc.array(fc.tuple(label, label), { minLength: 1, maxLength: 30 }), (pairs) => {
        const there = cohenKappa(
          pairs.map(([a]) => a),
          pairs.map(([, b]) => b),
        );
        const back = cohenKappa(
          pairs.map(([, b]) => b),
          pairs.map(([a]) => a),
        );
        for (const field of ["kappa", "se", "weightedLinear", "weightedQuadratic"] as const) {
          const [one, other] = [there[field], back[field]];
          expect(one.defined).toBe(other.defined);
          if (one.defined && other.defined) expect(one.value).toBeCloseTo(other.value, 12);
        }
      }),
    );
  });
});

describe("rates told by a judge", () => {
  it("are corrected and stay in [0, 1], with the raw value beside", () => {
    expect(roganGladen(60, 100, 0.9, 0.8)).toMatchObject({ value: { raw: expect.closeTo(0.4 / 0.7, 14) } });
    expect(roganGladen(100, 100, 0.9, 0.95)).toMatchObject({
      value: { estimate: 1, raw: expect.closeTo(0.95 / 0.85, 14) },
    });
  });

  it("trap se + sp <= 1: a judge no better than chance tells nothing", () => {
    expect(roganGladen(50, 100, 0.5, 0.5).defined).toBe(false);
    expect(roganGladen(50, 100, 0.2, 0.3).defined).toBe(false);
    const calibration = { trueFail: 10, trueFailJudgedFail: 4, truePass: 10, truePassJudgedPass: 5 };
    expect(judgeAdjusted(50, 100, calibration).defined).toBe(false);
    expect(judgeAdjusted(50, 100, { ...calibration, trueFail: 0, trueFailJudgedFail: 0 }).defined).toBe(false);
  });

  it("follow an independent computation of the adjusted interval", () => {
    const calibration = { trueFail: 50, trueFailJudgedFail: 42, truePass: 80, truePassJudgedPass: 70 };
    expect(judgeAdjusted(700, 1000, calibration)).toEqual({
      defined: true,
      value: {
        estimate: expect.closeTo(0.54 / 0.715, 12),
        lower: expect.closeTo(0.665249007204329, 12),
        upper: expect.closeTo(0.8600920878409796, 12),
      },
    });
  });

  it("are not defined when the adjustment turns a hardly useful judge into a useless one", () => {
    const calibration = { trueFail: 1, trueFailJudgedFail: 1, truePass: 1000, truePassJudgedPass: 1 };
    expect(judgeAdjusted(50, 100, calibration).defined).toBe(false);
  });

  it("widen with the uncertainty of the calibration", () => {
    const small = judgeAdjusted(600, 1000, {
      trueFail: 20,
      trueFailJudgedFail: 16,
      truePass: 20,
      truePassJudgedPass: 18,
    });
    const large = judgeAdjusted(600, 1000, {
      trueFail: 2000,
      trueFailJudgedFail: 1600,
      truePass: 2000,
      truePassJudgedPass: 1800,
    });
    const width = (interval: typeof small) => mustBeDefined(interval).upper - mustBeDefined(interval).lower;
    expect(width(small)).toBeGreaterThan(3 * width(large));
  });
});

describe("prediction-powered inference", () => {
  const gold = Array.from({ length: 120 }, (_, index) => (index % 5 === 0 ? 0 : 1));
  const judged = Array.from({ length: 1000 }, (_, index) => (index % 4 === 0 ? 0 : 1));

  it("computes by hand: variances 1/8 and 1/8", () => {
    const sample = { gold: [1, 0, 1, 1], judgeOnGold: [1, 1, 1, 0], judgeUnlabelled: [1, 0] };
    const half = 1.959963984540054 / 2;
    expect(ppiMean(sample, 0.95)).toEqual({
      lambda: 1,
      estimate: 0.5,
      lower: expect.closeTo(0.5 - half, 12),
      upper: expect.closeTo(0.5 + half, 12),
    });
  });

  it("ignores a judge that says nothing and uses one that is always right", () => {
    const useless = { gold, judgeOnGold: gold.map(() => 1), judgeUnlabelled: judged.map(() => 1) };
    expect(ppiPlusPlus(useless, 0.95).lambda).toBe(0);
    expect(ppiPlusPlus(useless, 0.95).estimate).toBeCloseTo(0.8, 14);
    const perfect = { gold, judgeOnGold: gold, judgeUnlabelled: judged };
    expect(ppiMean(perfect, 0.95).estimate).toBeCloseTo(0.75, 14);
    const tuned = ppiPlusPlus(perfect, 0.95);
    expect(tuned.lambda).toBeCloseTo(0.77, 2);
    expect(tuned.upper - tuned.lower).toBeLessThan(0.1);
  });

  it("trap all gold correct: the interval [1, 1] is kept out of verdicts", () => {
    const sample = { gold: gold.map(() => 1), judgeOnGold: gold.map(() => 1), judgeUnlabelled: judged };
    expect(ppiPlusPlus(sample, 0.95)).toMatchObject({ lower: 1, upper: 1 });
    expect(ppiForVerdict(sample, 0.95)).toEqual({
      defined: false,
      reason: "the gold labels hold fewer than 10 failures or passes",
    });
    expect(ppiForVerdict({ gold: [1, 0], judgeOnGold: [1, 0], judgeUnlabelled: judged }, 0.95).defined).toBe(false);
    expect(ppiForVerdict({ gold, judgeOnGold: gold, judgeUnlabelled: judged }, 0.95).defined).toBe(true);
  });
});

describe("runConsistency", () => {
  it("counts by hand: A A B A C", () => {
    const found = runConsistency(["A", "A", "B", "A", "C"]);
    expect(found).toMatchObject({ modalShare: 0.6, pairwiseAgreement: { value: 0.3 }, totalAgreement: { value: 0 } });
    expect(found.entropyBits).toBeCloseTo(0.6 * Math.log2(5 / 3) + 0.4 * Math.log2(5), 14);
  });

  it("is certain of equal answers and silent about one answer", () => {
    expect(runConsistency(["x", "x"])).toMatchObject({
      entropyBits: 0,
      pairwiseAgreement: { value: 1 },
      totalAgreement: { value: 1 },
    });
    expect(runConsistency(["x"])).toMatchObject({
      entropyBits: 0,
      pairwiseAgreement: { defined: false },
      totalAgreement: { defined: false },
    });
    expect(() => runConsistency([])).toThrow("number of answers: expected a whole number of at least 1, got 0");
  });
});
