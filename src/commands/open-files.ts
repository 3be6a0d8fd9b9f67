/** How many connections the system lets this process open. Node itself raises the limit as far as it may (`ulimit -Hn`). */
import { readdirSync, readFileSync } from "node:fs";

/** Left for what opens files on the way: reports, names of hosts, code that is loaded late. */
const RESERVE = 16;

/** Descriptors that are free for connections, 1 or more; undefined where the system does not tell or sets no limit. */
export function freeDescriptors(): number | undefined {
  try {
    const limit = openFilesLimit(readFileSync("/proc/self/limits", "utf8"));
    if (limit === undefined) return undefined;
    return Math.max(1, limit - readdirSync("/proc/self/fd").length - RESERVE);
  } catch {
    // A system without /proc.
    return undefined;
  }
}

/** The soft limit out of `/proc/self/limits`; undefined when there is none. */
export function openFilesLimit(limits: string): number | undefined {
  const soft = /^Max open files +(\d+) /m.exec(limits)?.[1];
  return soft === undefined ? undefined : Number(soft);
}
