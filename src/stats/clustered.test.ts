import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clusteredMean, clusteredMeanDifference, clusteredMeanOneSided, clusteredStandardErrors } from "./clustered.ts";
import {
  clusteredProportion,
  clusteredWilson,
  clusteredWilsonFloored,
  clusteredWilsonOneSided,
  tallyByCluster,
} from "./clustered-wilson.ts";
import { meanInterval } from "./mean.ts";
import { wilson } from "./proportion.ts";
import { mustBeDefined } from "./undefined.ts";

const scores = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 4 }).map((x) => x / 4),
    fc.constantFrom("a", "b", "c", "d", "e"),
  ),
  {
    minLength: 2,
    maxLength: 60,
  },
);

describe("clusteredStandardErrors", () => {
  it("computes by hand: two clusters of three, all alike within", () => {
    const found = clusteredStandardErrors([1, 1, 1, 0, 0, 0], ["a", "a", "a", "b", "b", "b"]);
    expect(mustBeDefined(found.cr0)).toBeCloseTo(Math.sqrt(2 * 1.5 ** 2) / 6, 14);
    expect(mustBeDefined(found.cr1)).toBeCloseTo(0.5, 14);
    expect(mustBeDefined(found.cr2)).toBeCloseTo(0.5, 14);
    expect(mustBeDefined(found.satterthwaiteDf)).toBeCloseTo(1, 13);
  });

  it("bug museum 2: one cluster is not defined, where CR0 would say 0", () => {
    const found = clusteredStandardErrors([1, 0, 1], ["x", "x", "x"]);
    for (const se of [found.miller, found.cr0, found.cr1, found.cr2, found.satterthwaiteDf])
      expect(se.defined).toBe(false);
    expect(found.clt.defined).toBe(true);
    expect(clusteredMeanDifference([1, 0, 1], ["x", "x", "x"], 0.95).defined).toBe(false);
  });

  it("is the plain standard error when every value is its own cluster", () => {
    const values = [1, 0, 1, 0, 1, 1, 1, 0];
    const found = clusteredStandardErrors(
      values,
      values.map((_, index) => String(index)),
    );
    const plain = meanInterval(values, 0.95);
    for (const se of [found.clt, found.miller, found.cr1, found.cr2])
      expect(mustBeDefined(se)).toBeCloseTo(mustBeDefined(plain.se), 14);
    expect(mustBeDefined(found.satterthwaiteDf)).toBeCloseTo(7, 12);
  });

  it("has CR2 = CR1 and G - 1 degrees of freedom for clusters of one size", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.constantFrom(0, 0.5, 1), { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 12 }),
        (rows) => {
          const found = clusteredStandardErrors(
            rows.flat(),
            rows.flatMap((row, index) => row.map(() => `c${index}`)),
          );
          expect(mustBeDefined(found.cr2)).toBeCloseTo(mustBeDefined(found.cr1), 12);
          expect(mustBeDefined(found.satterthwaiteDf)).toBeCloseTo(rows.length - 1, 9);
        },
      ),
    );
  });

  it("does not depend on the order or the names", () => {
    fc.assert(
      fc.property(scores, (rows) => {
        const there = clusteredMean(
          rows.map(([value]) => value),
          rows.map(([, name]) => name),
          0.95,
        );
        const back = [...rows].reverse();
        const reversed = clusteredMean(
          back.map(([value]) => value),
          back.map(([, name]) => `${name}!`),
          0.95,
        );
        expect(reversed.defined).toBe(there.defined);
        if (there.defined && reversed.defined) expect(reversed.value.lower).toBeCloseTo(there.value.lower, 10);
      }),
    );
  });
});

describe("clusteredMean", () => {
  it("trap all values equal, also through rounding: not defined", () => {
    const clusters = ["a", "a", "b", "b"];
    expect(clusteredMean([1, 1, 1, 1], clusters, 0.95).defined).toBe(false);
    expect(clusteredMean([0.1 + 0.2, 0.3, 0.3, 0.3], clusters, 0.95).defined).toBe(false);
    expect(clusteredMean([0, 1, 0, 1], clusters, 0.95).defined).toBe(false);
  });

  it("has one-sided bounds inside the two-sided ones", () => {
    const values = [1, 0, 1, 1, 0, 1];
    const clusters = ["a", "a", "b", "b", "c", "c"];
    const two = mustBeDefined(clusteredMean(values, clusters, 0.9));
    const one = mustBeDefined(clusteredMeanOneSided(values, clusters, 0.95));
    expect(one.lower).toBeCloseTo(two.lower, 12);
    expect(one.upper).toBeCloseTo(two.upper, 12);
  });

  it("refuses a list of clusters that does not fit", () => {
    expect(() => clusteredMean([1, 0], ["a"], 0.95)).toThrow("clusters: expected as many values as values (2), got 1");
  });
});

describe("clustered proportions", () => {
  it("finds no correlation in clusters of one case and is then plain Wilson", () => {
    const tally = { successes: [1, 0, 1, 1], sizes: [1, 1, 1, 1] };
    expect(clusteredProportion(tally)).toMatchObject({ icc: { defined: false }, designEffect: { value: 1 } });
    const { lower, upper } = wilson(3, 4, 0.95);
    expect(mustBeDefined(clusteredWilson(tally, 0.95))).toEqual({ lower, upper });
  });

  it("counts a cluster as one case when all of a cluster always agree", () => {
    const tally = { successes: [3, 0, 3, 3], sizes: [3, 3, 3, 3] };
    expect(mustBeDefined(clusteredProportion(tally).icc)).toBeCloseTo(1, 14);
    expect(mustBeDefined(clusteredWilsonFloored(tally, 0.95)).designEffect).toBeCloseTo(3, 13);
  });

  it("trap negative correlation: a verdict never uses more cases than there are", () => {
    const tally = { successes: [1, 1, 2, 1], sizes: [2, 2, 2, 2] };
    expect(mustBeDefined(clusteredProportion(tally).icc)).toBeLessThan(0);
    expect(mustBeDefined(clusteredWilsonFloored(tally, 0.95)).designEffect).toBe(1);
    const alike = { successes: [1, 1, 1], sizes: [2, 2, 2] };
    expect(clusteredWilson(alike, 0.95).defined).toBe(false);
    expect(mustBeDefined(clusteredWilsonFloored(alike, 0.95)).lower).toBeGreaterThan(0);
  });

  it("bug museum 1, clustered: all correct is not [1, 1], and a cluster then counts as one case", () => {
    const tally = { successes: Array<number>(20).fill(5), sizes: Array<number>(20).fill(5) };
    const { lower, upper, designEffect, df } = mustBeDefined(clusteredWilsonOneSided(tally, 0.95));
    expect([designEffect, df, upper]).toEqual([5, 19, 1]);
    expect(lower).toBeCloseTo(20 / (20 + 1.729132811521367 ** 2), 9);
  });

  it("bug museum 2, clustered: one cluster is not defined", () => {
    expect(clusteredWilsonFloored({ successes: [8], sizes: [10] }, 0.95).defined).toBe(false);
    expect(clusteredWilson({ successes: [8], sizes: [10] }, 0.95).defined).toBe(false);
  });

  it("tallies cases by cluster", () => {
    const tally = tallyByCluster([true, false, true, true], ["b", "a", "b", "a"]);
    expect(tally).toEqual({ successes: [2, 1], sizes: [2, 2] });
  });
});
