import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { judge as judgeGrader } from "../grade/judge.ts";
import type { Graded, Grader } from "../suite/grade.ts";
import type { Requirement } from "../suite/requirement.ts";
import { answer, fakeCases, fakeGrader, fakeModel, fakePlan, ledgerFolder, play, scored } from "./fakes.test-data.ts";
import { type SimulatedWorld, simulatedWorld } from "./simulated-world.test-data.ts";

let world: SimulatedWorld;
let folder: ReturnType<typeof ledgerFolder>;
beforeEach(() => {
  world = simulatedWorld();
  folder = ledgerFolder(world);
});
afterEach(() => folder.dispose());

const TEXTS = ["right", "wrong", "wrapped", "boom"];
const wrapped: Graded = { strict: scored(0).strict, lenient: scored(1).lenient };

/** Passes "right", fails "wrong", passes "wrapped" in the lenient form alone, and cannot grade "boom". */
const form = (over: Partial<Grader> = {}): Grader =>
  fakeGrader({
    name: "form",
    grade: ({ text }) => {
      if (text === "boom") throw new Error("boom");
      return text === "wrapped" ? wrapped : scored(text === "right" ? 1 : 0);
    },
    ...over,
  });

async function judged(
  {
    other = form(),
    judgeFailed = false,
    required = true,
    texts = TEXTS,
  }: {
    readonly other?: Grader;
    readonly judgeFailed?: boolean;
    readonly required?: boolean;
    readonly texts?: readonly string[];
  },
  requirement: Requirement = {},
) {
  const model = fakeModel({ id: "j", account: "judge", reply: () => answer('{"reason":"","label":"pass"}') });
  const labels = { pass: 1, fail: 0 };
  const judge = judgeGrader({
    name: "tone",
    model,
    rubric: "Kind?",
    labels,
    judgeFailed,
    required,
    canaries: false,
    evidence: false,
  });
  const plan = fakePlan({
    models: [fakeModel({ reply: ({ caseId }) => answer(texts[Number(caseId.slice(1))] ?? "") })],
    // A judge that stands first is asked last all the same.
    graders: [judge, other],
    cases: fakeCases(texts.length),
  });
  const { records, outcome } = await play([{ ...plan, suite: { ...plan.suite, requirement } }], folder.open(), world);
  return { asked: model.asked.map(({ caseId }) => caseId).sort(), records, outcome };
}

describe("a judge", () => {
  it("is spared what a required grader failed in both forms, and the grade says by which", async () => {
    const { asked, records, outcome } = await judged({});
    expect(asked).toEqual(["c0", "c2", "c3"]);
    expect(outcome.judgeCalls).toMatchObject({ sent: 3 });
    const grade = { kind: "spared", by: "form", why: 'not judged: "form", which an answer must pass, failed it' };
    expect(records[1]?.grades.get("tone")).toEqual({ strict: grade, lenient: grade });
    expect(records[2]?.grades.get("tone")?.strict).toMatchObject({ kind: "scored", answer: "pass" });
    expect([...(records[1]?.grades.keys() ?? [])]).toEqual(["tone", "form"]);
  });

  it("is asked of all where that grader is not required, where it asks to, and where its own figure is required", async () => {
    expect((await judged({ other: form({ required: false }) })).asked).toHaveLength(4);
    folder.dispose();
    folder = ledgerFolder(world);
    expect((await judged({ judgeFailed: true })).asked).toHaveLength(4);
    folder.dispose();
    folder = ledgerFolder(world);
    expect((await judged({}, { quality: { atLeast: 0.8, grader: "tone" } })).asked).toHaveLength(4);
    folder.dispose();
    folder = ledgerFolder(world);
    expect((await judged({}, { quality: [{ atLeast: 0.8, grader: "form" }] })).asked).toHaveLength(3);
    folder.dispose();
    folder = ledgerFolder(world);
    expect((await judged({ required: false })).asked).toHaveLength(3);
  });

  it("goes by what passes that grader, not by a full score", async () => {
    const half = fakeGrader({ name: "half", passAt: 0.5, grade: ({ text }) => scored(text === "right" ? 0.5 : 0.4) });
    expect((await judged({ other: half })).asked).toEqual(["c0"]);
  });

  it("keeps the grade that any grader gives to no text", async () => {
    const { asked, records } = await judged({ texts: ["", "wrong"] });
    expect(asked).toEqual([]);
    expect(records.map(({ grades }) => grades.get("tone")?.strict)).toMatchObject([
      { kind: "scored", score: 0, flaw: "empty" },
      { kind: "spared" },
    ]);
  });

  it("that was asked before it was spared is not read again: the figures of the trial stay the same", async () => {
    await judged({ judgeFailed: true });
    const { asked, records } = await judged({});
    expect(asked).toEqual([]);
    expect(records[1]?.grades.get("tone")?.strict.kind).toBe("spared");
    expect(records[0]?.grades.get("tone")?.strict).toMatchObject({ kind: "scored", score: 1 });
  });
});
