import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StorageError } from "../errors.ts";
import { LedgerWriter } from "./ledger-writer.ts";

let folder: string;
let db: DatabaseSync;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gapcheck-writer-"));
  db = new DatabaseSync(join(folder, "x.sqlite"));
  db.exec("PRAGMA journal_mode = WAL; CREATE TABLE t (n INTEGER PRIMARY KEY, text TEXT)");
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const count = () => db.prepare("SELECT count(*) AS n FROM t").get()?.n;

describe("LedgerWriter", () => {
  it("commits one turn's writes together, before it answers", async () => {
    const writer = new LedgerWriter(db, "x");
    const insert = db.prepare("INSERT INTO t (n) VALUES (?)");
    const reader = new DatabaseSync(join(folder, "x.sqlite"), { readOnly: true });
    const writes = [1, 2, 3].map((n) => writer.write(() => insert.run(n).changes));
    expect(count()).toBe(0);
    await writes[0];
    expect(reader.prepare("SELECT count(*) AS n FROM t").get()?.n).toBe(3);
    reader.close();
    expect(await Promise.all(writes)).toEqual([1, 1, 1]);
  });

  it("syncs a commit that holds an intent, and no other", async () => {
    db.exec("PRAGMA synchronous = NORMAL");
    const mode = () => db.prepare("PRAGMA synchronous").get()?.synchronous;
    const [NORMAL, FULL] = [1, 2];
    const writer = new LedgerWriter(db, "x");
    expect(await writer.write(mode)).toBe(NORMAL);
    expect(await Promise.all([writer.write(mode), writer.write(mode, { synced: true })])).toEqual([FULL, FULL]);
    expect(await writer.write(mode)).toBe(NORMAL);
    const fast = new LedgerWriter(db, "x", false);
    expect(await fast.write(mode, { synced: true })).toBe(NORMAL);
  });

  it("tells all of a full disk's writes, keeps none of them, and works again when there is room", async () => {
    const writer = new LedgerWriter(db, "the/ledger");
    const insert = db.prepare("INSERT INTO t (text) VALUES (?)");
    await writer.write(() => insert.run("kept"));
    db.exec("PRAGMA max_page_count = 4");
    const results = await Promise.allSettled([
      writer.write(() => insert.run("small")),
      writer.write(() => insert.run("x".repeat(1_000_000))),
    ]);
    for (const result of results) {
      expect(result).toMatchObject({ status: "rejected", reason: { name: "StorageError", file: "the/ledger" } });
      expect(result.status === "rejected" && result.reason).toBeInstanceOf(StorageError);
    }
    expect(count()).toBe(1);
    db.exec("PRAGMA max_page_count = 100000");
    await writer.write(() => insert.run("x".repeat(1_000_000)));
    expect(count()).toBe(2);
  });

  it("repeats a transaction that another process held up", async () => {
    let held = 2;
    const busy = {
      get isTransaction() {
        return db.isTransaction;
      },
      exec: (sql: string) => {
        if (sql.startsWith("BEGIN") && held-- > 0) throw Object.assign(new Error("database is locked"), { errcode: 5 });
        db.exec(sql);
      },
    };
    const writer = new LedgerWriter(busy as DatabaseSync, "x");
    let applied = 0;
    const insert = db.prepare("INSERT INTO t (n) VALUES (1)");
    const write = writer.write(() => {
      applied++;
      return insert.run().changes;
    });
    expect(await write).toBe(1);
    expect(applied).toBe(1);
    expect(count()).toBe(1);
  });

  it("gives up when it is held up for too long, and works again after", async () => {
    const writer = new LedgerWriter(db, "x");
    const other = new DatabaseSync(join(folder, "x.sqlite"));
    other.exec("BEGIN IMMEDIATE");
    const insert = () => db.prepare("INSERT INTO t (n) VALUES (1)").run().changes;
    await expect(writer.write(insert)).rejects.toThrow(/locked/);
    other.exec("COMMIT");
    expect(await writer.write(insert)).toBe(1);
    other.close();
  });

  it("commits at once when it is flushed", async () => {
    const writer = new LedgerWriter(db, "x");
    const write = writer.write(() => db.prepare("INSERT INTO t (n) VALUES (1)").run().changes);
    writer.flush();
    expect(count()).toBe(1);
    await write;
  });
});
