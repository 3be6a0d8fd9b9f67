/** How a suite stands against the baseline, for the terminal. */
import type { BaselineResult } from "../decide/baseline/contract.ts";
import { BASELINE_WORDS, comparisonNotes, comparisonText, EXAM_TITLE, resultNotes } from "./baseline-view.ts";
import { disarmCommands } from "./ci-commands.ts";
import { escapeToLine } from "./escape.ts";
import { mapStrings } from "./map-strings.ts";
import { palette } from "./paint.ts";
import { layoutWidth, type TerminalOptions } from "./terminal.ts";
import { sentence } from "./words.ts";
import { wrap, wrapHanging } from "./wrap.ts";

/** Ends in a line feed; texts from suites are escaped. */
export function renderBaseline(result: BaselineResult, { width, color }: TerminalOptions): string {
  const columns = layoutWidth(width);
  const colors = palette(color);
  const safe = mapStrings(result, escapeToLine);
  const item = (text: string, indent: string) => wrapHanging(indent, text, indent.length, columns);
  const exam =
    safe.exam.length === 0
      ? []
      : [colors.strong(EXAM_TITLE), ...safe.exam.flatMap(({ text }) => item(sentence(text), "  - "))];
  const lines = [
    ...exam,
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
