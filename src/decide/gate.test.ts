import { describe, expect, it } from "vitest";
import type { GatePolicy } from "../suite/requirement.ts";
import { combineExit, gate } from "./gate.ts";
import { decided, fineTuned, promptOnly, rightOf } from "./trials.test-data.ts";

const targets = [promptOnly("plain")];
const requirement = { quality: { atLeast: 0.9 } };
const keep = decided({ targets, requirement }, { plain: rightOf(197, 200) });
const tune = decided({ targets, requirement }, { plain: rightOf(140, 200) });
const format = decided({ targets, requirement }, { plain: rightOf(140, 200, "f") });
const open = decided({ targets, requirement }, { plain: rightOf(93, 100) });
const lost = decided({ targets, requirement }, { plain: [...rightOf(95, 95), ...Array(5).fill("x")] });
const never = decided({ targets, requirement }, { plain: Array(50).fill("n") });
const rejected = decided(
  { targets: [...targets, fineTuned("tuned")], requirement },
  { plain: rightOf(140, 200), tuned: rightOf(140, 200) },
);

describe("the gate", () => {
  it.each<readonly [string, typeof keep, GatePolicy, string, number]>([
    ["keep prompting passes", keep, {}, "pass", 0],
    ["fine-tuning justified fails", tune, {}, "fail", 1],
    ["fine-tuning justified passes where the policy accepts it", tune, { accept: ["FINE_TUNE_JUSTIFIED"] }, "pass", 0],
    ["keep prompting fails where the policy does not accept it", keep, { accept: ["CONFIRMED"] }, "fail", 1],
    ["format first fails although the verdict is to keep prompting", format, {}, "fail", 1],
    ["rejected fails", rejected, {}, "fail", 1],
    ["inconclusive is told apart", open, {}, "inconclusive", 3],
    ["inconclusive passes where the policy says so", open, { onInconclusive: "pass" }, "pass", 0],
    ["missing answers are incomplete", lost, {}, "incomplete", 4],
    ["no policy passes what is missing", lost, { onInconclusive: "pass", accept: ["INCONCLUSIVE"] }, "incomplete", 4],
    ["a policy may allow more to be missing", lost, { maxMissing: 0.05, onInconclusive: "pass" }, "pass", 0],
    ["nothing measured cannot be measured", never, { onInconclusive: "pass" }, "cannot-measure", 5],
  ])("%s", (_, decision, policy, outcome, exitCode) => {
    const result = gate(decision, policy);
    expect(result).toMatchObject({ suite: "made up", outcome, exitCode });
    expect(result.why).not.toBe("");
  });

  it("one exit code for several: what a person must know first", () => {
    const outcomes = ["pass", "inconclusive", "cannot-measure", "incomplete", "fail"] as const;
    const exits = [0, 3, 5, 4, 1];
    for (const [at, worst] of outcomes.entries()) {
      const upTo = outcomes.slice(0, at + 1).map((outcome) => ({ outcome }));
      expect(combineExit(upTo)).toBe(exits[at]);
      expect(combineExit([{ outcome: worst }])).toBe(exits[at]);
    }
    expect(combineExit([])).toBe(5);
  });
});
