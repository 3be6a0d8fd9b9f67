/** The store of every paid call: what makes a run resumable, and free to repeat. The file's shape is told in `ledger-schema.ts`. */
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { ConfigError, type StorageError } from "../errors.ts";
import type { Redact } from "../redact.ts";
import type { Answer, Completion, Failure } from "../suite/completion.ts";
import type { Graded } from "../suite/grade.ts";
import type { World } from "../suite/world.ts";
import { type Presence, watchPresence } from "./ledger-gone.ts";
import { damagedLog, tellDamagedLog } from "./ledger-log.ts";
import { isAlive, type Owner, thisProcess } from "./ledger-owner.ts";
import { openForReading, openForWriting, storageError } from "./ledger-schema.ts";
import {
  type BodyRow,
  type CallState,
  type ClaimRow,
  checksumOf,
  costSealOf,
  keyBytes,
  LOOK,
  prepareAll,
  type Statements,
  type StatusRow,
  sweepSeal,
} from "./ledger-statements.ts";
import { LedgerWriter } from "./ledger-writer.ts";
import type { Look } from "./looks.ts";
import { redactStrings } from "./redact-strings.ts";
import { mayHaveBeenPaid } from "./retry.ts";
import { type KeyedRow, RowsAhead } from "./rows-ahead.ts";
import type { FinishedSweep } from "./sweeps.ts";

/** What the ledger knows of a call, without its answer. */
export interface CallStatus {
  readonly state: CallState;
  /** Written by this very run. */
  readonly ours: boolean;
  /** Model id as returned; absent where none is settled or none was told. */
  readonly modelId?: string;
}

/** What an intent says before the request leaves. */
export interface Intent {
  readonly modelId: string;
  /** Absent when nobody knows the price. */
  readonly worstUsd?: number;
}

/**
 * Whether a call may be sent. `claimed`: it is ours, and the intent is on disk; `again` when an earlier run sent it and never learned the outcome,
 * with what that may have cost (absent: unpriced). `settled`: someone was faster; `busy`: another live process has it in flight.
 */
export type Claim =
  | { readonly kind: "claimed"; readonly again?: { readonly usd?: number } }
  | { readonly kind: "settled" }
  | { readonly kind: "busy" };

/** A call as it stands: an answer, a failure, or an intent whose outcome nobody knows. */
export type Stored =
  | { readonly kind: "completion"; readonly completion: Completion }
  | { readonly kind: "in-flight" }
  | { readonly kind: "damaged" };

export interface Ledger {
  readonly file: string;
  /** What was found wrong when it was opened, for people. */
  readonly notes: readonly string[];
  /** State of a call. Throws StorageError or ConfigError when the file cannot be read; so do the others. */
  readonly status: (key: string) => CallStatus | undefined;
  /** States of many calls, in the order of the keys: at a third of the price. */
  readonly statuses: (keys: readonly string[]) => readonly (CallStatus | undefined)[];
  /** The call's outcome, its checksum proven. A damaged row is told apart and is bought again by the next run. */
  readonly read: (key: string) => Stored | undefined;
  readonly readMany: (keys: readonly string[]) => readonly (Stored | undefined)[];
  /** For who asks for all calls of a plan in its order: cheaper still, but an answer that comes meanwhile may be missed. */
  readonly walk: () => LedgerWalk;
  /** When the call's outcome was written, milliseconds since 1970; undefined for a call that is not there. */
  readonly writtenAt: (key: string) => number | undefined;
  /**
   * Writes the intent. It is synced to the disk when this resolves (one sync for all that was asked for in one turn of the event loop): it outlives a kill, and a loss of
   * power as far as the disk keeps what it says it has.
   */
  readonly claim: (key: string, intent: Intent) => Promise<Claim>;
  /**
   * Keeps an answer and returns it as kept: secrets are taken out of its strings. `usd` absent: the cost is unknown. Should the call
   * be settled already, the first answer stays and is returned; the second counts as lost.
   */
  readonly settle: (key: string, answer: Answer, usd?: number) => Promise<Answer>;
  /** Keeps a failure: `failed` when it cannot have been paid, else `unknown`. */
  readonly fail: (key: string, failure: Failure) => Promise<void>;
  readonly grade: (key: string) => Graded | undefined;
  readonly keepGrade: (key: string, graded: Graded) => Promise<void>;
  /** Looks at test cases, in their order, but those that cannot be read. */
  readonly looks: () => readonly Look[];
  /** Looks that cannot be read, by the numbers of their rows: they were spent all the same. */
  readonly lostLooks: () => readonly number[];
  readonly keepLook: (look: Look) => Promise<void>;
  /** What the last finished sweep of a suite found; absent where there is none, or its row is damaged. */
  readonly sweep: (suite: string) => FinishedSweep | undefined;
  /** Takes the place of the suite's last one. */
  readonly keepSweep: (sweep: FinishedSweep) => Promise<void>;
  /** Rows that were damaged when they were read. */
  readonly damaged: () => number;
  /** Throws StorageError where the file was deleted or replaced since it was opened; `claim` does so too, so that a run stops. */
  readonly checkThere: () => void;
  /** Lets go of pages of the file that are kept in memory: whoever asks on reads them again. */
  readonly forget: () => void;
  /** Writes what waits and closes the file; where it is gone, writes all of it out again before. */
  readonly close: () => void;
}

/** Lists as those of the ledger. */
export type LedgerWalk = Pick<Ledger, "statuses" | "readMany">;

export interface LedgerOptions {
  /** Absolute path; `:memory:` keeps nothing. */
  readonly file: string;
  readonly redact: Redact;
  readonly world: Pick<World, "now">;
  /** Only reads; a missing file is an empty ledger. Default false. */
  readonly readOnly?: boolean;
  /** Whether intents are synced to the disk. Default true; false for tests, whose time passes faster than a disk turns. */
  readonly syncs?: boolean;
  /** Of this process; for tests. */
  readonly owner?: Owner;
}

/**
 * Opens or makes a ledger. Throws ConfigError for a folder or file that cannot be used, a newer version and a file that is no ledger: before
 * anything is paid.
 */
export function openLedger(options: LedgerOptions): Ledger {
  const { file, readOnly = false } = options;
  if (readOnly) return new SqliteLedger(existsSync(file) ? openForReading(file) : openForWriting(":memory:"), options);
  const damage = damagedLog(file);
  const notes = damage === undefined ? [] : [tellDamagedLog(file, damage, options.world.now())];
  return new SqliteLedger(openForWriting(file), options, notes);
}

/** An intent must be on record whatever happens once its request has left. */
const SYNCED = { synced: true };

class SqliteLedger implements Ledger {
  readonly file: string;
  readonly notes: readonly string[];
  readonly #db: DatabaseSync;
  readonly #sql: Statements;
  readonly #writer: LedgerWriter;
  readonly #options: LedgerOptions;
  readonly #run: number;
  /** Runs that are known to be over; those that live are asked for each time. */
  readonly #over = new Set<number>();
  readonly #presence: Presence;
  /** Milliseconds since 1970. */
  #seenAt = 0;
  #damaged = 0;
  #closed = false;

  constructor(db: DatabaseSync, options: LedgerOptions, notes: readonly string[] = []) {
    this.file = options.file;
    this.notes = notes;
    this.#db = db;
    this.#options = options;
    this.#sql = prepareAll(db);
    this.#writer = new LedgerWriter(db, options.file, options.syncs);
    this.#presence = watchPresence(options.file, options.world.now);
    this.#run = options.readOnly === true ? 0 : this.#beginRun();
  }

  readonly status = (key: string): CallStatus | undefined => {
    const row = this.#read(() => this.#sql.status.get(keyBytes(key)) as StatusRow | undefined);
    return row && this.#statusOf(row);
  };

  readonly statuses = (keys: readonly string[]): readonly (CallStatus | undefined)[] => this.walk().statuses(keys);

  readonly read = (key: string): Stored | undefined => {
    const row = this.#read(() => this.#sql.body.get(keyBytes(key)) as BodyRow | undefined);
    return row && this.#storedOf(row, key);
  };

  readonly readMany = (keys: readonly string[]): readonly (Stored | undefined)[] => this.walk().readMany(keys);

  readonly walk = (): LedgerWalk => {
    const statuses = new RowsAhead(this.#sql.statuses);
    const bodies = new RowsAhead(this.#sql.bodies);
    const find = <Row extends KeyedRow>(rows: RowsAhead<Row>, keys: readonly string[]) =>
      this.#read(() => rows.find(keys));
    return {
      statuses: (keys) => find(statuses, keys).map((row) => row && this.#statusOf([row[2], row[3], row[4]])),
      readMany: (keys) =>
        find(bodies, keys).map((row, at) => row && this.#storedOf([row[2], row[3], row[4]], keys[at] ?? "")),
    };
  };

  readonly writtenAt = (key: string): number | undefined => {
    const row = this.#read(() => this.#sql.at.get(keyBytes(key)) as readonly [number] | undefined);
    return row?.[0];
  };

  readonly claim = (key: string, intent: Intent): Promise<Claim> => {
    const trouble = this.#lookAgain();
    if (trouble !== undefined) return Promise.reject(trouble);
    return this.#writer.write((): Claim => {
      const row = this.#sql.claim.get(keyBytes(key)) as ClaimRow | undefined;
      const at = this.#options.world.now().getTime();
      const worst = intent.worstUsd ?? null;
      if (row === undefined) {
        this.#sql.insert.run(keyBytes(key), this.#run, at, this.#options.redact(intent.modelId), worst);
        return { kind: "claimed" };
      }
      const [state, run, , worstBefore] = row;
      if (state === "settled") return { kind: "settled" };
      if (state === "intent" && run !== this.#run && this.#lives(run)) return { kind: "busy" };
      // An intent that is claimed anew was sent by a run that died, or is being sent twice by this one: either way it is lost.
      const lost = state === "intent" || state === "unknown";
      if (lost) this.#sql.lose.run(keyBytes(key));
      this.#sql.renew.run(keyBytes(key), this.#run, at, worst);
      if (!lost || run === this.#run) return { kind: "claimed" };
      return { kind: "claimed", again: worstBefore === null ? {} : { usd: worstBefore } };
    }, SYNCED);
  };

  readonly settle = async (key: string, answer: Answer, usd?: number): Promise<Answer> => {
    const kept = redactStrings(answer, this.#options.redact);
    const body = JSON.stringify(kept);
    const at = this.#options.world.now().getTime();
    const settle = () =>
      this.#sql.settle.run(
        ...[keyBytes(key), at, kept.modelId ?? null, usd ?? null, body, checksumOf(key, body), this.#run],
        costSealOf(key, usd ?? null),
      ).changes === 1;
    const first = await this.#writer.write(() => {
      if (settle()) return undefined;
      if (!this.#isSecond(key, at, usd)) settle();
      return this.read(key);
    });
    return first?.kind === "completion" && first.completion.kind === "answer" ? first.completion : kept;
  };

  readonly fail = async (key: string, failure: Failure): Promise<void> => {
    const body = JSON.stringify(redactStrings(failure, this.#options.redact));
    const statement = mayHaveBeenPaid(failure) ? this.#sql.mayBePaid : this.#sql.fail;
    const at = this.#options.world.now().getTime();
    await this.#writer.write(() => statement.run(keyBytes(key), at, body, checksumOf(key, body), this.#run));
  };

  readonly grade = (key: string): Graded | undefined => {
    const row = this.#read(() => this.#sql.grade.get(keyBytes(key)) as readonly [string, string] | undefined);
    if (row === undefined || row[1] !== checksumOf(key, row[0])) return undefined;
    return JSON.parse(row[0]) as Graded;
  };

  readonly keepGrade = async (key: string, graded: Graded): Promise<void> => {
    const body = JSON.stringify(redactStrings(graded, this.#options.redact));
    const at = this.#options.world.now().getTime();
    await this.#writer.write(() => this.#sql.keepGrade.run(keyBytes(key), this.#run, at, body, checksumOf(key, body)));
  };

  readonly looks = (): readonly Look[] => this.#looks().flatMap(({ look }) => (look === undefined ? [] : [look]));

  readonly lostLooks = (): readonly number[] =>
    this.#looks().flatMap(({ id, look }) => (look === undefined ? [id] : []));

  readonly keepLook = async (look: Look): Promise<void> => {
    const body = JSON.stringify(redactStrings(look, this.#options.redact));
    const at = this.#options.world.now().getTime();
    const keep = this.#db.prepare("INSERT INTO looks (run, at, body, checksum) VALUES (?, ?, ?, ?)");
    await this.#writer.write(() => keep.run(this.#run, at, body, checksumOf(LOOK, body)));
  };

  readonly sweep = (suite: string): FinishedSweep | undefined =>
    this.#read(() => {
      const row = this.#db.prepare("SELECT body, checksum FROM sweeps WHERE suite = ?").get(suite);
      const { body, checksum } = row ?? {};
      if (typeof body !== "string" || checksum !== checksumOf(sweepSeal(suite), body)) return undefined;
      return JSON.parse(body) as FinishedSweep;
    });

  readonly keepSweep = async (sweep: FinishedSweep): Promise<void> => {
    const body = JSON.stringify(redactStrings(sweep, this.#options.redact));
    const at = this.#options.world.now().getTime();
    const keep = this.#db.prepare(
      "INSERT OR REPLACE INTO sweeps (suite, run, at, body, checksum) VALUES (?, ?, ?, ?, ?)",
    );
    const { suite } = sweep;
    await this.#writer.write(() => keep.run(suite, this.#run, at, body, checksumOf(sweepSeal(suite), body)));
  };

  readonly damaged = (): number => this.#damaged;

  readonly checkThere = (): void => {
    const trouble = this.#presence.trouble();
    if (trouble !== undefined) throw trouble;
  };

  readonly forget = (): void => {
    this.#db.exec("PRAGMA shrink_memory");
  };

  readonly close = (): void => {
    if (this.#closed) return;
    this.#closed = true;
    this.#writer.flush();
    try {
      if (this.#run !== 0) {
        this.#db
          .prepare("UPDATE runs SET ended_at = ? WHERE id = ?")
          .run(this.#options.world.now().getTime(), this.#run);
      }
    } catch {
      // A run that is not marked as ended is found dead by its process.
    }
    try {
      if (this.#run !== 0) this.#presence.writeOut(this.#db);
    } catch (thrown) {
      throw storageError(thrown, this.file);
    } finally {
      this.#db.close();
    }
  };

  /**
   * An answer comes to a call that is no longer ours to settle, since another run took this one for dead. True: the call is settled, and
   * this answer is counted as lost; false: the call is ours again, and the other run's request is on the list of losses.
   */
  #isSecond(key: string, at: number, usd: number | undefined): boolean {
    const row = this.#sql.claim.get(keyBytes(key)) as ClaimRow | undefined;
    if (row === undefined) {
      // Pruned meanwhile.
      this.#sql.insert.run(keyBytes(key), this.#run, at, "", null);
      return false;
    }
    const [state] = row;
    const [ours] = this.#sql.ours.get(keyBytes(key), this.#run) as unknown as readonly [number | null];
    if (state === "settled") {
      if (ours === null) this.#sql.addLoss.run(keyBytes(key), this.#run, at, usd ?? null);
      else this.#sql.settleLoss.run(keyBytes(key), this.#run, ours, at, usd ?? null);
      return true;
    }
    if (row[1] !== this.#run && state !== "failed") this.#sql.lose.run(keyBytes(key));
    if (ours !== null) this.#sql.takeBack.run(keyBytes(key), this.#run, ours);
    this.#sql.putBack.run(keyBytes(key), this.#run, ours ?? row[2]);
    return false;
  }

  /** At most once a millisecond: a look takes a twentieth of what a write does. */
  #lookAgain(): StorageError | undefined {
    const at = this.#options.world.now().getTime();
    if (at === this.#seenAt) return undefined;
    this.#seenAt = at;
    return this.#presence.trouble();
  }

  #looks(): readonly { readonly id: number; readonly look: Look | undefined }[] {
    return this.#read(() =>
      this.#db
        .prepare("SELECT id, body, checksum FROM looks ORDER BY at, id")
        .all()
        .map(({ id, body, checksum }) => {
          const whole = typeof body === "string" && checksum === checksumOf(LOOK, body);
          const look = whole ? (JSON.parse(body) as Look) : undefined;
          return { id: Number(id), look: look?.lost === undefined ? look : undefined };
        }),
    );
  }

  #statusOf([state, run, modelId]: StatusRow): CallStatus {
    return { state, ours: run !== 0 && run === this.#run, ...(modelId === null ? {} : { modelId }) };
  }

  #storedOf([state, body, checksum]: BodyRow, key: string): Stored | undefined {
    if (state === "intent") return { kind: "in-flight" };
    // A row that was found damaged before holds nothing.
    if (body === null && state === "failed") return undefined;
    if (body !== null && checksum === checksumOf(key, body)) {
      // The checksum says that this text was written here, for this key.
      return { kind: "completion", completion: JSON.parse(body) as Completion };
    }
    this.#damaged++;
    this.#setAside(key, [state, body, checksum]);
    return { kind: "damaged" };
  }

  #beginRun(): number {
    const { host, pid, born } = this.#options.owner ?? thisProcess();
    return this.#read(() =>
      Number(
        this.#db
          .prepare("INSERT INTO runs (host, pid, born, started_at, uid) VALUES (?, ?, ?, ?, ?)")
          .run(host, pid, born, this.#options.world.now().getTime(), randomUUID()).lastInsertRowid,
      ),
    );
  }

  #lives(run: number): boolean {
    if (this.#over.has(run)) return false;
    const row = this.#sql.run.get(run);
    const lives =
      row !== undefined &&
      row.ended_at === null &&
      isAlive({ host: String(row.host), pid: Number(row.pid), born: String(row.born) });
    if (!lives) this.#over.add(run);
    return lives;
  }

  /** A damaged row is no answer: the next run buys it again. */
  #setAside(key: string, seen: BodyRow): void {
    if (this.#options.readOnly === true) return;
    const alone = !this.#db.isTransaction;
    try {
      if (alone) this.#db.exec("BEGIN IMMEDIATE");
      const now = this.#sql.body.get(keyBytes(key)) as BodyRow | undefined;
      // Unless another process has renewed the row meanwhile.
      if (seen.every((value, index) => value === now?.[index])) {
        // What it cost is spent all the same.
        this.#sql.lose.run(keyBytes(key));
        this.#sql.damage.run(keyBytes(key));
      }
      if (alone) this.#db.exec("COMMIT");
    } catch {
      // It stays damaged, and is told again at the next reading.
      if (alone && this.#db.isTransaction) this.#db.exec("ROLLBACK");
    }
  }

  #read<T>(work: () => T): T {
    if (this.#closed) throw new ConfigError("ledger-closed", "the ledger is closed already", { fix: "Open it again." });
    try {
      return work();
    } catch (thrown) {
      throw storageError(thrown, this.file);
    }
  }
}
