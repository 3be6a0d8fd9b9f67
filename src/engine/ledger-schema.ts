/** The ledger's file: a SQLite database in WAL mode, marked by its application id, with its version in `user_version`. */
import { accessSync, constants, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { ConfigError, StorageError, toError } from "../errors.ts";
import { LEDGER_VERSION, migrate } from "./ledger-migrations.ts";

/** "gapc" in ASCII. */
const APPLICATION_ID = 0x67617063;
const BUSY_TIMEOUT_MS = 5_000;
/** 8 MB: the index of 200,000 keys. */
const CACHE = "PRAGMA cache_size = -8000;";

/** Result codes of SQLite (sqlite.org/rescode.html) that mean that the file itself is bad. */
const SQLITE_CORRUPT = 11;
const CORRUPT = new Set([SQLITE_CORRUPT, 26]);

/** SQLite's primary result code of an error, or undefined for any other error. */
export function sqliteCode(thrown: unknown): number | undefined {
  const code = (thrown as { readonly errcode?: unknown } | null)?.errcode;
  return typeof code === "number" ? code & 0xff : undefined;
}

export const SQLITE_BUSY = 5;

/** What a failure to read or write the file means, in words and with the fix. */
export function storageError(thrown: unknown, file: string): ConfigError | StorageError {
  if (thrown instanceof ConfigError || thrown instanceof StorageError) return thrown;
  const { message } = toError(thrown);
  if (CORRUPT.has(sqliteCode(thrown) ?? 0)) return corrupt(file, message, thrown);
  return new StorageError(`the ledger cannot be used: ${message}`, {
    file,
    fix: "Free space on the disk or make the file writable, then run again: what is settled is not bought again.",
    cause: thrown,
  });
}

/** Whether SQLite found the inside of a database malformed. */
export function isCorrupt(thrown: unknown): boolean {
  return sqliteCode(thrown) === SQLITE_CORRUPT;
}

function corrupt(file: string, why: string, cause?: unknown): ConfigError {
  return new ConfigError("ledger-damaged", `the ledger is damaged or no ledger: ${why}`, {
    place: { file },
    fix: isCorrupt(cause)
      ? 'Run "gapcheck ledger rescue": it puts the file aside and saves every answer that can be read.'
      : `Move it aside (for example to ${file}.damaged) or restore a copy; without it, calls are bought again.`,
    cause,
  });
}

/** Opens the ledger for writing, making folder and file where they are missing. Throws ConfigError or StorageError, file and fix named. */
export function openForWriting(file: string): DatabaseSync {
  if (file !== ":memory:") makeFolder(file);
  let db: DatabaseSync | undefined;
  try {
    refuseTorn(file);
    refuseReadOnly(file);
    db = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    checkVersion(db, file);
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${CACHE} PRAGMA wal_autocheckpoint = 8000;`);
    bringForward(db, file);
    return db;
  } catch (thrown) {
    closeQuietly(db);
    throw cannotOpen(thrown, file);
  }
}

/** Opens an existing ledger for reading only; one of an older version is brought forward first. */
export function openForReading(file: string): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    refuseTorn(file);
    db = openAsItLies(file);
    const version = checkVersion(db, file);
    if (version === 0) throw corrupt(file, "it is empty");
    if (version === LEDGER_VERSION) {
      db.exec(CACHE);
      return db;
    }
    db.close();
    openForWriting(file).close();
    db = new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
    return db;
  } catch (thrown) {
    closeQuietly(db);
    throw cannotOpen(thrown, file);
  }
}

/** Shorter than this no database is; a file of one byte SQLite would take for a new one, and write over it. */
const HEAD_BYTES = 100;

function refuseTorn(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > 0 && size < HEAD_BYTES)
    throw corrupt(file, `it has ${size} ${size === 1 ? "byte" : "bytes"}, less than the head of one`);
}

function refuseReadOnly(file: string): void {
  if (!existsSync(file) || isWritable(file)) return;
  throw new ConfigError(
    "ledger-read-only",
    "the ledger cannot be written: the rights of its file do not let this user",
    {
      place: { file },
      fix: "Make it writable, name another one with --ledger, or read what is there: gapcheck gate, gapcheck run --offline.",
    },
  );
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

const SQLITE_CANTOPEN = 14;
const SQLITE_READONLY = 8;

/**
 * For reading, SQLite writes beside a database in WAL mode, which a read-only folder does not let it. Where nothing waits in a log, and so nobody writes, the
 * file can be read as it lies.
 */
function openAsItLies(file: string): DatabaseSync {
  const options = { readOnly: true, timeout: BUSY_TIMEOUT_MS };
  const db = new DatabaseSync(file, options);
  try {
    // Nothing is opened before it is read.
    db.prepare("SELECT count(*) FROM sqlite_schema").get();
    return db;
  } catch (thrown) {
    closeQuietly(db);
    const code = sqliteCode(thrown);
    if (code !== SQLITE_CANTOPEN && code !== SQLITE_READONLY) throw thrown;
    if ((statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) {
      throw new ConfigError(
        "ledger-read-only",
        "the ledger has a log of writes beside it, which cannot be read in a folder that is read-only",
        {
          place: { file },
          fix: `Copy it with its log (${file}-wal) to a folder that can be written, and name the copy with --ledger.`,
          cause: thrown,
        },
      );
    }
    const url = pathToFileURL(file);
    url.searchParams.set("immutable", "1");
    return new DatabaseSync(url, options);
  }
}

function closeQuietly(db: DatabaseSync | undefined): void {
  try {
    db?.close();
  } catch {
    // The first error is the one to tell.
  }
}

function makeFolder(file: string): void {
  try {
    makeMissing(dirname(file));
  } catch (thrown) {
    throw new ConfigError("ledger-folder", `the folder of the ledger cannot be made: ${toError(thrown).message}`, {
      place: { file: dirname(file) },
      fix: "Give a folder that can be written with --ledger, or remove what stands in its place.",
      cause: thrown,
    });
  }
}

/** Not `recursive: true`: where the system answers "no such folder" for a parent that exists (as /proc does), Node then never returns. */
function makeMissing(folder: string): void {
  if (existsSync(folder) || dirname(folder) === folder) {
    checkFolder(folder);
    return;
  }
  makeMissing(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (thrown) {
    // Another process may have been faster.
    if (!existsSync(folder)) throw thrown;
    checkFolder(folder);
  }
}

/** SQLite would only say that it cannot open the file. */
function checkFolder(folder: string): void {
  if (!statSync(folder).isDirectory()) throw new Error(`${folder} is no folder`);
}

function cannotOpen(thrown: unknown, file: string): ConfigError | StorageError {
  if (thrown instanceof ConfigError || thrown instanceof StorageError) return thrown;
  const code = sqliteCode(thrown);
  if (code !== undefined && CORRUPT.has(code)) return corrupt(file, toError(thrown).message, thrown);
  return new ConfigError("ledger-unusable", `the ledger cannot be opened: ${toError(thrown).message}`, {
    place: { file },
    fix: "Give a file in a folder that can be written with --ledger.",
    cause: thrown,
  });
}

function pragma(db: DatabaseSync, name: string): unknown {
  return db.prepare(`PRAGMA ${name}`).get()?.[name];
}

/** Version of an existing ledger, 0 for a new file. Throws for a database of someone else and for a newer version. */
function checkVersion(db: DatabaseSync, file: string): number {
  const owner = pragma(db, "application_id");
  const version = Number(pragma(db, "user_version"));
  const tables = db.prepare("SELECT count(*) AS n FROM sqlite_schema").get()?.n;
  if (owner === 0 && version === 0 && tables === 0) return 0;
  if (owner !== APPLICATION_ID) throw corrupt(file, "it is a database of another program");
  if (version > LEDGER_VERSION) {
    throw new ConfigError(
      "ledger-version",
      `the ledger has version ${version}, written by a later gapcheck; this one reads up to version ${LEDGER_VERSION}`,
      {
        place: { file },
        fix: "Use the gapcheck that wrote it (npm install gapcheck@latest), or give another file with --ledger.",
      },
    );
  }
  return version;
}

/** Also proves, before anything is paid, that the file can be written. */
function bringForward(db: DatabaseSync, file: string): void {
  db.exec("BEGIN IMMEDIATE");
  try {
    const version = checkVersion(db, file);
    if (version < LEDGER_VERSION) {
      migrate(db, version);
      db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${LEDGER_VERSION};`);
    }
    db.exec("COMMIT");
  } catch (thrown) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw thrown;
  }
}
