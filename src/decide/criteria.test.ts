import { describe, expect, it } from "vitest";
import type { GatePolicy } from "../suite/requirement.ts";
import { criteriaOf } from "./criteria.ts";
import type { Decision } from "./decision.ts";
import { gate } from "./gate.ts";
import { decided, fineTuned, promptOnly, rightOf } from "./trials.test-data.ts";

const targets = [promptOnly("plain"), fineTuned("tuned")];
const requirement = { quality: { atLeast: 0.8 }, stability: undefined } as const;

function ruled(plain: number, tuned: number, policy: GatePolicy = {}): { decision: Decision; states: string[][] } {
  const { stability: _, ...needed } = requirement;
  const decision = decided(
    { targets, requirement: needed },
    { plain: rightOf(plain, 200), tuned: rightOf(tuned, 200) },
  );
  const result = gate(decision, policy);
  return { decision, states: criteriaOf(decision, result).map(({ name, state }) => [name, state]) };
}

describe("criteriaOf", () => {
  it("begins with the verdict and holds each blocking requirement against the prompt that stays", () => {
    const { decision, states } = ruled(190, 192);
    expect(decision.verdict.kind).toBe("KEEP_PROMPTING");
    expect(states[0]).toEqual(["verdict", "pass"]);
    expect(states).toContainEqual(["quality, at least 80 %", "pass"]);
    expect(new Set(states.map(([, state]) => state))).toEqual(new Set(["pass"]));
  });

  it("holds the tuned target against them where the verdict is about it", () => {
    const { decision, states } = ruled(80, 100);
    expect(decision.verdict.kind).toBe("REJECTED");
    expect(states[0]).toEqual(["verdict", "fail"]);
    expect(states).toContainEqual(["quality, at least 80 %", "fail"]);
  });

  it("is red nowhere when the policy lets a suite pass", () => {
    const { states } = ruled(80, 100, { accept: ["REJECTED"] });
    expect(states[0]).toEqual(["verdict", "pass"]);
    expect(states).toContainEqual(["quality, at least 80 %", "waived"]);
    expect(states.filter(([, state]) => state !== "pass" && state !== "waived")).toEqual([]);
  });

  it("gives every criterion a name of its own", () => {
    const names = ruled(190, 192).states.map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
