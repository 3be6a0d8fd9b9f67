import { describe, expect, it } from "vitest";
import { renderLedgerSize, renderVerified } from "./ledger-view.ts";
import { displayWidth } from "./width.ts";

const spend = {
  settledUsd: 1234.5,
  unknownAtMostUsd: 0.75,
  unpricedCalls: 0,
  paidTwice: 2,
  goneAnswers: 1,
  lostCalls: 13,
};
const size = {
  file: "/home/who/工程/\u001b[31mevals/.gapcheck/ledger.sqlite",
  fileBytes: 12_345_678,
  calls: { intent: 1, settled: 20_000, failed: 3, unknown: 7 },
  models: [
    {
      model: "gpt-5.4-mini-with-a-name-that-is-far-too-long-for-a-table-of-80-columns",
      calls: 20_011,
      bytes: 9e6,
      spend,
    },
    { model: "大模型", calls: 1, bytes: 12, spend: { ...spend, unpricedCalls: 2 } },
  ],
  grades: 5,
  bytes: 9_000_012,
  spend,
};

describe("what is printed of a ledger", () => {
  it.each([80, 40])("stays within %i columns, whatever the names, and obeys no escape", (width) => {
    const told = [
      renderLedgerSize(size, { width, color: false }),
      renderVerified(
        size.file,
        { rows: 9, damaged: [{ kind: "call", key: "0".repeat(64), why: "checksum" }], problems: ["Page 3: \u001b[2J"] },
        { width, color: false },
      ),
    ].join("\n");
    for (const line of told.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    expect(told).not.toContain("\u001b");
  });

  it("tells another fix for a look than for an answer: it is not bought again", () => {
    const verified = (kind: string) =>
      renderVerified(
        "l",
        { rows: 9, damaged: [{ kind, key: "1", why: "checksum" }], problems: [] },
        { width: 80, color: false },
      );
    expect(verified("call")).toContain("run again: damaged answers are bought again");
    expect(verified("look")).not.toContain("run again");
    expect(verified("look").replace(/\s+/g, " ")).toContain(
      "gapcheck ledger import takes them from an export made before",
    );
  });

  it("says known spend and the most that it can be", () => {
    const told = renderLedgerSize(size, { width: 80, color: false });
    expect(told).toContain("$1,234.50 to $1,235.25");
    expect(told.replace(/\s+/g, " ")).toContain(
      "2 answers paid for twice, 1 answer no longer here, 13 requests that brought nothing",
    );
    expect(told).toContain("at least $1,234.50");
  });
});
