/** The grader of the embedded suite `product-facts`. */
import { expect, it } from "vitest";
import { fact } from "../evals/embedded/fact.ts";

const graded = (text: string, answer: string, known = true) =>
  fact({ text, case: { id: "fact-1", input: {}, expected: { answer, known } } });
const scored = (answer: string, strict: number, lenient: number) => ({
  strict: { kind: "scored", score: strict, answer },
  lenient: { kind: "scored", score: lenient, answer },
});

it.each([
  ["20 dollars.", "20 dollars", 1, 1],
  ["It costs 20 dollars, no more.", "20 dollars", 0, 1],
  ["120 dollars.", "20 dollars", 0, 0],
  ["1,020 dollars", "20 dollars", 0, 0],
  ["1.20 dollars", "20 dollars", 0, 0],
  ["evergreen", "green", 0, 0],
  ["It is Green.", "green", 0, 1],
  ["", "green", 0, 0],
])("%j is right as %j: strictly %i, in content %i", (text, answer, strict, lenient) => {
  expect(graded(text, answer)).toEqual(scored(text, strict, lenient));
});

it("to say that it does not know declines what is known, and is right of what does not exist", () => {
  expect(graded("I do not know.", "green").strict.kind).toBe("declined");
  expect(graded("I do not know.", "I do not know.", false)).toEqual(scored("I do not know.", 1, 1));
});
