import { describe, expect, it } from "vitest";
import { summaryOf } from "./decisions.test-data.ts";
import { type PlanSuiteView, renderPlan } from "./plan-view.ts";
import { type RunEnd, renderRunEnd, renderRunHead } from "./run-lines.ts";
import { displayWidth } from "./width.ts";

const plain = (width: number) => ({ width, color: false });
const head = {
  suites: 4,
  targets: 13,
  calls: 9300,
  inLedger: 0,
  stored: 0,
  worst: { usd: 0, unpricedCalls: 0 },
  judgeCallsAtMost: 0,
};
const { run } = summaryOf([]);
const end: RunEnd = {
  outcome: { counts: run.counts, spend: run.spend, notices: run.notices, wallMs: run.wallMs },
  gates: [
    { suite: "support-reply", verdict: "KEEP_PROMPTING", outcome: "pass", exitCode: 0, why: "The suite accepts it." },
    {
      suite: "tickets",
      verdict: "INCONCLUSIVE",
      outcome: "inconclusive",
      exitCode: 3,
      why: "172 more cases would settle it",
    },
  ],
  exitCode: 3,
  reports: ["reports/2026-11-24T10-02-11Z/report.md"],
};

describe("renderRunHead", () => {
  it("says what is ahead in one sentence", () => {
    expect(renderRunHead(head, plain(80))).toBe(
      "gapcheck · 4 suites, 13 targets, 9,300 calls, 0 in the ledger, worst case $0.00\n",
    );
  });

  it("says what is recorded, what judges may add, and what has no price", () => {
    const more = { ...head, suites: 1, stored: 30, judgeCallsAtMost: 77, worst: { usd: 1.234, unpricedCalls: 12 } };
    expect(renderRunHead(more, plain(100)).replace(/\n/g, " ")).toBe(
      "gapcheck · 1 suite, 13 targets, 9,300 calls, 0 in the ledger, 30 recorded, at most 77 more by judges, worst case at least $1.23 (12 calls without a known price) ",
    );
  });
});

describe("renderRunEnd", () => {
  it("tells calls, cost, notices, report and each gate, and ends with the exit code in words", () => {
    const lines = renderRunEnd(end, plain(100)).split("\n");
    expect(lines[0]).toBe(
      "Calls    3,600 planned: 1,200 from the ledger, 2,400 sent, 14 sent again, 2 failed, in 3 min 43 s; 1",
    );
    expect(lines).toContain("Cost     $0.84 to $0.86");
    expect(lines).toContain("Warning  2 calls were given up after the rate limit");
    expect(lines).toContain("Report   reports/2026-11-24T10-02-11Z/report.md");
    expect(lines).toContain("Gate     support-reply: PASS, KEEP PROMPTING; The suite accepts it.");
    expect(lines).toContain("Gate     tickets: INCONCLUSIVE; 172 more cases would settle it.");
    expect(lines.at(-2)).toBe("Result   exit code 3: inconclusive");
  });

  it("tells what judges were asked beside the calls", () => {
    const judgeCalls = { fromLedger: 10, sent: 1_200, answered: 1_198, failed: 2, retried: 0, maybePaidTwice: 0 };
    const text = renderRunEnd({ ...end, outcome: { ...end.outcome, judgeCalls } }, plain(100));
    expect(text).toContain("Judges   10 from the ledger, 1,200 sent, 2 failed; their cost is in the sum\n");
  });

  it("says why a run stopped, never breaks a path, and obeys nothing", () => {
    const stopped = {
      ...end,
      outcome: {
        ...end.outcome,
        stopped: { reason: "account" as const, message: "the key was rejected, see ::error::\x1b[2Jx" },
      },
    };
    const goOn = "gapcheck run evals/a-long-name-of-a-suite.eval.ts --max-usd 2";
    expect(renderRunEnd({ ...stopped, goOn }, plain(40))).toContain(`\n${goOn}\n`);
    expect(renderRunEnd({ ...end, goOn }, plain(40))).not.toContain(goOn);
    const text = renderRunEnd(stopped, plain(40));
    expect(text).toContain("\n         ꞉:error::\\x1b[2Jx\n");
    expect(text).toContain("\nReport\nreports/2026-11-24T10-02-11Z/report.md\n");
    for (const line of text.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(40);
  });
});

describe("renderPlan", () => {
  const suite: PlanSuiteView = {
    suite: "合同条款审查",
    example: false,
    devCases: 100,
    testCases: 200,
    targets: 4,
    calls: 3600,
    inLedger: 1200,
    stored: 0,
    toSend: 2400,
    worst: { usd: 1.424, unpricedCalls: 0 },
    judgeCallsAtMost: 0,
    expected: { calls: 2_400, usd: 0.31, open: { calls: 0, promptsUsd: 0, worstUsd: 0 }, unpricedCalls: 0 },
    expectedBy: ['"plain": 2,400 calls, about $0.31 by the tokens of 40 answers of it in the ledger.'],
    power: ["Smallest gap shown with 80 % power: 4.1 points."],
  };
  const other = {
    ...suite,
    suite: "tickets",
    example: true,
    stored: 600,
    toSend: 0,
    worst: { usd: 0, unpricedCalls: 12 },
    expected: { calls: 0, usd: 0, open: { calls: 0, promptsUsd: 0, worstUsd: 0 }, unpricedCalls: 12 },
    expectedBy: [],
    judgeCallsAtMost: 300,
  };

  it("lists every suite and the sum, right-aligned, with what the suite can show", () => {
    const lines = renderPlan({ suites: [suite, other] }, plain(80)).split("\n");
    expect(lines[2]).toBe("合同条款审查   100 + 200        4  3,600    1,200    2,400        0     $1.43");
    expect(lines[4]).toBe("all            200 + 400        8  7,200    3,000    2,400      300   > $1.42");
    for (const line of lines.slice(0, 5)) expect(displayWidth(line)).toBe(displayWidth(lines[2] ?? ""));
    const text = lines.join(" ");
    expect(text).toContain("Worst case at least $1.42 (12 calls without a known price), judges not counted.");
    expect(text).toContain(
      "Expected: 2,400 calls, about $0.31, unknown for 12 calls without a known price, judges not counted.",
    );
    expect(text).toContain("2,400 in the ledger, 600 recorded");
    expect(text).toContain("tickets · EXAMPLE DATA");
    expect(text).toContain("Smallest gap shown with 80 % power: 4.1 points.");
  });

  it("fits 40 columns by listing the figures below each suite", () => {
    const text = renderPlan({ suites: [suite, other] }, plain(40));
    expect(text).toMatch(/of them to send +2,400/);
    for (const line of text.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(40);
  });

  it("tells what the further looks of a gate may call, and what is to be expected of them", () => {
    const worst = (usd: number) => ({ usd, unpricedCalls: 0 });
    const looks = [
      { trials: 1, chance: 1, toSend: 800, worst: worst(0.4) },
      { trials: 3, chance: 0.25, toSend: 2_400, worst: worst(1.2) },
    ];
    const flat = (view: PlanSuiteView) => renderPlan({ suites: [view] }, plain(80)).replace(/\s+/g, " ");
    const text = flat({ ...suite, looks });
    expect(text).toContain("Expected at the first look: 2,400 calls, about $0.31.");
    expect(text).toContain("800 calls (at worst $0.40), 2,400 calls (at worst $1.20) to send up to each.");
    expect(text).toContain("the look at 3 with a chance of 25.0 %; about 1.5 trials a case, 1,200 calls.");
    const unknown = looks.map(({ chance: _, ...look }) => look);
    expect(flat({ ...suite, looks: unknown })).toContain("How many it takes is not told before");
  });

  it("has no sum for a single suite", () => {
    expect(renderPlan({ suites: [suite] }, plain(80))).not.toMatch(/^all/m);
  });
});
