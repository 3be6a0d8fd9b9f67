import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Grade } from "../suite/grade.ts";
import { type ChecklistOptions, checklist } from "./checklist.ts";
import type { ChecklistItem } from "./checklist-item.ts";
import { looseVariants } from "./loose-variants.ts";
import { tryGrader } from "./try-grader.ts";

function score(grade: Grade): number | string {
  return grade.kind === "scored" ? grade.score : grade.kind;
}

async function scores(
  options: ChecklistOptions,
  text: string,
  expected?: unknown,
  input?: unknown,
): Promise<unknown[]> {
  const { strict, lenient } = await tryGrader(checklist(options), { text, expected, input });
  return [score(strict), score(lenient)];
}

async function passes(item: ChecklistItem, text: string, expected?: unknown): Promise<boolean> {
  const [strict] = await scores({ items: [item] }, text, expected);
  return strict === 1;
}

describe("items", () => {
  it.each<[ChecklistItem, string, string]>([
    [{ contains: "refund" }, "a refund", "a Refund"],
    [{ contains: ["refund", "credit"], all: true }, "refund or credit", "refund"],
    [{ contains: ["refund", "credit"] }, "a credit", "neither"],
    [{ contains: "art", boundaries: "word" }, "the art.", "an article"],
    [{ contains: "ÉTÉ", caseFold: true }, "un été", "un ete"],
    [{ notContains: ["sorry", "unfortunately"], caseFold: true }, "Hello", "So Sorry"],
    [{ pattern: "(I understand|you (are|were))" }, "so you were late", "so we were late"],
    [{ pattern: /^dear/i }, "Dear Ann", "My dear Ann"],
    [{ pattern: /^- /m }, "a\n- b", "a - b"],
    [{ notPattern: "\\d{4,}" }, "call 123", "call 12345"],
    [{ startsWith: ["Hello", "您好"] }, " \n您好!", "Oh, Hello"],
    [{ startsWith: "Hi", boundaries: "word" }, "Hi, Ann", "High, Ann"],
    [{ endsWith: "end", boundaries: "word" }, "the end", "a friend of Gend"],
    [{ endsWith: ["?", "？"] }, "Is it well?\n", "It is well."],
    [{ equals: ["yes", "no"] }, " yes ", "yes."],
    [{ firstWord: "weekend" }, '"Weekend, at last', "weekend-long"],
    [{ firstWord: "second", part: { paragraph: 2, of: 2 } }, "a\n\nSecond one", "a\n\nb\n\nsecond"],
    [{ contains: "end", part: { paragraph: -1 } }, "a\n\nthe end", "the end\n\nb"],
    [{ startsWith: "b", part: { line: 2 } }, "a\n\nb", "b\na"],
    [{ letterCase: "upper" }, "ALL 123 CAPS É", "Not All"],
    [{ letterCase: "lower" }, "all lower 1", "1 2 3"],
    [{ wrappedIn: '"' }, '"quoted"', '"open'],
    [{ wrappedIn: ["«", "»"] }, "«a»", "«a"],
    [{ language: "de" }, "Das ist ein Haus und es ist nicht klein.", "This is a house and it is not small."],
    [{ json: true }, '{"a":1}', "```json\n{}\n```"],
    [{ json: true, fences: true }, "```json\n{}\n```", "text ```{}```"],
    [{ json: { path: "/a/0" } }, '{"a":[null]}', '{"a":[]}'],
    [{ json: { path: "a.b", equals: [1, { x: 2 }] } }, '{"a":{"b":[1,{"x":2}]}}', '{"a":{"b":[1]}}'],
    [{ custom: (text) => text.length === 2 }, "ab", "abc"],
  ])("%j passes %j and fails %j", async (item, right, wrong) => {
    expect(await passes(item, right)).toBe(true);
    expect(await passes(item, wrong)).toBe(false);
  });

  it.each<[ChecklistItem & { readonly count: object }, string, string]>([
    [{ count: { of: "words", atLeast: 3 } }, "one two three", "one two"],
    [{ count: { of: "words", exactly: 4 } }, "三个字 ok", "三个字"],
    [{ count: { of: "characters", atMost: 3 } }, "a😀b", "a😀bc"],
    [{ count: { of: "letters", exactly: 2 } }, "a1é", "ab1c"],
    [{ count: { of: "sentences", exactly: 2 } }, "Mr. X came (at 5 p.m. today). He left!", "He came. He saw. He left."],
    [{ count: { of: "sentences", exactly: 2 } }, "你好。再见！", "你好，再见！"],
    [{ count: { of: "lines", exactly: 2 } }, "a\n\nb\n", "a"],
    [{ count: { of: "paragraphs", exactly: 2 } }, "a\nb\n\n \nc", "a\nb"],
    [{ count: { of: "bullets", exactly: 2 } }, "* a\n  - b\n**no**", "* a\n* b\n* c"],
    [{ count: { of: "highlights", exactly: 2 } }, "*a* and **b** **", "*a*"],
    [{ count: { of: "placeholders", exactly: 2 } }, "[a] [b\n] []", "[a]"],
    [{ count: { of: "titles", exactly: 1 } }, "<<My day>>", "<< >>"],
    [{ count: { of: "commas", exactly: 0 } }, "no comma", "a, b"],
    [{ count: { of: "capitalWords", exactly: 2 } }, "I said NO-GO to him", "I said no"],
    [{ count: { of: { text: "ab", caseFold: true }, exactly: 2 } }, "abAB", "ab"],
    [{ count: { of: { text: "no", boundaries: "word" }, exactly: 1 } }, "no, not now", "no no"],
    [{ count: { of: { pattern: "SECTION \\d" }, atLeast: 2 } }, "SECTION 1 SECTION 2", "SECTION 1"],
    [{ count: { of: { dividedBy: "***" }, exactly: 2 } }, "***\na\n***\nb", "a"],
    [{ count: { of: { dividedBy: "***" }, exactly: 3 } }, "a***b***c", "a *** *** b"],
    [{ count: { of: { dividedBy: "##", different: true }, exactly: 2 } }, "a##b", "a##a"],
    [{ count: { of: "words", atLeast: 1, atMost: 2 } }, "a b", "a b c"],
  ])("%j passes %j and fails %j", async (item, right, wrong) => {
    expect(await passes(item, right)).toBe(true);
    expect(await passes(item, wrong)).toBe(false);
  });

  it("fills in what the case expects, literally", async () => {
    expect(await passes({ contains: "{{expected.policy}}" }, "30 days", { policy: "30 days" })).toBe(true);
    expect(await passes({ contains: "{{expected.policy}}" }, "60 days", { policy: "30 days" })).toBe(false);
    expect(await passes({ pattern: "^costs {{expected}}$" }, "costs $1 (a+)", "$1 (a+)")).toBe(true);
    expect(await passes({ pattern: "^costs {{expected}}$" }, "costs $1 aaa", "$1 (a+)")).toBe(false);
    expect(await passes({ contains: "{{expected.all}}", all: true }, "a and b", { all: ["a", "b"] })).toBe(true);
    expect(await passes({ contains: "{{expected.all}}", all: true }, "a only", { all: ["a", "b"] })).toBe(false);
    expect(await passes({ json: { path: "/x", equals: "{{expected.n}}" } }, '{"x":3}', { n: 3 })).toBe(true);
    expect(await scores({ items: [{ startsWith: "{{input}}" }] }, "say it", undefined, "say")).toEqual([1, 1]);
  });

  it("cannot tell when the case lacks what an item names", async () => {
    const grader = checklist({ items: [{ contains: "{{expected.policy}}" }] });
    expect(grader.needsExpected).toBe(true);
    for (const expected of [{ policy: "" }, { other: "x" }, undefined]) {
      const { strict } = await tryGrader(grader, { text: "x", expected });
      expect(strict).toMatchObject({ kind: "ungraded", reason: "missing-expected" });
    }
  });
});

describe("checklist", () => {
  it("scores 0 when a required item fails, else the share of the weight", async () => {
    const items: ChecklistItem[] = [
      { name: "must", contains: "a" },
      { name: "nice", contains: "b", required: false, weight: 3 },
    ];
    const { strict } = await tryGrader(checklist({ items }), { text: "a" });
    expect(strict).toMatchObject({
      kind: "scored",
      score: 0.25,
      items: [
        { name: "must", passed: true, required: true, weight: 1 },
        { name: "nice", passed: false, required: false, weight: 3, why: 'does not contain "b"' },
      ],
    });
    expect(await scores({ items }, "b")).toEqual([0, 0]);
    expect(await scores({ items }, "ab")).toEqual([1, 1]);
  });

  it("demands the order of ordered steps", async () => {
    const ordered = [
      { name: "greets", startsWith: ["Hello", "您好"] },
      { name: "confirms", pattern: "you (are|were)" },
      { name: "solves", contains: "{{expected.policy}}" },
      { name: "asks", endsWith: ["?", "？"] },
    ];
    const expected = { policy: "30 days" };
    expect(await scores({ ordered }, "Hello, you were late: 30 days. All well?", expected)).toEqual([1, 1]);
    expect(await scores({ ordered }, "Hello, 30 days: you were late. All well?", expected)).toEqual([0, 0]);
    const { strict } = await tryGrader(checklist({ ordered }), { text: "Hello 30 days you were late?", expected });
    expect(strict).toMatchObject({ items: [{}, {}, { passed: false, why: "stands only before an earlier step" }, {}] });
  });

  it("lets two steps with one text be met one after the other only", async () => {
    const ordered = [
      { name: "first", contains: "x" },
      { name: "second", contains: "x" },
    ];
    expect(await scores({ ordered }, "x")).toEqual([0, 0]);
    expect(await scores({ ordered }, "xx")).toEqual([1, 1]);
  });

  it("passes by the lenient form what a lead-in, a closing line or asterisks hide", async () => {
    expect(await scores({ items: [{ startsWith: "Dear" }] }, "Sure, here it is:\nDear Ann")).toEqual([0, 1]);
    expect(await scores({ items: [{ json: true }] }, "Here:\n{}\nBye")).toEqual([0, 1]);
    expect(await scores({ items: [{ contains: "no fee" }] }, "no **fee**")).toEqual([0, 1]);
    expect(await scores({ ordered: [{ startsWith: "a" }, { endsWith: "c" }] }, "Sure:\na b c\nBye")).toEqual([0, 1]);
    // Each step in one text together: the first line may not be cut for one step and kept for the other.
    expect(await scores({ ordered: [{ startsWith: "a" }, { endsWith: "b" }] }, "a\nx\nb\ny")).toEqual([0, 1]);
    expect(await scores({ ordered: [{ startsWith: "b" }, { endsWith: "a" }] }, "a\nb")).toEqual([0, 0]);
  });

  it("shows the items also of an empty or cut answer", async () => {
    const grader = checklist({ items: [{ notContains: "x" }] });
    const empty = await tryGrader(grader, { text: "" });
    expect(empty.strict).toMatchObject({ score: 0, flaw: "empty", items: [{ passed: false, why: "no text" }] });
    const cut = await tryGrader(grader, { text: "a", finish: "length" });
    expect(cut.strict).toMatchObject({ score: 0, flaw: "cut", items: [{ passed: false }] });
  });

  it("cannot be made to hang by a pattern", async () => {
    expect(await scores({ items: [{ pattern: "^(a+)+$" }] }, `${"a".repeat(100_000)}!`)).toEqual([0, 0]);
  });

  it.each<[unknown, RegExp]>([
    [{}, /no item: it could never fail/],
    [{ items: [] }, /no item/],
    [{ items: [{}] }, /items\[0\] asks nothing/],
    [{ items: [{ contians: "x" }] }, /did you mean "contains"/i],
    [{ items: [{ contains: "" }] }, /empty text: it could never fail/],
    [{ items: [{ contains: [] }] }, /no text: it could never fail/],
    [{ items: [{ contains: "a", endsWith: "b" }] }, /asks contains and endsWith at once/],
    [{ items: [{ contains: "a", casefold: true }] }, /no option "casefold"/],
    [{ items: [{ contains: "{{policy}}" }] }, /names {{policy}}/],
    [{ items: [{ contains: "{{expected.}}" }] }, /names {{expected.}}/],
    [{ items: [{ pattern: "(?=x)" }] }, /lookahead/],
    [{ items: [{ pattern: "a*" }] }, /matches every text/],
    [{ items: [{ pattern: /a/g }] }, /flag "g"/],
    [{ items: [{ count: { of: "words" } }] }, /no bound: it could never fail/],
    [{ items: [{ count: { of: "words", atLeast: 0 } }] }, /could never fail/],
    [{ items: [{ count: { of: "word", atLeast: 1 } }] }, /did you mean "words"/],
    [{ items: [{ count: { of: "words", atLeast: 5, atMost: 4 } }] }, /cannot both hold/],
    [{ items: [{ count: { of: "words", exactly: 5, atMost: 5 } }] }, /beside another bound/],
    [{ items: [{ count: { of: "words", atLeast: 1.5 } }] }, /no count/],
    [{ items: [{ language: "xx" }] }, /cannot be told/],
    [{ items: [{ json: { path: "a[" } }] }, /no JSON path/],
    [{ items: [{ custom: "x" }] }, /no function/],
    [{ items: [{ custom: Math.max }] }, /no function with a source/],
    [{ items: [{ contains: "a", weight: -1 }] }, /weight is -1/],
    [{ items: [{ contains: "a", required: false }] }, /no item is required/],
    [{ items: [{ contains: "a", weight: 0 }] }, /every item has weight 0/],
    [
      {
        items: [
          { name: "x", contains: "a" },
          { name: "x", contains: "b" },
        ],
      },
      /two items are called "x"/,
    ],
    [{ items: [{ contains: "a", part: { paragraph: 0 } }] }, /part counts from 1/],
    [{ ordered: [{ count: { of: "words", atLeast: 1 } }] }, /has no place in an order/],
    [{ ordered: [{ contains: "a" }, { startsWith: "b" }] }, /only be the first step/],
    [{ ordered: [{ endsWith: "a" }, { contains: "b" }] }, /only be the last step/],
    [{ items: "contains" }, /no list of items/],
  ])("tells the mistake in %j at once", (options, why) => {
    expect(() => checklist(options as ChecklistOptions)).toThrow(why);
  });

  it("allows weights alone when passAt says what is enough", async () => {
    const items: ChecklistItem[] = [
      { contains: "a", required: false },
      { contains: "b", required: false },
    ];
    expect(await scores({ items, passAt: 0.5 }, "a")).toEqual([0.5, 0.5]);
  });

  it("never throws, whatever the text", async () => {
    const grader = checklist({
      ordered: [{ pattern: "\\w+" }, { contains: "b", caseFold: true, boundaries: "word" }],
      items: [
        { count: { of: "sentences", atLeast: 1 } },
        { count: { of: "capitalWords", atMost: 9 } },
        { count: { of: "titles", atMost: 9 } },
        { language: "en" },
        { json: { path: "/a" } },
        { firstWord: "a", part: { paragraph: 2 } },
        { letterCase: "lower" },
      ],
    });
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
        const { strict, lenient } = await tryGrader(grader, { text });
        expect([strict.kind, lenient.kind]).toEqual(["scored", "scored"]);
      }),
    );
  });

  it("passes by the lenient form whatever passes by the strict", async () => {
    const text = fc.array(fc.constantFrom("a", "b", "*", "\n", " ", ".", "A")).map((parts) => parts.join(""));
    const grader = checklist({
      ordered: [
        { name: "1", contains: "a" },
        { name: "2", contains: "b" },
      ],
      items: [{ count: { of: "lines", atMost: 2 } }, { notContains: "A" }],
    });
    await fc.assert(
      fc.asyncProperty(text, async (sample) => {
        const { strict, lenient } = await tryGrader(grader, { text: sample });
        expect(Number(score(lenient))).toBeGreaterThanOrEqual(Number(score(strict)));
      }),
    );
  });

  it("is another grade under another item", () => {
    const one = checklist({ items: [{ custom: (text) => text === "a" }] });
    const other = checklist({ items: [{ custom: (text) => text === "b" }] });
    expect(one.args).not.toEqual(other.args);
  });
});

describe("looseVariants", () => {
  it("are the text and seven others, blank and equal ones left out", () => {
    expect(looseVariants("a\n*b*\nc")).toEqual([
      "a\n*b*\nc",
      "a\nb\nc",
      "*b*\nc",
      "b\nc",
      "a\n*b*",
      "a\nb",
      "*b*",
      "b",
    ]);
    expect(looseVariants("a")).toEqual(["a"]);
  });
});
