import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { displayWidth } from "./width.ts";
import { wrap, wrapHanging } from "./wrap.ts";

const prose = fc
  .array(
    fc.oneof(
      fc.constantFrom("仅靠", "，", "。", "（", "a", "word", "averyverylongwordwithoutanybreak", "98.5", "%", "👩‍🔬"),
      fc.string({ unit: "grapheme-ascii", maxLength: 6 }),
    ),
    { maxLength: 20 },
  )
  .map((words) => words.join(" "));

const dense = (text: string) => text.replace(/\s+/gu, "");

describe("wrap", () => {
  it("keeps every line within the width and loses nothing but spaces", () => {
    fc.assert(
      fc.property(prose, fc.integer({ min: 2, max: 40 }), fc.nat(20), (text, width, taken) => {
        const lines = wrap(text, width, taken);
        for (const line of lines) {
          expect(displayWidth(line)).toBeLessThanOrEqual(width);
          expect(line).toBe(line.trim());
        }
        expect(dense(lines.join(""))).toBe(dense(text));
      }),
    );
  });

  it("breaks at spaces, and inside a word only when it must", () => {
    expect(wrap("one two three", 8)).toEqual(["one two", "three"]);
    expect(wrap("abcdefghij kl", 4)).toEqual(["abcd", "efgh", "ij", "kl"]);
    expect(wrap("", 10)).toEqual([""]);
    expect(wrap("a\nb", 10)).toEqual(["a", "b"]);
  });

  it("breaks Chinese between characters, but never before closing punctuation", () => {
    expect(wrap("提示词就够，不必微调。", 10)).toEqual(["提示词就", "够，不必微", "调。"]);
    expect(wrap("要求（严格）满足", 6)).toEqual(["要求", "（严", "格）满", "足"]);
  });

  it("keeps a per cent sign with its number", () => {
    expect(wrap("needs 98.5 % now", 11)).toEqual(["needs", "98.5 % now"]);
    expect(wrap("98.5 %", 2)).toEqual(["98", ".5", "%"]);
  });

  it("leaves room that is taken in the first line", () => {
    expect(wrap("aa bb cc", 5, 3)).toEqual(["aa", "bb cc"]);
    expect(wrap("aaaa bb", 5, 3)).toEqual(["", "aaaa", "bb"]);
  });
});

describe("wrapHanging", () => {
  it("indents what follows the label", () => {
    expect(wrapHanging("Why  ", "one two three four", 5, 14)).toEqual(["Why  one two", "     three", "     four"]);
    expect(wrapHanging("- ", "one", 2, 14)).toEqual(["- one"]);
  });

  it("puts the text below a label that leaves no room", () => {
    expect(wrapHanging("A very long label  ", "something", 2, 20)).toEqual(["A very long label", "  something"]);
  });

  it("stays within the width whatever the label", () => {
    fc.assert(
      fc.property(prose, fc.nat(18), fc.integer({ min: 20, max: 60 }), (text, label, width) => {
        for (const line of wrapHanging("x".repeat(label), text, 5, width)) {
          expect(displayWidth(line)).toBeLessThanOrEqual(width);
        }
      }),
    );
  });
});
