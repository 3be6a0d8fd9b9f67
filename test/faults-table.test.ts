/** The list of faults counts what was shown, and nothing else. */
import { describe, expect, it } from "vitest";
import { CLAIM, claimedRows } from "./faults/claims.ts";
import { FAULTS } from "./faults/rows.ts";
import { faultLines, rowResults } from "./faults/table.ts";

describe("the list of faults", () => {
  it.each([
    ["row 12: nobody listens", [12]],
    ["rows 3, 4, 11: what passes", [3, 4, 11]],
    ["rows 45 to 47, 52: every defect", [45, 46, 47, 52]],
    ["a row 12: not at the beginning", []],
    ["rows of a table are aligned", []],
  ])("%s", (title, rows) => {
    expect(claimedRows(title)).toEqual(rows);
    if (rows.length > 0) expect(`a group ${title}`).toMatch(new RegExp(CLAIM));
  });

  it.each(["row 0: none", "row 63: none", "rows 9 to 3: none"])("refuses %s", (title) => {
    expect(() => claimedRows(title)).toThrow("no row");
  });

  it("passes a row only when all its tests passed, and never without one", () => {
    const results = rowResults([
      { title: "rows 1, 2: both", status: "passed" },
      { title: "row 2: again", status: "failed" },
      { title: "row 3: left out", status: "skipped" },
    ]);
    expect(results.slice(0, 4).map(({ result }) => result)).toEqual(["passed", "failed", "failed", "no test"]);
    const lines = faultLines(results);
    expect(lines).toHaveLength(FAULTS.length + 1);
    expect(lines.at(-1)).toBe("1 passed, 61 failed");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});
