/**
 * Takes answers out of a ledger by age and model. What they cost stays on its books, and so do looks at test cases, on which verdicts rest; a
 * run that needs an answer again buys it again.
 */
import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { toError } from "../errors.ts";
import { isAlive } from "./ledger-owner.ts";

export interface PruneChoice {
  /** Only what was written before this moment, milliseconds since 1970. */
  readonly before?: number;
  /** Only calls of this model, as asked or as returned; judgements name no model, and stay. */
  readonly model?: string;
}

export interface Prunable {
  readonly calls: number;
  /** Of these, answers, and what they cost: the price of buying them again. That of `unpriced` ones is not known, and comes on top. */
  readonly answers: number;
  readonly usd: number;
  readonly unpriced: number;
  readonly grades: number;
  /** Bytes of text that go. */
  readonly bytes: number;
}

/** `busy`: a run is at work on this ledger, and may need any answer of it; nothing was taken out. */
export type Pruned =
  | { readonly kind: "busy"; readonly pid: number }
  | (Prunable & {
      readonly kind: "pruned";
      /** Why the space could not be given back to the disk now; it is used by the next answers. */
      readonly spaceKept?: string;
    });

interface Condition {
  readonly where: string;
  readonly values: readonly SQLInputValue[];
}

function chosenCalls({ before, model }: PruneChoice): Condition {
  const parts = [
    // What was cut off is worth nothing and takes no room, but its run may still bring the answer.
    "state <> 'intent'",
    ...(before === undefined ? [] : ["at < ?"]),
    ...(model === undefined ? [] : ["(model = ? OR returned = ?)"]),
  ];
  const values = [...(before === undefined ? [] : [before]), ...(model === undefined ? [] : [model, model])];
  return { where: parts.join(" AND "), values };
}

function chosenGrades({ before, model }: PruneChoice): Condition {
  if (model !== undefined) return { where: "false", values: [] };
  return before === undefined ? { where: "true", values: [] } : { where: "at < ?", values: [before] };
}

/** What `prune` would take out. */
export function prunable(db: DatabaseSync, choice: PruneChoice): Prunable {
  const calls = chosenCalls(choice);
  const grades = chosenGrades(choice);
  const bytes = "coalesce(sum(length(CAST(body AS BLOB))), 0) AS bytes";
  const ofCalls = db
    .prepare(
      `SELECT count(*) AS calls, count(*) FILTER (WHERE state = 'settled') AS answers,
      coalesce(sum(usd) FILTER (WHERE state = 'settled'), 0) AS usd,
      count(*) FILTER (WHERE state = 'settled' AND usd IS NULL) AS unpriced, ${bytes} FROM calls WHERE ${calls.where}`,
    )
    .get(...calls.values);
  const ofGrades = db.prepare(`SELECT count(*) AS n, ${bytes} FROM grades WHERE ${grades.where}`).get(...grades.values);
  return {
    calls: Number(ofCalls?.calls),
    answers: Number(ofCalls?.answers),
    usd: Number(ofCalls?.usd),
    unpriced: Number(ofCalls?.unpriced),
    grades: Number(ofGrades?.n),
    bytes: Number(ofCalls?.bytes) + Number(ofGrades?.bytes),
  };
}

/** Takes them out, all or none, unless a run is at work. Throws what SQLite throws before anything is gone. */
export function prune(db: DatabaseSync, choice: PruneChoice): Pruned {
  const calls = chosenCalls(choice);
  const grades = chosenGrades(choice);
  // No run begins from here on: it would write itself down first.
  db.exec("BEGIN IMMEDIATE");
  try {
    const pid = livePid(db);
    if (pid !== undefined) {
      db.exec("ROLLBACK");
      return { kind: "busy", pid };
    }
    const pruned = prunable(db, choice);
    db.prepare(
      `INSERT INTO losses (key, run, n, state, at, model, count, usd)
        SELECT key, run, attempts, state, at, model, 1, iif(state = 'settled', usd, worst_usd) FROM calls
        WHERE ${calls.where} AND state <> 'failed' AND run <> 0
        ON CONFLICT DO UPDATE SET state = excluded.state, at = excluded.at, usd = excluded.usd`,
    ).run(...calls.values);
    db.prepare(`DELETE FROM calls WHERE ${calls.where}`).run(...calls.values);
    db.prepare(`DELETE FROM grades WHERE ${grades.where}`).run(...grades.values);
    db.exec("COMMIT");
    return { kind: "pruned", ...pruned, ...giveBack(db) };
  } catch (thrown) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw thrown;
  }
}

/** The answers are out already: what fails here is told, and is no failure of the pruning. */
function giveBack(db: DatabaseSync): { readonly spaceKept?: string } {
  try {
    db.exec("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);");
    return {};
  } catch (thrown) {
    return { spaceKept: toError(thrown).message };
  }
}

/** Process of a run that has not ended and lives on this machine. */
function livePid(db: DatabaseSync): number | undefined {
  const open = db.prepare("SELECT DISTINCT host, pid, born FROM runs WHERE ended_at IS NULL").all();
  const live = open.find(({ host, pid, born }) =>
    isAlive({ host: String(host), pid: Number(pid), born: String(born) }),
  );
  return live === undefined ? undefined : Number(live.pid);
}
