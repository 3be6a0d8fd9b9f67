import { describe, expect, it } from "vitest";
import { fake } from "../model/fake.ts";
import type { Grade } from "../suite/grade.ts";
import type { TrialRecord } from "../suite/trial.ts";
import { familyWarnings, judgeFamilies } from "./judge-families.ts";
import { createJudgeTally } from "./judge-tally.ts";
import { fineTuned, grader, promptOnly } from "./trials.test-data.ts";

const model = (id: string, family?: string) => fake(() => "", { id, ...(family === undefined ? {} : { family }) });
const asking = (...ids: readonly string[]) => ({ ...grader("tone"), asks: ids.map((id) => model(id)) });
const named = (id: string) => ({ ...promptOnly(id), model: model(id) });

describe("families of judges", () => {
  it("are held against those of the targets, a tuned model's by its base", () => {
    const tuned = { ...fineTuned("tuned"), model: model("our-tune") };
    const base = { ...tuned, tuning: { ...tuned.tuning, tunedFrom: model("llama-3") } };
    const suite = { targets: [named("gpt-5.4"), named("claude-x"), base] };
    expect(judgeFamilies(suite, asking("gpt-5.4-mini", "llama-4"))).toEqual({
      judges: [
        { model: "gpt-5.4-mini", family: "gpt" },
        { model: "llama-4", family: "llama" },
      ],
      sameFamily: [
        { judge: "gpt-5.4-mini", family: "gpt", target: "gpt-5.4" },
        { judge: "llama-4", family: "llama", target: "tuned" },
      ],
      unknownFamilies: [],
    });
  });

  it("are warned of where they are the same, and where nobody knows", () => {
    const graders = [asking("gpt-5.4-mini"), grader("exact")];
    expect(familyWarnings({ targets: [named("claude-x")], graders })).toEqual([]);
    expect(familyWarnings({ targets: [named("gpt-4"), named("claude-x"), named("gpt-5")], graders })).toEqual([
      '"tone" is graded by "gpt-5.4-mini", of the same family (gpt) as what answers for "gpt-4" and "gpt-5": judges favour answers of their own kind; take one of another family.',
    ]);
    expect(familyWarnings({ targets: [named("ours"), named("gpt-5")], graders })).toEqual([
      expect.stringContaining("of the same family (gpt)"),
      'Whether "tone" is graded by a model of the family of what it grades is not known: state `family` for "ours".',
    ]);
    expect(familyWarnings({ targets: [named("ours")], graders: [grader("exact")] })).toEqual([]);
  });
});

describe("the tally of judged answers", () => {
  const graded = (grade: Grade, over: Partial<TrialRecord> = {}) =>
    ({
      target: "a",
      caseId: "c1",
      caseIndex: 1,
      grades: new Map([["tone", { strict: grade, lenient: grade }]]),
      ...over,
    }) as TrialRecord;

  it("tells a judge's answers from what was settled without it", () => {
    const tally = createJudgeTally([asking("j"), grader("exact")]);
    tally.add(graded({ kind: "scored", score: 0, answer: "fail" }));
    tally.add(graded({ kind: "scored", score: 1, answer: "pass" }));
    tally.add(graded({ kind: "scored", score: 0, flaw: "empty" }));
    tally.add(graded({ kind: "declined" }));
    tally.add(graded({ kind: "spared", by: "exact", why: "" }));
    tally.add(graded({ kind: "ungraded", reason: "judge-no-evidence", why: "" }));
    tally.add({ ...graded({ kind: "declined" }), grades: new Map() });
    expect(tally.answersOf("tone")).toEqual({ judged: 2, spared: 1, ruled: 2, open: 1 });
    expect(tally.answersOf("exact")).toEqual({ judged: 0, spared: 0, ruled: 0, open: 0 });
  });

  it("counts answers that speak to the grader by target, whatever the order of records", () => {
    const tally = createJudgeTally([asking("j")]);
    const said = (caseIndex: number, ...speaks: readonly string[]) =>
      tally.add(graded({ kind: "declined" }, { caseIndex, caseId: `c${caseIndex}`, speaks }));
    for (const at of [9, 3, 7, 3, 1, 8, 2]) said(at, "gives orders");
    said(4, "plays a role", "gives orders");
    tally.add(graded({ kind: "declined" }));
    expect(tally.speaking(["b", "a"])).toEqual([
      {
        target: "a",
        answers: 8,
        signs: [
          { sign: "gives orders", answers: 8 },
          { sign: "plays a role", answers: 1 },
        ],
        cases: ["c1", "c2", "c3", "c4", "c7"],
      },
    ]);
  });
});
