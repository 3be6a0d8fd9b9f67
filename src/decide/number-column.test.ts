import fc from "fast-check";
import { expect, it } from "vitest";
import { ABSENT, NO_NUMBERS, type NumberColumn, resizedNumbers, withNumber } from "./number-column.ts";

const SIZE = 8;
const place = fc.nat(SIZE - 1);
const value = fc.oneof(
  fc.constantFrom(0, 1, 127, 128, 0.5, -0, 2 ** 31 - 1, 2 ** 31, 2 ** 53 - 1, 1e-9, 1e300),
  fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
);

it("gives back every number as it was told, whatever came before or after, and grows", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(place, value)), (told) => {
      let column = NO_NUMBERS;
      const kept = new Map<number, number>();
      for (const [at, number] of told) {
        column = withNumber(column, at, number, SIZE);
        kept.set(at, number);
      }
      const grown = resizedNumbers(column, 2 * SIZE);
      for (let at = 0; at < 2 * SIZE; at++) {
        const expected = kept.get(at) ?? ABSENT;
        expect(grown[at] ?? ABSENT).toBe(expected);
        if (at < SIZE) expect(column[at] ?? ABSENT).toBe(expected);
      }
    }),
  );
});

it("takes no more bytes a number than the largest needs, and none where there is none", () => {
  const bytes = (...numbers: readonly number[]) =>
    numbers.reduce((column: NumberColumn, number, at) => withNumber(column, at, number, SIZE), NO_NUMBERS).byteLength;
  expect([bytes(), bytes(1, 0), bytes(1, 200), bytes(1, 200, 0.5)]).toEqual([0, SIZE, 4 * SIZE, 8 * SIZE]);
  expect(resizedNumbers(NO_NUMBERS, SIZE).byteLength).toBe(0);
});
