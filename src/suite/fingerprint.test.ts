import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fingerprintOf, sha256 } from "./fingerprint.ts";

/** The same value with the keys of every object in another order. */
function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reordered(inner)]),
  );
}

describe("fingerprintOf", () => {
  it("is SHA-256 of the canonical JSON of input and expected", () => {
    expect(fingerprintOf({ input: { b: 1, a: "x" }, expected: 1.0 })).toBe(
      sha256('{"expected":1,"input":{"a":"x","b":1}}'),
    );
    expect(sha256("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });

  it("does not change with the order of keys", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (input, expected) => {
        const content = { input, expected };
        const other = { input: reordered(input), expected: reordered(expected) };
        expect(fingerprintOf(other)).toBe(fingerprintOf(content));
      }),
    );
  });

  it("tells an absent answer from null, and input from expected", () => {
    const all = [
      { input: "a" },
      { input: "a", expected: null },
      { input: null, expected: "a" },
      { input: "a", expected: "a" },
    ];
    expect(new Set(all.map(fingerprintOf)).size).toBe(4);
  });
});
