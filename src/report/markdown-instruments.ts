/** What the instrument of the scenario read, as Markdown: every row, every change, and what they mean. */
import type { Instruments } from "../decide/decision.ts";
import { markdownCode, markdownTable, markdownText } from "./escape-markdown.ts";
import { changeLabel, changeText, instrumentNotes, measuredRows, shownChanges } from "./instruments-view.ts";
import { estimateText } from "./markdown-measures.ts";

/** Empty where nothing was read. */
export function instrumentText(instruments: Instruments | undefined): string {
  if (instruments === undefined || instruments.columns.length === 0) return "";
  const rows = measuredRows(instruments, false).map(({ label, cells }) => [
    markdownText(label),
    ...cells.map((cell) => estimateText(cell)),
  ]);
  const heads = instruments.columns.map(({ target, as }) => `${markdownCode(target)}, ${as}`);
  const changes = shownChanges(instruments, false).map((one) => [
    markdownText(changeLabel(one)),
    markdownText(changeText(one.change)),
    markdownText(one.change.available ? one.change.method : ""),
  ]);
  return [
    rows.length === 0 ? "" : markdownTable(["", ...heads], rows),
    changes.length === 0 ? "" : markdownTable(["change", "by", "method"], changes),
    instrumentNotes(instruments, false)
      .map((note) => `- ${markdownText(note)}`)
      .join("\n"),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}
