/** What a run says before its first call and after its last. */
import type { GateResult } from "../decide/decision.ts";
import type { RunOutcome } from "../engine/outcome.ts";
import { disarmCommands } from "./ci-commands.ts";
import { escapeToLine } from "./escape.ts";
import { mapStrings } from "./map-strings.ts";
import { countOf, formatCount, formatDuration, formatSpend, formatUsd, formatUsdAtMost } from "./numbers.ts";
import { palette } from "./paint.ts";
import { layoutWidth, type TerminalOptions } from "./terminal.ts";
import { displayWidth } from "./width.ts";
import { exitWords, OUTCOME_WORDS, sentence, VERDICT_WORDS } from "./words.ts";
import { wrap, wrapHanging } from "./wrap.ts";

/** What calls cost at most; `unpricedCalls` have no known price, so that `usd` is then only a part. */
export interface CostBound {
  readonly usd: number;
  readonly unpricedCalls: number;
}

export interface RunHead {
  readonly suites: number;
  readonly targets: number;
  readonly calls: number;
  /** A suite may stop early. */
  readonly atMost?: boolean;
  /** Of `calls`: answers that the ledger has. */
  readonly inLedger: number;
  /** Of `calls`: answers that lie in recordings. */
  readonly stored: number;
  readonly worst: CostBound;
  /** Calls that judges may add, at most. */
  readonly judgeCallsAtMost: number;
}

export interface RunEnd {
  readonly outcome: RunOutcome;
  readonly gates: readonly GateResult[];
  readonly exitCode: number;
  /** Paths as the user should see them, relative to where the command runs. */
  readonly reports: readonly string[];
  /** What to type for the rest of a run that was stopped. */
  readonly goOn?: string;
  /** What the exit code means; absent: what it means for a run that decides. */
  readonly result?: string;
}

/** "$1.40"; "at least $1.40 (120 calls without a known price)"; "unknown (…)" where no call has a price. */
export function formatWorst({ usd, unpricedCalls }: CostBound): string {
  if (unpricedCalls === 0) return formatUsdAtMost(usd);
  const unpriced = `(${countOf(unpricedCalls, "call")} without a known price)`;
  return usd === 0 ? `unknown ${unpriced}` : `at least ${formatUsd(usd)} ${unpriced}`;
}

/** "gapcheck · 4 suites, 13 targets, 9,300 calls, 0 in the ledger, worst case $0.00", ending in a line feed. */
export function renderRunHead(head: RunHead, { width }: TerminalOptions): string {
  const parts = [
    countOf(head.suites, "suite"),
    countOf(head.targets, "target"),
    `${head.atMost === true ? "at most " : ""}${countOf(head.calls, "call")}`,
    `${formatCount(head.inLedger)} in the ledger`,
    ...(head.stored > 0 ? [`${formatCount(head.stored)} recorded`] : []),
    ...(head.judgeCallsAtMost > 0 ? [`at most ${formatCount(head.judgeCallsAtMost)} more by judges`] : []),
    `worst case ${formatWorst(head.worst)}`,
  ];
  return `${wrap(`gapcheck · ${parts.join(", ")}`, layoutWidth(width)).join("\n")}\n`;
}

function callsText({ counts, wallMs }: RunOutcome): string {
  const had = [
    ...(counts.fromLedger > 0 ? [`${formatCount(counts.fromLedger)} from the ledger`] : []),
    ...(counts.stored > 0 ? [`${formatCount(counts.stored)} recorded`] : []),
    `${formatCount(counts.sent)} sent`,
    ...(counts.retried > 0 ? [`${formatCount(counts.retried)} sent again`] : []),
    ...(counts.failed > 0 ? [`${formatCount(counts.failed)} failed`] : []),
  ];
  const twice = counts.maybePaidTwice > 0 ? `; ${countOf(counts.maybePaidTwice, "call")} may have been paid twice` : "";
  return `${formatCount(counts.planned)} planned: ${had.join(", ")}, in ${formatDuration(wallMs)}${twice}`;
}

/** What judges were asked beside the calls above; `Cost` holds what it cost. */
export function judgesText({
  fromLedger,
  sent,
  retried,
  failed,
  maybePaidTwice,
}: NonNullable<RunOutcome["judgeCalls"]>): string {
  const had = [
    `${formatCount(fromLedger)} from the ledger`,
    `${formatCount(sent)} sent`,
    ...(retried > 0 ? [`${formatCount(retried)} sent again`] : []),
    ...(failed > 0 ? [`${formatCount(failed)} failed`] : []),
    ...(maybePaidTwice > 0 ? [`${formatCount(maybePaidTwice)} may have been paid twice`] : []),
  ];
  return `${had.join(", ")}; their cost is in the sum`;
}

type Row = readonly [label: string, text: string];

function gateRow({ suite, verdict, outcome, why }: GateResult): Row {
  const parts = new Set([OUTCOME_WORDS[outcome].toUpperCase(), VERDICT_WORDS[verdict]]);
  const words = `${suite}: ${[...parts].join(", ")}`;
  return ["Gate", sentence(why === "" ? words : `${words}; ${why}`)];
}

/** Each gate's result and the exit code, for a command that called nothing; ends in a line feed. */
export function renderGates(gates: readonly GateResult[], exitCode: number, options: TerminalOptions): string {
  return rowsText([...mapStrings(gates, escapeToLine).map(gateRow), ["Result", exitWords(exitCode)]], options);
}

/** Calls, cost, what went wrong, where the report is, and each gate's result with the exit code; ends in a line feed. */
export function renderRunEnd(end: RunEnd, options: TerminalOptions): string {
  const { outcome, gates, exitCode, reports, goOn, result } = mapStrings(end, escapeToLine);
  const rows: Row[] = [
    ["Calls", callsText(outcome)],
    ...(outcome.judgeCalls === undefined ? [] : [["Judges", judgesText(outcome.judgeCalls)] as const]),
    ["Cost", formatSpend(outcome.spend)],
    ...(outcome.stopped === undefined ? [] : [["Stopped", outcome.stopped.message] as const]),
    ...outcome.notices.map(({ level, text }) => [`${level.slice(0, 1).toUpperCase()}${level.slice(1)}`, text] as const),
    ...(outcome.stopped === undefined || goOn === undefined ? [] : [["Go on", goOn] as const]),
    ...reports.map((report) => ["Report", report] as const),
    ...gates.map(gateRow),
    ["Result", result === undefined ? exitWords(exitCode) : `exit code ${exitCode}: ${result}`],
  ];
  return rowsText(rows, options);
}

/** What is to be copied. */
const UNBROKEN = new Set(["Report", "Go on"]);

/** A path or a command is never broken, so that it can be copied: where it does not fit beside its label it has a line of its own. */
function pathLines(label: string, gap: number, path: string, room: number): string[] {
  return displayWidth(path) <= room ? [label + " ".repeat(gap) + path] : [label, path];
}

function rowsText(rows: readonly Row[], { width, color }: TerminalOptions): string {
  const columns = layoutWidth(width);
  const colors = palette(color);
  const labels = Math.max(...rows.map(([label]) => label.length)) + 2;
  const lines = rows.flatMap(([label, text]) =>
    UNBROKEN.has(label)
      ? pathLines(colors.strong(label), labels - label.length, text, columns - labels)
      : wrapHanging(label, text, labels, columns).map((line, index) =>
          index === 0 ? colors.strong(label) + line.slice(label.length) : line,
        ),
  );
  return disarmCommands(`${lines.join("\n")}\n`);
}
