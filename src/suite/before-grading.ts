/** What no grader has to look at: a refusal, no text, a text that the token limit cut. One rule for every grader. */
import type { Grade, Graded, Subject } from "./grade.ts";

export interface BeforeGrading {
  /** `fail` (default): a cut answer scores 0, because what stands at its end is not what the model would have ended with. */
  readonly cut?: "fail" | "grade";
  /** Adds to a score of 0 what the grader always tells, such as its parts. */
  readonly complete?: (grade: Grade & { readonly kind: "scored" }) => Grade;
}

/** The grade of an answer that holds nothing to grade, or undefined. */
export function gradeBefore(
  { answer, text }: Pick<Subject, "answer" | "text">,
  { cut = "fail", complete = (grade) => grade }: BeforeGrading = {},
): Graded | undefined {
  const { finish } = answer;
  if (finish === "refusal") return bothForms({ kind: "declined", why: "the model refused" });
  if (finish === "filtered") return bothForms({ kind: "declined", why: "the provider's filter stopped the answer" });
  if (finish === "length" && cut === "fail") {
    return bothForms(complete({ kind: "scored", score: 0, flaw: "cut", why: "the token limit cut the answer" }));
  }
  if (text.trim() === "") return bothForms(complete({ kind: "scored", score: 0, flaw: "empty", why: "no text" }));
  return undefined;
}

/** One grade for both forms. */
export function bothForms(grade: Grade): Graded {
  return { strict: grade, lenient: grade };
}
