/** What the instrument of the scenario read, on a terminal: a table, the changes between targets, and what they mean. */
import type { Instruments } from "../decide/decision.ts";
import {
  changeLabel,
  changeText,
  instrumentComparison,
  instrumentNotes,
  instrumentTitle,
  shownChanges,
} from "./instruments-view.ts";
import type { Palette } from "./paint.ts";
import { comparisonLines } from "./terminal-table.ts";
import { wrap, wrapHanging } from "./wrap.ts";

/** Lines of at most `width` columns; none where nothing was read. Texts are escaped by the caller. */
export function instrumentLines(instruments: Instruments | undefined, width: number, colors: Palette): string[] {
  if (instruments === undefined || instruments.columns.length === 0) return [];
  const table = comparisonLines(instrumentComparison(instruments), width, colors);
  const changes = shownChanges(instruments, true).flatMap((one) =>
    wrapHanging("  ", `${changeLabel(one)}: ${changeText(one.change)}`, 2, width),
  );
  const notes = instrumentNotes(instruments, true).flatMap((note) => wrapHanging("  - ", note, 4, width));
  if (table.length + changes.length + notes.length === 0) return [];
  return [...wrap(instrumentTitle(instruments), width).map(colors.strong), ...table, ...changes, ...notes];
}
