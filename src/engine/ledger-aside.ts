/** Puts a damaged ledger aside, under a name that tells when; and finds those that were put aside. */
import { copyFileSync, existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isCorrupt, openForReading } from "./ledger-schema.ts";
import { verifyLedger } from "./ledger-verify.ts";

/** Whether SQLite finds the file malformed. Throws ConfigError for a file that is no ledger, or of a later version. */
export function isDamaged(file: string): boolean {
  try {
    const db = openForReading(file);
    try {
      return verifyLedger(db).problems.length > 0;
    } finally {
      db.close();
    }
  } catch (thrown) {
    if (thrown instanceof Error && isCorrupt(thrown.cause)) return true;
    throw thrown;
  }
}

/**
 * Moves the file away with what SQLite had written beside it, and tells where. Killed at any point, all of it stands under one of the two names. No
 * run may be at work on it.
 */
export function setAside(file: string, now: Date): string {
  const stamp = now
    .toISOString()
    .replaceAll(":", "-")
    .replace(/\.\d+Z$/, "Z");
  const aside = freeName(`${file}.damaged-${stamp}`);
  if (existsSync(`${file}-wal`)) {
    copyFileSync(`${file}-wal`, `${aside}-wal.partial`);
    renameSync(`${aside}-wal.partial`, `${aside}-wal`);
  }
  renameSync(file, aside);
  // Their copy is complete; a new ledger must not find them.
  for (const tail of ["-wal", "-shm"]) rmSync(file + tail, { force: true });
  return aside;
}

/** Ledgers that were put aside from this place, oldest first. */
export function asides(file: string): readonly string[] {
  const name = /\.damaged-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ(-\d+)?$/;
  if (!existsSync(dirname(file))) return [];
  return readdirSync(dirname(file))
    .filter((one) => one.startsWith(`${basename(file)}.damaged-`) && name.test(one))
    .sort()
    .map((one) => join(dirname(file), one));
}

function freeName(name: string): string {
  let free = name;
  for (let n = 2; existsSync(free) || existsSync(`${free}-wal`); n++) free = `${name}-${n}`;
  return free;
}
