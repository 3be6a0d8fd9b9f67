/** What `gapcheck record` prints: what each file holds, what was left out, and how it is replayed. */
import { disarmCommands } from "./ci-commands.ts";
import { escapeToLine } from "./escape.ts";
import { mapStrings } from "./map-strings.ts";
import { countOf, formatCount } from "./numbers.ts";
import { layoutWidth, type TerminalOptions } from "./terminal.ts";
import { daysText } from "./words.ts";
import { wrap, wrapHanging } from "./wrap.ts";

export interface RecordingView {
  /** Relative to where the command ran. */
  readonly file: string;
  readonly targets: readonly {
    readonly target: string;
    readonly asked: number;
    readonly answers: number;
    readonly failures: number;
    readonly kept: number;
    readonly dropped: number;
    readonly lacking: number;
    readonly days?: { readonly first: string; readonly last: string };
  }[];
  /** How the suite names the file, and the suite. */
  readonly replay: { readonly path: string; readonly suiteFile: string };
}

export function renderRecordings(recordings: readonly RecordingView[], { width }: TerminalOptions): string {
  const columns = layoutWidth(width);
  const lines = mapStrings(recordings, escapeToLine).flatMap(({ file, targets, replay }) => [
    ...wrap(`recorded: ${file}`, columns),
    ...targets.flatMap((target) => wrapHanging("  ", targetText(target), 2, columns)),
    ...wrapHanging("  ", `replay: recorded(${JSON.stringify(replay.path)}) in ${replay.suiteFile}`, 2, columns),
  ]);
  return disarmCommands(`${lines.join("\n")}\n`);
}

function targetText({
  target,
  asked,
  answers,
  failures,
  kept,
  dropped,
  lacking,
  days,
}: RecordingView["targets"][number]) {
  const parts = [
    `"${target}": ${formatCount(answers)} of ${countOf(asked, "answer")}${days === undefined ? "" : `, ${daysText(days, "to")}`}`,
    ...(failures === 0 ? [] : [`${countOf(failures, "failure")} in the place of an answer`]),
    ...(kept === 0 ? [] : [`${formatCount(kept)} from the file as it was, since the ledger lacks them`]),
    ...(lacking === 0 ? [] : [`${formatCount(lacking)} missing`]),
    ...(dropped === 0
      ? []
      : [`${formatCount(dropped)} of the file as it was left out: their case, trial or prompt is no longer asked`]),
  ];
  return parts.join("; ");
}
