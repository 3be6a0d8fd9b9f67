import { describe, expect, it } from "vitest";
import { summaryOf } from "./decisions.test-data.ts";
import { type MergedView, renderMerged, renderShardEnd, renderShardHead } from "./shard-lines.ts";
import { displayWidth } from "./width.ts";

const { run } = summaryOf([]);
const outcome = { counts: run.counts, spend: run.spend, notices: run.notices, wallMs: run.wallMs };
const merged: MergedView = {
  file: "somewhere/deep/down/for-the-night/ledger\u001b[2J.sqlite",
  ledgers: 7,
  calls: { added: 9_290, changed: 2, same: 3 },
  paidTwice: { calls: 2, usd: 0.0123 },
  planned: 9_300,
  answered: 9_288,
  lacking: [
    { part: 3, calls: 11 },
    { part: 8, calls: 1 },
  ],
  parts: 8,
  exitCode: 4,
};

describe("what is said of shares", () => {
  it("says whether the share is whole", () => {
    const end = { part: 2, parts: 8, outcome, missing: 0, exitCode: 0 };
    const words = (one: typeof end & { outcome: Parameters<typeof renderShardEnd>[0]["outcome"] }) =>
      renderShardEnd(one, { width: 80, color: false }).replace(/\s+/g, " ");
    expect(words(end)).toContain("exit code 0: shard 2 of 8 is complete");
    expect(words({ ...end, missing: 3, exitCode: 4 })).toContain(
      "exit code 4: shard 2 of 8 lacks 3 answers; run it again to go on",
    );
  });

  it("says what was taken in, what was paid twice, and which shares lack what", () => {
    const words = renderMerged(merged, { width: 80, color: false }).replace(/\s+/g, " ");
    expect(words).toContain("9,290 calls taken in, 5 known before");
    expect(words).toContain("2 answers paid for twice: $0.0123 more");
    expect(words).toContain("9,288 of 9,300 planned calls answered; 12 missing (shard 3 of 8: 11, shard 8 of 8: 1)");
    expect(words).toContain("exit code 4: incomplete");
    const whole = { ...merged, lacking: [], answered: 9_300, exitCode: 0 };
    expect(renderMerged(whole, { width: 80, color: false })).toContain("exit code 0: nothing is missing");
  });

  it.each([40, 80])("stays within %i columns and obeys no escape", (width) => {
    const told = `${renderShardHead({ part: 2, parts: 8 }, 4, { width, color: false })}${renderMerged(merged, { width, color: false })}`;
    for (const line of told.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    expect(told).not.toContain("\u001b");
  });
});
