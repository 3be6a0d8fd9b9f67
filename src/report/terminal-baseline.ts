/** How a suite stands against the baseline, for the terminal. */
import type { BaselineResult } from "../decide/baseline/contract.ts";
import { BASELINE_WORDS, comparisonNotes, comparisonText, EXAM_TITLE, resultNotes } from "./baseline-view.ts";
import { disarmCommands } from "./ci-commands.ts";
import { escapeToLine } from "./escape.ts";
import { mapStrings } from "./map-strings.ts";
import { type Palette, palette } from "./paint.ts";
import { layoutWidth, type TerminalOptions } from "./terminal.ts";
import { sentence } from "./words.ts";
import { wrap, wrapHanging } from "./wrap.ts";

/** Ends in a line feed; texts from suites are escaped. */
export function renderBaseline(result: BaselineResult, { width, color }: TerminalOptions): string {
  const columns = layoutWidth(width);
  const colors = palette(color);
  const safe = mapStrings(result, escapeToLine);
  const item = (text: string, indent: string) => wrapHanging(indent, text, indent.length, columns);
  const lines = [
    ...examLines(safe.exam, columns, colors),
    ...wrap(`Against the baseline: ${BASELINE_WORDS[safe.outcome]}`, columns).map(colors.strong),
    ...item(safe.why, "  "),
    ...safe.comparisons.flatMap((one) => [
      ...item(comparisonText(one), "  "),
      ...comparisonNotes(one).flatMap((text) => item(text, "    ")),
    ]),
    ...resultNotes(safe).flatMap((text) => item(text, "  ")),
  ];
  return disarmCommands(`${lines.join("\n")}\n`);
}

/** What changed in the exam, of a suite or of the whole run; empty where nothing did, else ending in a line feed. */
export function renderExam(exam: BaselineResult["exam"], { width, color }: TerminalOptions): string {
  const lines = examLines(mapStrings(exam, escapeToLine), layoutWidth(width), palette(color));
  return lines.length === 0 ? "" : disarmCommands(`${lines.join("\n")}\n`);
}

function examLines(exam: BaselineResult["exam"], columns: number, colors: Palette): string[] {
  if (exam.length === 0) return [];
  return [colors.strong(EXAM_TITLE), ...exam.flatMap(({ text }) => wrapHanging("  - ", sentence(text), 4, columns))];
}
