import { describe, expect, it } from "vitest";
import { seeded } from "../trials.test-data.ts";
import { readReasoning, stepsOfCase } from "./reasoning.ts";
import { subjectsOf } from "./subjects.ts";
import { cell, codes, observe, type Told } from "./told.test-data.ts";

const read = (trials: readonly Told[]) => readReasoning(subjectsOf(observe({}, trials), { prompt: 0 }));

describe("the steps of a case", () => {
  it("come from its tag, and from nothing else", () => {
    expect(stepsOfCase(["known", "steps-3"])).toBe(3);
    expect(stepsOfCase(["steps-", "steps-x", "more-steps-3", "steps-3-4"])).toBeUndefined();
    expect(stepsOfCase(["steps-1", "steps-2"])).toBeUndefined();
    expect(stepsOfCase(["steps-2", "steps-02"])).toBe(2);
    expect(stepsOfCase(undefined)).toBeUndefined();
  });
});

describe("accuracy by steps", () => {
  it("is told for each number, with the change for each step more", () => {
    const random = seeded(3);
    const trials = Array.from({ length: 400 }, (_, index): Told => {
      const steps = 1 + (index % 4);
      const outcome = random() < 1 - 0.2 * steps ? "right" : "wrong";
      return { target: "plain", index, outcome, tags: [`steps-${steps}`], cluster: `c${index % 40}` };
    });
    const readings = read(trials);
    const values = [1, 2, 3, 4].map((steps) => cell(readings, `steps:${steps}`));
    expect(values.every((one) => typeof one !== "string" && one[1] === 100)).toBe(true);
    const [slope] = readings.changes;
    expect(slope?.change).toMatchObject({ available: true, n: 400, clusters: 40, unit: "share" });
    if (slope?.change.available !== true) throw new Error("no slope");
    expect(slope.change.lower).toBeLessThan(-0.2);
    expect(slope.change.upper).toBeGreaterThan(-0.2);
    expect(slope.change.upper).toBeLessThan(0);
  });

  it("says how many cases carry no tag, and how to tag where none does", () => {
    expect(codes(read([{ target: "plain", index: 0 }]))).toEqual(["no-steps", "no-sets", "no-step-checks"]);
    const readings = read([
      { target: "plain", index: 0, tags: ["steps-1"] },
      { target: "plain", index: 1 },
    ]);
    expect(codes(readings)).toContain("without-steps");
    expect(readings.changes[0]?.change.available).toBe(false);
  });
});

describe("recall and precision", () => {
  it("are means of the parts, 0 where the answer had none, and come first", () => {
    const parts = (recall: number, precision: number) => {
      const grade = { kind: "scored", score: 1, parts: { f1: 0.5, precision, recall } } as const;
      return { graded: { exact: { strict: grade, lenient: grade } } };
    };
    const readings = read([
      { target: "plain", index: 0, ...parts(1, 0.5) },
      { target: "plain", index: 1, ...parts(0.5, 1) },
      { target: "plain", index: 2, outcome: "format" },
      { target: "plain", index: 3, outcome: "declined" },
      { target: "plain", index: 4, outcome: "ungraded" },
    ]);
    expect(cell(readings, "part:exact/recall")).toEqual([0.375, 4]);
    expect(cell(readings, "part:exact/precision")).toEqual([0.375, 4]);
    expect(readings.rows.map(({ key }) => key)).toEqual(["part:exact/recall", "part:exact/precision", "part:exact/f1"]);
    expect(readings.rows.map(({ detail }) => detail === true)).toEqual([false, false, true]);
  });
});
