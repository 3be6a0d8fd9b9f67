/** What the strict form accepts the lenient one accepts: else a gap of ability could pass for one of form. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Grade, Grader } from "../suite/grade.ts";
import { choice } from "./choice.ts";
import { exactMatch } from "./exact-match.ts";
import { jsonEquals } from "./json-equals.ts";
import { numberMatch } from "./number-match.ts";
import { setMatch } from "./set-match.ts";
import { tryGrader } from "./try-grader.ts";

const value = (grade: Grade): number => (grade.kind === "scored" ? grade.score : 0);

const piece = fc.constantFrom(
  "New York",
  "NY",
  ", ",
  "a",
  "b",
  "U.S.",
  "1,000",
  "5",
  "x[0]",
  '"x"',
  "- ",
  "1. ",
  "\n",
  ":",
  "none",
  "{}",
  "[1]",
  " ",
  "%",
  "$",
);
const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));

async function holds(grader: Grader<never, never>, answer: string, expected: unknown): Promise<void> {
  const { strict, lenient } = await tryGrader(grader, { text: answer, expected: expected as never });
  expect(value(lenient), JSON.stringify({ answer, expected, strict, lenient })).toBeGreaterThanOrEqual(value(strict));
}

describe("the lenient form scores at least as much as the strict one", () => {
  it.each([
    ["setMatch by lines", setMatch()],
    ["setMatch by separator", setMatch({ items: { separator: ";" } })],
    ["setMatch by JSON", setMatch({ items: "json" })],
  ] as const)("%s", async (_, grader) => {
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.array(
          text.filter((item) => item.trim() !== ""),
          { maxLength: 3 },
        ),
        async (answer, expected) => {
          await holds(grader as never, answer, expected);
          if (expected.length > 0) await holds(grader as never, expected.join("\n"), expected);
          await holds(grader as never, JSON.stringify(expected), expected);
        },
      ),
      { seed: 11, numRuns: 400 },
    );
  });

  it("numberMatch, choice, exactMatch, jsonEquals", async () => {
    await fc.assert(
      fc.asyncProperty(
        text,
        text.filter((one) => one.trim() !== ""),
        async (answer, expected) => {
          await holds(exactMatch() as never, answer, expected);
          await holds(numberMatch() as never, answer, "5");
          await holds(numberMatch({ decimalMark: "," }) as never, answer, "1,000");
          await holds(choice({ options: ["a", "b", "none"] }) as never, answer, "a");
          await holds(jsonEquals() as never, answer, []);
        },
      ),
      { seed: 12, numRuns: 400 },
    );
  });
});
