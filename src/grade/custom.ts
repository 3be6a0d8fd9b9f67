/** Grader: a function of the user's own, with the options that every grader has. */
import type { Grade, GradeContext, Graded, Grader, Subject } from "../suite/grade.ts";
import type { GraderResult } from "../suite/grader-function.ts";
import { bothForms, defineGrader, type GraderOptions, hasSource, mistake, sourceDigest } from "./common-options.ts";

export interface CustomOptions extends Omit<GraderOptions, "name"> {
  /** The function needs `expected`; cases without it are refused before any call. Default false. */
  readonly needsExpected?: boolean;
}

/** Right or wrong, a score in [0, 1], a grade, or a grade in each form. */
export type CustomResult = GraderResult | Graded;

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
  grade: (subject: Subject<Input, Expected>, context: GradeContext) => CustomResult | Promise<CustomResult>,
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
  if (!hasSource(grade)) {
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
      hasForms: true,
      knows: ["needsExpected"],
      grade: async (subject, context) => toGraded(await grade(subject, context)),
    },
  );
}

function toGraded(result: unknown): Graded {
  if (typeof result === "object" && result !== null && "strict" in result && "lenient" in result) {
    return { strict: toGrade(result.strict), lenient: toGrade(result.lenient) };
  }
  return bothForms(toGrade(result));
}

function toGrade(result: unknown): Grade {
  if (typeof result === "boolean") return { kind: "scored", score: result ? 1 : 0 };
  if (typeof result === "number") return { kind: "scored", score: inRange(result) };
  if (!isGrade(result)) {
    throw new TypeError(
      "a grader function returns true or false, a score from 0 to 1, a grade, or { strict, lenient }",
    );
  }
  if (result.kind === "scored") inRange(result.score);
  return result;
}

function inRange(score: unknown): number {
  if (typeof score === "number" && score >= 0 && score <= 1) return score;
  throw new RangeError(`the score ${String(score)} is not a number from 0 to 1`);
}

function isGrade(value: unknown): value is Grade {
  const kind = typeof value === "object" && value !== null && "kind" in value ? value.kind : undefined;
  return kind === "scored" || kind === "declined" || kind === "ungraded";
}
