/** What `gapcheck ledger` prints, in 80 columns or fewer. The shapes say what is read of the engine's answers. */
import { disarmCommands } from "./ci-commands.ts";
import { escapeToLine } from "./escape.ts";
import { formatBytes, type Row, rowsText } from "./ledger-rows.ts";
import { mapStrings } from "./map-strings.ts";
import { countOf, formatCount, formatSpend } from "./numbers.ts";
import { type Cell, type Column, table } from "./table.ts";
import { layoutWidth, type TerminalOptions } from "./terminal.ts";
import { truncate } from "./width.ts";

export interface LedgerSizeView {
  readonly file: string;
  readonly fileBytes: number;
  readonly calls: Readonly<Record<"intent" | "settled" | "failed" | "unknown", number>>;
  readonly models: readonly {
    readonly model: string;
    readonly calls: number;
    readonly bytes: number;
    readonly spend: SpendView;
  }[];
  readonly grades: number;
  readonly bytes: number;
  readonly spend: SpendView;
}

interface SpendView {
  readonly settledUsd: number;
  readonly unknownAtMostUsd: number;
  readonly unpricedCalls: number;
  readonly paidTwice: number;
  readonly goneAnswers: number;
  readonly lostCalls: number;
}

const MOST_MODELS = 20;
/** Columns from which on the table of models has all of its own. */
const WIDE = 60;
const LEAST_NAME = 8;

export function renderLedgerSize(given: LedgerSizeView, options: TerminalOptions): string {
  const size = mapStrings(given, escapeToLine);
  const { calls, spend } = size;
  const states = [
    `${formatCount(calls.settled)} answered`,
    ...(calls.failed > 0 ? [`${formatCount(calls.failed)} failed`] : []),
    ...(calls.unknown > 0 ? [`${formatCount(calls.unknown)} maybe paid, no answer`] : []),
    ...(calls.intent > 0 ? [`${formatCount(calls.intent)} under way or cut off`] : []),
  ];
  const vain = [
    ...(spend.paidTwice > 0 ? [`${countOf(spend.paidTwice, "answer")} paid for twice`] : []),
    ...(spend.goneAnswers > 0 ? [`${countOf(spend.goneAnswers, "answer")} no longer here`] : []),
    ...(spend.lostCalls > 0 ? [`${countOf(spend.lostCalls, "request")} that brought nothing`] : []),
  ];
  const rows: Row[] = [
    ["Ledger", size.file],
    ["Size", `${formatBytes(size.fileBytes)} on disk, ${formatBytes(size.bytes)} of answers`],
    ["Calls", states.join(", ")],
    ["Judgements", formatCount(size.grades)],
    ["Cost", `${formatSpend(spend)}${vain.length === 0 ? "" : `; in it ${vain.join(", ")}`}`],
  ];
  return rowsText(rows, options) + modelsText(size.models, options);
}

function modelsText(models: LedgerSizeView["models"], { width }: TerminalOptions): string {
  if (models.length === 0) return "";
  const wide = layoutWidth(width) >= WIDE;
  const head = wide ? ["Calls", "Size", "Cost"] : ["Calls", "Cost"];
  const figures = models
    .slice(0, MOST_MODELS)
    .map(({ calls, bytes, spend }) =>
      wide ? [formatCount(calls), formatBytes(bytes), costOf(spend)] : [formatCount(calls), costOf(spend)],
    );
  const used = head.map((label, at) => Math.max(label.length, ...figures.map((row) => row[at]?.length ?? 0)) + 2);
  const room = Math.max(LEAST_NAME, layoutWidth(width) - used.reduce((sum, one) => sum + one, 0));
  const rows = figures.map((row, at): Cell[] => [truncate(models[at]?.model ?? "", room), ...row]);
  const columns: readonly Column[] = [{}, ...head.map((): Column => ({ align: "right" }))];
  const more = models.length > MOST_MODELS ? `and ${countOf(models.length - MOST_MODELS, "model")} more\n` : "";
  return disarmCommands(`\n${table(columns, [["Model", ...head], ...rows]).join("\n")}\n${more}`);
}

/** As `formatSpend`, without the count of calls that have no price: there is no room for it. */
function costOf(spend: SpendView): string {
  return formatSpend(spend).replace(/ \(.*\)$/, "");
}

export interface VerifiedView {
  readonly rows: number;
  readonly damaged: readonly { readonly kind: string; readonly key: string; readonly why: string }[];
  readonly problems: readonly string[];
}

const MOST_NAMED = 10;
const DEFECTS: Readonly<Record<string, string>> = {
  key: "its key is not whole",
  missing: "its answer is gone",
  checksum: "its text is not what was written",
  cost: "what it cost is not what was written",
  json: "its text is no JSON",
  lost: "it was damaged where it was carried from",
};

/** A look is not bought again: it can only be found again. */
function fixesOf(damaged: VerifiedView["damaged"]): Row[] {
  const looks = damaged.filter(({ kind }) => kind === "look").length;
  const costs = damaged.filter(({ why }) => why === "cost").length;
  return [
    ...(costs > 0
      ? [["Fix", "gapcheck ledger import takes a damaged cost from an export made before; its answer is good"] as const]
      : []),
    ...(damaged.length > looks + costs
      ? [["Fix", "run again: damaged answers are bought again, the others stay"] as const]
      : []),
    ...(looks > 0
      ? [
          [
            "Fix",
            `${countOf(looks, "look")} at test cases: until found again, each counts as one more look at every suite, and verdicts are held to that; gapcheck ledger import takes them from an export made before, gapcheck ledger rescue FILE from a copy of the ledger`,
          ] as const,
        ]
      : []),
  ];
}

export function renderVerified(
  file: string,
  { rows, damaged, problems: told }: VerifiedView,
  options: TerminalOptions,
): string {
  const named = damaged
    .slice(0, MOST_NAMED)
    .map(({ kind, key, why }): Row => ["Damaged", `${kind} ${key}: ${DEFECTS[why] ?? why}`]);
  const more = damaged.length - named.length;
  const whole = damaged.length === 0 && told.length === 0;
  return rowsText(
    [
      ["Ledger", escapeToLine(file)],
      [
        "Read",
        `${countOf(rows, "row")}, ${whole ? "every one as it was written" : `${formatCount(damaged.length)} damaged`}`,
      ],
      ...named,
      ...(more > 0 ? [["Damaged", `${formatCount(more)} more`] as const] : []),
      ...told.slice(0, MOST_NAMED).map((text): Row => ["File", escapeToLine(text)]),
      ...(told.length > 0
        ? [["Fix", "gapcheck ledger rescue: puts the file aside and saves every answer that can be read"] as const]
        : fixesOf(damaged)),
    ],
    options,
  );
}
