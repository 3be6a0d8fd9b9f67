/**
 * The ledger's tables, as the list of steps that made them: version n of a file has gone through the first n. A file goes forward only, all
 * missing steps in one transaction.
 *
 * `calls`: one row per call key. `intent`: sent, or about to be; `settled`: answered; `failed`: it cannot have been paid; `unknown`: it may have been.
 * `losses`: earlier purchases of a call that brought nothing, each by the run that made it and its number `n`; `usd` is what was paid where
 * `settled`, else the worst. `grades`: what judges said, by grade key. `runs`: who wrote; `uid` is the same on every machine.
 * `looks`: who has looked at which test cases (`looks.ts`); some files of version 1 have them.
 * `sweeps`: what the last finished sweep of each suite found (`sweeps.ts`).
 * `body` is JSON text; `checksum` covers key and body, so that a swapped or damaged row is not taken for an answer. `cost_seal` covers key and `usd` of what is
 * settled, apart from the answer, which is good whatever became of its price.
 */
import { hash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";

type Migration = (db: DatabaseSync) => void;

const MIGRATIONS: readonly Migration[] = [
  (db) =>
    db.exec(`
CREATE TABLE runs (
  id INTEGER PRIMARY KEY, host TEXT NOT NULL, pid INTEGER NOT NULL, born TEXT NOT NULL,
  started_at INTEGER NOT NULL, ended_at INTEGER
) STRICT;
CREATE TABLE calls (
  id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('intent', 'settled', 'failed', 'unknown')),
  run INTEGER NOT NULL, at INTEGER NOT NULL, model TEXT NOT NULL, returned TEXT,
  attempts INTEGER NOT NULL, worst_usd REAL, usd REAL, lost INTEGER NOT NULL, lost_usd REAL NOT NULL,
  body TEXT, checksum TEXT
) STRICT;
CREATE TABLE grades (
  key BLOB NOT NULL PRIMARY KEY, run INTEGER NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL, checksum TEXT NOT NULL
) STRICT;
`),
  losesByName,
  (db) =>
    db.exec(`
CREATE TABLE sweeps (
  suite TEXT PRIMARY KEY, run INTEGER NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL, checksum TEXT NOT NULL
) STRICT;
`),
  // Absent in rows of before: what they cost is taken as it stands.
  (db) => db.exec("ALTER TABLE calls ADD COLUMN cost_seal TEXT"),
];

/** Version of a file that this program writes. */
export const LEDGER_VERSION = MIGRATIONS.length;

/** Brings tables of `version` (0: none yet) to the present one; to be called within a transaction. */
export function migrate(db: DatabaseSync, version: number): void {
  for (const step of MIGRATIONS.slice(version)) step(db);
}

/**
 * Lost purchases get names, so that two ledgers can be merged without counting one twice. Of the nameless ones of version 1 only number and sum
 * are known: they become one loss per call, of no run.
 */
function losesByName(db: DatabaseSync): void {
  db.exec("ALTER TABLE runs ADD COLUMN uid TEXT NOT NULL DEFAULT ''");
  const named = db.prepare("UPDATE runs SET uid = ? WHERE id = ?");
  // The same for every copy of a file.
  for (const { id, host, pid, born, started_at } of db.prepare("SELECT * FROM runs").all()) {
    named.run(hash("sha256", JSON.stringify([id, host, pid, born, started_at]), "hex").slice(0, 32), Number(id));
  }
  db.exec(`
CREATE UNIQUE INDEX runs_uid ON runs (uid);
CREATE TABLE losses (
  key BLOB NOT NULL, run INTEGER NOT NULL, n INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('intent', 'settled', 'failed', 'unknown')),
  at INTEGER NOT NULL, model TEXT NOT NULL, count INTEGER NOT NULL, usd REAL,
  PRIMARY KEY (key, run, n)
) STRICT, WITHOUT ROWID;
INSERT INTO losses (key, run, n, state, at, model, count, usd)
  SELECT key, 0, 0, 'unknown', at, model, lost - (state = 'unknown'),
    max(0, lost_usd - iif(state = 'unknown', coalesce(worst_usd, 0), 0))
  FROM calls WHERE lost > (state = 'unknown');
CREATE TABLE IF NOT EXISTS looks (
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL, checksum TEXT NOT NULL
) STRICT;
ALTER TABLE calls DROP COLUMN lost;
ALTER TABLE calls DROP COLUMN lost_usd;
`);
}
