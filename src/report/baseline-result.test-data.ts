/** How a suite stands against the baseline, for the tests of what reports it. */
import type { BaselineResult } from "../decide/baseline/contract.ts";

const hostile = "c\u001b[31m1\n::error::x<script>|退款";
/** Down on main, with a case whose name would obey if it could. */
export const failedBaseline: BaselineResult = {
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
