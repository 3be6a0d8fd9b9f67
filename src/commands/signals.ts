/** Ctrl-C and its relatives: once drains and keeps, twice ends at once. */
import { ExitCode } from "../errors.ts";

export interface Stopping {
  /** Aborted by the first signal: launch nothing more, let what is in flight finish. */
  readonly drain: AbortSignal;
  /** Aborted by the second: wait for nothing that is in flight. */
  readonly abort: AbortSignal;
  /** Exit code that the signal asks for; undefined while none came. */
  readonly exitCode: () => number | undefined;
  /** To be called when all calls are over: what is left is grading and writing, which a further signal ends at once. */
  readonly callsAreOver: () => void;
  /** Leaves signals to the system, which ends the process at once: for a thread that could not answer them. */
  readonly release: () => void;
  /** Listens again after `release`. */
  readonly retake: () => void;
  readonly dispose: () => void;
}

const CODES: Readonly<Partial<Record<NodeJS.Signals, number>>> = {
  SIGINT: ExitCode.interrupted,
  SIGTERM: ExitCode.terminated,
  SIGHUP: 129,
};

export interface StoppingOptions {
  /** Told once per signal what happens now. */
  readonly say: (text: string) => void;
  /** Ends the process, with what was said of it. */
  readonly end: (code: number, said: string) => void;
}

/** How long a second signal leaves for the report. */
const LAST_MS = 3_000;

/** Listens until `dispose`. */
export function listenForSignals({ say, end }: StoppingOptions): Stopping {
  const drain = new AbortController();
  const abort = new AbortController();
  let code: number | undefined;
  let over = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (code === undefined) {
      code = CODES[signal] ?? ExitCode.interrupted;
      const now = over
        ? "what is there is graded and reported"
        : "nothing more is sent; waiting up to 5 s for answers under way";
      say(`${signal}: ${now} (again to end at once)`);
      drain.abort(new Error(signal));
    } else if (over || abort.signal.aborted) {
      endNow(signal, code);
    } else {
      abort.abort(new Error(`${signal}, again`));
      last = setTimeout(endNow, LAST_MS, signal, code).unref();
    }
  };
  let last: NodeJS.Timeout | undefined;
  const endNow = (signal: NodeJS.Signals, code: number): void => {
    const said = `${signal}, again: ended without a report; what was paid is kept, run again to continue`;
    say(said);
    end(code, said);
  };
  const signals: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];
  const release = () => {
    for (const signal of signals) process.off(signal, onSignal);
  };
  const retake = () => {
    release();
    for (const signal of signals) process.on(signal, onSignal);
  };
  retake();
  return {
    drain: drain.signal,
    abort: abort.signal,
    exitCode: () => code,
    callsAreOver: () => {
      over = true;
    },
    release,
    retake,
    dispose: () => {
      clearTimeout(last);
      release();
    },
  };
}
