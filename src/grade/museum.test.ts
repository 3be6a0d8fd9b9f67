/** Faults of other harnesses that touch every grader; those of one grader stand in its own test. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Grader } from "../suite/grade.ts";
import { checklist } from "./checklist.ts";
import { choice } from "./choice.ts";
import { exactMatch } from "./exact-match.ts";
import { finalAnswer } from "./final-answer.ts";
import { between, onlyOption } from "./find-answer.ts";
import { jsonEquals } from "./json-equals.ts";
import { jsonSchema } from "./json-schema.ts";
import { numberMatch } from "./number-match.ts";
import { setMatch } from "./set-match.ts";
import { tryGrader } from "./try-grader.ts";

const graders: readonly Grader<unknown, unknown>[] = [
  exactMatch({ caseFold: true, ignorePunctuation: true }) as Grader<unknown, unknown>,
  numberMatch({ tolerance: { relative: 0.1 } }) as Grader<unknown, unknown>,
  choice({ options: ["A", "B", "是"], extract: { strict: between("[", "]") } }) as Grader<unknown, unknown>,
  choice({ options: ["yes", "no"], extract: { lenient: onlyOption(["yes", "no"], { boundaries: "none" }) } }) as Grader<
    unknown,
    unknown
  >,
  setMatch() as Grader<unknown, unknown>,
  setMatch({ items: "json", options: ["a", "b"] }) as Grader<unknown, unknown>,
  jsonSchema({ type: "object", properties: { a: { format: "uri", pattern: "^(a+)+$" } } }),
  jsonEquals(),
  checklist({ items: [{ contains: "a" }, { count: { of: "words", atMost: 3 } }] }),
  finalAnswer(exactMatch() as Grader<unknown, unknown>, { marker: "A:" }),
];

const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(
      fc.constantFrom(
        "{",
        "[",
        '"',
        "\\",
        "A:",
        "1,0",
        "e9",
        "**",
        "```",
        "\ud800",
        "\0",
        "\u202e",
        "__proto__",
        "\n",
        "-",
        "%",
        "是",
      ),
    )
    .map((parts) => parts.join("")),
);

describe("every grader", () => {
  it("gives a grade to any text, with a score in [0, 1]", async () => {
    await fc.assert(
      fc.asyncProperty(
        hostile,
        fc.constantFrom(...graders),
        fc.constantFrom<unknown>("A", "5", ["a"], "yes"),
        async (text, grader, expected) => {
          const graded = await tryGrader(grader, { text, expected });
          for (const grade of [graded.strict, graded.lenient]) {
            if (grade.kind === "scored") expect(grade.score >= 0 && grade.score <= 1).toBe(true);
            else expect(grade).toMatchObject({ kind: "ungraded", reason: "missing-expected" });
          }
        },
      ),
      { numRuns: 600 },
    );
  });

  it("museum 24: cases graded side by side do not share state", async () => {
    const texts = ["A", "5", '{"a":"x"}', "a\nb", "yes", "A: 5", "no", "", "[A]", "7"];
    for (const grader of graders) {
      const alone: unknown[] = [];
      for (const text of texts) alone.push(await tryGrader(grader, { text, expected: "A" }));
      const together = await Promise.all(texts.map((text) => tryGrader(grader, { text, expected: "A" })));
      const backwards = await Promise.all(texts.toReversed().map((text) => tryGrader(grader, { text, expected: "A" })));
      expect(together).toEqual(alone);
      expect(backwards.toReversed()).toEqual(alone);
    }
  });

  it("has arguments that are JSON, so that they can stand in a grade's key", () => {
    for (const { args, kind } of graders) expect(JSON.parse(JSON.stringify(args)), kind).toEqual(args);
  });

  it("leaves every prototype as it was", async () => {
    for (const grader of graders) {
      await tryGrader(grader, {
        text: '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
        expected: "A",
      });
    }
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });
});
