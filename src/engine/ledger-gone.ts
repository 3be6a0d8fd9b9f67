/** A ledger whose file was deleted, moved away or replaced while a run was at work on it: what the run writes then is nowhere to be found. */
import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { StorageError } from "../errors.ts";

export interface Presence {
  /** What is wrong, with where the ledger is written out again; undefined as long as the path names the file that was opened. */
  readonly trouble: () => StorageError | undefined;
  /** Writes all that the open ledger holds to where `trouble` said; to be called before it is closed. Does nothing where nothing is wrong. */
  readonly writeOut: (db: DatabaseSync) => void;
}

/** @param file as it was opened just now; one in memory is always there */
export function watchPresence(file: string, now: () => Date): Presence {
  const opened = idOf(file);
  let saved: string | undefined;
  const isThere = () => opened === undefined || idOf(file) === opened;
  const trouble = (): StorageError | undefined => {
    if (isThere()) return undefined;
    const replaced = existsSync(file);
    const stamp = now()
      .toISOString()
      .replace(/\.\d+Z$/, "Z")
      .replaceAll(":", "-");
    saved ??= replaced ? `${file}.saved-${stamp}` : file;
    return new StorageError(
      `the ledger was ${replaced ? "replaced by another file" : "deleted"} while the run was at work; its answers are written out again to ${saved} as the run ends`,
      {
        file,
        fix:
          saved === file
            ? "Run again, and leave the file where it is."
            : `Take them in with gapcheck ledger rescue ${saved}, then run again.`,
      },
    );
  };
  return {
    trouble,
    writeOut: (db) => {
      if (trouble() === undefined || saved === undefined) return;
      if (existsSync(saved)) saved = `${file}.saved-${process.pid}`;
      mkdirSync(dirname(saved), { recursive: true });
      db.prepare("VACUUM INTO ?").run(saved);
    },
  };
}

function idOf(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
  return stat === undefined ? undefined : `${stat.dev}:${stat.ino}`;
}
