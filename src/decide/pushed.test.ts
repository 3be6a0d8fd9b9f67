import { describe, expect, it } from "vitest";
import { decide } from "./decide.ts";
import { createObservations } from "./observations.ts";
import type { SweepEvidence } from "./sweep-contract.ts";
import { promptOnly, rightOf, STATED, suiteOf, TODAY, tell } from "./trials.test-data.ts";

const SWEPT: SweepEvidence = {
  rungs: ["instruction", "few-shot"],
  winner: "plain",
  winnerDeclared: true,
  members: ["plain"],
  plateau: {
    last: "steps · five",
    before: "plain",
    gain: -0.01,
    upper: 0.015,
    confidence: 0.95,
    n: 100,
    limit: 0.02,
    ofSwept: 12,
    reached: true,
  },
};

/** A prompt right in 70 of 100 where 90 % is needed; all is stated but the two rungs of the sweep, and the plateau. */
function decided(sweep: SweepEvidence | undefined, others: Readonly<Record<string, number>> = {}) {
  const { instruction: _, "few-shot": __, plateau: ___, ...ladder } = STATED.ladder ?? {};
  const rates = { plain: 70, ...others };
  const targets = Object.keys(rates).map((name) => promptOnly(name));
  const observations = createObservations(suiteOf({ targets, stated: { ...STATED, ladder } as never }));
  for (const [name, right] of Object.entries(rates)) {
    tell(observations, name, rightOf(right, 100), { split: "dev" });
    tell(observations, name, [...rightOf(right, 100), ...rightOf(right, 100)], { first: 100 });
  }
  return decide(observations, { today: TODAY, ...(sweep === undefined ? {} : { sweep }) });
}

const reason = (given: ReturnType<typeof decided>) => given.verdict.reasons[0];

describe("whether prompting was pushed", () => {
  it("takes the rungs and the plateau of a sweep for tried, and says so", () => {
    expect(reason(decided(undefined))).toMatchObject({ code: "not-pushed" });
    const after = decided(SWEPT);
    expect(reason(after)?.code).not.toBe("not-pushed");
    expect(after.plateau).toMatchObject({ ofSwept: 12, reached: true });
    expect(JSON.stringify(after.procedure)).toContain("the best of the 12 prompts of the sweep");
  });

  it("asks for the winner to be declared, and for what the sweep did not try", () => {
    const better = { ...SWEPT, winner: "steps · five", winnerDeclared: false };
    expect(reason(decided(better))).toMatchObject({
      code: "not-pushed",
      text: expect.stringMatching(/"steps · five".*does not declare/),
    });
    const less = { ...SWEPT, rungs: ["instruction" as const] };
    expect(reason(decided(less))).toMatchObject({
      text: expect.stringMatching(/nothing is said of examples in the prompt/),
    });
  });

  it("goes by the sweep only while what it was held against does best of what it did not try", () => {
    expect(decided(SWEPT, { later: 85 }).plateau).toMatchObject({ last: "later", before: "plain", reached: false });
    expect(decided(SWEPT, { later: 60 }).plateau).toMatchObject({ ofSwept: 12 });
    expect(decided({ ...SWEPT, members: ["plain", "later"] }, { later: 85 }).plateau).toMatchObject({ ofSwept: 12 });
  });

  it("is open where the sweep still gains", () => {
    const plateau = { ...SWEPT.plateau, gain: 0.05, upper: 0.09, reached: false } as SweepEvidence["plateau"] & object;
    expect(reason(decided({ ...SWEPT, plateau }))).toMatchObject({
      code: "not-pushed",
      text: expect.stringMatching(
        /gains \+5\.0 points over "plain" on dev \(at most \+9\.0 points with 95 % confidence, 100 cases paired\)/,
      ),
    });
  });
});
