/**
 * Reads a ledger whose file is damaged, row by row, as far as it can be read. Nothing is written to it, and nothing is trusted that does not prove
 * itself; what is found is taken into another ledger like any other entries, so that a rescue may be broken off and begun again.
 */
import { hash } from "node:crypto";
import { statSync } from "node:fs";
import { basename } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import {
  CALL_COLUMNS,
  COST_SEAL,
  type Entry,
  isSealed,
  keyOf,
  LOSS_COLUMNS,
  lostEntry,
  provenOf,
  type Row,
  writtenOf,
} from "./ledger-book.ts";
import { historyOf, type Purchase } from "./ledger-merge.ts";
import { isAlive } from "./ledger-owner.ts";
import { isCorrupt, sqliteCode } from "./ledger-schema.ts";
import { KEY_BYTES } from "./ledger-statements.ts";

export interface LeftOut {
  /** Rows that could be read and are not what was written. */
  damaged: number;
  /** Rows that could not be read; those at the end of a table count as one, when nobody knows how many they were. */
  unreadable: number;
}

/** @param leftOut counts what is not among the entries */
export function* readableEntries(file: string, leftOut: LeftOut): Generator<Entry> {
  const db = openDamaged(file);
  try {
    // Not even its tables can be told.
    if (prepared(db, "SELECT id FROM calls") === undefined) leftOut.unreadable++;
    const names = new Map<number, string>();
    for (const { id, uid } of byRange(db, file, { columns: "id, uid", table: "runs" }, leftOut)) {
      names.set(Number(id), String(uid));
    }
    // Every purchase has the name of a run; the same file gives the same name again.
    const nameOf = ({ run }: Row): string =>
      names.get(Number(run)) ?? hash("sha256", JSON.stringify([basename(file), run]), "hex").slice(0, 32);
    const sealed = prepared(db, `SELECT ${COST_SEAL} FROM calls`) !== undefined;
    const callOf = (row: Row): Entry | undefined => {
      const key = keyOf(row);
      const purchase = provenOf(key, { ...row, uid: nameOf(row) });
      return isSane(key, purchase) ? { kind: "call", key, history: historyOf([purchase]) } : undefined;
    };
    for (const row of byRange(
      db,
      file,
      { columns: `run, ${CALL_COLUMNS}${sealed ? `, ${COST_SEAL}` : ""}`, table: "calls" },
      leftOut,
    )) {
      if (row.run === 0) continue;
      const entry = callOf(row);
      const { body, usd } = (entry?.kind === "call" ? entry.history.current : undefined) ?? {};
      if ((body === undefined && row.body !== null) || (usd === undefined && row.usd !== null)) leftOut.damaged++;
      if (entry !== undefined) yield entry;
    }
    for (const row of fromBothEnds(
      db,
      `SELECT run, ${LOSS_COLUMNS} FROM losses`,
      ["losses.key", "run", "n"],
      leftOut,
    )) {
      const entry = callOf(row);
      if (entry === undefined) leftOut.damaged++;
      else yield entry;
    }
    for (const [kind, rows] of WRITTEN) {
      const unreadBefore = leftOut.unreadable;
      for (const row of byRange(db, file, rows, leftOut)) {
        const entry = writtenEntry(kind, { ...row, uid: nameOf(row) });
        if (isSealed(entry)) yield entry;
        else {
          leftOut.damaged++;
          if (entry.kind === "look") yield { kind, look: lostEntry(entry.look) } as Entry;
        }
      }
      // Looks that were spent: the number of the row stands for the checksum that cannot be read.
      for (let n = unreadBefore; kind === "look" && n < leftOut.unreadable; n++) {
        const look = { run: "", at: 0, body: "", checksum: `${basename(file)}:${n - unreadBefore}` };
        yield { kind: "look", look: lostEntry(look) };
      }
    }
  } finally {
    db.close();
  }
}

type Written = Exclude<Entry, { readonly kind: "call" }>;

const WRITTEN: readonly (readonly [Written["kind"], Rows])[] = [
  ["grade", { columns: "hex(key) AS key, run, at, body, checksum", table: "grades", id: "rowid" }],
  ["look", { columns: "run, at, body, checksum", table: "looks" }],
  ["sweep", { columns: "suite, run, at, body, checksum", table: "sweeps", id: "rowid" }],
];

function writtenEntry(kind: Written["kind"], row: Row): Written {
  if (kind === "grade") return { kind, grade: { key: keyOf(row), ...writtenOf(row) } };
  return kind === "look"
    ? { kind, look: writtenOf(row) }
    : { kind, sweep: { suite: String(row.suite), ...writtenOf(row) } };
}

/** Process of this machine whose run on the damaged file has not ended, as far as that can be read. */
export function liveOn(file: string): number | undefined {
  const db = openDamaged(file);
  try {
    const unread = { damaged: 0, unreadable: 0 };
    const open = { columns: "host, pid, born", table: "runs", where: "ended_at IS NULL AND " };
    for (const { host, pid, born } of byRange(db, file, open, unread)) {
      if (isAlive({ host: String(host), pid: Number(pid), born: String(born) })) return Number(pid);
    }
    return undefined;
  } finally {
    db.close();
  }
}

function openDamaged(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { readOnly: true, defensive: false });
  // Else SQLite refuses all of a file that is shorter than its head says.
  db.exec("PRAGMA writable_schema = ON");
  return db;
}

const STATES: ReadonlySet<string> = new Set(["intent", "settled", "failed", "unknown"]);

/** A damaged page may hold anything, whatever the types of the columns. */
function isSane(key: string, { n, state, at, count, usd = 0 }: Purchase): boolean {
  return (
    key.length === 2 * KEY_BYTES &&
    STATES.has(state) &&
    [n, at, count].every((one) => Number.isSafeInteger(one) && one >= 0) &&
    usd >= 0 &&
    Number.isFinite(usd)
  );
}

/** Rows held at once; an answer may have 8 MB. */
const CHUNK = 100;
/** More rows than a file of this size can hold are not looked for. */
const LEAST_ROW_BYTES = 16;

interface Rows {
  readonly columns: string;
  readonly table: string;
  /** Column of the row number. Default: id. */
  readonly id?: string;
  /** A condition, with AND behind it. */
  readonly where?: string;
}

/** Reads by ranges of a row number, and halves a range that cannot be read, until only the rows on bad pages are left out. */
function* byRange(
  db: DatabaseSync,
  file: string,
  { columns, table, id = "id", where = "" }: Rows,
  leftOut: LeftOut,
): Generator<Row> {
  const range = prepared(db, `SELECT ${columns} FROM ${table} WHERE ${where}${id} BETWEEN ? AND ? ORDER BY ${id}`);
  const last = prepared(db, `SELECT coalesce(max(${id}), 0) AS n FROM ${table}`);
  if (range === undefined || last === undefined) return;
  const most = attempt(() => Number(last.get()?.n));
  const ranges: [number, number][] = [[1, most ?? Math.ceil(statSync(file).size / LEAST_ROW_BYTES)]];
  let unread = 0;
  for (let next = ranges.pop(); next !== undefined; next = ranges.pop()) {
    const [low, high] = next;
    const rows = high - low < CHUNK ? attempt(() => range.all(low, high)) : undefined;
    if (rows !== undefined) {
      if (rows.length > 0) {
        leftOut.unreadable += unread;
        unread = 0;
      }
      yield* rows;
    } else if (low === high) unread++;
    else if (low < high) {
      const middle = Math.floor((low + high) / 2);
      ranges.push([middle + 1, high], [low, middle]);
    }
  }
  // Where the last number is not known, nor is how many rows stood behind the last one that could be read.
  leftOut.unreadable += most === undefined ? Math.min(unread, 1) : unread;
}

/** For a table without row numbers: all that stands before the first bad page, and all after the last one. */
function* fromBothEnds(db: DatabaseSync, select: string, key: readonly string[], leftOut: LeftOut): Generator<Row> {
  for (const direction of ["ASC", "DESC"]) {
    const rows = prepared(db, `${select} ORDER BY ${key.map((column) => `${column} ${direction}`).join(", ")}`);
    if (rows === undefined) return;
    try {
      yield* rows.iterate();
      return;
    } catch (thrown) {
      if (!isCorrupt(thrown)) throw thrown;
    }
  }
  leftOut.unreadable++;
}

/** SQLITE_ERROR: of a statement that is right, a table or column that the file does not have. */
const NOT_THERE = 1;

function prepared(db: DatabaseSync, sql: string): StatementSync | undefined {
  try {
    return db.prepare(sql);
  } catch (thrown) {
    if (isCorrupt(thrown) || sqliteCode(thrown) === NOT_THERE) return undefined;
    throw thrown;
  }
}

/** SQLite's answer; undefined where the file is bad there. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (thrown) {
    if (isCorrupt(thrown)) return undefined;
    throw thrown;
  }
}
