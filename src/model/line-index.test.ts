import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLineIndex, type KeyHash } from "./line-index.ts";

/** Every line by itself, as the file would tell it. */
function filled(keys: readonly string[], hash?: KeyHash) {
  const index = createLineIndex(hash);
  for (const [at, key] of keys.entries()) index.add(key, { offset: 2 ** 33 + at, length: at + 1, line: at + 7 });
  return {
    index,
    find: (key: string) => index.find(key, (place) => (keys[place.line - 7] === key ? place : undefined)),
  };
}

describe("an index of lines", () => {
  it("finds every line, beyond four gigabytes too, and after it has grown", () => {
    const keys = Array.from({ length: 5_000 }, (_, at) => `case ${at}`);
    const { index, find } = filled(keys);
    expect(index.size()).toBe(5_000);
    for (const at of [0, 1, 1023, 1024, 2047, 2048, 4_999]) {
      expect(find(`case ${at}`)).toEqual({ offset: 2 ** 33 + at, length: at + 1, line: at + 7 });
    }
    expect(find("case 5000")).toBeUndefined();
  });

  it.each([
    ["all keys of one hash", () => [7, 7] as const],
    ["keys that agree in one word only", (key: string) => [7, key.length] as const],
  ])("tells keys apart that only the line itself tells apart: %s", (_, hash) => {
    const keys = ["a", "b", "cc", "dd", "e"];
    const { find } = filled(keys, hash);
    for (const [at, key] of keys.entries()) expect(find(key)?.line).toBe(at + 7);
    expect(find("f")).toBeUndefined();
  });

  it("finds what was added, whatever the keys", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: "binary" }), { maxLength: 60 }), fc.string(), (keys, other) => {
        const { find } = filled(keys);
        for (const [at, key] of keys.entries()) expect(find(key)?.line).toBe(at + 7);
        if (!keys.includes(other)) expect(find(other)).toBeUndefined();
      }),
    );
  });
});
