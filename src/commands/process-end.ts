/**
 * Who ends the process: the command alone, with its own exit code. Code of a suite (a grader, a prompt function, a fake model) can neither end
 * it, which would pass for a green run, nor keep it alive by a timer it forgot.
 */
import { writeSync } from "node:fs";
import { ExitCode } from "../errors.ts";

/** Node's own last step, which has no types: ends the process, whatever is pending. */
interface WithReallyExit {
  reallyExit: (code?: number) => never;
}

/** Taken before any suite is loaded. */
const node = process as typeof process & WithReallyExit;
const exit = process.exit.bind(process);
const reallyExit = node.reallyExit.bind(process);

let ended = false;
let tellLast: ((exitCode: number, said: string) => void) | undefined;
let code: ExitCode = ExitCode.usage;

/** Calls may have been made from now on: a run that ends early is incomplete (4), and no longer a mistake in a suite (2). */
export function callsBegin(): void {
  code = ExitCode.incomplete;
}

/**
 * Called in one go when the process ends before the command has come to its end, with the exit code and with what was said of it, secrets taken out. What it
 * throws is left unsaid: standard error has the words already.
 */
export function onSuddenEnd(tell: (exitCode: number, said: string) => void): void {
  tellLast = tell;
}

function suddenly(exitCode: number, said: string): void {
  const tell = tellLast;
  tellLast = undefined;
  try {
    tell?.(exitCode, said);
  } catch {
    // The end comes all the same.
  }
}

function refuse(): never {
  throw new Error("process.exit was called: a suite cannot end the run");
}

/**
 * From here on `process.exit` throws, and the process ends by `endProcess` only: where it runs out of things to wait for before, such as in a
 * suite file that waits at its top level for what never comes, `unfinished` gives the words.
 */
export function holdProcess(unfinished: () => string): void {
  process.exit = refuse;
  node.reallyExit = refuse;
  process.on("exit", () => {
    if (ended) return;
    const said = unfinished();
    writeSync(2, said);
    endWithoutVerdict(said);
  });
}

/** Ends the process once everything that was said has left, whatever is still waiting. */
export async function endProcess(verdict: number): Promise<never> {
  ended = true;
  for (const stream of [process.stdout, process.stderr]) await said(stream);
  // A listener of a suite may set another code while the process exits: ours stands.
  node.reallyExit = () => reallyExit(verdict);
  return exit(verdict);
}

/** As `endProcess`, before the command has come to its end. `said`: why, as it was told on standard error. */
export async function endEarly(exitCode: number, said: string): Promise<never> {
  suddenly(exitCode, said);
  return endProcess(exitCode);
}

/** Ends the process in the middle of whatever it does. `said`: why, as it was told on standard error. */
export function endWithoutVerdict(said: string): never {
  ended = true;
  suddenly(code, said);
  return reallyExit(code);
}

/** Resolves when a stream has passed on what it was given, or cannot. */
function said(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write("", () => resolve());
  });
}
