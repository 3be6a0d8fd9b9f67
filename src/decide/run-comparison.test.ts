import { describe, expect, it } from "vitest";
import { compareRuns, nothingInCommon, type RunCase } from "./run-comparison.ts";

const tally = (share: number | undefined) =>
  share === undefined ? { passed: 0, known: 0, missing: 1 } : { passed: share, known: 1, missing: 0 };
const one = (before: number | undefined, after: number | undefined, more: Partial<RunCase> = {}): RunCase => ({
  before: tally(before),
  after: tally(after),
  weight: 1,
  cluster: "alone",
  ...more,
});
const cases = (list: readonly (readonly [before: number | undefined, after: number | undefined])[]) =>
  list.map(([before, after], at) => one(before, after, { cluster: String(at) }));

describe("one target in two runs", () => {
  it("is paired by case, with Tango's interval", () => {
    const found = compareRuns(
      cases([
        [1, 1],
        [1, 0],
        [0, 1],
        [0, 1],
        [undefined, 1],
      ]),
    );
    expect(found).toMatchObject({
      before: { value: 0.5, n: 4, method: "Wilson 95 %" },
      after: { value: 0.75, n: 4 },
      ...{ won: 2, lost: 1, same: 1, unpaired: 1 },
    });
    // Of five cases one lacks its answer before: right or wrong there.
    expect(found.missingBounds).toEqual({ lower: expect.closeTo(0.2, 12), upper: expect.closeTo(0.4, 12) });
    expect(found.change).toMatchObject({ available: true, value: 0.25, n: 4, method: "Tango score interval" });
  });

  it("knows weights and clusters", () => {
    const weighted = compareRuns([
      one(1, 0, { weight: 3, cluster: "a" }),
      one(0, 1, { weight: 1, cluster: "b" }),
      one(1, 1, { weight: 1, cluster: "b" }),
    ]);
    expect(weighted.change).toMatchObject({ available: true, value: expect.closeTo(-0.4, 12) });
    expect(weighted.change.available && weighted.change.method).toMatch(/CR2.*weighted/);
    expect([weighted.before, weighted.after]).toMatchObject([{ value: 0.8 }, { value: 0.4 }]);
    expect(weighted.missingBounds).toBeUndefined();
  });

  it("bounds what is missing by both ends", () => {
    const found = compareRuns([
      one(1, 1),
      one(0, 1, { before: { passed: 1, known: 2, missing: 1 }, after: { passed: 2, known: 2, missing: 2 } }),
    ]);
    expect(found.missingBounds).toEqual({
      lower: expect.closeTo((0.5 - 2 / 3) / 2, 12),
      upper: expect.closeTo((1 - 1 / 3) / 2, 12),
    });
  });

  it("counts what is missing in each run, and a case that was not asked at all", () => {
    const unasked = { passed: 0, known: 0, missing: 0 };
    expect(compareRuns([one(1, 1), one(1, undefined), one(1, 1, { after: unasked })])).toMatchObject({
      ...{ missing: { before: 0, after: 2 }, unpaired: 2 },
      missingBounds: { lower: expect.closeTo(-2 / 3, 12), upper: 0 },
    });
    expect(compareRuns([one(1, 1)]).missing).toEqual({ before: 0, after: 0 });
  });

  it("says so where nothing can be paired", () => {
    expect(compareRuns(cases([[undefined, 1]]))).toMatchObject({ change: { available: false }, unpaired: 1 });
  });

  it("says that the ids changed where the contents are the same", () => {
    const before = ["a", "b"].map((id) => ({ id, fingerprint: `of ${id}` }));
    const after = ["a", "b"].map((id) => ({ id: `new-${id}`, fingerprint: `of ${id}` }));
    const nothing = "The two runs have no target, or no case with the same content, in common.";
    expect(nothingInCommon(before, after, true)).toBe(
      "The ids of the cases changed: 2 of 2 cases have a content that the run before holds under another id, and cases are paired by id.",
    );
    expect(nothingInCommon(before, after, false)).toBe(nothing);
    expect(nothingInCommon(before, [{ id: "a", fingerprint: "of b" }, { id: "c" }], true)).toBe(nothing);
    expect(nothingInCommon([{ id: "a" }], [{ id: "c" }], true)).toBe(nothing);
  });
});
