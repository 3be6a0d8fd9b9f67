import { Script } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatUsd } from "../numbers.ts";
import { jsonDiff, jsonIn } from "./client/json-diff.js";
import { filled, usdOf, visible } from "./client/show-text.js";
import { emptyState, formatState, parseState } from "./client/url-state.js";
import { wordDiff } from "./client/word-diff.js";
import { clientScript, joinScripts } from "./client-script.ts";
import { HOSTILE } from "./pages.test-data.ts";

const join = (parts: readonly { readonly kind: string; readonly text: string }[], without: string) =>
  parts
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text)
    .join("");

describe("the page's script", () => {
  it("is one script without imports that an engine can read, and never makes markup of text", () => {
    const script = clientScript();
    expect(() => new Script(script)).not.toThrow();
    expect(script).not.toMatch(/^(import|export) /m);
    expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function/);
  });

  it("is joined in one scope", () => {
    expect(joinScripts(['import { a } from "./a.js";\nexport const b = 1;\n', "export function c() {}\n"])).toBe(
      '"use strict";\n(() => {\nconst b = 1;\n\nfunction c() {}\n})();\n',
    );
  });
});

describe("money", () => {
  it.each([0, 0.00000123, 0.00041, 0.0394731, 0.0999, 0.09994, 0.09996, 0.1, 0.388, 12.5])(
    "of %d reads as in the rest of the page",
    (usd) => {
      expect(usdOf(usd)).toBe(formatUsd(usd));
    },
  );
});

describe("wordDiff", () => {
  it("marks words, and signs of Chinese", () => {
    expect(wordDiff("We will refund you", "We will call you")).toEqual([
      { kind: "same", text: "We will " },
      { kind: "removed", text: "refund" },
      { kind: "added", text: "call" },
      { kind: "same", text: " you" },
    ]);
    expect(wordDiff("请退款", "请换货")).toEqual([
      { kind: "same", text: "请" },
      { kind: "removed", text: "退款" },
      { kind: "added", text: "换货" },
    ]);
  });

  it("gives both texts back, whatever they are (property)", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(fc.constantFrom("a", "b", " ", "c ", "中", "\n")).map((words) => words.join("")),
    );
    fc.assert(
      fc.property(text, text, (before, after) => {
        const parts = wordDiff(before, after);
        expect(join(parts, "added")).toBe(before);
        expect(join(parts, "removed")).toBe(after);
      }),
    );
  });

  it("says only that all differs where too little is alike", () => {
    const words = (word: string) => Array.from({ length: 4000 }, (_, at) => `${word}${at}`).join(",");
    const parts = wordDiff(words("a"), words("b"));
    expect(join(parts, "added")).toBe(words("a"));
    expect(join(parts, "removed")).toBe(words("b"));
  });
});

describe("jsonDiff", () => {
  it("tells changes by path", () => {
    const before = jsonIn('{"a":1,"b":{"c":[1,2]},"x/y":true}')?.value;
    const after = jsonIn('```json\n{"a":1,"b":{"c":[1,3,4]}}\n```')?.value;
    expect(jsonDiff(before, after)).toEqual([
      { path: "/b/c/1", before: "2", after: "3" },
      { path: "/b/c/2", before: undefined, after: "4" },
      { path: "/x~1y", before: "true", after: undefined },
    ]);
    expect(jsonIn("3")).toBeUndefined();
    expect(jsonIn("{")).toBeUndefined();
  });

  it("finds nothing between equal values, and something between others (property)", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const one: unknown = JSON.parse(JSON.stringify(a));
        expect(jsonDiff(one, JSON.parse(JSON.stringify(a)))).toEqual([]);
        if (JSON.stringify(a) !== JSON.stringify(b) && typeof a !== "object") {
          expect(jsonDiff(one, b).length).toBeGreaterThan(0);
        }
      }),
    );
  });
});

describe("the state in the address", () => {
  it("comes back as it was (property)", () => {
    const field = fc.oneof(fc.string(), fc.constantFrom(...HOSTILE));
    const state = fc.record(Object.fromEntries(Object.keys(emptyState()).map((key) => [key, field])));
    fc.assert(
      fc.property(state, (given) => {
        const whole = { ...emptyState(), ...given };
        const well = Object.fromEntries(Object.entries(whole).map(([key, value]) => [key, value.toWellFormed()]));
        expect(parseState(formatState(whole))).toEqual(well);
      }),
    );
  });

  it("is empty where nothing is chosen, and takes a broken address for nothing", () => {
    expect(formatState(emptyState())).toBe("#");
    expect(parseState("#%E0%A4%A")).toEqual(emptyState());
  });
});

describe("texts to look at", () => {
  it("show what hides or turns around", () => {
    expect(visible("a\u202eb\u0000c\nd\te\ud800")).toBe("a\\u{202e}b\\u{0}c\nd\te\\u{d800}");
    expect(visible("中文 😀")).toBe("中文 😀");
  });

  it("are filled with figures", () => {
    expect(filled("{1} of {0}", 3, "$&")).toBe("$& of 3");
  });
});
