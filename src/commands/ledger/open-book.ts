/** What every `gapcheck ledger …` begins with: the file it is about. */
import { existsSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { openForReading, openForWriting, sqliteCode, storageError } from "../../engine/ledger-schema.ts";
import { ConfigError } from "../../errors.ts";
import { createRedactor, type Redact } from "../../redact.ts";
import type { TerminalOptions } from "../../report/terminal.ts";
import { terminalKind } from "../../report/terminal-kind.ts";
import type { World } from "../../suite/world.ts";
import { ledgerFile } from "../selection.ts";
import { realWorld } from "../world.ts";

export interface LedgerFlags {
  readonly ledger?: string;
  readonly json?: boolean;
}

export interface Book {
  readonly file: string;
  readonly world: World;
  readonly redact: Redact;
  readonly look: TerminalOptions;
  /** Writes one JSON value with `--json`, else the lines; secrets taken out. */
  readonly tell: (json: object, lines: () => string) => void;
}

export function book(flags: LedgerFlags): Book {
  const world = realWorld();
  const redact = createRedactor(world.env);
  const { columns, color } = terminalKind(process.stdout, world.env);
  const tell = (json: object, lines: () => string): void => {
    const text = flags.json === true ? `${JSON.stringify(json, null, 2)}\n` : lines();
    process.stdout.write(redact(text));
  };
  return { file: ledgerFile(flags, world.cwd), world, redact, look: { width: columns, color }, tell };
}

/** Gives the file, open for reading, to `work`, and closes it. Throws ConfigError for one that is not there. */
export async function readLedger<T>(file: string, work: (db: DatabaseSync) => T | Promise<T>): Promise<T> {
  requireLedger(file);
  return withOpen(file, openForReading(file), work);
}

/** As `readLedger`, for a change. */
export async function changeLedger<T>(file: string, work: (db: DatabaseSync) => T | Promise<T>): Promise<T> {
  requireLedger(file);
  return withOpen(file, openForWriting(file), work);
}

/** As `changeLedger`; makes a file that is not there. */
export async function makeLedger<T>(file: string, work: (db: DatabaseSync) => T | Promise<T>): Promise<T> {
  return withOpen(file, openForWriting(file), work);
}

/** Throws ConfigError where there is none. */
export function requireLedger(file: string): void {
  if (existsSync(file)) return;
  throw new ConfigError("no-ledger", "there is no ledger", {
    place: { file },
    fix: "Name one with --ledger, or run a suite first: gapcheck run.",
  });
}

async function withOpen<T>(file: string, db: DatabaseSync, work: (db: DatabaseSync) => T | Promise<T>): Promise<T> {
  try {
    return await work(db);
  } catch (thrown) {
    throw sqliteCode(thrown) === undefined ? thrown : storageError(thrown, file);
  } finally {
    db.close();
  }
}
