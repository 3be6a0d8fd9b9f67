/** The real world: the clock, chance and environment of this process. */
import type { World } from "../suite/world.ts";

export function realWorld(): World {
  return {
    now: () => new Date(),
    monotonicMs: () => performance.now(),
    random: Math.random,
    sleep,
    env: process.env,
    cwd: process.cwd(),
  };
}

/** A timer of the system for longer than this, 24 days, ends at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Node's own makes an error with a stack for every wait that is given up, as those of graders are, and it is not the signal's reason. */
function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const rest = (left: number) => {
      if (left > LONGEST_TIMER_MS) {
        timer = setTimeout(() => rest(left - LONGEST_TIMER_MS), LONGEST_TIMER_MS);
        return;
      }
      timer = setTimeout(() => {
        signal?.removeEventListener("abort", stop);
        resolve();
      }, left);
    };
    if (signal?.aborted === true) stop();
    else {
      signal?.addEventListener("abort", stop, { once: true });
      rest(ms);
    }
  });
}
