import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { countsFor, rowsFor } from "./client/case-filter.js";
import { emptyState } from "./client/url-state.js";
import type { PageSuite } from "./page-data.ts";
import { line } from "./pages.test-data.ts";
import { readCases } from "./read-cases.ts";

const frames = [{ name: "support-reply", arms: ["steps", "tuned"], base: 0, fresh: 1 }];

/** One letter a trial: + passed, - failed, x missing. */
async function suiteOf(cases: Readonly<Record<string, readonly [base: string, fresh: string]>>): Promise<PageSuite> {
  const folder = await mkdtemp(join(tmpdir(), "gapcheck-page-"));
  const outcomes = { "+": "passed", "-": "failed", x: "missing" } as const;
  const lines = Object.entries(cases).flatMap(([id, sides]) =>
    sides.flatMap((letters, side) =>
      [...letters].map((letter, at) =>
        line({
          target: frames[0]?.arms[side] ?? "",
          id,
          trial: at + 1,
          outcome: letter === "+" || letter === "-" || letter === "x" ? outcomes[letter] : "missing",
          text: `answer to ${id}`,
          tags: id === "tagged" ? ["refund"] : [],
          item: "greets",
        }),
      ),
    ),
  );
  await writeFile(join(folder, "cases.jsonl"), lines.join("\n"));
  const { suites } = await readCases(join(folder, "cases.jsonl"), frames);
  await rm(folder, { recursive: true });
  const [suite] = suites;
  if (suite === undefined) throw new Error("no suite");
  return suite;
}

const ids = (suite: PageSuite, change: Partial<ReturnType<typeof emptyState>>) =>
  rowsFor(suite, [], { ...emptyState(), ...change }).map(({ one }) => one.id);

describe("the table of cases", () => {
  it("tells won and lost by the majority of known trials, as the gap does", async () => {
    const suite = await suiteOf({
      won: ["-", "+"],
      lost: ["++-", "+--"],
      half: ["+-", "++"],
      halves: ["+-", "--"],
      known: ["x++", "-x-"],
      open: ["xx", "++"],
    });
    const rows = rowsFor(suite, [], { ...emptyState(), sort: "id" });
    expect(rows.map(({ one, outcome }) => [one.id, outcome])).toEqual([
      ["won", "won"],
      ["lost", "lost"],
      // Half of the trials is no majority.
      ["half", "won"],
      ["halves", "same"],
      ["known", "lost"],
      ["open", "open"],
    ]);
  });

  it("shows lost cases first, and counts every choice", async () => {
    const suite = await suiteOf({ a: ["+", "+"], b: ["-", "+"], c: ["+", "-"], d: ["+x", "++"], e: ["+-", "++"] });
    expect(ids(suite, {})).toEqual(["c", "e", "b", "a", "d"]);
    expect(countsFor(suite, [], emptyState())).toEqual({
      "": 5,
      lost: 1,
      won: 2,
      same: 2,
      unstable: 1,
      error: 1,
      open: 0,
    });
    expect(ids(suite, { show: "unstable" })).toEqual(["e"]);
    expect(ids(suite, { show: "error" })).toEqual(["d"]);
    expect(ids(suite, { sort: "flips" })[0]).toBe("e");
  });

  it("filters by tag, grader, rule and text, and compares other arms when asked", async () => {
    const suite = await suiteOf({ tagged: ["+", "+"], broken: ["-", "+"] });
    expect(ids(suite, { tag: "refund" })).toEqual(["tagged"]);
    expect(ids(suite, { tag: "no such tag" })).toEqual([]);
    expect(ids(suite, { grader: "steps" })).toEqual(["broken"]);
    expect(ids(suite, { item: JSON.stringify(["steps", "greets"]) })).toEqual(["broken"]);
    expect(ids(suite, { query: "TAGG" })).toEqual(["tagged"]);
    expect(rowsFor(suite, [], { ...emptyState(), base: "tuned", fresh: "steps" })[0]?.outcome).toBe("lost");
  });
});
