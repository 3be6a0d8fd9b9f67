/** The one number of a suite, in a sentence: what the job summary, the overview and each section of the Markdown begin with. */
import type { Decision, MaybeDifference } from "../decide/decision.ts";
import { comparisonOf, quoted } from "./decision-view.ts";
import { gapsOf } from "./decision-words.ts";
import { countOf, formatPoints, formatShare, pointsFigure } from "./numbers.ts";

/** "+0.5 points (95 % interval -1.4 to +2.5, 200 cases paired)". */
export function rangeText(difference: MaybeDifference, margin: number): string {
  if (!difference.available) return `unmeasured: ${difference.why}`;
  const { value, lower, upper, confidence, n } = difference;
  const low = pointsFigure(lower, { apartFrom: -margin });
  const range = `${formatShare(confidence, { bare: true })} interval ${low} to ${pointsFigure(upper)}`;
  return `${formatPoints(value)} (${range}, ${countOf(n, "case")} paired)`;
}

/** The one number of a suite: the gap where there is a tuned target, else the best prompt's quality against what is needed. */
export function headline(decision: Decision): string {
  const { main } = gapsOf(decision);
  if (main !== undefined) {
    return `Gap, ${quoted(main.tuned)} minus ${quoted(main.base)}: ${rangeText(main.total, main.margin)}`;
  }
  const [row] = comparisonOf(decision).rows;
  const [column] = comparisonOf(decision).columns;
  const cell = row?.cells[0];
  if (row === undefined || column === undefined || cell === undefined) return "Nothing was measured";
  const range =
    cell.interval === undefined ? "" : ` (${formatShare(row.confidence, { bare: true })} interval ${cell.interval}`;
  const n = cell.n === undefined ? "" : `${range === "" ? " (" : ", "}${countOf(cell.n, "case")})`;
  const needed = row.needed === "" ? "" : `; needed ${row.needed}`;
  return `${row.label} of ${quoted(column.target)}: ${cell.value}${range}${n}${needed}`;
}
