/** The statements with which a run reads and writes its ledger; the tables are told in `ledger-migrations.ts`. */
import { hash } from "node:crypto";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { KeyedRow, RowSource } from "./rows-ahead.ts";

/** `intent`: sent, or about to be; `settled`: answered; `failed`: it cannot have been paid; `unknown`: it may have been. */
export type CallState = "intent" | "settled" | "failed" | "unknown";

/** How many keys are looked up at once. */
export const LEDGER_BATCH = 64;
export const KEY_BYTES = 32;
/**
 * Looks up a batch by one blob of keys, one after the other. A blob for each key, going in and
 * coming back, would cost more than the search.
 */
const AT_MANY = `FROM (WITH RECURSIVE n(at) AS (SELECT 0 UNION ALL SELECT at + 1 FROM n WHERE at < ?2 - 1) SELECT at FROM n) AS positions
  CROSS JOIN calls ON key = substr(?1, 1 + positions.at * ${KEY_BYTES}, ${KEY_BYTES})`;

/** Long answers are not read ahead of their turn. */
const LONGEST_AHEAD = 16_384;

/** Columns are read by position: `[state, run, returned]`. */
export type StatusRow = readonly [CallState, number, string | null];
export type BodyRow = readonly [CallState, string | null, string | null];
export type StatusInOrder = readonly [id: number, key: string, ...status: StatusRow];
export type BodyInOrder = readonly [id: number, key: string, ...body: BodyRow];
/** `[state, run, attempts, worst_usd]`. */
export type ClaimRow = readonly [CallState, number, number, number | null];

export type Statements = ReturnType<typeof prepareAll>;

/** Parameters are named by number: `?1` is the call's key wherever there is one. */
export function prepareAll(db: DatabaseSync) {
  const byPosition = (sql: string): StatementSync => {
    const statement = db.prepare(sql);
    statement.setReturnArrays(true);
    return statement;
  };
  /** Rows with their place in the order of writing and their key; `ahead` tells those that may be read before they are asked for. */
  const inOrder = <Row extends KeyedRow>(columns: string, ahead = "true"): RowSource<Row> => {
    const select = `SELECT id, lower(hex(key)), ${columns}`;
    const search = byPosition(`${select} ${AT_MANY}`);
    const next = byPosition(`${select} FROM calls WHERE id > ?1 AND ${ahead} ORDER BY id LIMIT ?2`);
    const inStep = byPosition(
      `SELECT id, '', ${columns} FROM calls WHERE id > ?1 AND id <= ?1 + ?2 AND key = substr(?3, 1 + (id - ?1 - 1) * ${KEY_BYTES}, ${KEY_BYTES}) ORDER BY id`,
    );
    return {
      inStep: (after, keys) => inStep.all(after, keys.length, keyBytes(keys.join(""))) as unknown as readonly Row[],
      search: (keys) => search.all(keyBytes(keys.join("")), keys.length) as unknown as readonly Row[],
      next: (after, most) => next.all(after, most) as unknown as readonly Row[],
    };
  };
  return {
    status: byPosition("SELECT state, run, returned FROM calls WHERE key = ?"),
    body: byPosition("SELECT state, body, checksum FROM calls WHERE key = ?"),
    statuses: inOrder<StatusInOrder>("state, run, returned"),
    bodies: inOrder<BodyInOrder>("state, body, checksum", `coalesce(octet_length(body), 0) <= ${LONGEST_AHEAD}`),
    at: byPosition("SELECT at FROM calls WHERE key = ?"),
    claim: byPosition("SELECT state, run, attempts, worst_usd FROM calls WHERE key = ?"),
    insert: db.prepare(
      `INSERT INTO calls (key, state, run, at, model, worst_usd, attempts) VALUES (?1, 'intent', ?2, ?3, ?4, ?5,
      1 + coalesce((SELECT max(n) FROM losses WHERE key = ?1), 0))`,
    ),
    // A purchase that is known already is told anew; what was counted stays counted.
    lose: db.prepare(`INSERT INTO losses (key, run, n, state, at, model, count, usd)
      SELECT key, run, attempts, state, at, model, 1, CASE state WHEN 'settled' THEN usd WHEN 'failed' THEN 0 ELSE worst_usd END FROM calls WHERE key = ?1 AND run <> 0
      ON CONFLICT DO UPDATE SET state = excluded.state, at = excluded.at, usd = excluded.usd`),
    renew:
      db.prepare(`UPDATE calls SET state = 'intent', run = ?2, at = ?3, worst_usd = ?4, usd = NULL, returned = NULL, body = NULL, checksum = NULL, cost_seal = NULL,
      attempts = 1 + max(attempts, coalesce((SELECT max(n) FROM losses WHERE key = ?1), 0)) WHERE key = ?1`),
    settle: db.prepare(
      "UPDATE calls SET state = 'settled', at = ?2, returned = ?3, usd = ?4, body = ?5, checksum = ?6, cost_seal = ?8 WHERE key = ?1 AND state = 'intent' AND run = ?7",
    ),
    // Our purchase that another run took for dead: it is on the list of losses.
    ours: byPosition("SELECT max(n) FROM losses WHERE key = ?1 AND run = ?2"),
    settleLoss: db.prepare(
      "UPDATE losses SET state = 'settled', at = ?4, usd = ?5 WHERE key = ?1 AND run = ?2 AND n = ?3",
    ),
    addLoss: db.prepare(`INSERT INTO losses (key, run, n, state, at, model, count, usd)
      SELECT key, ?2, 1 + max(attempts, coalesce((SELECT max(n) FROM losses WHERE key = ?1), 0)), 'settled', ?3, model, 1, ?4 FROM calls WHERE key = ?1`),
    takeBack: db.prepare("DELETE FROM losses WHERE key = ?1 AND run = ?2 AND n = ?3"),
    putBack: db.prepare("UPDATE calls SET state = 'intent', run = ?2, attempts = ?3 WHERE key = ?1"),
    fail: db.prepare(
      "UPDATE calls SET state = 'failed', at = ?2, body = ?3, checksum = ?4 WHERE key = ?1 AND state = 'intent' AND run = ?5",
    ),
    mayBePaid: db.prepare(
      "UPDATE calls SET state = 'unknown', at = ?2, body = ?3, checksum = ?4 WHERE key = ?1 AND state = 'intent' AND run = ?5",
    ),
    damage: db.prepare(
      "UPDATE calls SET state = 'failed', run = 0, usd = NULL, body = NULL, checksum = NULL, cost_seal = NULL WHERE key = ?",
    ),
    run: db.prepare("SELECT host, pid, born, ended_at FROM runs WHERE id = ?"),
    grade: byPosition("SELECT body, checksum FROM grades WHERE key = ?"),
    keepGrade: db.prepare("INSERT OR REPLACE INTO grades (key, run, at, body, checksum) VALUES (?, ?, ?, ?, ?)"),
  };
}

export const keyBytes = (key: string): Buffer => Buffer.from(key, "hex");

/** Of a row's key (64 hex digits) and body: 16 hex digits. */
export const checksumOf = (key: string, body: string): string => hash("sha256", key + body, "hex").slice(0, 16);

/** Of what a settled call cost, apart from its answer; null: unknown. */
export const costSealOf = (key: string, usd: number | null): string => checksumOf(key, `cost ${usd ?? "unknown"}`);

/** Stands for the key in the checksum of a look. */
export const LOOK = "look";

/** Stands for the key in the checksum of a suite's sweep. */
export const sweepSeal = (suite: string): string => `sweep:${suite}`;
