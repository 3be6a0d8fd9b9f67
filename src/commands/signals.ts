/** Ctrl-C and its relatives: once drains and keeps, twice ends at once. */
import { ExitCode } from "../errors.ts";

export interface Stopping {
  /** Aborted by the first signal: launch nothing more, let what is in flight finish. */
  readonly drain: AbortSignal;
  /** Aborted by the second: end at once. */
  readonly abort: AbortSignal;
  /** Exit code that the signal asks for; undefined while none came. */
  readonly exitCode: () => number | undefined;
  readonly dispose: () => void;
}

const CODES: Readonly<Partial<Record<NodeJS.Signals, number>>> = {
  SIGINT: ExitCode.interrupted,
  SIGTERM: ExitCode.terminated,
  SIGHUP: 129,
};

/** Listens until `dispose`. `say` is told once per signal what happens now. */
export function listenForSignals(say: (text: string) => void): Stopping {
  const drain = new AbortController();
  const abort = new AbortController();
  let code: number | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (drain.signal.aborted) {
      abort.abort(new Error(`${signal}, again`));
      return;
    }
    code = CODES[signal] ?? ExitCode.interrupted;
    say(`${signal}: nothing more is sent; waiting up to 5 s for answers under way (again to end at once)`);
    drain.abort(new Error(signal));
  };
  const signals: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, onSignal);
  return {
    drain: drain.signal,
    abort: abort.signal,
    exitCode: () => code,
    dispose: () => {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
