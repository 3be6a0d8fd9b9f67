/** Ctrl-C and its relatives: the first stops the launching and gives what is in flight a little time, the second waits for nothing. */
import type { World } from "../suite/world.ts";
import type { Flights } from "./flights.ts";
import type { StopReason } from "./outcome.ts";
import type { RunState } from "./run-state.ts";

export interface RunSignals {
  /**
   * Send nothing more, and wait up to 5 s for what is in flight. The reason is an error whose message, or a text which, names the signal;
   * SIGTERM and SIGHUP make the stop `terminated`.
   */
  readonly drain: AbortSignal;
  /** Wait for nothing. */
  readonly abort: AbortSignal;
}

/** What is in flight has so long when nothing more is sent. */
export const DRAIN_MS = 5_000;

/** Obeys the signals until what it returns is called. */
export function obeySignals(
  { drain, abort }: RunSignals,
  state: RunState,
  flights: Pick<Flights, "abortAll">,
  world: Pick<World, "sleep">,
): () => void {
  const over = new AbortController();
  const end = (why: string): void => {
    state.abort();
    flights.abortAll(why);
  };
  const stop = (signal: AbortSignal): string => {
    const [reason, name] = reasonOf(signal);
    state.stop(reason, `stopped by ${name}; run again to continue`);
    return name;
  };
  const listen = (signal: AbortSignal, listener: () => void): void => {
    if (signal.aborted) listener();
    else signal.addEventListener("abort", listener, { once: true, signal: over.signal });
  };
  listen(drain, () => {
    const name = stop(drain);
    world.sleep(DRAIN_MS, over.signal).then(
      () => end(`no answer within ${DRAIN_MS / 1_000} s after ${name}`),
      () => {},
    );
  });
  listen(abort, () => end(`stopped by ${stop(drain.aborted ? drain : abort)}`));
  return () => over.abort();
}

function reasonOf({ reason }: AbortSignal): readonly [StopReason, string] {
  const text = reason instanceof Error ? reason.message : String(reason);
  const name = /^SIG[A-Z]+/.exec(text)?.[0] ?? "Ctrl-C";
  return [name === "SIGTERM" || name === "SIGHUP" ? "terminated" : "interrupted", name];
}
