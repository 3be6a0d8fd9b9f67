/** A world whose clock moves only when nothing else can: for tests of waits, pauses and deadlines without waiting. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { World } from "../suite/world.ts";

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

export interface SimulatedWorld extends World {
  /** Simulated milliseconds since the world began. */
  readonly elapsedMs: () => number;
  /** Moves the clock by hand and wakes what is due; only for tests that do not `play`. */
  readonly advance: (ms: number) => void;
  /** Runs `work` to its end, moving the clock to the next timer whenever the event loop has nothing left to do. */
  readonly play: <T>(work: Promise<T>) => Promise<T>;
}

/** Turns of the event loop without a result after which only a timer can bring the next one. */
const QUIET_TURNS = 6;

export function simulatedWorld(overrides: Partial<Pick<World, "env" | "random" | "cwd">> = {}): SimulatedWorld {
  let now = 0;
  let order = 0;
  const timers = new Set<Timer>();

  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = () => {
        timers.delete(timer);
        reject(signal?.reason);
      };
      const timer: Timer = {
        at: now + Math.max(0, ms),
        order: order++,
        wake: () => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        },
      };
      timers.add(timer);
      signal?.addEventListener("abort", onAbort, { once: true });
    });

  const wakeDue = (): void => {
    const due = [...timers].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at || a.order - b.order);
    for (const timer of due) {
      timers.delete(timer);
      timer.wake();
    }
  };

  const next = (): number | undefined => {
    let least: number | undefined;
    for (const { at } of timers) if (least === undefined || at < least) least = at;
    return least;
  };

  return {
    now: () => new Date(Date.UTC(2026, 0, 1) + now),
    monotonicMs: () => now,
    random: overrides.random ?? (() => 0.5),
    sleep,
    env: overrides.env ?? {},
    cwd: overrides.cwd ?? "/nowhere",
    elapsedMs: () => now,
    advance: (ms) => {
      now += ms;
      wakeDue();
    },
    play: async (work) => {
      let done = false;
      const finished = work.finally(() => {
        done = true;
      });
      // Whoever awaits the result sees the failure; this loop only must not be told twice.
      finished.catch(() => {});
      for (let quiet = 0; !done; ) {
        await nextTurn();
        if (++quiet < QUIET_TURNS) continue;
        const at = next();
        if (at === undefined) continue;
        now = Math.max(now, at);
        wakeDue();
        quiet = 0;
      }
      return finished;
    },
  };
}
