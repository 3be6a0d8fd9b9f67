import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileNameOf } from "./file-name.ts";

describe("fileNameOf", () => {
  it("leaves plain names as they are", () => {
    for (const name of ["support-reply", "a", "7_words"]) expect(fileNameOf(name)).toBe(name);
  });

  it("never makes one name of two, nor a path, nor a device", () => {
    const names = [
      "a b",
      "a_b",
      "a/b",
      "A_b",
      "a-b",
      "",
      "..",
      "../x",
      "nul",
      "con",
      "客服",
      "客户",
      "x".repeat(41),
      "x".repeat(42),
      "\ud800",
    ];
    const made = names.map((name) => fileNameOf(name).toLowerCase());
    expect(new Set(made).size).toBe(names.length);
    fc.assert(
      fc.property(fc.string({ unit: fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code)) }), (name) => {
        expect(fileNameOf(name)).toMatch(/^[a-z0-9][a-z0-9_-]{0,56}$/);
        expect(fileNameOf(name)).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)$/);
      }),
    );
  });
});
