import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Graded } from "../../suite/grade.ts";
import { grader, promptOnly, scored } from "../trials.test-data.ts";
import { readFormat } from "./format.ts";
import { subjectsOf } from "./subjects.ts";
import { cell, codes, observe, rowOf, type Told } from "./told.test-data.ts";

const NAMES = ["greets", "confirms", "asks"];

/** One letter a step: + passed, - failed; "" is a declined answer. */
function checked(letters: string): Readonly<Record<string, Graded>> {
  if (letters === "") return { steps: { strict: { kind: "declined" }, lenient: { kind: "declined" } } };
  const items = [...letters].map((letter, at) => ({
    name: NAMES[at] ?? "more",
    passed: letter === "+",
    required: true,
    weight: 1,
  }));
  const grade = { kind: "scored", score: letters.includes("-") ? 0 : 1, items } as const;
  return { steps: { strict: grade, lenient: grade } };
}

const parts = { graders: [grader("steps")] };
const read = (trials: readonly Told[], more = {}) =>
  readFormat(subjectsOf(observe({ ...parts, ...more }, trials), { prompt: 0 }));
const cases = (list: readonly string[]): Told[] =>
  list.map((letters, index) => ({ target: "plain", index, graded: checked(letters) }));

describe("steps", () => {
  it("fail each by itself, a declined answer fails all", () => {
    const readings = read(cases(["+++", "-++", "+--", ""]));
    expect(cell(readings, "fails:steps/greets")).toEqual([0.5, 4]);
    expect(cell(readings, "fails:steps/confirms")).toEqual([0.5, 4]);
    expect(cell(readings, "fails:steps/asks")).toEqual([0.5, 4]);
  });

  it("fail first at one place only", () => {
    const readings = read(cases(["+++", "-++", "+--", "+-+", ""]));
    expect(cell(readings, "first:steps/greets")).toEqual([0.4, 5]);
    expect(cell(readings, "first:steps/confirms")).toEqual([0.4, 5]);
    expect(cell(readings, "first:steps/asks")).toEqual([0, 5]);
    expect(readings.findings.find(({ code }) => code === "fails-first")?.text).toContain("5 cases");
  });

  it("that fail first add up to the answers that fail", () => {
    const letters = fc.array(fc.constantFrom("+", "-"), { minLength: 3, maxLength: 3 }).map((list) => list.join(""));
    fc.assert(
      fc.property(fc.array(fc.oneof(letters, fc.constant("")), { minLength: 1, maxLength: 20 }), (list) => {
        if (list.every((one) => one === "")) return;
        const readings = read(cases(list));
        const first = NAMES.map((name) => cell(readings, `first:steps/${name}`));
        const total = first.reduce((sum, one) => sum + (typeof one === "string" ? 0 : one[0]), 0);
        const failing = list.filter((one) => one === "" || one.includes("-")).length / list.length;
        expect(total).toBeCloseTo(failing, 9);
      }),
      { numRuns: 60 },
    );
  });

  it("are asked for where no grader tells any", () => {
    expect(codes(read([{ target: "plain", index: 0 }]))).toContain("no-checklist");
  });
});

describe("the same answer again", () => {
  const texts = (list: readonly (readonly string[])[], answers?: readonly (readonly string[])[]): Told[] =>
    list.flatMap((own, index) =>
      own.map((text, at): Told => {
        const answer = answers?.[index]?.[at];
        const grade = { ...scored(1), ...(answer === undefined ? {} : { answer }) };
        return {
          target: "plain",
          index,
          trial: at + 1,
          text,
          outcome: text === "lost" ? "lost" : "right",
          graded: { steps: { strict: grade, lenient: grade } },
        };
      }),
    );

  it("is the share of cases whose texts, or extracted answers, are all equal", () => {
    const said = [
      ["a", "a"],
      ["a", "b"],
      ["A: 1", "1"],
    ];
    const readings = read(
      texts(said, [
        ["a", "a"],
        ["a", "b"],
        ["1", "1"],
      ]),
      { trials: 2 },
    );
    expect(cell(readings, "same-text")).toEqual([1 / 3, 3]);
    expect(cell(readings, "same-answer")).toEqual([2 / 3, 3]);
  });

  it("leaves out a case that lacks an answer, and says so", () => {
    const readings = read(
      texts([
        ["a", "a"],
        ["a", "lost"],
      ]),
      { trials: 2 },
    );
    const [own] = rowOf(readings, "same-text").cells;
    expect(own).toMatchObject({ value: 1, n: 1 });
    expect(own?.available === true && own.method).toContain("1 case left out: fewer than 2 answers");
    expect(cell(readings, "same-answer")).toMatch(/^no required grader tells the answer that it compared/);
  });

  it("is not measured with one trial", () => {
    expect(codes(read(cases(["+++"])))).toContain("one-trial");
  });

  it("is asked of pass^k with the k that is required", () => {
    const requirement = { stability: { allOf: 2, atLeast: 0.8 } };
    const readings = read(texts([["a", "a", "a"]]), { trials: 3, requirement });
    expect(rowOf(readings, "all-of-k").label).toBe("2 of 2 right");
  });
});

describe("the arm that cannot leave the form", () => {
  it("says that form is the problem where it meets what is needed", () => {
    const arm = { ...promptOnly("schema"), arm: "constrained-output" as const };
    const trials = ["plain", "schema"].flatMap((target) =>
      Array.from({ length: 100 }, (_, index): Told => {
        return { target, index, graded: checked(target === "plain" && index % 2 === 0 ? "+-+" : "+++") };
      }),
    );
    const readings = read(trials, { targets: [promptOnly("plain"), arm] });
    expect(codes(readings)).toContain("constrained-output-enough");
    expect(readings.changes[0]?.change).toMatchObject({ value: 0.5, n: 100 });
  });
});
