/** Group commit: all writes that are asked for in one turn of the event loop share one transaction, and each is told when it is on disk. */
import type { DatabaseSync } from "node:sqlite";
import { SQLITE_BUSY, sqliteCode, storageError } from "./ledger-schema.ts";

interface Write {
  /** Runs inside of the transaction; may run again when the transaction has to be repeated. */
  readonly apply: () => unknown;
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** Further tries when another process holds the file for longer than the busy timeout. */
const BUSY_RETRIES = 3;

export class LedgerWriter {
  readonly #db: DatabaseSync;
  readonly #file: string;
  #waiting: Write[] = [];
  #scheduled: NodeJS.Immediate | undefined;

  constructor(db: DatabaseSync, file: string) {
    this.#db = db;
    this.#file = file;
  }

  /** Resolves with the result of `apply` once it is committed. Rejects with StorageError (or ConfigError, for a damaged file) when it is not. */
  write<T>(apply: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ apply, resolve, reject });
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
}
