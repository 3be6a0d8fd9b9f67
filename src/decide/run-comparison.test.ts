import { describe, expect, it } from "vitest";
import { compareRuns, type RunCase } from "./run-comparison.ts";

const one = (before: number | undefined, after: number | undefined, more: Partial<RunCase> = {}): RunCase => ({
  before,
  after,
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
    expect(found).toMatchObject({ before: 0.5, after: 0.75, won: 2, lost: 1, same: 1, unpaired: 1 });
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
    expect([weighted.before, weighted.after]).toEqual([0.8, 0.4]);
  });

  it("says so where nothing can be paired", () => {
    expect(compareRuns(cases([[undefined, 1]]))).toMatchObject({ change: { available: false }, unpaired: 1 });
  });
});
