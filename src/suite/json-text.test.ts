import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEEPEST, parseJson } from "./json-text.ts";

function mistakeOf(text: string) {
  const parsed = parseJson(text);
  if (parsed.ok) throw new Error(`parsed: ${text}`);
  return parsed.mistake;
}

/** What `JSON.parse` makes of a text; its own verdict of what is JSON at all. */
function native(text: string): { readonly ok: boolean; readonly value?: unknown } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

/** Values as `JSON.parse` makes them: with ordinary prototypes. */
function ordinary(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe("parseJson", () => {
  it("reads whatever JSON.stringify writes, as JSON.parse does", () => {
    const value = fc.jsonValue({ maxDepth: 6 });
    const layout = fc.constantFrom(undefined, 2, "\t");
    fc.assert(
      fc.property(value, layout, (given, space) => {
        const text = JSON.stringify(given, null, space);
        const parsed = parseJson(text);
        expect(parsed).toMatchObject({ ok: true });
        if (parsed.ok) expect(ordinary(parsed.value)).toEqual(JSON.parse(text));
      }),
      { numRuns: 1_000 },
    );
  });

  it("agrees with JSON.parse on what is JSON, but for what it refuses on purpose", () => {
    const token = fc.constantFrom(
      ...'{}[]:,"\\ \n\t0123456789.eE+-abfnrtulsN\u0000\u0001é😀/'.split(""),
      '"a"',
      '"b":',
      "true",
      "false",
      "null",
      "\\u0041",
      "\\ud83d\\ude00",
      "\ufeff",
      "1e5",
      "-0",
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 12 }), (tokens) => {
        const text = tokens.join("");
        const parsed = parseJson(text);
        if (parsed.ok) expect(ordinary(parsed.value)).toEqual(ordinary(native(text).value));
        else if (parsed.mistake.code === "json-syntax") expect(native(text).ok).toBe(false);
        else expect(native(text).ok || parsed.mistake.offset < text.length).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  });

  it("makes objects without a prototype, whose every key is data", () => {
    const parsed = parseJson('{"__proto__": {"polluted": true}, "constructor": 1, "toString": {"hasOwnProperty": 2}}');
    if (!parsed.ok) throw new Error("not parsed");
    expect(Object.getPrototypeOf(parsed.value)).toBeNull();
    expect(Object.keys(parsed.value as object)).toEqual(["__proto__", "constructor", "toString"]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each([
    ['{"a":1,"a":2}', 7],
    ['{"a":{"b":1,"c":2,"\\u0062":3}}', 18],
    ['[1,{"x":1,"y":{},"x":null}]', 17],
    ['{"__proto__":1,"__proto__":2}', 15],
  ])("refuses a key that is there twice: %s", (text, offset) => {
    expect(mistakeOf(text)).toMatchObject({ code: "json-duplicate-key", offset });
  });

  it.each([
    "9007199254740993",
    "-9007199254740993",
    "12345678901234567890",
    "1e999",
    "-1e400",
    "1e-400",
    "9".repeat(400),
  ])("refuses the number %s, which a double cannot hold", (text) => {
    expect(mistakeOf(`{"id": ${text}}`)).toMatchObject({ code: "json-number", offset: 7 });
  });

  it.each(["9007199254740991", "9007199254740992", "0.1", "-0", "0e-400", "1E+2", "12345678901234567000", "1e23"])(
    "reads the number %s",
    (text) => {
      expect(parseJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
    },
  );

  it("reads integers exactly or not at all", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), (integer) => {
        const parsed = parseJson(String(integer));
        if (parsed.ok)
          expect([String(parsed.value), BigInt(parsed.value as number)].map(String)).toContain(String(integer));
        else expect(String(Number(integer))).not.toBe(String(integer));
      }),
      { numRuns: 1_000 },
    );
  });

  it("refuses half of a surrogate pair, unless it is told to keep it", () => {
    expect(parseJson('{"a": "x\\ud83d"}', { halves: true })).toEqual({ ok: true, value: { a: "x\ud83d" } });
    expect(mistakeOf('{"a": "x\\ud83d"}')).toMatchObject({ code: "json-surrogate", offset: 6 });
    expect(parseJson('"\\ud83d\\ude00"')).toEqual({ ok: true, value: "😀" });
  });

  it("refuses depths over the limit, however deep, without exhausting the stack", () => {
    const nested = (depth: number) => `${'[{"a":'.repeat(depth / 2)}1${"}]".repeat(depth / 2)}`;
    expect(parseJson(nested(DEEPEST)).ok).toBe(true);
    expect(mistakeOf(nested(DEEPEST + 2)).code).toBe("json-too-deep");
    expect(mistakeOf("[".repeat(1_000_000)).code).toBe("json-too-deep");
  });

  it.each([
    ["", "expected a value but found the end", 0],
    ["{'a':1}", `expected a key in double quotes but found "'"`, 1],
    ['{"a":1,}', 'expected a key in double quotes but found "}"', 7],
    ['{"a" 1}', 'expected ":" but found "1"', 5],
    ["[1 2]", 'expected "," or "]" but found "2"', 3],
    ['{"a":NaN}', 'expected a value but found "N"', 5],
    ['"abc', 'expected the closing " but found the end', 4],
    ["1 2", 'expected the end but found "2"', 2],
    ["\u0000{", "expected a value but found a NUL byte (is the file UTF-16?)", 0],
    ['"a\tb"', "the character U+0009 inside a text", 2],
    ['"\\x"', "a backslash that escapes nothing", 1],
  ])("tells what is wrong with %j, and where", (text, message, offset) => {
    expect(mistakeOf(text)).toMatchObject({ code: "json-syntax", message, offset });
  });
});
