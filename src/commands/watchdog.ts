/**
 * Ends a run whose thread does not come back: an endless loop in a grader, a prompt function or a suite file. Nothing of ours runs then, not even the
 * answer to Ctrl-C, so a second thread looks on (`watchdog-thread.js`). First it says what is at work and hands the signals back to the
 * system, so that Ctrl-C ends the process; at the limit it ends the run. Our own work is never ended, however long it takes.
 */
import { closeSync, writeSync } from "node:fs";
import { dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { createRedactor } from "../redact.ts";
import { escapeForTerminal } from "../report/escape.ts";
import { runningUserCode, userCodeDepth } from "../suite/user-code.ts";
import { endWithoutVerdict } from "./process-end.ts";
import type { WatchdogData } from "./watchdog-thread.js";

/** Longest time that code of a suite may take at one go, seconds. */
export const DEFAULT_HANG_LIMIT_S = 60;

const BEAT_MS = 250;
const NOTICE_MS = 5_000;
const FRAMES = 100;
const HOOK = "gapcheck.stuck";
const KEPT = "Answers that were paid for are kept; run again to continue.";

export interface WatchdogOptions {
  /** Milliseconds. */
  readonly limitMs: number;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Watchdog {
  /** `release` is called while the thread is stuck, in the middle of it; `retake` when it goes on. */
  readonly onStuck: (signals: { readonly release: () => void; readonly retake: () => void }) => void;
}

/** Watches this thread until the process ends. To be started once. */
export function startWatchdog({ limitMs, cwd, env }: WatchdogOptions): Watchdog {
  const noticeMs = Math.min(NOTICE_MS, limitMs / 2);
  const shared = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
  const beats = new Int32Array(shared);
  const seconds = (ms: number) => `${Math.round(ms / 100) / 10} s`;
  const clean = (text: string) => escapeForTerminal(createRedactor(env)(text));
  const say = (text: string) => writeSync(2, clean(text));
  let signals: Parameters<Watchdog["onStuck"]>[0] | undefined;
  let told: string | undefined;

  setInterval(() => {
    Atomics.add(beats, 0, 1);
    if (told === undefined) return;
    told = undefined;
    signals?.retake();
  }, BEAT_MS).unref();

  const stuck = (beat: number, stuckMs: number): void => {
    Atomics.add(beats, 1, 1);
    if (Atomics.load(beats, 0) !== beat) return;
    const now = whatRuns(cwd);
    if (told === undefined) {
      if (now === undefined) return;
      told = now;
      signals?.release();
      say(`\n${now} has been at work for ${seconds(stuckMs)} without giving way
  Ctrl-C ends the run at once; else it ends when ${seconds(limitMs)} are over (--hang-limit).\n`);
    }
    if (stuckMs < limitMs) return;
    const last = `\n${now ?? told} did not come to an end within ${seconds(limitMs)}: the run was ended without a verdict
  fix: mend the loop there, or give it longer with --hang-limit <seconds>. ${KEPT}\n`;
    say(last);
    // Node would tell of the inspector, which nobody asked for.
    closeSync(2);
    endWithoutVerdict(clean(last));
  };
  Object.defineProperty(globalThis, Symbol.for(HOOK), { value: stuck });

  const workerData: WatchdogData = {
    shared,
    userCode: userCodeDepth,
    hook: HOOK,
    noticeMs,
    limitMs,
    lastWords:
      clean(`\nCode of a suite waits for something that does not come, and has not given way for more than ${seconds(limitMs)}:
the run was killed without a verdict. ${KEPT}\n`),
  };
  const thread = new URL("watchdog-thread.js", import.meta.url);
  const worker = new Worker(thread, { workerData, stdin: false, env: {}, execArgv: [] });
  // Without a second thread a run is only less guarded.
  worker.on("error", () => undefined);
  worker.unref();
  return {
    onStuck: (given) => {
      signals = given;
    },
  };
}

/** Where the thread is in code of the user's, as far as the stack and the engine tell; undefined when it is in ours. */
function whatRuns(cwd: string): string | undefined {
  const frame = userFrame(cwd);
  const code = runningUserCode();
  if (frame === undefined) return code;
  return code === undefined ? frame : `${frame} (${code})`;
}

/** `evals/words.eval.ts:12` of the innermost call that is the user's own. */
function userFrame(cwd: string): string | undefined {
  const ours = dirname(dirname(fileURLToPath(import.meta.url)));
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES;
  const { stack = "" } = new Error("where");
  Error.stackTraceLimit = stackTraceLimit;
  for (const [, url, line] of stack.matchAll(/(file:\/\/[^\s)]+?):(\d+):\d+\)?$/gm)) {
    const file = fileURLToPath(url ?? "");
    if (file.startsWith(ours) || file.includes("node_modules")) continue;
    return `${relative(cwd, file)}:${line}`;
  }
  return undefined;
}
