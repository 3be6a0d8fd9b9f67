import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { displayWidth, graphemes, pad, takeColumns, truncate } from "./width.ts";

/** Text of every script, with the parts that make widths hard. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "中",
        "文",
        "，",
        "한",
        "\u1112\u1161\u11ab",
        "e\u0301",
        "👩‍🔬",
        "🇩🇪",
        "☺️",
        "☺",
        "क्षि",
        "a",
        " ",
        "\u200d",
      ),
      fc.string({ maxLength: 3, unit: "grapheme" }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

describe("displayWidth", () => {
  it.each([
    ["", 0],
    ["abc", 3],
    ["中文", 4],
    ["（严格）", 8],
    ["ｱ", 1],
    ["Ａ", 2],
    ["é", 1],
    ["e\u0301", 1],
    ["한글", 4],
    ["\u1112\u1161\u11ab", 2],
    ["👩‍🔬", 2],
    ["👨‍👩‍👧‍👦", 2],
    ["👍🏽", 2],
    ["🇩🇪", 2],
    ["1️⃣", 2],
    ["☺️", 2],
    ["☺", 1],
    ["☺\ufe0e", 1],
    ["✓", 1],
    ["│┼●", 3],
    ["…", 1],
    ["สวัสดี", 4],
    ["\u200b\u200d", 0],
    ["\u{20000}", 2],
  ])("of %j is %i", (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it("is the sum over the characters", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const sum = graphemes(text).reduce((total, part) => total + displayWidth(part), 0);
        expect(displayWidth(text)).toBe(sum);
        expect(graphemes(text).join("")).toBe(text);
      }),
    );
  });
});

describe("pad, takeColumns and truncate", () => {
  it("pad to exactly the width asked for, or leave a wider text alone", () => {
    fc.assert(
      fc.property(anyText, fc.nat(30), (text, width) => {
        const expected = Math.max(width, displayWidth(text));
        expect(displayWidth(pad(text, width))).toBe(expected);
        expect(displayWidth(pad(text, width, "right"))).toBe(expected);
        expect(pad(text, width, "right").endsWith(text)).toBe(true);
      }),
    );
  });

  it("take the longest beginning that fits", () => {
    fc.assert(
      fc.property(anyText, fc.nat(12), (text, width) => {
        const taken = takeColumns(text, width);
        expect(text.startsWith(taken)).toBe(true);
        expect(displayWidth(taken)).toBeLessThanOrEqual(width);
        const next = graphemes(text.slice(taken.length))[0];
        if (next !== undefined) expect(displayWidth(taken) + displayWidth(next)).toBeGreaterThan(width);
      }),
    );
  });

  it("cut with an ellipsis within the width", () => {
    expect(truncate("合同条款审查", 7)).toBe("合同条…");
    expect(truncate("合同条款审查", 6)).toBe("合同…");
    expect(truncate("short", 5)).toBe("short");
    expect(truncate("short", 0)).toBe("");
    fc.assert(
      fc.property(anyText, fc.nat(12), (text, width) => {
        expect(displayWidth(truncate(text, width))).toBeLessThanOrEqual(width);
      }),
    );
  });
});
