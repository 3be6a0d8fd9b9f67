/** The real world: the clock, chance and environment of this process. */
import { setTimeout as wait } from "node:timers/promises";
import type { World } from "../suite/world.ts";

export function realWorld(): World {
  return {
    now: () => new Date(),
    monotonicMs: () => performance.now(),
    random: Math.random,
    sleep: (ms, signal) => wait(ms, undefined, signal === undefined ? {} : { signal }),
    env: process.env,
    cwd: process.cwd(),
  };
}
