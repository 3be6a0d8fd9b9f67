/**
 * Keeps the part of the heap in which objects begin from growing. V8 lets it grow to 128 MB where a machine has memory to spare; what a run
 * makes there is dead within a call, and is swept out of a small one in the same time. Node can bound it by an option only, which nobody would
 * give, and which a `#!` line cannot carry everywhere; V8 can be told to stop growing it at any time.
 */
import { setFlagsFromString } from "node:v8";

/**
 * From here on the young space stays as large as it is: 16 MB, both halves together, once a command has been loaded. Where the user has set its
 * size, that counts.
 */
export function boundYoungSpace(): void {
  const given = [...process.execArgv, ...(process.env.NODE_OPTIONS ?? "").split(" ")];
  if (given.some((option) => /^--(?:min-|max-)?semi[-_]space/.test(option))) return;
  setFlagsFromString("--semi-space-growth-factor=1");
}
