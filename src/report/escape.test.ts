import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { disarmCommands } from "./ci-commands.ts";
import { escapeForTerminal, escapeToLine } from "./escape.ts";
import { displayWidth } from "./width.ts";

const anything = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
  fc
    .array(
      fc.constantFrom(
        "\x1b[31m",
        "\x1b]52;c;QUJD\x07",
        "\u202e",
        "\u2066",
        "\ud800",
        "::",
        "##[",
        "##vso[",
        "\n",
        "\r",
        " ",
        "a",
        "\x9b2J",
      ),
    )
    .map((parts) => parts.join("")),
);
/** Anything a terminal could obey, written apart from the code under test. */
const obeyed = (text: string, lineFeeds: boolean) =>
  [...text].filter((character) => {
    const code = character.codePointAt(0) ?? 0;
    if (lineFeeds && code === 10) return false;
    return (
      code < 32 ||
      (code >= 127 && code < 160) ||
      (code >= 0xd800 && code < 0xe000) ||
      [0x061c, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029, 0xfeff].includes(code) ||
      (code >= 0x202a && code <= 0x202e) ||
      (code >= 0x2066 && code <= 0x2069)
    );
  });

describe("escapeToLine", () => {
  it.each([
    ["\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"],
    ["a\nb\r\tc", "a\\nb\\r\\tc"],
    ["\x9b2J", "\\x9b2J"],
    ["\x1b]52;c;QUJD\x07", "\\x1b]52;c;QUJD\\x07"],
    ["abc\u202egpj.exe", "abc\\u202egpj.exe"],
    ["\ud83d", "\\ud83d"],
    ["\u{e0041}", "\\u{e0041}"],
    ["客服 👩‍🔬 می‌خواهم é", "客服 👩‍🔬 می‌خواهم é"],
    ["C:\\new", "C:\\new"],
  ])("shows %j as %j", (text, shown) => {
    expect(escapeToLine(text)).toBe(shown);
  });

  it("leaves nothing that a terminal obeys, and is done after one pass", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const safe = escapeToLine(text);
        expect(obeyed(safe, false)).toEqual([]);
        expect(escapeToLine(safe)).toBe(safe);
      }),
    );
  });
});

describe("escapeForTerminal", () => {
  it("keeps lines and makes each of them harmless", () => {
    expect(escapeForTerminal("one\n\ttwo\x1b[2J\r\n::error::x")).toBe("one\n    two\\x1b[2J\\r\n꞉:error::x");
    fc.assert(
      fc.property(anything, (text) => {
        const safe = escapeForTerminal(text);
        expect(obeyed(safe, true)).toEqual([]);
        expect(safe.split("\n")).toHaveLength(text.split("\n").length);
        for (const line of safe.split("\n")) {
          expect(line.trimStart().startsWith("::")).toBe(false);
          expect(line).not.toMatch(/##[a-z]*\[/i);
        }
      }),
    );
  });
});

describe("disarmCommands", () => {
  it("disarms at line starts only where colons are commands, and brackets everywhere", () => {
    expect(disarmCommands("ft:gpt:acme::8x2")).toBe("ft:gpt:acme::8x2");
    expect(disarmCommands("  ::add-mask::x")).toBe("  ꞉:add-mask::x");
    expect(disarmCommands("a ##[error]b ##vso[task]c ##TeamCity[d")).toBe("a ##⟦error]b ##vso⟦task]c ##TeamCity⟦d");
  });

  it("keeps the width", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const line = escapeToLine(text);
        expect(displayWidth(disarmCommands(line))).toBe(displayWidth(line));
      }),
    );
  });
});
