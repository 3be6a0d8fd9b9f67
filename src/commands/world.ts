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

/** Node's own makes an error with a stack for every wait that is given up, as those of graders are, and it is not the signal's reason. */
function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    if (signal?.aborted === true) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}
