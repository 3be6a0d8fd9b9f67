import { describe, expect, it } from "vitest";
import type { GradeContext, Subject } from "./grade.ts";
import { graderOf } from "./grader-function.ts";

const answer = { kind: "answer", text: "x", finish: "stop" } as const;
const subject: Subject<never, never> = { case: { id: "1", input: undefined as never }, text: "x", answer };
const context: GradeContext = { ask: async () => answer, signal: new AbortController().signal };
const graded = async (result: unknown) => graderOf((() => result) as never).grade(subject, context);

describe("graderOf", () => {
  it.each([
    [true, { kind: "scored", score: 1 }],
    [false, { kind: "scored", score: 0 }],
    [0.25, { kind: "scored", score: 0.25 }],
    [{ kind: "declined" }, { kind: "declined" }],
    [Promise.resolve(true), { kind: "scored", score: 1 }],
  ])("turns %j into a grade of both forms", async (result, grade) => {
    expect(await graded(result)).toEqual({ strict: grade, lenient: grade });
  });

  it.each([
    [Number.NaN],
    [1.01],
    [-0.01],
    ["yes"],
    [null],
    [undefined],
    [{ kind: "scored", score: 2 }],
    [{ kind: "x" }],
  ])("throws for %j, which is no grade", async (result) => {
    await expect(graded(result)).rejects.toThrow(/grade|score/);
  });

  it("changes its arguments with its source", () => {
    const first = graderOf(({ text }) => text === "a");
    expect(graderOf(({ text }) => text === "a").args).toEqual(first.args);
    expect(graderOf(({ text }) => text === "b").args).not.toEqual(first.args);
    expect(first.args.source).toMatch(/^[0-9a-f]{64}$/);
  });
});
