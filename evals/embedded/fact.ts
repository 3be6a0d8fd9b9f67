/** Grader of `product-facts`: is the fact right, wrong or declined? */
import type { Grade, Graded, Subject } from "gapcheck";

export interface Expected {
  readonly answer: string;
  /** Whether the product exists, so that there is a fact to know. */
  readonly known: boolean;
}

/** Right, wrong or declined: "I do not know." is right where nothing is known, and declines an answer where something is. */
export function fact({ text, case: { expected } }: Pick<Subject<unknown, Expected>, "text" | "case">): Graded {
  const said = plain(text);
  if (expected === undefined) {
    return inBoth({ kind: "ungraded", reason: "missing-expected", why: "the case expects nothing" });
  }
  const declines = /^i (do not|don't) know\b/.test(said);
  if (declines && expected.known) return inBoth({ kind: "declined", why: "says that it does not know" });
  const answer = text.trim();
  const right = plain(expected.answer);
  return {
    strict: { kind: "scored", score: said === right ? 1 : 0, answer },
    // The same statement among others is right in content.
    lenient: { kind: "scored", score: holds(said, right) ? 1 : 0, answer },
  };
}

function inBoth(grade: Grade): Graded {
  return { strict: grade, lenient: grade };
}

/** In lower case, without space and full stop at the ends. */
function plain(text: string): string {
  return text.trim().replace(/\.$/, "").toLowerCase();
}

/** Whether the words stand in the text as words of their own: "20 dollars" does not in "120 dollars". */
function holds(text: string, words: string): boolean {
  return ` ${wordsOf(text)} `.includes(` ${wordsOf(words)} `);
}

/** Words and numbers with one space between; a point or comma within a number is the number's. */
function wordsOf(text: string): string {
  return (text.match(/[\p{L}\p{N}]+(?:[.,'’-][\p{L}\p{N}]+)*/gu) ?? []).join(" ");
}
