/** Progress as text: one line per suite with a bar for terminals, one line for all of them elsewhere. */
import type { ProgressSnapshot } from "../engine/outcome.ts";
import { escapeToLine } from "./escape.ts";
import { formatCount, formatDuration, formatUsd } from "./numbers.ts";
import { displayWidth, pad, truncate } from "./width.ts";

type SuiteProgress = ProgressSnapshot["suites"][number];

const BAR_MOST = 20;
const BAR_LEAST = 5;
const NAME_LEAST = 8;

/** Rates and money, each part left out where it says nothing. */
function figures({ sentPerSecond, secondsLeft, spentUsd, inFlight }: ProgressSnapshot): string[] {
  return [
    `${formatCount(Math.round(sentPerSecond))} calls/s`,
    ...(secondsLeft === undefined ? [] : [`${formatDuration(secondsLeft * 1000)} left`]),
    formatUsd(spentUsd),
    `${formatCount(inFlight)} in flight`,
  ];
}

function shareDone({ done, total }: SuiteProgress): number {
  return total <= 0 ? 1 : Math.min(1, Math.max(0, done / total));
}

function markOf(suite: SuiteProgress): string {
  if (suite.done >= suite.total) return "✓";
  return suite.done > 0 ? "▸" : " ";
}

function barOf(share: number, cells: number): string {
  // Full only when all is done: a bar must not promise what is not there yet.
  const full = share >= 1 ? cells : Math.min(cells - 1, Math.floor(share * cells));
  return "█".repeat(full) + "░".repeat(cells - full);
}

/** Lines of at most `width` columns and at most `rows` lines: what is at work first, what does not fit in one last line. */
export function progressLines(snapshot: ProgressSnapshot, width: number, rows: number): string[] {
  const counts = snapshot.suites.map(({ done, total }) => `${formatCount(done)}/${formatCount(total)}`);
  const waits = snapshot.suites.map(({ waiting }) => (waiting > 0 ? `${formatCount(waiting)} waiting` : ""));
  const countWidth = Math.max(0, ...counts.map(displayWidth));
  const waitWidth = Math.max(0, ...waits.map(displayWidth));
  const names = snapshot.suites.map(({ suite }) => escapeToLine(suite));
  const fixed = 2 + 2 + countWidth + (waitWidth > 0 ? 2 + waitWidth : 0);
  const widest = Math.max(0, ...names.map(displayWidth));
  const barRoom = width - fixed - Math.min(widest, 24) - 2;
  const cells = barRoom >= BAR_LEAST ? Math.min(BAR_MOST, barRoom) : 0;
  const nameWidth = Math.max(NAME_LEAST, Math.min(widest, width - fixed - (cells > 0 ? cells + 2 : 0)));
  const lines = snapshot.suites.map((suite, index) => {
    const bar = cells > 0 ? `  ${barOf(shareDone(suite), cells)}` : "";
    const name = pad(truncate(names[index] ?? "", nameWidth), nameWidth);
    const wait = waits[index] === "" ? "" : `  ${waits[index]}`;
    return `${markOf(suite)} ${name}${bar}  ${pad(counts[index] ?? "", countWidth, "right")}${wait}`;
  });
  const foot = [figures(snapshot).join(" · "), ...snapshot.waiting.map(escapeToLine)];
  const room = Math.max(1, rows - foot.length);
  const shown = lines.length <= room ? lines : atWork(snapshot, lines, room);
  return [...shown, ...foot].slice(0, Math.max(1, rows)).map((line) => truncate(line, width).trimEnd());
}

function atWork({ suites }: ProgressSnapshot, lines: readonly string[], room: number): string[] {
  const rank = ({ done, total }: SuiteProgress) => (done >= total ? 2 : done > 0 ? 0 : 1);
  const order = suites
    .map((suite, index) => ({ index, rank: rank(suite) }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index);
  const kept = new Set(order.slice(0, Math.max(0, room - 1)).map(({ index }) => index));
  return [...lines.filter((_, index) => kept.has(index)), `  and ${formatCount(lines.length - kept.size)} more suites`];
}

/** All of it in one line for logs: counts, rates, and what is waited for. */
export function progressLine(snapshot: ProgressSnapshot): string {
  const done = snapshot.suites.reduce((sum, suite) => sum + suite.done, 0);
  const total = snapshot.suites.reduce((sum, suite) => sum + suite.total, 0);
  const open = snapshot.suites.filter((suite) => suite.done < suite.total);
  const suites = open
    .slice(0, 3)
    .map((suite) => `${escapeToLine(suite.suite)} ${formatCount(suite.done)}/${formatCount(suite.total)}`);
  const more = open.length > 3 ? [`and ${formatCount(open.length - 3)} more suites`] : [];
  const parts = [`${formatCount(done)}/${formatCount(total)} calls`, ...figures(snapshot), ...suites, ...more];
  return `gapcheck: ${[...parts, ...snapshot.waiting.map(escapeToLine)].join(" · ")}`;
}
