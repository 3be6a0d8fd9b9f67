import { describe, expect, it } from "vitest";
import type { Answer } from "./completion.ts";
import type { GradeContext, Subject } from "./grade.ts";
import { type GraderResult, graderOf } from "./grader-function.ts";

const context: GradeContext = {
  ask: () => Promise.reject(new Error("nobody is asked")),
  signal: new AbortController().signal,
};

function subject(text: string, finish: Answer["finish"] = "stop"): Subject<never, never> {
  return { case: { id: "a", input: "x" as never }, text, answer: { kind: "answer", text, finish } };
}

describe("graderOf", () => {
  it.each<[GraderResult, object]>([
    [true, { strict: { kind: "scored", score: 1 }, lenient: { kind: "scored", score: 1 } }],
    [0.25, { strict: { kind: "scored", score: 0.25 }, lenient: { kind: "scored", score: 0.25 } }],
    [{ kind: "declined" }, { strict: { kind: "declined" }, lenient: { kind: "declined" } }],
    [
      { strict: false, lenient: { kind: "scored", score: 1 } },
      { strict: { kind: "scored", score: 0 }, lenient: { kind: "scored", score: 1 }, hasForms: true },
    ],
  ])("takes %j", async (result, graded) => {
    expect(await graderOf(() => result).grade(subject("text"), context)).toEqual(graded);
  });

  it.each<[string, Answer["finish"], object]>([
    ["I will not.", "refusal", { kind: "declined" }],
    ["", "filtered", { kind: "declined" }],
    [" \n", "stop", { kind: "scored", score: 0, flaw: "empty" }],
    ["half an ans", "length", { kind: "scored", score: 0, flaw: "cut" }],
  ])("does not ask the function about %j, ended by %s", async (text, finish, grade) => {
    const { strict, lenient } = await graderOf(() => true).grade(subject(text, finish), context);
    expect(strict).toMatchObject(grade);
    expect(lenient).toEqual(strict);
  });

  it.each([
    [{ kind: "ungraded" }, "an ungraded answer with no reason: give one of judge-unparsed, "],
    [{ kind: "ungraded", reason: "bored", why: "x" }, "with the reason bored"],
    [{ kind: "ungraded", reason: "missing-expected" }, "does not say `why`"],
    [{ strict: true, lenient: { kind: "ungraded", why: "x" } }, "with no reason"],
  ])("throws for %j: nobody would know why the answer is missing", async (result, message) => {
    const wrong = graderOf(() => result as unknown as GraderResult);
    await expect(async () => wrong.grade(subject("text"), context)).rejects.toThrow(message);
    const ok = { kind: "ungraded", reason: "missing-expected", why: "nothing to hold it against" } as const;
    expect(await graderOf(() => ok).grade(subject("text"), context)).toEqual({ strict: ok, lenient: ok });
  });

  it.each([["yes"], [2], [Number.NaN], [undefined]])("throws for %j, which is no grade", async (result) => {
    const wrong = graderOf(() => result as unknown as GraderResult);
    await expect(async () => wrong.grade(subject("text"), context)).rejects.toThrow(/score|returns/);
  });
});
