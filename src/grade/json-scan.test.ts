import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeFences, findJson, wholeJson } from "./json-in-text.ts";
import { scanJson } from "./json-scan.ts";

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Texts that are JSON, nearly JSON, or pieces of it. */
const pieces = fc
  .array(
    fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"',
      "\\",
      "1",
      "-0.5e3",
      "01",
      "true",
      "nul",
      " ",
      "\n",
      "\\u00e9",
      "é",
      "\0",
    ),
  )
  .map((parts) => parts.join(""));

describe("scanJson", () => {
  it("accepts exactly what JSON.parse accepts", () => {
    const texts = fc.oneof(
      pieces,
      fc.json(),
      fc.json().map((text) => text.slice(0, -1)),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const scan = scanJson(text, 0);
        const whole = scan.ok && /^[ \t\n\r]*$/.test(text.slice(scan.end));
        expect(whole).toBe(parses(text));
      }),
      { numRuns: 1000 },
    );
  });

  it("tells the depth", () => {
    const depth = (text: string): number | undefined => {
      const scan = scanJson(text, 0);
      return scan.ok ? scan.depth : undefined;
    };
    expect(depth("1")).toBe(0);
    expect(depth("[]")).toBe(1);
    expect(depth('{"a":[[1],2],"b":{}}')).toBe(3);
  });

  it("reads 1,000,000 levels without recursion", () => {
    const deep = "[".repeat(300_000);
    expect(scanJson(`${deep}${"]".repeat(300_000)}`, 0)).toEqual({ ok: true, end: 600_000, depth: 300_000 });
    expect(scanJson(deep, 0).ok).toBe(false);
  });
});

describe("wholeJson", () => {
  it("says where it stops being JSON", () => {
    expect(wholeJson('{"a":}')).toEqual({ ok: false, why: "not JSON at character 6" });
    expect(wholeJson('{"a":')).toEqual({ ok: false, why: "JSON that ends too early" });
    expect(wholeJson("{} {}")).toEqual({ ok: false, why: "text after the JSON, at character 3" });
    expect(wholeJson(" \ufeff{}\n")).toMatchObject({ ok: true, value: {} });
  });

  it("caps size and depth", () => {
    expect(wholeJson("[[1]]", { maxLength: 100, maxDepth: 1 })).toMatchObject({
      ok: false,
      why: expect.stringContaining("too deep"),
    });
    expect(wholeJson("[1,2]", { maxLength: 4, maxDepth: 9 })).toMatchObject({
      ok: false,
      why: expect.stringContaining("longer"),
    });
  });
});

describe("findJson", () => {
  it("finds JSON in prose", () => {
    const prose = fc.string({ unit: fc.constantFrom("a", " ", "\n", ".", "é", "}", "]", ",", ":") });
    const value = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));
    fc.assert(
      fc.property(prose, value, prose, (before, inner, after) => {
        const json = JSON.stringify(inner);
        const found = findJson(`${before}${json}${after}`);
        expect(found).toMatchObject({ ok: true, start: before.length, end: before.length + json.length });
        if (found.ok) expect(JSON.stringify(found.value)).toBe(JSON.stringify(JSON.parse(json)));
      }),
    );
  });

  it.each([
    ["Sure!\n```json\n[1]\n```\nand {}", [1]],
    ['[note] then {"a":1}', { a: 1 }],
    ['{name} is {"a":1}', { a: 1 }],
    ['{{"a":1}}', { a: 1 }],
    ['say "{" and {"a":1}', { a: 1 }],
    ['{"hello} {"a":1}', { a: 1 }],
    ['{"a":[1,2],b:3} then [4]', [4]],
  ])("takes the first complete value of %j", (text, expected) => {
    expect(findJson(text)).toMatchObject({ ok: true, value: expected });
  });

  it("passes over the other kind when one is wanted", () => {
    expect(findJson('as in [1], {"a":[2]}', "object")).toMatchObject({ value: { a: [2] } });
    expect(findJson('{"a":[2]} and [3]', "array")).toMatchObject({ value: [3] });
  });

  it("finds nothing in broken JSON, however long, in time linear in it", () => {
    for (const unit of ["[", "{", '{"', '["\\', '{"a":', "[[]", '{"a" ', '"{', "```\n", '[{"x": [1,']) {
      const hostile = unit.repeat(Math.floor(200_000 / unit.length));
      const found = findJson(hostile, "object", { maxLength: 300_000, maxDepth: 100 });
      if (found.ok) throw new Error(unit);
    }
  });
});

describe("codeFences", () => {
  it("finds what stands inside, also of an open last one", () => {
    const text = "a\n```json\nx\n```\n```\ny";
    expect(codeFences(text).map(({ start, end }) => text.slice(start, end))).toEqual(["x\n", "y"]);
  });
});
