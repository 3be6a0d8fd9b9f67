/** A ledger as a book of calls, each with all its purchases: what is exported, imported and merged. A run reads it by key instead (`ledger.ts`). */
import type { DatabaseSync } from "node:sqlite";
import { type CallHistory, historyOf, mergeHistories, type Purchase, paidInVain } from "./ledger-merge.ts";
import { type CallState, checksumOf, costSealOf, keyBytes, LOOK, sweepSeal } from "./ledger-statements.ts";
import type { Look } from "./looks.ts";

/** A judgement by its key. */
export interface GradeEntry {
  readonly key: string;
  /** Name of the run. */
  readonly run: string;
  readonly at: number;
  readonly body: string;
  readonly checksum: string;
}

/** Who looked at which test cases, as its row has it. */
export type LookEntry = Omit<GradeEntry, "key">;

/** What a suite's last finished sweep found, as its row has it. */
export interface SweepEntry extends LookEntry {
  readonly suite: string;
}

/** Two answers of one call that do not say the same. The earlier one counts. */
export interface Conflict {
  readonly key: string;
  /** Whose answer counts now. */
  readonly kept: "here" | "taken";
}

export type Entry =
  | { readonly kind: "call"; readonly key: string; readonly history: CallHistory }
  | { readonly kind: "grade"; readonly grade: GradeEntry }
  | { readonly kind: "look"; readonly look: LookEntry }
  | { readonly kind: "sweep"; readonly sweep: SweepEntry };

/** What taking entries in did. */
export interface TakenIn {
  /** Calls that were not there, and calls of which something new was learned. */
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  /** New ones, and of sweeps the later ones. */
  readonly grades: number;
  readonly looks: number;
  readonly sweeps: number;
  /** Answers that both sides had paid for, found by this merge, and what the one that does not count had cost. */
  readonly paidTwice: { readonly calls: number; readonly usd: number };
  /** Of these, the ones whose texts differ. */
  readonly conflicts: readonly Conflict[];
}

export type Row = Readonly<Record<string, unknown>>;

/** Columns of a purchase, of the row that counts and of the lost ones. */
export const CALL_COLUMNS = `hex(key) AS key, attempts AS n, state, at, model, 1 AS count,
  CASE state WHEN 'settled' THEN usd WHEN 'failed' THEN 0 ELSE worst_usd END AS usd, returned, body, checksum`;
export const LOSS_COLUMNS = "hex(key) AS key, n, state, at, model, count, usd";
/** A file of before version 4 has none. */
export const COST_SEAL = "cost_seal";
const CALLS = `SELECT ${CALL_COLUMNS}, ${COST_SEAL}, uid FROM calls JOIN runs ON runs.id = calls.run`;
const LOSSES = `SELECT ${LOSS_COLUMNS}, coalesce(uid, '') AS uid FROM losses
  LEFT JOIN runs ON runs.id = losses.run`;
const GRADES = `SELECT hex(key) AS key, coalesce(uid, '') AS uid, at, body, checksum FROM grades
  LEFT JOIN runs ON runs.id = grades.run`;
const LOOKS = `SELECT coalesce(uid, '') AS uid, at, body, checksum FROM looks LEFT JOIN runs ON runs.id = looks.run`;
const SWEEPS = `SELECT suite, coalesce(uid, '') AS uid, at, body, checksum FROM sweeps LEFT JOIN runs ON runs.id = sweeps.run`;

export function purchaseOf(row: Row): Purchase {
  const { uid, n, state, at, model, count, usd, returned, body, checksum } = row;
  return {
    run: String(uid),
    n: Number(n),
    state: state as CallState,
    at: Number(at),
    model: String(model),
    count: Number(count),
    ...(typeof usd === "number" && { usd }),
    ...(typeof returned === "string" && { returned }),
    ...(typeof body === "string" && typeof checksum === "string" && { body, checksum }),
  };
}

export const keyOf = (row: Row): string => String(row.key).toLowerCase();

/** Every call by its key, then every judgement by its key, then the looks in their order, then the sweeps by suite. A row with a wrong checksum is no answer: it
 * is counted by `onDamaged`, and only its cost is told. */
export function* entries(db: DatabaseSync, onDamaged = (): void => undefined): Generator<Entry> {
  const calls = db.prepare(`${CALLS} ORDER BY calls.key`).iterate();
  const losses = db.prepare(`${LOSSES} ORDER BY losses.key`).iterate();
  let call = calls.next();
  let loss = losses.next();
  while (call.done !== true || loss.done !== true) {
    const keys = [call, loss].flatMap((one) => (one.done === true ? [] : [keyOf(one.value)]));
    const key = keys.sort()[0] ?? "";
    const purchases: Purchase[] = [];
    for (; call.done !== true && keyOf(call.value) === key; call = calls.next()) {
      const purchase = provenOf(key, call.value);
      const lacksAnswer = purchase.body === undefined && (call.value.body !== null || purchase.state === "settled");
      if (lacksAnswer || (purchase.usd === undefined && call.value.usd !== null)) onDamaged();
      purchases.push(purchase);
    }
    for (; loss.done !== true && keyOf(loss.value) === key; loss = losses.next())
      purchases.push(purchaseOf(loss.value));
    yield { kind: "call", key, history: historyOf(purchases) };
  }
  for (const row of db.prepare(`${GRADES} ORDER BY grades.key`).iterate()) {
    yield* sealedOr(onDamaged, { kind: "grade", grade: { key: keyOf(row), ...writtenOf(row) } });
  }
  for (const row of db.prepare(`${LOOKS} ORDER BY looks.at, looks.id`).iterate()) {
    const entry = { kind: "look", look: writtenOf(row) } as const;
    if (!isSealed(entry)) onDamaged();
    yield isSealed(entry) ? entry : { kind: "look", look: lostEntry(entry.look) };
  }
  for (const row of db.prepare(`${SWEEPS} ORDER BY suite`).iterate()) {
    yield* sealedOr(onDamaged, { kind: "sweep", sweep: { suite: String(row.suite), ...writtenOf(row) } });
  }
}

function* sealedOr(onDamaged: () => void, entry: Exclude<Entry, { readonly kind: "call" }>): Generator<Entry> {
  if (isSealed(entry)) yield entry;
  else onDamaged();
}

/** Stands for a look that cannot be read: it was spent, and goes on counting wherever the ledger is carried. */
export function lostEntry({ run, at, checksum }: LookEntry): LookEntry {
  const body = JSON.stringify({ suite: "", candidates: [], lost: checksum } satisfies Look);
  return { run, at: Number.isSafeInteger(at) && at >= 0 ? at : 0, body, checksum: checksumOf(LOOK, body) };
}

/** Whether the body is what was written. */
export function isSealed(entry: Exclude<Entry, { readonly kind: "call" }>): boolean {
  const { body, checksum } = writtenIn(entry);
  return checksum === checksumOf(sealOf(entry), body);
}

/** What stands for the entry in the checksum of its body. */
export function sealOf(entry: Entry): string {
  if (entry.kind === "call") return entry.key;
  if (entry.kind === "grade") return entry.grade.key;
  return entry.kind === "look" ? LOOK : sweepSeal(entry.sweep.suite);
}

function writtenIn(entry: Exclude<Entry, { readonly kind: "call" }>): LookEntry {
  if (entry.kind === "grade") return entry.grade;
  return entry.kind === "look" ? entry.look : entry.sweep;
}

export function writtenOf({ uid, at, body, checksum }: Row): LookEntry {
  return { run: String(uid), at: Number(at), body: String(body), checksum: String(checksum) };
}

/** What a row of `calls` proves: without its outcome, or what it cost, where that is not what was written. */
export function provenOf(key: string, row: Row): Purchase {
  const purchase = proven(key, purchaseOf(row));
  if (purchase.state !== "settled" || typeof row.cost_seal !== "string") return purchase;
  const { usd, ...rest } = purchase;
  return row.cost_seal === costSealOf(key, usd ?? null) ? purchase : rest;
}

/** Without its outcome where that is not what was written for this key. */
export function proven(key: string, purchase: Purchase): Purchase {
  const { body, checksum, ...rest } = purchase;
  return body === undefined || checksum === checksumOf(key, body) ? purchase : rest;
}

/** Merges entries into a ledger, within a transaction of the caller's. */
export class BookWriter {
  readonly #runs = new Map<string, number>([["", 0]]);
  readonly #sql;
  #counts = { added: 0, changed: 0, same: 0, grades: 0, looks: 0, sweeps: 0, twice: 0, twiceUsd: 0 };
  readonly #conflicts: Conflict[] = [];

  constructor(db: DatabaseSync) {
    this.#sql = {
      call: db.prepare(`${CALLS} WHERE calls.key = ?`),
      losses: db.prepare(`${LOSSES} WHERE losses.key = ?`),
      dropLosses: db.prepare("DELETE FROM losses WHERE key = ?"),
      dropCall: db.prepare("DELETE FROM calls WHERE key = ?"),
      addLoss: db.prepare(
        "INSERT INTO losses (key, run, n, state, at, model, count, usd) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      ),
      addCall:
        db.prepare(`INSERT INTO calls (key, run, attempts, state, at, model, worst_usd, usd, returned, body, checksum, cost_seal)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
      run: db.prepare("SELECT id FROM runs WHERE uid = ?"),
      addRun: db.prepare(
        "INSERT INTO runs (host, pid, born, started_at, ended_at, uid) VALUES ('', 0, '', ?1, ?1, ?2)",
      ),
      grade: db.prepare("SELECT at, body FROM grades WHERE key = ?"),
      addGrade: db.prepare("INSERT OR REPLACE INTO grades (key, run, at, body, checksum) VALUES (?, ?, ?, ?, ?)"),
      looks: db.prepare("SELECT id, at, body, checksum FROM looks WHERE at = ?"),
      dropLook: db.prepare("DELETE FROM looks WHERE id = ?"),
      addLook: db.prepare("INSERT INTO looks (run, at, body, checksum) VALUES (?, ?, ?, ?)"),
      sweep: db.prepare(`${SWEEPS} WHERE suite = ?`),
      addSweep: db.prepare("INSERT OR REPLACE INTO sweeps (suite, run, at, body, checksum) VALUES (?, ?, ?, ?, ?)"),
    };
  }

  take(entry: Entry): void {
    switch (entry.kind) {
      case "call":
        this.#takeCall(entry.key, entry.history);
        return;
      case "grade":
        this.#takeGrade(entry.grade);
        return;
      case "look":
        this.#takeLook(entry.look);
        return;
      case "sweep":
        this.#takeSweep(entry.sweep);
        return;
    }
  }

  get counts(): TakenIn {
    const { twice, twiceUsd, ...counts } = this.#counts;
    return { ...counts, paidTwice: { calls: twice, usd: twiceUsd }, conflicts: [...this.#conflicts] };
  }

  #takeCall(key: string, theirs: CallHistory): void {
    const bytes = keyBytes(key);
    const row = this.#sql.call.get(bytes);
    const losses = this.#sql.losses.all(bytes).map(purchaseOf);
    const ours = historyOf(row === undefined ? losses : [provenOf(key, row), ...losses]);
    const merged = mergeHistories(ours, theirs);
    if (row !== undefined || losses.length > 0) {
      if (JSON.stringify(merged) === JSON.stringify(ours)) {
        this.#counts.same++;
        return;
      }
      this.#counts.changed++;
    } else {
      this.#counts.added++;
    }
    const known = new Set([...paidInVain(ours), ...paidInVain(theirs)].map(nameOf));
    for (const one of paidInVain(merged)) {
      if (known.has(nameOf(one))) continue;
      this.#counts.twice += one.count;
      this.#counts.twiceUsd += one.usd ?? 0;
      if (answerOf(ours) === answerOf(theirs)) continue;
      const { current } = ours;
      this.#conflicts.push({ key, kept: current && nameOf(current) === nameOf(one) ? "taken" : "here" });
    }
    this.#write(key, merged);
  }

  #write(key: string, { current, losses }: CallHistory): void {
    const bytes = keyBytes(key);
    this.#sql.dropLosses.run(bytes);
    this.#sql.dropCall.run(bytes);
    for (const { run, n, state, at, model, count, usd } of losses) {
      this.#sql.addLoss.run(bytes, this.#runId(run, at), n, state, at, model, count, usd ?? null);
    }
    if (current === undefined) return;
    const { run, n, state, at, model, usd, returned, body, checksum } = current;
    const settled = state === "settled";
    this.#sql.addCall.run(
      bytes,
      this.#runId(run, at),
      n,
      state,
      at,
      model,
      settled ? null : (usd ?? null),
      settled ? (usd ?? null) : null,
      returned ?? null,
      body ?? null,
      checksum ?? null,
      settled ? costSealOf(key, usd ?? null) : null,
    );
  }

  /** The earlier of two judgements stays. */
  #takeGrade({ key, run, at, body, checksum }: GradeEntry): void {
    const ours = this.#sql.grade.get(keyBytes(key));
    if (ours !== undefined) {
      const earlier = Number(ours.at) - at || (String(ours.body) < body ? -1 : 1);
      if (earlier < 0 || String(ours.body) === body) return;
    }
    this.#counts.grades++;
    this.#sql.addGrade.run(keyBytes(key), this.#runId(run, at), at, body, checksum);
  }

  /** A look that cannot be read here is replaced by the same one that can, and none of those here by one that cannot. */
  #takeLook({ run, at, body, checksum }: LookEntry): void {
    const lost = lostIn(body);
    const ours = this.#sql.looks.all(at).map((row) => ({ id: Number(row.id), ...writtenOf({ ...row, uid: "" }) }));
    if (ours.some((one) => one.body === body)) return;
    if (lost !== undefined && ours.some((one) => one.checksum === lost)) return;
    for (const one of ours) {
      const same = one.checksum === checksum && !isSealed({ kind: "look", look: one });
      if (lost === undefined && (same || lostIn(one.body) === checksum)) this.#sql.dropLook.run(one.id);
    }
    this.#counts.looks++;
    this.#sql.addLook.run(this.#runId(run, at), at, body, checksum);
  }

  /** The later of two sweeps of a suite stays. */
  #takeSweep({ suite, run, at, body, checksum }: SweepEntry): void {
    const row = this.#sql.sweep.get(suite);
    const ours = row === undefined ? undefined : { suite, ...writtenOf(row) };
    const whole = ours !== undefined && isSealed({ kind: "sweep", sweep: ours });
    if (ours !== undefined && whole && (ours.at > at || (ours.at === at && ours.body >= body))) return;
    this.#counts.sweeps++;
    this.#sql.addSweep.run(suite, this.#runId(run, at), at, body, checksum);
  }

  #runId(uid: string, at: number): number {
    const known = this.#runs.get(uid);
    if (known !== undefined) return known;
    const id = Number(this.#sql.run.get(uid)?.id ?? this.#sql.addRun.run(at, uid).lastInsertRowid);
    this.#runs.set(uid, id);
    return id;
  }
}

/** The checksum of the look in whose place this body stands; undefined for a look that can be read. */
function lostIn(body: string): string | undefined {
  if (!body.includes('"lost"')) return undefined;
  try {
    const look: Partial<Look> = JSON.parse(body);
    return look.lost;
  } catch {
    return undefined;
  }
}

const nameOf = ({ run, n }: Purchase): string => `${run}:${n}`;

/** What was answered; undefined where nothing was. */
function answerOf({ current }: CallHistory): unknown {
  if (current?.state !== "settled" || current.body === undefined) return undefined;
  const answer: { readonly text?: unknown } = JSON.parse(current.body);
  return answer.text;
}
