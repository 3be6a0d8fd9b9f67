import { describe, expect, it } from "vitest";
import type { GateResult } from "../decide/decision.ts";
import { compareLines } from "./compare-lines.ts";
import { decisions, summaryOf } from "./decisions.test-data.ts";
import type { ComparedSuite, ComparedTarget, SuiteOfRun } from "./html/compare-view.ts";
import type { MergedSuite } from "./html/merge-runs.ts";

function runOf(outcome: GateResult["outcome"], why: string): SuiteOfRun {
  const { confirmed } = decisions;
  if (confirmed === undefined) throw new Error("no decision");
  const { suites, run } = summaryOf([{ ...confirmed, suite: "words" }]);
  const [suite] = suites;
  if (suite === undefined) throw new Error("no suite");
  return { suite: { ...suite, gate: { ...suite.gate, outcome, why } }, run: { ...run, id: `run-${outcome}` } };
}

const merged: Omit<MergedSuite, "totals"> = {
  ...{ targets: ["p"], onlyBefore: [], onlyAfter: [], prompts: [], deciding: ["p"] },
  suite: {
    ...{ name: "words", arms: [], base: 0, fresh: 0, tags: [], graders: [], items: [] },
    cases: Array.from({ length: 100 }, (_, at) => ({
      ...{ id: `case-${at}`, split: "test" as const, tags: [], fingerprint: "f", arms: [] },
    })),
  },
  cases: { same: 100, edited: 0, new: 0, gone: 0 },
};

const share = { available: true, value: 0.5, unit: "share", n: 25 } as const;
const change = { available: true, value: 0.4, lower: 0.214, upper: 0.593, confidence: 0.95, n: 25 } as const;
const difference = {
  ...{ before: share, after: share, change: { ...change, method: "Tango score interval" } },
  ...{ won: 10, lost: 0, same: 15, unpaired: 75, missing: { before: 0, after: 75 } },
} as unknown as ComparedTarget["difference"];

const suiteOf = (after: SuiteOfRun, found: ComparedTarget["difference"]): ComparedSuite => ({
  before: runOf("pass", ""),
  after,
  found: { compared: true, merged: merged as MergedSuite, targets: [{ target: "p", difference: found }] },
});

describe("what compare says", () => {
  it("tells of a run that was stopped that it is incomplete, how much is missing, and the bounds", () => {
    const stopped = runOf("incomplete", "75 of 100 answers of p on test are missing");
    const lines = compareLines(suiteOf(stopped, { ...difference, missingBounds: { lower: -0.65, upper: 0.1 } }));
    expect(lines).toEqual([
      "words, on 100 test cases that both runs hold alike",
      "  INCOMPLETE: the later run run-incomplete. 75 of 100 answers of p on test are missing.",
      "  p: +40.0 points (95 % interval +21.4 to +59.3, n=25), won 10, lost 0",
      "    of the 25 of 100 cases answered in both runs; missing answers: 0 before, 75 after; with all of them against the later run, and with all for it: -65.0 to +10.0 points",
    ]);
  });

  it("tells the bounds where nothing can be paired, and none where nothing is missing", () => {
    const none = { available: false, why: "no case was answered in both runs" } as const;
    const bounds = { missingBounds: { lower: -1, upper: 1 } };
    const open = compareLines(suiteOf(runOf("pass", ""), { ...difference, change: none, ...bounds }));
    expect(open.at(-1)).toContain("-100.0 to +100.0 points");
    expect(compareLines(suiteOf(runOf("pass", ""), difference))).toHaveLength(2);
  });
});
