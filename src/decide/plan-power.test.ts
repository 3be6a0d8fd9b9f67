import { describe, expect, it } from "vitest";
import { clopperPearsonOneSided } from "../stats/proportion.ts";
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
    const { requirements, sentences } = planPower(suiteOf({ requirement: { quality: { atLeast: 0.99 } } }), 100);
    expect(requirements[0]).toEqual({ label: "quality", threshold: 0.99, zeroFailureCases: 299 });
    expect(sentences[0]).toBe(
      "quality: 100 test cases cannot show 99 % with 95 % confidence even if all are right; it takes 299 cases without a failure.",
    );
  });

  it("tells the smallest gap and margin: 7.9 points at 100 cases, 3.9 at 400", () => {
    const suite = suiteOf({ targets: [promptOnly("plain"), fineTuned("tuned")] });
    expect(planPower(suite, 100).smallestMargin).toBeCloseTo(0.0786, 4);
    expect(planPower(suite, 400).smallestMargin).toBeCloseTo(0.0393, 4);
    const { smallestGap, sentences } = planPower(suite, 100);
    expect(smallestGap.common).toBeGreaterThan(0.07);
    expect(smallestGap.common).toBeLessThan(0.08);
    expect(smallestGap.worst).toBeGreaterThan(smallestGap.common ?? 1);
    expect(sentences[0]).toMatch(
      /^100 test cases show a gap of 7\.\d points in 8 of 10 runs if the two differ on 10 % of the cases/,
    );
    expect(sentences[1]).toContain('"No worse than 3 points" asks for more cases');
  });

  it("says what no verdict can come of", () => {
    const { sentences } = planPower(suiteOf({ requirement: { latency: { p95MsAtMost: 900 } } }), 20);
    expect(sentences[0]).toBe("20 test cases: too few for any verdict, it takes 30.");
    expect(sentences.at(-1)).toBe("p95: cannot be bounded from above by fewer than 59 test cases; there are 20.");
    expect(
      planPower(suiteOf({ targets: [promptOnly("plain"), fineTuned("tuned")] }), 0).sentences.length,
    ).toBeGreaterThan(0);
  });
});
