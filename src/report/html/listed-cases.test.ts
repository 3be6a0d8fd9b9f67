import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createListedCases, inOrder, rowsInOrder } from "./listed-cases.ts";

/** Cases of 1 to 3 lines one behind the other, each in one of three lists. */
const cases = fc.array(
  fc.record({ list: fc.nat(2), lines: fc.integer({ min: 1, max: 3 }), row: fc.string({ unit: "binary" }) }),
  { maxLength: 700 },
);

describe("listed cases", () => {
  it("come back in the order of the dataset, from whatever stretches of their lists", () => {
    fc.assert(
      fc.property(cases, fc.nat(100), fc.nat(100), (all, from, to) => {
        const lists = [0, 1, 2].map(() => createListedCases());
        let line = 1;
        const told = all.map(({ list, lines, row }) => {
          const own = { first: line, last: line + lines - 1 };
          line += lines;
          const at = lists[list]?.size() ?? 0;
          lists[list]?.add(own, row);
          return { ...own, row, at };
        });
        const stretches = lists.map((of) => ({ of, from: Math.min(from, of.size()), to: Math.min(to, of.size()) }));
        const wanted = told.filter(({ at }) => at >= from && at < to);
        expect([...inOrder(stretches)].map(({ first, last }) => [first, last])).toEqual(
          wanted.map(({ first, last }) => [first, last]),
        );
        const rows = rowsInOrder(stretches);
        expect([...rows]).toEqual(wanted.map(({ row }) => row));
        // Twice: the page may be written in two languages.
        expect([...rows]).toEqual(wanted.map(({ row }) => row));
        expect(rows.length).toBe(wanted.length);
      }),
    );
  });

  it("know how long a row is without making it", () => {
    const list = createListedCases();
    const rows = ["", "plain", "七", "mixed 七 \ud800"];
    for (const [at, row] of rows.entries()) list.add({ first: at + 1, last: at + 1 }, row);
    expect(rows.map((_, at) => list.rowLengthAt(at))).toEqual(rows.map(({ length }) => length));
  });
});
