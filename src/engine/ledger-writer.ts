/** Group commit: all writes that are asked for in one turn of the event loop share one transaction, and each is told when it is on disk. */
import type { DatabaseSync } from "node:sqlite";
import { SQLITE_BUSY, sqliteCode, storageError } from "./ledger-schema.ts";

interface Write {
  /** Runs inside of the transaction; may run again when the transaction has to be repeated. */
  readonly apply: () => unknown;
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
  readonly synced: boolean;
}

/** Further tries when another process holds the file for longer than the busy timeout. */
const BUSY_RETRIES = 3;

export class LedgerWriter {
  readonly #db: DatabaseSync;
  readonly #file: string;
  readonly #syncs: boolean;
  #synced = false;
  #waiting: Write[] = [];
  #scheduled: NodeJS.Immediate | undefined;

  /** @param syncs whether `synced` is obeyed; without it nothing outlives a loss of power for certain */
  constructor(db: DatabaseSync, file: string, syncs = true) {
    this.#db = db;
    this.#syncs = syncs;
    this.#file = file;
  }

  /**
   * Resolves with the result of `apply` once it is committed: a commit outlives the process. `synced`: the disk has it too, and all that was committed before; one
   * sync for all that share the commit. Rejects with StorageError (or ConfigError, for a damaged file) when it is not.
   */
  write<T>(apply: () => T, { synced = false }: { readonly synced?: boolean } = {}): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ apply, resolve, reject, synced });
      this.#scheduled ??= setImmediate(() => this.flush());
    });
  }

  /** Commits what waits, now. */
  flush(): void {
    if (this.#scheduled !== undefined) clearImmediate(this.#scheduled);
    this.#scheduled = undefined;
    const writes = this.#waiting;
    if (writes.length === 0) return;
    this.#waiting = [];
    try {
      const results = this.#commit(writes);
      for (const [index, write] of writes.entries()) write.resolve(results[index] as never);
    } catch (thrown) {
      const error = storageError(thrown, this.#file);
      for (const write of writes) write.reject(error);
    }
  }

  #commit(writes: readonly Write[]): readonly unknown[] {
    for (let attempt = 0; ; attempt++) {
      try {
        this.#sync(writes.some(({ synced }) => synced));
        this.#db.exec("BEGIN IMMEDIATE");
        const results = writes.map(({ apply }) => apply());
        this.#db.exec("COMMIT");
        return results;
      } catch (thrown) {
        if (this.#db.isTransaction) this.#db.exec("ROLLBACK");
        if (sqliteCode(thrown) !== SQLITE_BUSY || attempt >= BUSY_RETRIES) throw thrown;
      }
    }
  }

  #sync(synced: boolean): void {
    if (!this.#syncs || synced === this.#synced) return;
    this.#db.exec(`PRAGMA synchronous = ${synced ? "FULL" : "NORMAL"}`);
    this.#synced = synced;
  }
}
