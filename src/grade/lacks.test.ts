import { describe, expect, it } from "vitest";
import type { Case } from "../suite/case.ts";
import type { Grader } from "../suite/grade.ts";
import { checklist } from "./checklist.ts";
import { choice } from "./choice.ts";
import { exactMatch } from "./exact-match.ts";
import { finalAnswer } from "./final-answer.ts";
import { jsonEquals } from "./json-equals.ts";
import { numberMatch } from "./number-match.ts";
import { setMatch } from "./set-match.ts";
import { tryGrader } from "./try-grader.ts";

type AnyGrader = Grader<unknown, unknown>;

/** What each names of a case that expects `{ a: "x" }`, and what it says of that. */
const LACKING: readonly (readonly [string, AnyGrader, RegExp])[] = [
  ["exactMatch", exactMatch({ expected: "nope" }) as AnyGrader, /no field "nope", it has "a"/],
  ["exactMatch", exactMatch() as AnyGrader, /neither a text nor a list/],
  ["choice", choice({ options: ["p", "q"], expected: "a" }) as AnyGrader, /"x", is none of the options/],
  ["numberMatch", numberMatch({ expected: "a" }) as AnyGrader, /no number/],
  ["setMatch", setMatch() as AnyGrader, /no list of texts/],
  ["jsonEquals", jsonEquals({ fields: ["/b"] }) as AnyGrader, /nothing at \/b/],
  ["finalAnswer", finalAnswer(exactMatch({ expected: "nope" })) as unknown as AnyGrader, /no field "nope"/],
  ["contains", checklist({ items: [{ contains: "{{expected.zz}}" }] }), /no `expected.zz`/],
  ["the input of", checklist({ items: [{ endsWith: "{{input.zz}}" }] }), /no `input.zz`/],
  ["ordered", checklist({ ordered: [{ name: "greets", startsWith: "{{expected.zz}}" }] }), /item "greets"/],
  ["pattern", checklist({ items: [{ pattern: "^{{expected.zz}}$" }] }), /no `expected.zz`/],
  ["count of text", checklist({ items: [{ count: { of: { text: "{{expected.zz}}" }, atLeast: 1 } }] }), /zz/],
  ["count of pattern", checklist({ items: [{ count: { of: { pattern: "{{expected.zz}}" }, atLeast: 1 } }] }), /zz/],
  ["count of parts", checklist({ items: [{ count: { of: { dividedBy: "{{expected.zz}}" }, atLeast: 1 } }] }), /zz/],
  ["json", checklist({ items: [{ json: { path: "/a", equals: "{{expected.zz}}" } }] }), /no `expected.zz`/],
];

const FITTING: readonly (readonly [string, AnyGrader])[] = [
  ["exactMatch", exactMatch({ expected: "a" }) as AnyGrader],
  ["choice", choice({ options: ["x", "q"], expected: "a" }) as AnyGrader],
  ["checklist", checklist({ items: [{ contains: "{{expected.a}}" }, { custom: () => true }, { language: "de" }] })],
  ["jsonEquals", jsonEquals({ fields: ["/a"] }) as AnyGrader],
];

describe("what a case lacks", () => {
  const expected = { a: "x" };
  const one: Case = { id: "c", input: { q: "?" }, expected };

  it.each(LACKING)("is told by %s without an answer, and is why none can be graded", async (_, grader, why) => {
    const told = grader.lacks?.(one);
    expect(told).toMatch(why);
    const { strict } = await tryGrader(grader, { text: "x", expected, input: one.input });
    expect(strict).toEqual({ kind: "ungraded", reason: "missing-expected", why: told });
  });

  it.each(FITTING)("is nothing where %s names what there is", async (_, grader) => {
    expect(grader.lacks?.(one)).toBeUndefined();
    expect((await tryGrader(grader, { text: "x", expected, input: one.input })).strict.kind).toBe("scored");
  });
});
