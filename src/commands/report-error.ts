/** Turns what ended a command into lines for people and an exit code. */
import { ConfigError, ConfigErrors, ExitCode, type Place, StorageError, toError, untoldWords } from "../errors.ts";
import { createRedactor } from "../redact.ts";
import { escapeForTerminal } from "../report/escape.ts";
import { wrap } from "../report/wrap.ts";
import { runningUserCode } from "../suite/user-code.ts";

interface Sink {
  write(text: string): unknown;
}

/** A stream as it says what it is; `columns` of a terminal. */
interface Stream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** Narrower than this, words stand one below the other and nobody reads them. */
const NARROWEST = 20;

/** Lines as a terminal has room for, each broken part as far in as its line; for a pipe or a file the text as it is. */
export function fitted(text: string, { isTTY, columns = 0 }: Stream): string {
  if (isTTY !== true || columns < NARROWEST) return text;
  return text
    .split("\n")
    .flatMap((line) => {
      const indent = /^ */.exec(line)?.[0] ?? "";
      return wrap(line.slice(indent.length), columns - indent.length).map((part) => `${indent}${part}`.trimEnd());
    })
    .join("\n");
}

function whereOf({ file, line, path }: Place): string {
  const at = file === undefined ? "" : line === undefined ? file : `${file}:${line}`;
  return [at, path].filter((part) => part !== undefined && part !== "").join(" ");
}

function linesOf(error: ConfigError): string {
  const where = whereOf(error.place);
  return `${where === "" ? "" : `${where}\n  `}${error.message}\n  fix: ${error.fix}\n`;
}

/** Writes the error and returns the exit code it stands for. Unknown errors show their stack: they are ours. */
export function reportError(thrown: unknown, sink: Sink, env: Readonly<Record<string, string | undefined>>): number {
  const redact = createRedactor(env);
  const say = (text: string) => sink.write(escapeForTerminal(redact(text)));
  if (thrown instanceof ConfigErrors) {
    for (const error of thrown.errors) say(linesOf(error));
    const mistakes = thrown.errors.length === 1 ? "1 mistake" : `${thrown.errors.length} mistakes`;
    const more = thrown.untold === 0 ? "" : ` ${untoldWords(thrown.untold)}`;
    say(`${mistakes}${more}; nothing was called.\n`);
    return ExitCode.usage;
  }
  if (thrown instanceof ConfigError) {
    say(linesOf(thrown));
    return ExitCode.usage;
  }
  if (thrown instanceof StorageError) {
    say(`${thrown.file}\n  ${thrown.message}\n  fix: ${thrown.fix}\n`);
    return ExitCode.incomplete;
  }
  const error = toError(thrown);
  say(`gapcheck failed, and this is a defect of gapcheck: ${error.stack ?? error.message}\n`);
  return ExitCode.incomplete;
}

/** As `reportError`, for what was thrown where nobody waited for it: in a timer, or in a promise that nobody looked at. */
export function reportStray(thrown: unknown, sink: Sink, env: Readonly<Record<string, string | undefined>>): number {
  const error = toError(thrown);
  const text = `an error that nobody caught ended the run: ${error.stack ?? error.message}
  fix: where the lines above name a file of yours, wait there for every promise and timer; else it is a defect of gapcheck.
  Answers that were paid for are kept; run again to continue.\n`;
  sink.write(escapeForTerminal(createRedactor(env)(text)));
  return ExitCode.incomplete;
}

/** What to say when the process runs out of things to wait for, or is ended by a suite, before the command has come to its end. */
export function unfinished(env: Readonly<Record<string, string | undefined>>): string {
  const who = runningUserCode() ?? "code of a suite";
  const text = `${who} waits for what never comes, or ended the process: the run ended without a verdict
  fix: wait only for what surely comes, and leave the end of the process to gapcheck.
  Answers that were paid for are kept; run again to continue.\n`;
  return escapeForTerminal(createRedactor(env)(text));
}
