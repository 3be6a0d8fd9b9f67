import { describe, expect, it } from "vitest";
import { clopperPearsonOneSided } from "../stats/proportion.ts";
import { unitBounds } from "./mean-bounds.ts";
import { fewestToMeet, planPower } from "./plan-power.ts";
import { fineTuned, promptOnly, suiteOf } from "./trials.test-data.ts";

describe("what a suite can show", () => {
  it.each([
    [50, 0.9, 49],
    [100, 0.9, 96],
    [29, 0.9, 29],
    [200, 0.8, 170],
  ])("%d cases meet %d from %d right on", (n, threshold, right) => {
    expect(fewestToMeet(n, threshold, 0.05)).toBe(right);
    expect(clopperPearsonOneSided(right, n, 0.95).lower).toBeGreaterThanOrEqual(threshold);
    expect(clopperPearsonOneSided(right - 1, n, 0.95).lower).toBeLessThan(threshold);
  });

  it("does not promise what all right cases would not show", () => {
    expect(fewestToMeet(28, 0.9, 0.05)).toBeUndefined();
    expect(fewestToMeet(0, 0.9, 0.05)).toBeUndefined();
    const suite = suiteOf({ requirement: { quality: { atLeast: 0.99 } } });
    const { requirements, sentences } = planPower(suite, { testCases: 100 });
    expect(requirements[0]).toEqual({
      key: "quality",
      label: "quality",
      threshold: 0.99,
      trials: 1,
      zeroFailureCases: 299,
      assumedShare: 0.995,
      cases: 2185,
    });
    expect(sentences).toContain(
      "quality: 100 test cases cannot show 99 % with 95 % confidence even if all are right; it takes 299 cases without a failure. About 2,185 test cases show it in 8 of 10 runs if in truth it is 99.5 %: 2,085 more than there are.",
    );
  });

  it("tells the smallest gap and margin: 7.9 points at 100 cases, 3.9 at 400; and the cases of gaps that teams ask for", () => {
    const suite = suiteOf({ targets: [promptOnly("plain"), fineTuned("tuned")] });
    expect(planPower(suite, { testCases: 100 }).smallestMargin).toBeCloseTo(0.0786, 4);
    expect(planPower(suite, { testCases: 400 }).smallestMargin).toBeCloseTo(0.0393, 4);
    const { smallestGap, gaps, margin, sentences } = planPower(suite, { testCases: 100 });
    expect(smallestGap.common).toBeGreaterThan(0.07);
    expect(smallestGap.common).toBeLessThan(0.08);
    expect(smallestGap.worst).toBeGreaterThan(smallestGap.common ?? 1);
    expect(sentences[0]).toMatch(
      /^100 test cases show a gap of 7\.\d points in 8 of 10 runs if the two differ on 10 % of the cases, of \d+\.?\d* points if they differ on 50 %\.$/,
    );
    expect(gaps).toEqual([
      { gap: 0.1, common: 60, worst: 308 },
      { gap: 0.05, common: 246, worst: 1235 },
      { gap: 0.03, common: 685, worst: 3433 },
    ]);
    // Planned and planned back: the smallest gap of so many cases is that gap.
    expect(planPower(suite, { testCases: 246 }).smallestGap.common).toBeCloseTo(0.05, 3);
    expect(margin).toEqual({ asked: 0.03, cases: 687 });
    expect(sentences[2]).toMatch(
      /"No worse than 3 points" asks for more cases: .* at best; it takes 687 test cases\.$/,
    );
    expect(planPower(suiteOf({ targets: [promptOnly("plain")] }), { testCases: 100 }).sentences[0]).toContain(
      "against a tuned model once there is one",
    );
  });

  it("tells cases and trials of every requirement that is stated", () => {
    const suite = suiteOf({
      trials: 3,
      requirement: {
        quality: { atLeast: 0.9 },
        stability: { allOf: 3, atLeast: 0.85 },
        cost: { usdPer1kAtMost: 0.5 },
        latency: { p95MsAtMost: 2000 },
      },
    });
    const costs = [
      { target: "plain", answers: 40, meanUsd: 0.0003, sdUsd: 0.0008 },
      { target: "long", answers: 40, meanUsd: 0.0006, sdUsd: 0.0001 },
      { target: "new", answers: 1, meanUsd: 0.0001 },
    ];
    const { requirements, sentences } = planPower(suite, { testCases: 120, clusters: 40, costs });
    expect(requirements.map(({ key, trials, cases }) => [key, trials, cases])).toEqual([
      ["quality", 1, 203],
      ["stability", 3, 126],
      ["cost", 1, undefined],
      ["latency", 1, 434],
      ["need", 3, 94],
    ]);
    // ((1.645 + 0.842) x 0.8 / 0.2)^2
    expect(requirements[2]?.costs?.map(({ target, cases }) => [target, cases])).toEqual([
      ["plain", 99],
      ["long", undefined],
      ["new", undefined],
    ]);
    const text = sentences.join("\n");
    expect(text).toContain("The 120 test cases come from 40 clusters");
    expect(text).toContain(
      '"plain" at $0.30 in 40 answers: 99 clusters, 59 more than there are; "long" at $0.60 in 40 answers does not keep it',
    );
    expect(text).toContain('"new" at $0.10 in 1 answer: too few to tell');
    expect(text).toMatch(
      /p95: cannot be bounded from above by fewer than 59 clusters; there are 40\. About 434 clusters .* 97\.5 % of the answers come in time: 394 more/,
    );
    expect(sentences.at(-1)).toBe(
      "Repeats: 3 of 3 right and need satisfied take 3 trials of each case; quality, cost per 1,000 and p95 take 1. More are no more cases: they narrow only what differs between answers to one case.",
    );
    expect(planPower(suite, { testCases: 120 }).sentences.join()).toContain("which the first answers tell");
  });

  it("counts clusters throughout where cases share them", () => {
    const suite = suiteOf({
      targets: [promptOnly("plain"), fineTuned("tuned")],
      requirement: { quality: { atLeast: 0.8 } },
    });
    const plan = planPower(suite, { testCases: 239, clusters: 56 });
    // 56.71 δ² - 17.41 δ + 1.00 = 0 at half of the cases; at a tenth of them the root would be above a tenth.
    expect(plan.smallestGap).toEqual({ worst: expect.closeTo(0.2306, 4) });
    // (1.645 + 0.842) √(0.1 / 56)
    expect(plan.smallestMargin).toBeCloseTo(0.1051, 4);
    expect(plan.sentences.slice(0, 5)).toEqual([
      "The 239 test cases come from 56 clusters: what follows counts them as 56 and not as 239, as if the cases of one cluster were all answered alike.",
      "56 clusters show a gap of 23.1 points in 8 of 10 runs if the two differ on 50 % of the cases, and none if they differ on 10 %.",
      "To show a gap in 8 of 10 runs takes 60 to 308 clusters for 10 points, 246 to 1,235 for 5 points and 685 to 3,433 for 3 points, the two differing on 10 % to 50 % of them.",
      '"No worse than 3 points" asks for more clusters: 56 clusters can show a margin of 10.5 points at best; it takes 687 clusters.',
      // Of 56 at 80 %, 5 failures or fewer come in 2.1 % of all runs, 6 or fewer in 5.1 %.
      "quality: at least 51 of 56 clusters right (91.1 %) would show 80 % with 95 % confidence. About 94 clusters show it in 8 of 10 runs if in truth it is 90 %: 38 more than there are.",
    ]);
    expect(planPower(suite, { testCases: 56 }).smallestGap).toEqual(plan.smallestGap);
  });

  it.each([
    [56, 4, 0.8],
    [56, 4, 0.9],
    [20, 10, 0.8],
    [40, 3, 0.9],
    [120, 2, 0.9],
    [30, 8, 0.8],
  ])("promises of %d clusters of %d no more than the report's own bound shows, at %d", (count, size, threshold) => {
    const right = fewestToMeet(count, threshold, 0.05);
    if (right === undefined) throw new Error("nothing promised");
    const cluster = Array.from({ length: count * size }, (_, index) => Math.floor(index / size));
    const sample = { values: cluster.map((one) => (one < right ? 1 : 0)), clusters: cluster.map(String) };
    expect(unitBounds(sample, 0.95).lower).toBeGreaterThanOrEqual(threshold);
  });

  it("says what no verdict can come of", () => {
    const suite = suiteOf({ requirement: { latency: { p95MsAtMost: 900 } } });
    const { sentences } = planPower(suite, { testCases: 20 });
    expect(sentences[0]).toBe("20 test cases: too few for any verdict, it takes 30.");
    expect(planPower(suite, { testCases: 90, clusters: 9 }).sentences[0]).toBe(
      "9 clusters: too few for any verdict, it takes 10.",
    );
    expect(planPower(suite, { testCases: 90, clusters: 10 }).sentences[0]).toMatch(/^The 90 test cases come from 10/);
    expect(sentences.join()).toContain(
      "p95: cannot be bounded from above by fewer than 59 test cases; there are 20. About 434",
    );
    expect(
      planPower(suiteOf({ targets: [promptOnly("plain"), fineTuned("tuned")] }), { testCases: 0 }).sentences.length,
    ).toBeGreaterThan(0);
  });
});
