import { describe, expect, it } from "vitest";
import { mergeOutcomes } from "./merge-outcomes.ts";
import type { RunCounts, RunOutcome } from "./outcome.ts";

function outcome(counts: Partial<RunCounts>, more: Partial<RunOutcome> = {}): RunOutcome {
  const none = { planned: 0, fromLedger: 0, stored: 0, sent: 0, answered: 0, failed: 0, retried: 0, maybePaidTwice: 0 };
  const spend = { settledUsd: 0.5, unknownAtMostUsd: 0.25, unpricedCalls: 1 };
  return { counts: { ...none, ...counts }, spend, notices: [], wallMs: 10, ...more };
}

describe("mergeOutcomes", () => {
  it("is the round itself where there is one", () => {
    const one = outcome({ planned: 5, fromLedger: 1, sent: 5, answered: 3, failed: 1, retried: 1 });
    expect(mergeOutcomes([one])).toEqual(one);
  });

  it("counts a call once that a later round finds in the ledger", () => {
    const first = outcome({ planned: 100, fromLedger: 40, sent: 60, answered: 60 });
    const second = outcome({ planned: 300, fromLedger: 100, sent: 200, answered: 199, failed: 1 });
    const { counts, spend, wallMs } = mergeOutcomes([first, second]);
    expect(counts).toEqual({
      planned: 300,
      fromLedger: 40,
      stored: 0,
      sent: 260,
      answered: 259,
      failed: 1,
      retried: 0,
      maybePaidTwice: 0,
    });
    expect(counts.fromLedger + counts.answered + counts.failed).toBe(counts.planned);
    expect(spend).toEqual({ settledUsd: 1, unknownAtMostUsd: 0.5, unpricedCalls: 2 });
    expect(wallMs).toBe(20);
  });

  it("takes rounds of different calls as told", () => {
    const rounds = [outcome({ planned: 10, sent: 10, answered: 10 }), outcome({ planned: 4, sent: 4, answered: 4 })];
    expect(mergeOutcomes(rounds, 14).counts).toMatchObject({ planned: 14, answered: 14, fromLedger: 0 });
  });

  it("says a notice once, and how the last round ended", () => {
    const notice = { level: "note", code: "rate-limited", text: "waited" } as const;
    const stopped = { reason: "budget", message: "spent" } as const;
    const merged = mergeOutcomes([outcome({}, { notices: [notice] }), outcome({}, { notices: [notice], stopped })]);
    expect(merged.notices).toEqual([notice]);
    expect(merged.stopped).toEqual(stopped);
    expect(() => mergeOutcomes([])).toThrow();
  });
});
