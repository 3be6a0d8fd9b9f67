/** Grades one text without an engine: for testing a grader of one's own, or looking at what a grader makes of an answer. */
import type { Finish } from "../suite/completion.ts";
import type { GradeContext, Graded, Grader } from "../suite/grade.ts";

export interface TriedAnswer<Input, Expected> {
  readonly text: string;
  /** Default: an empty text. */
  readonly input?: Input;
  readonly expected?: Expected;
  /** Default `stop`. */
  readonly finish?: Finish;
  readonly caseId?: string;
  /** Answers a judge's question; default: every question fails. */
  readonly ask?: GradeContext["ask"];
}

/**
 * @throws whatever the grader throws
 * @example await tryGrader(numberMatch(), { text: "1,000", expected: "1000" })
 */
export async function tryGrader<Input, Expected>(
  grader: Grader<Input, Expected>,
  tried: TriedAnswer<Input, Expected>,
): Promise<Graded> {
  const { text, input, expected, finish = "stop", caseId = "case" } = tried;
  const ask = tried.ask ?? (() => Promise.reject(new Error("the grader asks a model: pass `ask`")));
  const given = { id: caseId, input: input as Input, ...(expected === undefined ? {} : { expected }) };
  return await grader.grade(
    { case: given, text, answer: { kind: "answer", text, finish } },
    { ask, signal: new AbortController().signal },
  );
}
