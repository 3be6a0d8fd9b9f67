import { describe, expect, it } from "vitest";
import { renderExported, renderImported, renderRescued, renderWhole } from "./ledger-carried-view.ts";
import { renderPruned } from "./ledger-pruned-view.ts";
import { displayWidth } from "./width.ts";

const file = "/home/who/工程/\u001b[31mevals/.gapcheck/ledger.sqlite";
const taken = {
  added: 12_345,
  changed: 2,
  same: 1_000,
  grades: 3,
  looks: 1,
  sweeps: 1,
  paidTwice: { calls: 13, usd: 0.25 },
  conflicts: Array.from({ length: 13 }, (_, index) => ({
    key: String(index).repeat(64).slice(0, 64),
    kept: index === 0 ? ("here" as const) : ("taken" as const),
  })),
};
const imported = { ...taken, damaged: [{ file: "\u001b[2Ja.jsonl", line: 7, why: "it is no JSON" }] };

describe("what is printed of ledgers that are carried, pruned and saved", () => {
  it.each([80, 40])("stays within %i columns, whatever the names, and obeys no escape", (width) => {
    const look = { width, color: false };
    const told = [
      renderExported(file, { calls: 1, grades: 2, looks: 3, sweeps: 1, leftOut: 4 }, look),
      renderImported(file, imported, look),
      renderRescued(file, { ...taken, sources: [file], answers: 9, leftOut: { damaged: 1, unreadable: 2 } }, look),
      renderWhole(file, look),
      renderPruned(
        file,
        { kind: "pruned", calls: 1, answers: 1, usd: 1, unpriced: 0, grades: 2, bytes: 9, spaceKept: "\u001b[2J full" },
        look,
      ),
    ].join("\n");
    for (const line of told.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    expect(told).not.toContain("\u001b");
  });

  it("names the calls with two answers, which of them counts, and the lines that are damaged", () => {
    const told = renderImported("l", imported, { width: 80, color: false }).replace(/\s+/g, " ");
    expect(told).toContain("12,345 new calls, 2 calls with news, 1,000 known already, 3 judgements, 1 look, 1 sweep");
    expect(told).toContain(`${"0".repeat(60)}`);
    expect(told).toContain("the one that was here already");
    expect(told).toContain("the one that came now");
    expect(told).toContain("Two answers 3 more calls");
    expect(told).toContain("13 answers, $0.25");
    expect(told).toContain("a.jsonl:7: it is no JSON");
  });

  it("never tells an unknown price as none", () => {
    const pruned = { kind: "would-prune", calls: 2, answers: 2, usd: 0, unpriced: 2, grades: 0, bytes: 9 } as const;
    expect(renderPruned("l", pruned, { width: 80, color: false })).toContain("unknown (2 calls without a known price)");
  });
});
