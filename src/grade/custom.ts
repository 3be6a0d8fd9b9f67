/** Grader: a function of the user's own, with the options that every grader has. */
import type { Grader } from "../suite/grade.ts";
import { type GraderFunction, hidesItsSource, toGraded } from "../suite/grader-function.ts";
import { defineGrader, type GraderOptions, mistake, sourceDigest } from "./common-options.ts";

export interface CustomOptions extends Omit<GraderOptions, "name"> {
  /** The function needs `expected`; cases without it are refused before any call. Default false. */
  readonly needsExpected?: boolean;
  /**
   * The one result is that of both forms, because the function takes the answer wherever it stands. Default false: one result is one form,
   * by which nobody can tell format from ability, so that no gap is split by it. A function that returns `{ strict, lenient }` need not say so.
   */
  readonly hasForms?: boolean;
}

/**
 * Wraps a function. It must be stateless: answers are graded side by side, in any order. Refused and empty answers never reach it,
 * nor (unless `cut: "grade"`) cut ones. The function stands in the grade's key as the hash of its source; what it closes over or calls
 * is not seen, so rename the grader when that changes.
 *
 * The grader throws for a result that is no grade; the engine makes that `ungraded`.
 *
 * @throws ConfigError when there is no function, or its source cannot be read (bound and built-in functions).
 * @example custom("polite", ({ text }) => text.includes("please"))
 */
export function custom<Input, Expected>(
  name: string,
  grade: GraderFunction<Input, Expected>,
  options: CustomOptions = {},
): Grader<Input, Expected> {
  const kind = "custom";
  if (typeof grade !== "function") {
    throw mistake(
      kind,
      "its second argument is no function",
      'Write custom("polite", ({ text }) => text.includes("please")).',
    );
  }
  if (hidesItsSource(grade)) {
    throw mistake(kind, "the source of the function cannot be read", "Pass an arrow function that calls it.");
  }
  if (typeof name !== "string") throw mistake(kind, "its first argument is no name", 'Write custom("polite", …).');
  return defineGrader<Input, Expected>(
    { ...options, name },
    {
      kind,
      version: 1,
      args: { source: sourceDigest(grade) },
      needsExpected: options.needsExpected === true,
      hasForms: options.hasForms === true,
      knows: ["needsExpected", "hasForms"],
      grade: async (subject, context) => toGraded(await grade(subject, context)),
    },
  );
}
