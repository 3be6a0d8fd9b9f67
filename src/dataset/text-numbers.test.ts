import { hash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTextColumn } from "./text-column.ts";
import { createTextNumbers } from "./text-numbers.ts";

/** Short, so that they repeat; of one and of two bytes a unit, with halves of pairs that UTF-8 could not hold. */
const text = fc.string({
  unit: fc.constantFrom("a", "B", "\0", "\xff", "客", "\u{1f600}", "\ud800", "\udc00"),
  maxLength: 4,
});

describe("createTextColumn", () => {
  it("gives back what it was given, unit by unit", () => {
    fc.assert(
      fc.property(fc.array(text), (texts) => {
        const column = createTextColumn();
        for (const one of texts) column.add(one);
        expect(column.size()).toBe(texts.length);
        expect(texts.map((_, at) => column.at(at))).toEqual(texts);
      }),
    );
  });

  it.each([false, true])(
    "holds more than it has room for at first, and says what it does not hold; spills: %s",
    (spills) => {
      const column = createTextColumn({ spills });
      const texts = Array.from({ length: 2_000 }, (_, n) => (n % 7 === 0 ? "客".repeat(n) : `case-${n}`));
      for (const one of texts) column.add(one);
      expect(texts.map((_, at) => column.at(at))).toEqual(texts);
      expect(texts.map((_, at) => column.lengthAt(at))).toEqual(texts.map(({ length }) => length));
      expect(() => column.at(2_000)).toThrow("no text at 2000");
      expect(() => column.lengthAt(2_000)).toThrow("no text at 2000");
    },
  );
});

describe("createTextNumbers", () => {
  it("numbers texts as a map would", () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 400 }), text, (texts, other) => {
        const numbers = createTextNumbers();
        const map = new Map<string, number>();
        for (const one of texts) {
          if (!map.has(one)) map.set(one, map.size);
          expect(numbers.of(one)).toBe(map.get(one));
        }
        expect(numbers.size()).toBe(map.size);
        expect([...map].every(([one, number]) => numbers.find(one) === number && numbers.at(number) === one)).toBe(
          true,
        );
        expect(numbers.find(other)).toBe(map.get(other));
      }),
    );
  });

  it("tells thousands of texts apart, those that differ at their ends only too", () => {
    const numbers = createTextNumbers();
    const texts = Array.from({ length: 20_000 }, (_, n) => (n % 2 === 0 ? `case-${n}` : hash("sha256", `${n}`, "hex")));
    expect(texts.map(numbers.of)).toEqual(texts.map((_, at) => at));
    expect(texts.map(numbers.of)).toEqual(texts.map((_, at) => at));
    expect(numbers.find("case-1")).toBeUndefined();
  });
});
