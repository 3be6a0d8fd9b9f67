import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sortKeys, strictJson, strictJsonPieces } from "./strict-json.ts";

describe("strictJson", () => {
  it("gives every text back, also a broken one, in one line", () => {
    const text = fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes));
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: "binary" })), (source) => {
        const line = strictJson({ source });
        expect(JSON.parse(line)).toEqual({ source });
        expect(line).not.toMatch(/[\n\r\u0085\u2028\u2029]/);
        expect(line.isWellFormed()).toBe(true);
      }),
    );
  });

  it("refuses what JSON would turn into null", () => {
    expect(() => strictJson({ score: Number.NaN })).toThrow(/score is NaN/);
    expect(() => strictJson([Number.POSITIVE_INFINITY])).toThrow(RangeError);
    expect(() => strictJson({ a: null, b: ["null", { c: [0, -Infinity] }] })).toThrow(/1 is -Infinity/);
    expect(() => strictJson(Number.NaN)).toThrow(RangeError);
    for (const indent of [0, 2]) {
      for (const hidden of [[Number.NaN, 1], [1, Number.NaN], { a: Number.NaN, b: 1 }, { a: 1, b: [[Number.NaN]] }]) {
        expect(() => strictJson(hidden, indent)).toThrow(RangeError);
      }
    }
    expect(strictJson({ a: null, b: ["null", -0], c: undefined })).toBe('{"a":null,"b":["null",0]}');
  });
});

describe("strictJsonPieces", () => {
  it("comes to the text of the whole", () => {
    const many = { a: Array.from({ length: 1_000 }, (_, n) => ({ n, s: ["\ud800"] })), b: undefined, c: [], d: {} };
    for (const value of [many, [many.a, 1], [undefined, null], { a: { b: undefined } }, "x", null, 0]) {
      expect([...strictJsonPieces(value)].join("")).toBe(strictJson(value));
    }
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect([...strictJsonPieces(value)].join("")).toBe(strictJson(value));
      }),
    );
  });

  it("writes what is iterable as a list, piece by piece", () => {
    let made = 0;
    const rows = {
      length: 1_000,
      *[Symbol.iterator]() {
        for (let n = 0; n < 1_000; n++) {
          made++;
          yield `row ${n}`;
        }
      },
    };
    const pieces = strictJsonPieces({ rows, none: new Set(), one: new Set([1]) });
    const told = [...pieces].join("");
    expect(told).toBe(strictJson({ rows: Array.from({ length: 1_000 }, (_, n) => `row ${n}`), none: [], one: [1] }));
    const nested = [...strictJsonPieces({ suites: [{ n: 1 }, { name: "s", rows }, [rows], 2] })];
    for (const piece of nested) expect(piece.length).toBeLessThan(5_000);
    expect(JSON.parse(nested.join(""))).toEqual({
      suites: [{ n: 1 }, { name: "s", rows: [...rows] }, [[...rows]], 2],
    });
    made = 0;
    const again = strictJsonPieces(rows);
    again.next();
    expect(made).toBeLessThan(300);
  });

  it("never holds a long list as a whole, and refuses what is no number", () => {
    const list = Array.from({ length: 5_000 }, () => "0123456789");
    const longest = Math.max(...[...strictJsonPieces({ list })].map(({ length }) => length));
    expect(longest).toBeLessThan(strictJson(list).length / 10);
    expect(() => [...strictJsonPieces({ list: [...list, Number.NaN] })]).toThrow(RangeError);
    expect(() => [...strictJsonPieces({ list, n: Number.NaN })]).toThrow(RangeError);
  });
});

describe("sortKeys", () => {
  it("makes equal data equal text, and keeps __proto__ a key", () => {
    const one = JSON.parse('{"b":[{"y":1,"x":2}],"__proto__":{"z":1},"a":1}');
    const two = JSON.parse('{"a":1,"__proto__":{"z":1},"b":[{"x":2,"y":1}]}');
    expect(strictJson(sortKeys(one))).toBe('{"__proto__":{"z":1},"a":1,"b":[{"x":2,"y":1}]}');
    expect(strictJson(sortKeys(two))).toBe(strictJson(sortKeys(one)));
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
