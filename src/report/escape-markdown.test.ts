import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { markdownBlock, markdownCode, markdownTable, markdownText } from "./escape-markdown.ts";

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          "`",
          "``",
          "|",
          "\\",
          "\\|",
          "<",
          "<!--",
          "-->",
          "<img src=x onerror=y>",
          "![x](https://e)",
          "[a](b)",
          "*",
          "_",
        ],
        ...[
          "~~",
          "@user",
          "#12",
          "GH-3",
          "https://e.com",
          "_www.e.com",
          "- ",
          "1. ",
          "# ",
          "+ ",
          "===",
          "```",
          "\n",
          "\r\n",
        ],
        ...["&amp;", "$x$", " ", "a", "中", "\u202e", "\ud800"],
      ),
      fc.string({ maxLength: 3, unit: "binary" }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));

/** What is left of a text once escapes and entities are taken away: whatever mark-up could still act. */
const active = (markdown: string) => markdown.replace(/\\[`*_{}[\]~]/g, "").replace(/&(#\d+|amp|lt|gt);/g, "");

describe("markdownText", () => {
  it.each([
    ["plain text, 98.5 % (95.7 to 99.5 %)", "plain text, 98.5 % (95.7 to 99.5 %)"],
    ["+0.5 points", "+0.5 points"],
    ["- item", "&#45; item"],
    ["1. item", "&#49;. item"],
    ["# head", "&#35; head"],
    ["a|b", "a&#124;b"],
    ["a\\|b", "a&#92;&#124;b"],
    ["@team see #12", "@&#8203;team see #&#8203;12"],
    ["![x](http://e.com/p.png)", "!\\[x\\](http:&#8203;//e.com/p.png)"],
    ["<!-- hidden -->", "&lt;!-- hidden --&gt;"],
    ["$0.39", "&#36;0.39"],
    ["two\nlines", "two&#92;nlines"],
    ["snake_case `code`", "snake\\_case \\`code\\`"],
  ])("writes %j as %j", (text, markdown) => {
    expect(markdownText(text)).toBe(markdown);
  });

  it("leaves no mark-up, mention, reference, link or line break", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const left = active(markdownText(text));
        expect(left).not.toMatch(/[`*_{}[\]~<>|$\\\n\r]/);
        expect(markdownText(text)).not.toMatch(/@(?!&#8203;)|#(?=[A-Za-z])|:\/\/|www\.|GH-\d/i);
        expect(markdownText(text)).not.toMatch(/^\s|\s$|^[-+=#](?!\d)|^\d+[.)](\s|$)/);
      }),
    );
  });
});

describe("markdownCode", () => {
  it("chooses a fence that the text cannot close", () => {
    expect(markdownCode("plain")).toBe("`plain`");
    expect(markdownCode("a`b")).toBe("``a`b``");
    expect(markdownCode("`a`")).toBe("`` `a` ``");
    expect(markdownCode("a|b")).toBe("a&#124;b");
    expect(markdownCode("")).toBe("");
  });
});

describe("markdownBlock", () => {
  it("uses a fence longer than any run of backticks inside", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const lines = markdownBlock(text, "json").split("\n");
        const fence = lines[0]?.replace("json", "") ?? "";
        expect(fence).toMatch(/^`{3,}$/);
        expect(lines.at(-1)).toBe(fence);
        for (const line of lines.slice(1, -1)) expect(line).not.toContain(fence);
      }),
    );
    expect(markdownBlock("a\x1b[0m\n\tb", "x y`")).toBe("```xy\na\\x1b[0m\n\tb\n```");
  });
});

describe("markdownTable", () => {
  it("has as many cells in each row as in its head", () => {
    expect(markdownTable(["a", "b"], [["1"], ["2", "3"]], "lr")).toBe("| a | b |\n| --- | ---: |\n| 1 |  |\n| 2 | 3 |");
    expect(markdownTable(["a"], [["1", "2"], ["3"]])).toBe("| a |  |\n| --- | --- |\n| 1 | 2 |\n| 3 |  |");
    fc.assert(
      fc.property(hostile, hostile, (first, second) => {
        const text = markdownTable(["x", "y"], [[markdownText(first), markdownCode(second)]]);
        expect(text.split("\n")).toHaveLength(3);
        expect(text.split("\n")[2]?.match(/\|/g)).toHaveLength(3);
      }),
    );
  });
});
