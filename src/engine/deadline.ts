/** The deadline of a run: nothing is sent after it, and what is in flight then has a little time, as after Ctrl-C. */
import type { World } from "../suite/world.ts";
import type { Flights } from "./flights.ts";
import { DRAIN_MS } from "./run-signals.ts";
import type { RunState } from "./run-state.ts";

/** Timers of the system end at 24 days: longer waits are made of shorter ones. */
const LONGEST_SLEEP_MS = 3_600_000;

/** Watches for the deadline, monotonic milliseconds, until what it returns is called. Without one it watches for nothing. */
export function obeyDeadline(
  deadlineMs: number | undefined,
  state: RunState,
  flights: Pick<Flights, "abortAll">,
  world: Pick<World, "monotonicMs" | "sleep">,
): () => void {
  const over = new AbortController();
  if (deadlineMs !== undefined) void watch(deadlineMs, over.signal, state, flights, world);
  return () => over.abort();
}

async function watch(
  deadlineMs: number,
  over: AbortSignal,
  state: RunState,
  flights: Pick<Flights, "abortAll">,
  world: Pick<World, "monotonicMs" | "sleep">,
): Promise<void> {
  try {
    for (let left = deadlineMs - world.monotonicMs(); left > 0; left = deadlineMs - world.monotonicMs()) {
      await world.sleep(Math.min(left, LONGEST_SLEEP_MS), over);
    }
    state.stop("deadline", "the deadline has come: run again for the rest, or give a later --deadline");
    await world.sleep(DRAIN_MS, over);
    state.abort();
    flights.abortAll(`no answer within ${DRAIN_MS / 1_000} s after the deadline`);
  } catch {
    // The run was over before.
  }
}
