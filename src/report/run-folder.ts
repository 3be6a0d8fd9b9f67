/** `reports/<run>/`: the folder of one run, made before anything is paid for, and the pointer to the latest one. */
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigError, toError } from "../errors.ts";
import { codeOf } from "./storage-error.ts";
import { writeWhole } from "./write-file.ts";

export interface RunFolder {
  /** Such as `2026-11-24T10-02-11Z`, with `-2` and so on added for runs of the same second. */
  readonly id: string;
  readonly path: string;
}

type MakeFolder = (path: string, options: { readonly recursive: boolean }) => Promise<unknown>;

const RUN_ID = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z(-\d{1,4})?$/;
const LATEST_FORMAT = "gapcheck.latest/1";
const MOST_PER_SECOND = 1000;

/** A moment as a folder name that every file system takes and that sorts by time. */
export function runId(at: Date): string {
  return at
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(":", "-");
}

function cannotMake(root: string, thrown: unknown): ConfigError {
  const code = codeOf(thrown);
  const place = { file: root };
  if (code === "EEXIST" || code === "ENOTDIR") {
    return new ConfigError(
      "reports-not-a-folder",
      `Reports cannot be written: a file stands where the folder ${root} should be.`,
      {
        place,
        fix: "Move that file away, or choose another folder for reports.",
        cause: thrown,
      },
    );
  }
  return new ConfigError("reports-not-writable", `Reports cannot be written: ${toError(thrown).message}`, {
    place,
    fix:
      code === "ENOSPC"
        ? "Free some space on the disk."
        : "Make the folder writable, or choose another folder for reports.",
    cause: thrown,
  });
}

/**
 * Makes the folder of a new run in `root` (made too if it is not there). Two runs of the same second get two folders.
 * @throws {ConfigError} when `root` is a file or cannot be written: to be called before the first paid call.
 */
export async function prepareRunFolder(root: string, now: Date, makeFolder: MakeFolder = mkdir): Promise<RunFolder> {
  try {
    await makeFolder(root, { recursive: true });
  } catch (thrown) {
    throw cannotMake(root, thrown);
  }
  const first = runId(now);
  for (let number = 1; number <= MOST_PER_SECOND; number += 1) {
    const id = number === 1 ? first : `${first}-${number}`;
    const path = join(root, id);
    try {
      await makeFolder(path, { recursive: false });
      return { id, path };
    } catch (thrown) {
      if (codeOf(thrown) !== "EEXIST") throw cannotMake(root, thrown);
    }
  }
  throw cannotMake(root, new Error(`there are ${MOST_PER_SECOND} runs of ${first} already`));
}

/**
 * Notes in `reports/latest` which run is the latest: a small JSON file, since not every system has symbolic links.
 * @throws {StorageError} when it cannot be written.
 */
export async function pointToLatest(root: string, id: string): Promise<void> {
  await writeWhole(join(root, "latest"), `${JSON.stringify({ schema: LATEST_FORMAT, run: id })}\n`);
}

/** The id of the latest run, or undefined where there is none or the pointer is not one. */
export async function latestRun(root: string): Promise<string | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(join(root, "latest"), "utf8"));
    if (typeof value !== "object" || value === null || !("schema" in value) || !("run" in value)) return undefined;
    // The id becomes part of a path: nothing but an id may.
    return value.schema === LATEST_FORMAT && typeof value.run === "string" && RUN_ID.test(value.run)
      ? value.run
      : undefined;
  } catch {
    return undefined;
  }
}
