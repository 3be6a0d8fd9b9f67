import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linearPattern } from "./linear-pattern.ts";

const SAMPLES = [
  "",
  "a",
  "b\na",
  "a\rb",
  "\u00a0",
  "\u3000x",
  "école",
  "漢字 1",
  "😀",
  "A-1_b",
  "\u2028",
  "aaaa",
  "[x]",
  "a]",
  "\0",
  "\b",
  "x/y",
  "é",
  "\ud800",
];

describe("linearPattern", () => {
  it.each([
    "a$",
    "^a",
    "a.b",
    "\\s",
    "\\S",
    "[\\s]x",
    "[^\\s]",
    "\\p{L}",
    "\\p{Letter}cole",
    "\\p{Script=Han}+",
    "\\P{Lu}",
    "\\u00e9",
    "\\u{1F600}",
    "^.$",
    "\\x41",
    "\\0",
    "[\\b]",
    "\\b1",
    "\\w+",
    "(?<year>\\d)",
    "a/b",
    "\\/",
    "[\\w-]{3}",
    "(a+)+$",
    "[^]",
    "[]",
    "^[^]{2}$",
    "(?:a|b)*",
    "\\ud83d\\ude00",
    "[^\\S\\n]",
    "(?i:É)",
    "[a-z[]x",
    "[[:x]+",
    "\\[x\\]",
    "\\.",
    "[.]",
    "^\\D*$",
    "x|y",
  ])("matches what JavaScript's %s matches", (source) => {
    const ours = linearPattern(source, "test");
    const theirs = new RegExp(source, "u");
    for (const text of SAMPLES) {
      expect([text, ours.test(text)]).toEqual([text, theirs.test(text)]);
      const match = theirs.exec(text);
      const span = ours.find(text);
      expect(span?.start).toBe(match?.index);
      if (match !== null) expect(span?.end).toBe(match.index + match[0].length);
    }
  });

  it("agrees with JavaScript on random texts", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "1", " ", "\n", "-", "é", "漢", "😀", "_") });
    const sources = ["(a|ab)(c|bcd)*b", "^\\w+-\\w+$", "\\b\\d+\\b", "[^\\W\\d]+1", "(?:a.){2}", "\\s+$", "a{2,3}b?"];
    fc.assert(
      fc.property(text, fc.constantFrom(...sources), (sample, source) => {
        const match = new RegExp(source, "u").exec(sample);
        expect(linearPattern(source, "test").find(sample)?.start).toBe(match?.index);
      }),
    );
  });

  it("cannot be made to hang", () => {
    const text = `${"a".repeat(100_000)}!`;
    for (const source of ["^(a+)+$", "^(a|a)*$", "(.*)(.*)(.*)(.*)[0-9]", "([a-z]+)*\\d"]) {
      expect(linearPattern(source, "test").test(text)).toBe(false);
    }
  });

  it.each([
    ["(?=a)b", "lookahead"],
    ["(?!a)b", "lookahead"],
    ["(?<=a)b", "lookbehind"],
    ["(a)\\1", "backreference"],
    ["(?<n>a)\\k<n>", "backreference"],
    ["x{2000}", "linear time"],
    ["\\Z", "escape"],
    ["a**", "no regular expression"],
    ["(", "no regular expression"],
  ])("refuses %s and says why", (source, why) => {
    expect(() => linearPattern(source, "test")).toThrow(why);
  });

  it("knows no classes but JavaScript's", () => {
    expect(linearPattern("^[[:alpha:]]$", "test").test("z")).toBe(false);
    expect(linearPattern("^[[:alpha:]]$", "test").test(":]")).toBe(true);
  });

  it("stops looking for more than it was asked for", () => {
    expect(linearPattern("a", "test").all("aaaa", 2)).toEqual([
      { start: 0, end: 1 },
      { start: 1, end: 2 },
    ]);
    expect(linearPattern("b*", "test").all("ab", 9).length).toBeGreaterThan(0);
    expect(linearPattern("a", "test").find("aba", 1)).toEqual({ start: 2, end: 3 });
    expect(linearPattern("a", "test").find("a", 9)).toBeUndefined();
  });
});
