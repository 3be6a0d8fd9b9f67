/** What `gapcheck ledger export`, `import` and `rescue` print. */
import { escapeToLine } from "./escape.ts";
import { type Row, rowsText } from "./ledger-rows.ts";
import { countOf, formatCount, formatUsd } from "./numbers.ts";
import type { TerminalOptions } from "./terminal.ts";

const MOST_NAMED = 10;

export interface ExportedView {
  readonly calls: number;
  readonly grades: number;
  readonly looks: number;
  readonly sweeps: number;
  readonly leftOut: number;
}

export function renderExported(
  file: string,
  { calls, leftOut, ...others }: ExportedView,
  options: TerminalOptions,
): string {
  return rowsText(
    [
      ["Written", escapeToLine(file)],
      ["Holds", [countOf(calls, "call"), ...othersOf(others)].join(", ")],
      ...(leftOut > 0
        ? [["Left out", `${countOf(leftOut, "damaged row")}: gapcheck ledger verify names them`] as const]
        : []),
    ],
    options,
  );
}

interface Others {
  readonly grades: number;
  readonly looks: number;
  readonly sweeps: number;
}

/** What there is beside calls. */
function othersOf({ grades, looks, sweeps }: Others): readonly string[] {
  return [
    ...(grades > 0 ? [countOf(grades, "judgement")] : []),
    ...(looks > 0 ? [countOf(looks, "look")] : []),
    ...(sweeps > 0 ? [countOf(sweeps, "sweep")] : []),
  ];
}

export interface TakenView {
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly grades: number;
  readonly looks: number;
  readonly sweeps: number;
  readonly paidTwice: { readonly calls: number; readonly usd: number };
  readonly conflicts: readonly { readonly key: string; readonly kept: "here" | "taken" }[];
}

/** What was new, what was paid for twice, and of which calls two answers differ. */
function takenRows({ added, changed, same, paidTwice, conflicts, ...others }: TakenView): readonly Row[] {
  const named = conflicts.slice(0, MOST_NAMED).map(({ key, kept }): Row => {
    const which = kept === "here" ? "the one that was here already" : "the one that came now";
    return ["Two answers", `call ${key}: the earlier one counts, ${which}`];
  });
  const rest = conflicts.length - named.length;
  return [
    [
      "Taken",
      [
        countOf(added, "new call"),
        `${countOf(changed, "call")} with news`,
        `${formatCount(same)} known already`,
        ...othersOf(others),
      ].join(", "),
    ],
    ...(paidTwice.calls > 0
      ? [["Paid twice", `${countOf(paidTwice.calls, "answer")}, ${formatUsd(paidTwice.usd)}`] as const]
      : []),
    ...named,
    ...(rest > 0 ? [["Two answers", `${countOf(rest, "more call")}`] as const] : []),
  ];
}

export interface ImportedView extends TakenView {
  readonly damaged: readonly { readonly file: string; readonly line: number; readonly why: string }[];
}

export function renderImported(file: string, imported: ImportedView, options: TerminalOptions): string {
  const { damaged } = imported;
  const named = damaged
    .slice(0, MOST_NAMED)
    .map((each): Row => ["Damaged", escapeToLine(`${each.file}:${each.line}: ${each.why}`)]);
  const rest = damaged.length - named.length;
  return rowsText(
    [
      ["Ledger", escapeToLine(file)],
      ...takenRows(imported),
      ...named,
      ...(rest > 0 ? [["Damaged", countOf(rest, "more line")] as const] : []),
      ...(damaged.length > 0
        ? [["Fix", "export again where the file came from, and import that: what is known is not taken twice"] as const]
        : []),
    ],
    options,
  );
}

export interface RescuedView {
  /** Paths of the files that were read. */
  readonly sources: readonly string[];
  readonly added: number;
  readonly grades: number;
  readonly looks: number;
  readonly sweeps: number;
  /** In the ledger now. */
  readonly answers: number;
  readonly leftOut: { readonly damaged: number; readonly unreadable: number };
}

export function renderRescued(
  file: string,
  { sources, added, answers, leftOut, ...others }: RescuedView,
  options: TerminalOptions,
): string {
  const { damaged, unreadable } = leftOut;
  const lost = [
    ...(damaged > 0 ? [`${countOf(damaged, "row")} not as written`] : []),
    ...(unreadable > 0 ? [`${countOf(unreadable, "row")} or more that cannot be read`] : []),
  ];
  return rowsText(
    [
      ["Ledger", escapeToLine(file)],
      ...sources.map((one): Row => ["Put aside", escapeToLine(one.split(/[\\/]/).at(-1) ?? one)]),
      ["Saved", [countOf(added, "call"), ...othersOf(others)].join(", ")],
      ["Holds now", countOf(answers, "answer")],
      ...(lost.length > 0
        ? [["Lost", `${lost.join(", ")}: bought again by the next run; what they cost may be missing here`] as const]
        : []),
    ],
    options,
  );
}

export function renderWhole(file: string, options: TerminalOptions): string {
  return rowsText(
    [
      ["Ledger", escapeToLine(file)],
      ["Read", "the file is not damaged; nothing was put aside"],
    ],
    options,
  );
}
