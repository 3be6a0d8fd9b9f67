/** Published outputs that the acceptance tests replay. They lie beside the repository, never in it. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A JSONL file of `../shared/data`, one value a line; undefined when it is not there. */
export function sharedLines(path: string): readonly unknown[] | undefined {
  const file = fileURLToPath(new URL(`../../../shared/data/${path}`, import.meta.url));
  if (!existsSync(file)) return undefined;
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line): unknown => JSON.parse(line));
}

/** A JSON file of `../shared/data`; undefined when it is not there. */
export function sharedJson(path: string): unknown {
  const file = fileURLToPath(new URL(`../../../shared/data/${path}`, import.meta.url));
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}
