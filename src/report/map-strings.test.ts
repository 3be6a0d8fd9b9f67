import fc from "fast-check";
import { expect, it } from "vitest";
import { mapStrings, rememberKeys } from "./map-strings.ts";

const hide = (text: string) => text.replaceAll("s", "[hidden]");

/** The same, with everything made anew. */
function mapped(value: unknown): unknown {
  if (typeof value === "string") return hide(value);
  if (Array.isArray(value)) return value.map(mapped);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [hide(key), mapped(item)]));
}

it("changes every text and key at any depth, in the order in which they stand", () => {
  const texts = fc.string({ unit: fc.constantFrom("a", "s"), maxLength: 3 });
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: fc.constantFrom("a", "s") }), fc.dictionary(texts, texts), (value, keys) => {
      const given = { value, keys, list: [keys, value, { again: value }] };
      const wanted = JSON.stringify(mapped(given));
      expect(JSON.stringify(mapStrings(given, hide))).toBe(wanted);
      expect(JSON.stringify(mapStrings(given, hide, rememberKeys(hide)))).toBe(wanted);
    }),
  );
});

it("shares what is not changed, and keeps a key of any name a key", () => {
  const plain = { a: [1, "b", { c: null }], d: undefined };
  expect(mapStrings(plain, hide)).toBe(plain);
  const half = { plain, told: ["a", "s"] };
  const changed = mapStrings(half, hide);
  expect(changed).toEqual({ plain, told: ["a", "[hidden]"] });
  expect(changed.plain).toBe(plain);
  expect(half.told).toEqual(["a", "s"]);
  const named: unknown = JSON.parse('{"__proto__":"s"}');
  expect(JSON.stringify(mapStrings(named, hide))).toBe('{"__proto__":"[hidden]"}');
});

it("asks once for a key that stays as it is, and each time for one that does not", () => {
  const asked: string[] = [];
  const change = rememberKeys((key) => {
    asked.push(key);
    return hide(key);
  });
  expect(["a", "s", "a", "s"].map(change)).toEqual(["a", "[hidden]", "a", "[hidden]"]);
  expect(asked).toEqual(["a", "s", "s"]);
});
