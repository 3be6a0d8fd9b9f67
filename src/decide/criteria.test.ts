import { describe, expect, it } from "vitest";
import type { GatePolicy } from "../suite/requirement.ts";
import type { BaselineComparison, BaselineResult } from "./baseline/contract.ts";
import { gateWithBaseline } from "./baseline/gate.ts";
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

  it("has one more for each comparison with the baseline and each case that must pass", () => {
    const { decision } = ruled(190, 192);
    const drop = { value: -0.06, lower: -0.1, upper: -0.02, confidence: 0.95, n: 200, method: "test" };
    const compared = {
      role: "tuned",
      against: "main",
      state: "fail",
      why: "It is down.",
      difference: drop,
    } as BaselineComparison;
    const must = { id: "c1", base: [3, 3], head: [0, 3], role: "prompt", why: "0 of 3.", state: "fail" } as const;
    const baseline: BaselineResult = {
      ...{ outcome: "fail", why: "It is down.", exam: [], cases: 200, looks: [1], plannedLooks: [1] },
      comparisons: [compared],
      mustPass: [
        must,
        { ...must, id: "c2", head: [0, 0], state: "open", why: "3 of its 3 answers are missing" },
        { ...must, id: "c3", base: [2, 3], state: "open" },
      ],
    };
    const held = gateWithBaseline(gate(decision, {}), baseline, {}, true);
    const states = criteriaOf(decision, held, baseline).map(({ name, state }) => [name, state]);
    expect(states[0]).toEqual(["verdict", "fail"]);
    expect(states.slice(-4)).toEqual([
      ["no drop of the fine-tuned against main", "fail"],
      ["case c1 must pass, best prompt", "fail"],
      ["case c2 must pass, best prompt", "inconclusive"],
      ["case c3 must pass, best prompt", "waived"],
    ]);
    const none: BaselineResult = { ...baseline, outcome: "no-comparison", why: "no comparison: another dataset" };
    const strict = gateWithBaseline(gate(decision, {}), none, {}, true);
    // What must pass is held there too.
    expect(strict).toMatchObject({ outcome: "fail", why: 'The case "c1" must pass: 0 of 3. (0 of 3).' });
    expect(criteriaOf(decision, strict, none).slice(-4)).toMatchObject([
      { name: "no drop against main", state: "no-comparison" },
      { name: "case c1 must pass, best prompt", state: "fail" },
      {},
      {},
    ]);
    const unheld: BaselineResult = {
      ...baseline,
      outcome: "pass",
      comparisons: [],
      mustPass: [],
      noRelease: "Refused.",
    };
    const gated = gateWithBaseline(gate(decision, {}), unheld, {}, true);
    expect(criteriaOf(decision, gated, unheld).at(-1)).toMatchObject({
      name: "no drop against the release",
      state: "no-comparison",
      why: "Refused.",
    });
    const free: BaselineResult = { ...none, mustPass: [] };
    const lenient = gateWithBaseline(gate(decision, {}), free, {}, false);
    expect(criteriaOf(decision, lenient, free).at(-1)).toMatchObject({ state: "waived" });
  });
});
