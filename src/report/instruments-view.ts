/** What an instrument read, as rows, lines of changes and sentences: the same in the terminal and in the page. */
import type { InstrumentChange, InstrumentRow, Instruments, MaybeChange } from "../decide/decision.ts";
import { type Comparison, cellOf, quoted } from "./decision-view.ts";
import { countOf, formatShare, formatValue, pointsFigure } from "./numbers.ts";
import { sentence } from "./words.ts";

const TITLES: Readonly<Record<Instruments["scenario"], string>> = {
  knowledge: "Knowledge",
  format: "Format",
  cost: "Cost",
  reasoning: "Reasoning",
};

export function instrumentTitle({ scenario }: Instruments): string {
  return `${TITLES[scenario]}, on test cases`;
}

const isMeasured = ({ cells }: InstrumentRow) => cells.some(({ available }) => available);

/** Rows of which at least one target has a figure. */
export function measuredRows({ rows }: Instruments, brief: boolean): readonly InstrumentRow[] {
  return rows.filter((row) => isMeasured(row) && !(brief && row.detail === true));
}

/** The rows for a table of targets side by side; those for the long report are left out. */
export function instrumentComparison(instruments: Instruments): Comparison {
  return {
    columns: instruments.columns.map(({ target, as }) => ({ target, role: as })),
    rows: measuredRows(instruments, true).map(({ label, cells }) => ({
      label,
      needed: "",
      notes: [],
      confidence: cells.flatMap((cell) => (cell.available ? (cell.interval?.confidence ?? []) : []))[0] ?? 0.95,
      cells: cells.map((cell) => cellOf(cell, undefined, undefined)),
    })),
  };
}

/** What the figures mean; then what is not measured, each reason once. */
export function instrumentNotes({ rows, changes, findings }: Instruments, brief: boolean): string[] {
  const lacking = new Map<string, string[]>();
  const lack = (label: string, why: string) => {
    const labels = lacking.get(why) ?? [];
    lacking.set(why, labels.includes(label) ? labels : [...labels, label]);
  };
  for (const row of rows) {
    if (brief && row.detail === true) continue;
    const [first] = row.cells;
    if (!isMeasured(row) && first?.available === false) lack(row.label, first.why);
  }
  for (const { label, change } of changes) if (!change.available) lack(`change of ${label}`, change.why);
  return [
    ...findings.map(({ text }) => sentence(text)),
    ...[...lacking].map(([why, labels]) => sentence(`Not measured: ${labels.join("; ")}: ${why}`)),
  ];
}

/** `right, "sheet" minus "plain"`, or `right, for each step more, "plain"`. */
export function changeLabel({ label, target, minus }: InstrumentChange): string {
  return minus === undefined ? `${label}, ${quoted(target)}` : `${label}, ${quoted(target)} minus ${quoted(minus)}`;
}

/** "+12.5 points (95 % interval +7.9 to +17.1), 200 cases". */
export function changeText(change: MaybeChange): string {
  if (!change.available) return `not measured: ${change.why}`;
  const { value, lower, upper, confidence, n, clusters, unit } = change;
  const isShare = unit === "share" || unit === "score";
  const all = [value, lower, upper];
  const signed = (size: number) => {
    if (isShare) return pointsFigure(size, { beside: all });
    const text = formatValue(Math.abs(size), unit, { beside: all.map(Math.abs) });
    return `${size > 0 ? "+" : size < 0 ? "-" : ""}${text}`;
  };
  const grouped = clusters === undefined || clusters >= n ? "" : ` in ${countOf(clusters, "cluster")}`;
  const [low, high] = [signed(lower), signed(upper)];
  const sure = formatShare(confidence, { bare: true });
  const range = low === high ? `${sure} interval of no width: all cases alike` : `${sure} interval ${low} to ${high}`;
  return `${signed(value)}${isShare ? " points" : ""} (${range}), ${countOf(n, "case")}${grouped}`;
}

export function shownChanges({ changes }: Instruments, brief: boolean): readonly InstrumentChange[] {
  return changes.filter(({ change, detail }) => change.available && !(brief && detail === true));
}
