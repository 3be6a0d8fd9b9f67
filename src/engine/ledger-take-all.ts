/** Takes entries of any number and any source into a ledger. */
import type { DatabaseSync } from "node:sqlite";
import { BookWriter, type Entry, type TakenIn } from "./ledger-book.ts";

/** Entries of one transaction: a run beside it waits no longer than that, and a kill leaves whole entries, which may be taken again. */
const BATCH = 500;

/** Takes all entries in, batch by batch. Throws what SQLite throws; what was taken before stays. */
export async function takeAll(db: DatabaseSync, all: AsyncIterable<Entry> | Iterable<Entry>): Promise<TakenIn> {
  const writer = new BookWriter(db);
  let batch: Entry[] = [];
  const commit = (): void => {
    db.exec("BEGIN IMMEDIATE");
    try {
      for (const entry of batch) writer.take(entry);
      db.exec("COMMIT");
    } catch (thrown) {
      if (db.isTransaction) db.exec("ROLLBACK");
      throw thrown;
    }
    batch = [];
  };
  for await (const entry of all) {
    batch.push(entry);
    if (batch.length >= BATCH) commit();
  }
  commit();
  return writer.counts;
}
