/** Grader of `order-extraction`: which of the ordered lines are found (recall), and how many of those named are right (precision). */
import { type Extraction, type Grader, type Subject, setMatch } from "gapcheck";

export interface Expected {
  readonly items: readonly { readonly product: string; readonly quantity: number }[];
  readonly city: string;
}

/** A line as one text, such as "3 red headset". */
function lineOf({ product, quantity }: { readonly product?: unknown; readonly quantity?: unknown }): string {
  return `${String(quantity)} ${String(product)}`;
}

/** The lines of an answer as a JSON array of texts; none is found in what is no JSON with such lines. */
function linesIn(text: string): Extraction {
  try {
    const { items }: { items: readonly { product?: unknown; quantity?: unknown }[] } = JSON.parse(text);
    return { found: true, answer: JSON.stringify(items.map(lineOf)), start: 0, end: text.length };
  } catch {
    return { found: false, why: "no JSON with lines of an order" };
  }
}

const sets = setMatch({
  name: "lines",
  items: "json",
  required: false,
  extract: { strict: linesIn, lenient: linesIn },
});

/** `setMatch` compares texts, and the lines of a case are objects: they are written alike on both sides. Not required: how much is right of what is not. */
export const lines: Grader<unknown, Expected> = {
  ...sets,
  lacks: ({ expected }) => (expected === undefined ? "the case has no `expected`" : undefined),
  grade: (subject, context) => sets.grade(withLines(subject), context),
};

function withLines(subject: Subject<unknown, Expected>): Subject<unknown, readonly string[]> {
  const { expected, ...one } = subject.case;
  return { ...subject, case: expected === undefined ? one : { ...one, expected: expected.items.map(lineOf) } };
}
