/** What a machine says that makes its share of the calls, and what is said when the shares come together. */
import type { RunOutcome } from "../engine/outcome.ts";
import { disarmCommands } from "./ci-commands.ts";
import { escapeToLine } from "./escape.ts";
import { countOf, formatCount, formatUsd } from "./numbers.ts";
import { renderRunEnd } from "./run-lines.ts";
import { layoutWidth, type TerminalOptions } from "./terminal.ts";
import { exitWords } from "./words.ts";
import { wrap } from "./wrap.ts";

interface Part {
  readonly part: number;
  readonly parts: number;
}

/** "gapcheck · shard 2 of 8, 4 suites", ending in a line feed. */
export function renderShardHead({ part, parts }: Part, suites: number, { width }: TerminalOptions): string {
  return `${wrap(`gapcheck · shard ${part} of ${parts}, ${countOf(suites, "suite")}`, layoutWidth(width)).join("\n")}\n`;
}

export interface ShardEnd extends Part {
  readonly outcome: RunOutcome;
  /** Calls of the share without an answer. */
  readonly missing: number;
  readonly exitCode: number;
}

/** Calls, cost, what went wrong, and whether the share is whole; ends in a line feed. */
export function renderShardEnd(
  { part, parts, outcome, missing, exitCode }: ShardEnd,
  options: TerminalOptions,
): string {
  const whole = missing === 0 && outcome.stopped === undefined;
  const result = whole
    ? `shard ${part} of ${parts} is complete`
    : `shard ${part} of ${parts} lacks ${countOf(missing, "answer")}; run it again to go on`;
  return renderRunEnd({ outcome, gates: [], exitCode, reports: [], result }, options);
}

/** What several ledgers came to in one, and what it holds of a plan. */
export interface MergedView {
  readonly file: string;
  readonly ledgers: number;
  readonly calls: { readonly added: number; readonly changed: number; readonly same: number };
  /** Answers that two of them had paid for, found now, and what those that do not count had cost, US dollars. */
  readonly paidTwice: { readonly calls: number; readonly usd: number };
  readonly planned: number;
  readonly answered: number;
  /** Shares with calls that have no answer, and how many. */
  readonly lacking: readonly { readonly part: number; readonly calls: number }[];
  readonly parts: number;
  readonly exitCode: number;
}

/** Ends in a line feed. */
export function renderMerged(merged: MergedView, { width }: TerminalOptions): string {
  const { calls, paidTwice, planned, answered, lacking, parts, exitCode } = merged;
  const known = calls.same + calls.changed;
  const missing = lacking.reduce((sum, one) => sum + one.calls, 0);
  const where =
    parts === 1
      ? ""
      : ` (${lacking.map((one) => `shard ${one.part} of ${parts}: ${formatCount(one.calls)}`).join(", ")})`;
  const lines = [
    `${countOf(merged.ledgers, "ledger")} into ${escapeToLine(merged.file)}: ${countOf(calls.added, "call")} taken in${known === 0 ? "" : `, ${formatCount(known)} known before`}`,
    ...(paidTwice.calls === 0
      ? []
      : [
          `${countOf(paidTwice.calls, "answer")} paid for twice: ${formatUsd(paidTwice.usd)} more, the earlier one counts`,
        ]),
    `${formatCount(answered)} of ${countOf(planned, "planned call")} answered${missing === 0 ? "" : `; ${formatCount(missing)} missing${where}`}`,
    missing === 0 ? "exit code 0: nothing is missing" : exitWords(exitCode),
  ];
  return disarmCommands(`${lines.flatMap((line) => wrap(line, layoutWidth(width))).join("\n")}\n`);
}
