import { describe, expect, it } from "vitest";
import type { BaselineResult } from "../decide/baseline/contract.ts";
import { baselineText, examText } from "./markdown-baseline.ts";
import { renderBaseline } from "./terminal-baseline.ts";
import { displayWidth } from "./width.ts";

const hostile = "c\u001b[31m1\n::error::x<script>|退款";
const result: BaselineResult = {
  outcome: "fail",
  why: '"tuned" is down on main: -6.2 points.',
  exam: [{ kind: "cases", text: `1 test case is new ("${hostile}")` }],
  cases: 200,
  looks: [1, 3],
  plannedLooks: [1, 3, 5],
  comparisons: [
    {
      role: "tuned",
      against: "main",
      target: "tuned",
      baseTarget: "tuned before",
      state: "fail",
      unchanged: false,
      why: "",
      difference: { value: -0.062, lower: -0.104, upper: -0.02, confidence: 0.95, n: 200, method: "t" },
      margin: 0.03,
      lower: -0.1,
      passLevel: 0.0083,
      pDrop: 0.001,
      pDropHolm: 0.002,
      failLevel: 0.006,
      won: 3,
      lost: 17,
      same: 180,
      lostCases: [{ id: hostile, base: [5, 5], head: [0, 3] }],
      wonCases: [],
      flaky: 2,
      missing: { trials: 3, planned: 600 },
      missingBounds: { lower: -0.067, upper: -0.06 },
      smallestDetectable: { available: true, value: 0.041, n: 200, unit: "share", method: "m" },
    },
  ],
  mustPass: [{ id: "k", role: "tuned", state: "fail", why: "it mostly fails", base: [5, 5], head: [1, 3] }],
};

describe("a suite against the baseline", () => {
  it.each([80, 40])("tells what changed first, then lost cases, escaped, in %i columns", (width) => {
    const text = renderBaseline(result, { width, color: false });
    const lines = text.split("\n");
    expect(lines[0]).toBe("THIS PR CHANGES THE EXAM");
    expect(lines.filter((line) => displayWidth(line) > width)).toEqual([]);
    expect(text).not.toContain("\u001b");
    expect(lines.some((line) => line.startsWith("::"))).toBe(false);
    const flat = text.replace(/\s+/g, " ");
    for (const said of [
      "FAIL",
      "Lost first:",
      "(5/5 to 0/3)",
      "4.1 points",
      "200 cases compared, in 2 looks of 3 planned with 1, then 3 trials a case.",
      "FAILED: k (5/5 to 1/3)",
    ]) {
      expect(flat).toContain(said);
    }
  });

  it("says the same in Markdown, with nothing active", () => {
    const text = `${examText(result.exam)}\n${baselineText(result)}`;
    expect(text).toContain("THIS PR CHANGES THE EXAM");
    expect(text).toContain("-6.2 points");
    expect(text).not.toContain("<script>");
  });
});
