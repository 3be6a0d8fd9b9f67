/** A grader given as a plain function: wrapped into a grader like any other. */
import { bothForms, gradeBefore } from "./before-grading.ts";
import { sha256 } from "./fingerprint.ts";
import { type Grade, type GradeContext, type Graded, type Grader, type Subject, ungradedProblem } from "./grade.ts";

/** Right or wrong, a score in [0, 1], or a grade. */
export type FormResult = boolean | number | Grade;

/** What a grader function may return: one result, which is one form, or a result a form. */
export type GraderResult = FormResult | { readonly strict: FormResult; readonly lenient: FormResult };

/** Grades one answer. Must be stateless: answers are graded side by side, in any order. */
export type GraderFunction<Input = unknown, Expected = unknown> = (
  subject: Subject<Input, Expected>,
  context: GradeContext,
) => GraderResult | Promise<GraderResult>;

/**
 * The grader of a function: named after it, of kind `custom`, required, passing at a score of 1. Its key holds the SHA-256 of its source
 * text, so that editing the function grades anew; what the function calls or closes over is not seen. Refused, empty and cut answers do not
 * reach it. One result is one form, by which format cannot be told from ability; `{ strict, lenient }` tells both.
 *
 * The grader throws for a result that is no grade; the engine makes that `ungraded`.
 */
export function graderOf(grade: GraderFunction<never, never>): Grader {
  return {
    name: grade.name,
    kind: "custom",
    version: 1,
    args: { source: sha256(Function.prototype.toString.call(grade)) },
    needsExpected: false,
    hasForms: false,
    required: true,
    passAt: 1,
    asks: [],
    grade: async (subject, context) => gradeBefore(subject) ?? toGraded(await grade(subject, context)),
  };
}

/** Whether a function's source says nothing of what it does (bound and built-in functions). */
export function hidesItsSource(grade: (...args: never[]) => unknown): boolean {
  return /\{\s*\[native code\]\s*\}\s*$/.test(Function.prototype.toString.call(grade));
}

/** What a grader function returned, as grades. Throws TypeError or RangeError for what is none. */
export function toGraded(result: unknown): Graded {
  if (typeof result === "object" && result !== null && "strict" in result && "lenient" in result) {
    return { strict: toGrade(result.strict), lenient: toGrade(result.lenient), hasForms: true };
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
  if (typeof value !== "object" || value === null || !("kind" in value)) return false;
  if (value.kind !== "ungraded") return value.kind === "scored" || value.kind === "declined";
  const problem = ungradedProblem(value);
  if (problem !== undefined) throw new TypeError(problem);
  return true;
}
