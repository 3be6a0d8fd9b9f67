import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkCase } from "./check-case.ts";

const anything = fc.constantFrom<unknown>(undefined, null, 0, 1, true, "", " ", "a", " a", [], {}, ["a"], [""], [1], {
  q: "a",
});
const mostly = <Value>(good: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 12, arbitrary: good }, { weight: 1, arbitrary: anything });
const rows = fc.record(
  {
    id: mostly(fc.constantFrom("a", "b c")),
    input: mostly(fc.constantFrom<unknown>("a", "", { q: "a" })),
    expected: mostly(fc.constantFrom<unknown>("a", 0, false, ["a"])),
    cluster: mostly(fc.constant("k")),
    tags: mostly(fc.array(fc.constantFrom("a", "b"), { maxLength: 2 })),
    weight: fc.oneof(
      mostly(fc.constantFrom(1e-6, 1, 1e6)),
      fc.constantFrom(9e-7, 2e6, -1, Number.NaN, Number.POSITIVE_INFINITY),
    ),
    split: mostly(fc.constantFrom("dev", "test")),
    other: anything,
  },
  { requiredKeys: ["id", "input"] },
);

describe("a checked row", () => {
  it("is the same by the short way and field by field", () => {
    let sound = 0;
    const place = { file: "data", line: 1 };
    fc.assert(
      fc.property(rows, (row) => {
        const given = checkCase(row, place);
        // The short way does not know the key, and the long one takes it for absent.
        expect(given).toEqual(checkCase({ ...row, unknown: undefined }, place));
        if (given.ok) sound++;
        if (given.ok) expect(Object.values(given.case)).not.toContain(undefined);
      }),
      { numRuns: 1_000 },
    );
    expect(sound).toBeGreaterThan(50);
  });

  it("takes what an object inherits for no field", () => {
    const row: unknown = Object.assign(Object.create({ input: "a" }), { id: "1" });
    expect(checkCase(row, {})).toMatchObject({ ok: false });
  });
});
