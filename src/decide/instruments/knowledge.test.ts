import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Outcome } from "../trials.test-data.ts";
import { fineTuned, promptOnly, scored } from "../trials.test-data.ts";
import { readKnowledge } from "./knowledge.ts";
import { subjectsOf } from "./subjects.ts";
import { cell, codes, observe, rowOf, type Told } from "./told.test-data.ts";

const told = (outcomes: readonly Outcome[], more: Partial<Told> = {}): Told[] =>
  outcomes.map((outcome, index) => ({ target: "plain", index, outcome, ...more }));
const read = (trials: readonly Told[]) => readKnowledge(subjectsOf(observe({}, trials), { prompt: 0 }));

describe("knowledge", () => {
  it("tells right, wrong and declined apart, and accuracy over what was attempted", () => {
    const readings = read(told(["right", "right", "right", "wrong", "declined", "declined", "lost"]));
    expect(cell(readings, "right")).toEqual([0.5, 6]);
    expect(cell(readings, "wrong")).toEqual([1 / 6, 6]);
    expect(cell(readings, "declined")).toEqual([2 / 6, 6]);
    expect(rowOf(readings, "declined").label).toBe("declined wrongly, or empty");
    expect(cell(readings, "right-when-attempted")).toEqual([0.75, 4]);
    const [right] = rowOf(readings, "right").cells;
    expect(right?.available === true && right.method).toContain("1 case left out: no graded answer");
  });

  it("takes an answer of nothing for no claim", () => {
    const empty = { strict: scored(0, "empty"), lenient: scored(0, "empty") };
    const readings = read([...told(["right"]), { target: "plain", index: 1, graded: { exact: empty } }]);
    expect(cell(readings, "declined")).toEqual([0.5, 2]);
    expect(cell(readings, "wrong")).toEqual([0, 2]);
  });

  it("counts claims apart on cases tagged as unanswerable, and says how to tag where none is", () => {
    expect(codes(read(told(["right"])))).toContain("no-unanswerable");
    const tagged = ["right", "wrong", "wrong", "declined"] as const;
    const readings = read([
      ...told(["right", "right"]),
      ...tagged.map((outcome, at): Told => ({ target: "plain", index: 2 + at, outcome, tags: ["unanswerable"] })),
    ]);
    expect(cell(readings, "wrong-where-unanswerable")).toEqual([0.5, 4]);
    expect(codes(readings)).not.toContain("no-unanswerable");
  });

  it.each([{}, { unanswerable: "unknown" }])(
    "takes what is right on such cases for no attempt: it declines (%o)",
    (parts) => {
      const tags = [parts.unanswerable ?? "unanswerable"];
      const trials = [
        ...told(["right", "wrong", "wrong"]),
        ...(["right", "right", "wrong"] as const).map(
          (outcome, at): Told => ({ target: "plain", index: 3 + at, outcome, tags }),
        ),
      ];
      const readings = readKnowledge(subjectsOf(observe(parts, trials), { prompt: 0 }));
      expect(cell(readings, "right")).toEqual([0.5, 6]);
      expect(cell(readings, "right-when-attempted")).toEqual([0.25, 4]);
      expect(cell(readings, "wrong-where-unanswerable")).toEqual([1 / 3, 3]);
      // To decline there is right, and stands under right.
      expect(cell(readings, "declined")).toEqual([0, 6]);
    },
  );

  it("has shares that add up to 1 and intervals around them, over any trials", () => {
    const outcome = fc.constantFrom<Outcome>("right", "wrong", "declined", "lost", "ungraded");
    const cases = fc.array(fc.tuple(outcome, outcome), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(cases, (list) => {
        const trials = list.flatMap((pair, index) =>
          pair.map((each, at): Told => ({ target: "plain", index, trial: at + 1, outcome: each })),
        );
        const readings = readKnowledge(subjectsOf(observe({ trials: 2 }, trials), { prompt: 0 }));
        const cells = ["right", "wrong", "declined"].map((key) => rowOf(readings, key).cells[0]);
        const values = cells.flatMap((one) => (one?.available === true ? [one] : []));
        if (values.length === 0) return;
        expect(values.reduce((total, { value }) => total + value, 0)).toBeCloseTo(1, 9);
        for (const { value, interval } of values) {
          if (interval === undefined) continue;
          expect(interval.lower).toBeLessThanOrEqual(value + 1e-9);
          expect(interval.upper).toBeGreaterThanOrEqual(value - 1e-9);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("the arm with the right passage", () => {
  const arm = { ...promptOnly("sheet"), arm: "oracle-context" as const };
  const targets = [promptOnly("plain"), arm, fineTuned("tuned")];
  const arms = (right: number) => {
    const n = 200;
    const trials = targets.flatMap(({ name }) =>
      Array.from({ length: n }, (_, index): Told => {
        const most = name === "sheet" ? right : 100;
        return { target: name, index, outcome: index < most ? "right" : "wrong" };
      }),
    );
    return readKnowledge(subjectsOf(observe({ targets }, trials), { prompt: 0, tuned: 2 }));
  };

  it("says retrieval where it meets what is needed, ability where it misses, and open else", () => {
    expect(codes(arms(198))).toContain("oracle-context-enough");
    expect(codes(arms(120))).toContain("oracle-context-not-enough");
    expect(codes(arms(182))).toContain("oracle-context-open");
  });

  it("is held against the best prompt pair by pair, and stands between the two others", () => {
    const readings = arms(198);
    const [told] = readings.changes;
    expect([told?.target, told?.minus]).toEqual(["sheet", "plain"]);
    expect(told?.change).toMatchObject({ available: true, value: 0.49, n: 200, unit: "share" });
    expect(rowOf(readings, "right").cells).toHaveLength(3);
  });

  it("says how to add it where it is not there", () => {
    expect(codes(read(told(["right"])))).toContain("no-oracle-context");
  });
});
