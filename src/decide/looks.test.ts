import { describe, expect, it } from "vitest";
import { decide } from "./decide.ts";
import type { Decision } from "./decision.ts";
import { alphaOfLook, looksOf, MOST_LOOKS } from "./looks.ts";
import { createObservations } from "./observations.ts";
import { fineTuned, promptOnly, rightOf, suiteOf, TODAY, tell } from "./trials.test-data.ts";

/** A prompt right on 270 of 300 where 86 % is needed: met at 5 %, not at 0.25 %. */
function atLook(looks?: Readonly<Record<string, number>>): Decision {
  const targets = [promptOnly("plain"), fineTuned("tuned")];
  const observations = createObservations(suiteOf({ targets, requirement: { quality: { atLeast: 0.86 } } }));
  tell(observations, "plain", rightOf(270, 300));
  tell(observations, "tuned", rightOf(270, 300));
  const counted = looks === undefined ? {} : { looks: new Map(Object.entries(looks)) };
  return decide(observations, { today: TODAY, ...counted });
}

describe("looks at the test cases", () => {
  it("spend at most one and a half alpha, however many there will be", () => {
    let spent = 0;
    for (let look = 1; look <= 10_000; look++) spent += alphaOfLook(0.05, look);
    expect(alphaOfLook(0.05, 1)).toBe(0.05);
    expect(alphaOfLook(0.05, 2)).toBeCloseTo(0.05 / 6, 12);
    expect(spent).toBeLessThan(0.075);
    expect(spent).toBeGreaterThan(0.0749);
  });

  it("leave the first look as it is, to the last figure", () => {
    const { looks, ...first } = atLook({ plain: 1, tuned: 1 });
    expect(first).toEqual(atLook());
    expect(looks).toEqual({ number: 1, most: MOST_LOOKS, alpha: 0.05, firstAlpha: 0.05 });
    expect(first.verdict.kind).toBe("KEEP_PROMPTING");
  });

  it("have no more of them than the gate allows, where it says how many", () => {
    const suite = (mostLooks?: number) => suiteOf({ gate: mostLooks === undefined ? {} : { mostLooks } });
    const numbers = new Map([["plain", 20]]);
    const choices = {
      prompt: { position: 0, target: "plain", candidates: [], how: "only" as const },
      tuned: undefined,
    };
    expect(looksOf(suite(), choices, numbers)).toMatchObject({ number: 20, most: MOST_LOOKS });
    expect(looksOf(suite(30), choices, numbers)).toMatchObject({ number: 20, most: 30 });
  });

  it("ask more of a later look, and say so", () => {
    const decision = atLook({ plain: 4, tuned: 1 });
    expect(decision.looks).toMatchObject({ number: 4, alpha: 0.05 / 20 });
    expect(atLook().requirements[0]?.results[0]?.state).toBe("MET");
    expect(decision.requirements[0]?.results[0]?.state).not.toBe("MET");
    expect(decision.warnings[0]).toMatch(
      /look 4 of new candidates.*in 0\.25 % of all runs instead of 5 %.*After 6 more/,
    );
    const bounds = decision.requirements[0]?.results[0]?.bounds;
    expect(bounds?.confidence).toBeCloseTo(0.9975, 12);
  });

  it("ask for fresh cases at the tenth, and give no verdict after it", () => {
    expect(atLook({ plain: 10 }).warnings[0]).toContain("Add fresh test cases");
    const { verdict } = atLook({ plain: 11 });
    expect(verdict).toMatchObject({
      kind: "INCONCLUSIVE",
      reasons: [{ code: "looked-too-often" }, ...verdict.reasons.slice(1)],
    });
    expect(verdict.wouldChange[0]).toContain("fresh test cases");
  });
});
