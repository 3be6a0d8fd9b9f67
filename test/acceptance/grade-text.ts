/** Grades a text as the engine would, with a case around it. */
import type { GradeContext, Graded, Grader } from "../../src/suite/grade.ts";

const context: GradeContext = {
  ask: () => Promise.reject(new Error("these graders ask no model")),
  signal: new AbortController().signal,
};

export async function gradeText<Expected>(
  grader: Grader<unknown, Expected>,
  text: string,
  expected: Expected,
): Promise<Graded> {
  return await grader.grade(
    { case: { id: "1", input: "", expected }, text, answer: { kind: "answer", text, finish: "stop" } },
    context,
  );
}
