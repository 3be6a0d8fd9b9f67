import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ConfigError, StorageError } from "../errors.ts";
import type { Answer, Failure } from "../suite/completion.ts";
import { type Ledger, type LedgerOptions, openLedger } from "./ledger.ts";
import { entries, lostEntry } from "./ledger-book.ts";
import { takeAll } from "./ledger-take-all.ts";
import { verifyLedger } from "./ledger-verify.ts";
import { simulatedWorld } from "./simulated-world.test-data.ts";

let folder: string;
const opened: Ledger[] = [];
const world = simulatedWorld();
const dead = { host: "elsewhere", pid: 1, born: "" };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gapcheck-ledger-"));
});
afterEach(() => {
  for (const ledger of opened.splice(0)) ledger.close();
  rmSync(folder, { recursive: true });
});

function open(over: Partial<LedgerOptions> = {}): Ledger {
  const ledger = openLedger({
    file: join(folder, "sub", "ledger.sqlite"),
    redact: (text) => text,
    world,
    syncs: false,
    ...over,
  });
  opened.push(ledger);
  return ledger;
}

const key = (n: number): string => n.toString(16).padStart(64, "0");
const answer = (text: string, over: Partial<Answer> = {}): Answer => ({
  kind: "answer",
  text,
  finish: "stop",
  ...over,
});
const failure = (over: Partial<Failure> = {}): Failure => ({
  kind: "failure",
  code: "bad-request",
  retry: "final",
  scope: "call",
  message: "no",
  ...over,
});
const lost = failure({ code: "timeout", retry: "maybe-paid" });
/** A ledger as version 1 wrote it. */
const V1 = `
CREATE TABLE runs (id INTEGER PRIMARY KEY, host TEXT NOT NULL, pid INTEGER NOT NULL, born TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER) STRICT;
CREATE TABLE calls (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, state TEXT NOT NULL CHECK (state IN ('intent', 'settled', 'failed', 'unknown')),
  run INTEGER NOT NULL, at INTEGER NOT NULL, model TEXT NOT NULL, returned TEXT, attempts INTEGER NOT NULL, worst_usd REAL, usd REAL,
  lost INTEGER NOT NULL, lost_usd REAL NOT NULL, body TEXT, checksum TEXT) STRICT;
CREATE TABLE grades (key BLOB NOT NULL PRIMARY KEY, run INTEGER NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL, checksum TEXT NOT NULL) STRICT;
INSERT INTO runs VALUES (1, 'h', 1, 'b', 1000, 2000);
INSERT INTO calls VALUES (1, x'${"0".repeat(63)}1', 'unknown', 1, 1500, 'm', NULL, 2, 0.25, NULL, 2, 0.75, '{}', 'x');
INSERT INTO calls VALUES (2, x'${"0".repeat(63)}2', 'settled', 1, 1500, 'm', NULL, 1, 0.25, 0.1, 0, 0, '{}', 'x');`;
const intent = { modelId: "m", worstUsd: 0.25 };

async function settled(ledger: Ledger, n: number, text: string): Promise<void> {
  await ledger.claim(key(n), intent);
  await ledger.settle(key(n), answer(text), 0.1);
}

/** Row of a key as another program sees it. */
function rowOf(ledger: Ledger, n: number): Record<string, unknown> | undefined {
  const db = new DatabaseSync(ledger.file, { readOnly: true });
  try {
    return db
      .prepare(`SELECT state, attempts, worst_usd, usd, coalesce((SELECT sum(count) FROM losses WHERE key = calls.key), 0) AS lost,
        coalesce((SELECT sum(usd) FROM losses WHERE key = calls.key), 0) AS lost_usd FROM calls WHERE key = ?`)
      .get(Buffer.from(key(n), "hex"));
  } finally {
    db.close();
  }
}

describe("looks", () => {
  const look = (name: string) => ({
    suite: "s",
    candidates: [{ name, role: "prompt-only" as const, calls: { a: "b" } }],
  });

  it("are kept in their order, also in a ledger of before there were looks", async () => {
    const file = join(folder, "old.sqlite");
    const old = new DatabaseSync(file);
    old.exec(`${V1} PRAGMA application_id = ${0x67617063}; PRAGMA user_version = 1;`);
    old.close();
    expect(open({ file, readOnly: true }).looks()).toEqual([]);
    const ledger = open({ file });
    await ledger.keepLook(look("first"));
    await ledger.keepLook(look("second"));
    expect(ledger.looks()).toEqual([look("first"), look("second")]);
    ledger.close();
    expect(open({ file, readOnly: true }).looks()).toHaveLength(2);
  });

  it("that were damaged go on counting, also where the ledger is carried, until they are found again", async () => {
    const ledger = open();
    await ledger.keepLook(look("first"));
    ledger.close();
    const db = new DatabaseSync(ledger.file);
    const whole = [...entries(db)].flatMap((entry) => (entry.kind === "look" ? [entry.look] : []))[0];
    if (whole === undefined) throw new Error("no look");
    db.exec("UPDATE looks SET body = replace(body, 'first', 'other')");
    expect([open().looks(), open().lostLooks()]).toEqual([[], [1]]);
    expect(verifyLedger(db).damaged).toMatchObject([{ kind: "look", key: "1", why: "checksum" }]);
    const carried = open({ file: join(folder, "carried.sqlite") });
    carried.close();
    const there = new DatabaseSync(carried.file);
    for (let times = 0; times < 2; times++) await takeAll(there, entries(db));
    expect([open(carried).looks(), open(carried).lostLooks()]).toEqual([[], [1]]);
    expect(verifyLedger(there).damaged).toMatchObject([{ kind: "look", key: "1", why: "lost" }]);
    // What was exported before brings it back, to both.
    for (const [file, book] of [
      [ledger.file, db],
      [carried.file, there],
    ] as const) {
      await takeAll(book, [{ kind: "look", look: whole }]);
      expect([open({ file }).looks().length, open({ file }).lostLooks()]).toEqual([1, []]);
      // And what cannot be read of it does not come back.
      await takeAll(book, [{ kind: "look", look: lostEntry(whole) }]);
      expect(open({ file }).lostLooks()).toEqual([]);
    }
    db.close();
    there.close();
  });
});

describe("a ledger whose file goes away while a run is at work", () => {
  it("stops the run, and is written out again when it ends", async () => {
    let ms = 0;
    const ledger = open({ world: { now: () => new Date(ms++) } });
    await settled(ledger, 1, "one");
    await ledger.claim(key(2), intent);
    rmSync(join(folder, "sub"), { recursive: true });
    await expect(ledger.claim(key(3), intent)).rejects.toThrow(
      /deleted while the run was at work; .* written out again to .*ledger\.sqlite /,
    );
    expect(() => ledger.checkThere()).toThrow(StorageError);
    // What was in flight is kept.
    await ledger.settle(key(2), answer("two"), 0.1);
    ledger.close();
    const again = open();
    expect([1, 2, 3].map((n) => again.status(key(n))?.state)).toEqual(["settled", "settled", undefined]);
    expect(again.read(key(2))).toEqual({ kind: "completion", completion: answer("two") });
    expect(() => again.checkThere()).not.toThrow();
  });

  it("reads and keeps on after it forgot what it had in memory", async () => {
    const ledger = open();
    await settled(ledger, 1, "one");
    await ledger.claim(key(2), intent);
    ledger.forget();
    await ledger.settle(key(2), answer("two"), 0.1);
    ledger.forget();
    expect([1, 2].map((n) => ledger.read(key(n)))).toEqual([
      { kind: "completion", completion: answer("one") },
      { kind: "completion", completion: answer("two") },
    ]);
  });

  it("leaves alone what stands in its place", async () => {
    const ledger = open();
    await settled(ledger, 1, "one");
    renameSync(join(folder, "sub"), join(folder, "moved"));
    const other = open();
    await settled(other, 2, "theirs");
    expect(() => ledger.checkThere()).toThrow(
      expect.objectContaining({ fix: expect.stringContaining("gapcheck ledger rescue") }),
    );
    ledger.close();
    await settled(other, 3, "theirs too");
    other.close();
    const [saved = ""] = readdirSync(join(folder, "sub")).filter((name) => name.includes(".saved-"));
    expect(open({ file: join(folder, "sub", saved) }).status(key(1))?.state).toBe("settled");
    const there = open();
    expect([1, 2, 3].map((n) => there.status(key(n))?.state)).toEqual([undefined, "settled", "settled"]);
  });
});

it("an intent is synced to the disk before it may be sent", async () => {
  const commits: string[] = [];
  const exec = DatabaseSync.prototype.exec;
  const spy = vi.spyOn(DatabaseSync.prototype, "exec").mockImplementation(function (this: DatabaseSync, sql: string) {
    if (sql === "COMMIT") commits.push(String(this.prepare("PRAGMA synchronous").get()?.synchronous));
    exec.call(this, sql);
  });
  const ledger = open({ syncs: true });
  commits.length = 0;
  await settled(ledger, 1, "one");
  spy.mockRestore();
  expect(commits).toEqual(["2", "1"]);
});

describe("a call in the ledger", () => {
  it("is an intent on disk before it may be sent, and settled after", async () => {
    const ledger = open();
    expect(ledger.status(key(1))).toBeUndefined();
    expect(ledger.read(key(1))).toBeUndefined();
    expect(await ledger.claim(key(1), intent)).toEqual({ kind: "claimed" });
    expect(rowOf(ledger, 1)).toMatchObject({ state: "intent", attempts: 1, worst_usd: 0.25 });
    expect(ledger.read(key(1))).toEqual({ kind: "in-flight" });
    await ledger.settle(key(1), answer("yes", { modelId: "m-2026" }), 0.1);
    expect(rowOf(ledger, 1)).toMatchObject({ state: "settled", usd: 0.1, lost: 0 });
    expect(ledger.status(key(1))).toEqual({ state: "settled", ours: true, modelId: "m-2026" });
    expect(ledger.read(key(1))).toEqual({ kind: "completion", completion: answer("yes", { modelId: "m-2026" }) });
    expect(await ledger.claim(key(1), intent)).toEqual({ kind: "settled" });
  });

  it("is found among many, in the order of the asking, whatever their number", async () => {
    const ledger = open();
    await Promise.all(Array.from({ length: 300 }, (_, n) => ledger.claim(key(n), intent)));
    await Promise.all(
      Array.from({ length: 300 }, (_, n) =>
        n % 3 === 0 ? ledger.settle(key(n), answer(`${n}`, { modelId: "m" })) : undefined,
      ),
    );
    const asked = [299, 1000, 3, 3, 0, ...Array.from({ length: 200 }, (_, n) => 250 - n), 5_000];
    expect(ledger.statuses(asked.map(key))).toEqual(asked.map((n) => ledger.status(key(n))));
    expect(ledger.readMany(asked.map(key))).toEqual(asked.map((n) => ledger.read(key(n))));
    expect(ledger.readMany([key(6)])).toEqual([{ kind: "completion", completion: answer("6", { modelId: "m" }) }]);
    expect(ledger.statuses([])).toEqual([]);
  });

  it("shares one transaction with the others of its turn", async () => {
    const ledger = open();
    const claims = await Promise.all(Array.from({ length: 50 }, (_, n) => ledger.claim(key(n), intent)));
    expect(claims.every(({ kind }) => kind === "claimed")).toBe(true);
  });

  it("keeps the first answer when a second one comes, and counts that one as lost", async () => {
    const ledger = open();
    await settled(ledger, 1, "first");
    expect(await ledger.settle(key(1), answer("second"), 0.2)).toEqual(answer("first"));
    expect(ledger.read(key(1))).toEqual({ kind: "completion", completion: answer("first") });
    expect(rowOf(ledger, 1)).toMatchObject({ lost: 1, lost_usd: 0.2 });
  });

  it("that failed for nothing is sent again by the next run without a word on money", async () => {
    const first = open();
    await first.claim(key(1), intent);
    await first.fail(key(1), failure());
    expect(first.status(key(1))).toMatchObject({ state: "failed", ours: true });
    first.close();
    const next = open();
    expect(next.status(key(1))).toMatchObject({ state: "failed", ours: false });
    expect(next.read(key(1))).toEqual({ kind: "completion", completion: failure() });
    expect(await next.claim(key(1), intent)).toEqual({ kind: "claimed" });
    expect(rowOf(next, 1)).toMatchObject({ state: "intent", attempts: 2, lost: 0, lost_usd: 0 });
  });

  it("that may have been paid counts as lost at its worst, also when it is answered later", async () => {
    const first = open();
    await first.claim(key(1), intent);
    await first.fail(key(1), lost);
    expect(rowOf(first, 1)).toMatchObject({ state: "unknown", worst_usd: 0.25, lost: 0 });
    expect(await first.claim(key(1), intent)).toEqual({ kind: "claimed" });
    await first.fail(key(1), lost);
    first.close();
    const next = open();
    expect(await next.claim(key(1), { modelId: "m", worstUsd: 0.5 })).toEqual({
      kind: "claimed",
      again: { usd: 0.25 },
    });
    await next.settle(key(1), answer("late"), 0.1);
    expect(rowOf(next, 1)).toMatchObject({ state: "settled", attempts: 3, lost: 2, lost_usd: 0.5, usd: 0.1 });
  });

  it("that was in flight when its run died is bought again, once, and counted", async () => {
    const first = open({ owner: dead });
    await first.claim(key(1), intent);
    await first.claim(key(2), { modelId: "m" });
    // Not closed: the run was killed.
    const next = open();
    expect(next.read(key(1))).toEqual({ kind: "in-flight" });
    expect(await next.claim(key(1), intent)).toEqual({ kind: "claimed", again: { usd: 0.25 } });
    expect(await next.claim(key(2), intent)).toEqual({ kind: "claimed", again: {} });
    expect(rowOf(next, 1)).toMatchObject({ attempts: 2, lost: 1, lost_usd: 0.25 });
  });

  it("that another living process has in flight is not sent", async () => {
    const first = open();
    const second = open();
    await first.claim(key(1), intent);
    expect(await second.claim(key(1), intent)).toEqual({ kind: "busy" });
    await first.settle(key(1), answer("theirs"));
    expect(await second.claim(key(1), intent)).toEqual({ kind: "settled" });
    expect(second.read(key(1))).toEqual({ kind: "completion", completion: answer("theirs") });
  });

  it("whose owner's number was given to another process is taken over", async () => {
    const first = open({
      owner: { host: (await import("node:os")).hostname(), pid: process.pid, born: "another boot:1" },
    });
    await first.claim(key(1), intent);
    expect(await open().claim(key(1), intent)).toMatchObject({ kind: "claimed", again: { usd: 0.25 } });
  });

  it.each([
    ["the one taken for dead", 0.1, 0.2],
    ["the one that took over", 0.2, 0.1],
  ] as const)(
    "that two runs sent keeps the answer that came first, from %s, and counts both",
    async (_who, kept, lostUsd) => {
      const first = open({ owner: dead });
      const second = open();
      await first.claim(key(1), intent);
      await second.claim(key(1), intent);
      const settleFirst = () => first.settle(key(1), answer("first"), 0.1);
      const settleSecond = () => second.settle(key(1), answer("second"), 0.2);
      const inTurn = kept === 0.1 ? [settleFirst, settleSecond] : [settleSecond, settleFirst];
      for (const settle of inTurn) expect(await settle()).toEqual(answer(kept === 0.1 ? "first" : "second"));
      expect(rowOf(second, 1)).toMatchObject({ state: "settled", usd: kept, lost: 1, lost_usd: lostUsd });
    },
  );
});

describe("what is kept", () => {
  const anything = fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    maxLength: 40,
  });

  it("is exactly what was said: NUL, lone surrogates, separators, escapes", async () => {
    const ledger = open();
    let n = 0;
    const check = async (text: string) => {
      const one = key(++n);
      await ledger.claim(one, intent);
      const given = answer(text, { requestId: text, usage: { input: 1, output: 2 }, latencyMs: 12.5 });
      expect(await ledger.settle(one, given)).toEqual(given);
      expect(ledger.read(one)).toEqual({ kind: "completion", completion: given });
    };
    for (const text of [
      "",
      "\0",
      "a\0b",
      "\ud800",
      "\udc00\ud800",
      "\u2028\u2029",
      "\u001b[31m\u202e",
      "你好 🎉",
      "'; --",
      '{"a":',
    ]) {
      await check(text);
    }
    await fc.assert(fc.asyncProperty(anything, check), { numRuns: 200 });
  });

  it("holds no secret, in answers, failures and grades alike", async () => {
    const ledger = open({ redact: (text) => text.replaceAll("hunter22", "[key]") });
    await ledger.claim(key(1), intent);
    expect(await ledger.settle(key(1), answer("my hunter22 key"))).toEqual(answer("my [key] key"));
    await ledger.claim(key(2), intent);
    await ledger.fail(key(2), failure({ message: "hunter22 rejected" }));
    const scored = {
      kind: "scored",
      score: 1,
      why: "hunter22",
      items: [{ name: "hunter22", passed: true, required: true, weight: 1 }],
    } as const;
    await ledger.keepGrade(key(3), { strict: scored, lenient: scored });
    expect(ledger.grade(key(3))?.strict).toMatchObject({ why: "[key]", items: [{ name: "[key]", weight: 1 }] });
    ledger.close();
    for (const name of ["ledger.sqlite", "ledger.sqlite-wal"]) {
      const file = join(folder, "sub", name);
      if (existsSync(file)) expect(readFileSync(file, "latin1")).not.toContain("hunter22");
    }
  });

  it("holds grades by their key", async () => {
    const ledger = open();
    const graded = {
      strict: { kind: "declined" },
      lenient: { kind: "ungraded", reason: "no-majority", why: "2 to 2" },
    } as const;
    expect(ledger.grade(key(1))).toBeUndefined();
    await ledger.keepGrade(key(1), graded);
    expect(ledger.grade(key(1))).toEqual(graded);
  });
});

describe("a damaged ledger", () => {
  const change = (sql: string) => {
    const db = new DatabaseSync(join(folder, "sub", "ledger.sqlite"));
    db.exec(sql);
    db.close();
  };

  it("does not pass a changed answer for one, names it once and lets it be bought again", async () => {
    const ledger = open();
    await settled(ledger, 1, "right");
    change("UPDATE calls SET body = replace(body, 'right', 'wrong')");
    expect(ledger.read(key(1))).toEqual({ kind: "damaged" });
    expect(ledger.damaged()).toBe(1);
    expect(ledger.read(key(1))).toBeUndefined();
    expect(ledger.damaged()).toBe(1);
    expect(await open().claim(key(1), intent)).toEqual({ kind: "claimed" });
  });

  it("does not pass another call's answer for this one's", async () => {
    const ledger = open();
    await settled(ledger, 1, "one");
    await settled(ledger, 2, "two");
    change("UPDATE calls SET (body, checksum) = (SELECT body, checksum FROM calls WHERE id = 2) WHERE id = 1");
    expect(ledger.read(key(1))).toEqual({ kind: "damaged" });
    expect(ledger.read(key(2))).toMatchObject({ kind: "completion" });
  });

  it("is refused when it is no database, of another program, or newer", () => {
    const file = join(folder, "x.sqlite");
    const refusal = (over: Partial<LedgerOptions> = {}) => {
      try {
        open({ file, ...over });
      } catch (thrown) {
        return thrown instanceof ConfigError ? [thrown.code, thrown.place.file, thrown.fix.length > 20] : thrown;
      }
      return "opened";
    };
    writeFileSync(file, "this is no database, but it is long enough to look at, is it not? ".repeat(30));
    expect(refusal()).toEqual(["ledger-damaged", file, true]);
    expect(refusal({ readOnly: true })).toEqual(["ledger-damaged", file, true]);
    rmSync(file);
    const other = new DatabaseSync(file);
    other.exec("CREATE TABLE bookmarks (url TEXT)");
    expect(refusal()).toEqual(["ledger-damaged", file, true]);
    other.exec(`DROP TABLE bookmarks; PRAGMA application_id = ${0x67617063}; PRAGMA user_version = 99;`);
    other.close();
    expect(refusal()).toEqual(["ledger-version", file, true]);
  });

  it("is named when pages in the middle are garbage", async () => {
    const ledger = open();
    for (let n = 0; n < 300; n++) await settled(ledger, n, "x".repeat(500));
    ledger.close();
    const bytes = readFileSync(ledger.file);
    bytes.fill(0xa5, 4096, bytes.length - 4096);
    writeFileSync(ledger.file, bytes);
    const wrong: unknown[] = [];
    try {
      const again = open();
      for (let n = 0; n < 300; n++) {
        const stored = again.read(key(n));
        if (stored?.kind === "completion") wrong.push(stored);
      }
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(ConfigError);
      expect(thrown).toMatchObject({ code: "ledger-damaged", place: { file: ledger.file } });
      return;
    }
    expect.unreachable("garbage was read without a word");
  });

  /** A ledger of 300 answers, whose bytes were changed while nobody looked. */
  const spoilt = async (spoil: (bytes: Buffer) => Buffer): Promise<string> => {
    const ledger = open();
    for (let n = 0; n < 300; n++) await settled(ledger, n, `text ${n} ${"x".repeat(500)}`);
    ledger.close();
    writeFileSync(ledger.file, spoil(readFileSync(ledger.file)));
    return ledger.file;
  };
  /** How many answers are there and right; fails for one that is wrong. */
  const right = (ledger: Ledger): number => {
    let found = 0;
    for (let n = 0; n < 300; n++) {
      const stored = ledger.read(key(n));
      if (stored?.kind !== "completion") continue;
      expect(stored).toEqual({ kind: "completion", completion: answer(`text ${n} ${"x".repeat(500)}`) });
      found++;
    }
    return found;
  };

  it("is met as a flipped bit in an answer: a miss, and the cost stays on the books", async () => {
    await spoilt((bytes) => {
      const at = bytes.indexOf("text 77 ");
      bytes[at + 5] = 0x38;
      return bytes;
    });
    const ledger = open();
    expect(right(ledger)).toBe(299);
    expect(ledger.damaged()).toBe(1);
    expect(rowOf(ledger, 77)).toMatchObject({ state: "failed", lost: 1, lost_usd: 0.1 });
  });

  it("of version 1 is brought forward, its answers and losses kept", async () => {
    const file = join(folder, "old.sqlite");
    const old = new DatabaseSync(file);
    old.exec(`${V1} PRAGMA application_id = ${0x67617063}; PRAGMA user_version = 1;`);
    old.close();
    const reader = open({ file, readOnly: true });
    expect(reader.status(key(1))).toMatchObject({ state: "unknown" });
    const ledger = open({ file });
    expect(rowOf(ledger, 1)).toMatchObject({ state: "unknown", worst_usd: 0.25, lost: 1, lost_usd: 0.5 });
    expect(rowOf(ledger, 2)).toMatchObject({ state: "settled", usd: 0.1, lost: 0 });
  });
});

describe("a ledger that cannot be used", () => {
  it("is told before anything is paid", () => {
    writeFileSync(join(folder, "taken"), "");
    expect(() => open({ file: join(folder, "taken", "ledger.sqlite") })).toThrow(ConfigError);
    mkdirSync(join(folder, "a-folder.sqlite"));
    expect(() => open({ file: join(folder, "a-folder.sqlite") })).toThrow(ConfigError);
    expect(() => open({ file: "/proc/gapcheck/ledger.sqlite" })).toThrow(ConfigError);
  });

  it("museum 18: that was killed in the middle of a write loses nothing that was committed", async () => {
    const ledger = open({ owner: dead });
    for (let n = 0; n < 20; n++) await settled(ledger, n, `text ${n}`);
    await ledger.claim(key(99), intent);
    // What a kill leaves behind: the database and a log with a torn tail.
    mkdirSync(join(folder, "copy"));
    const copy = join(folder, "copy", "ledger.sqlite");
    copyFileSync(ledger.file, copy);
    const log = readFileSync(`${ledger.file}-wal`);
    writeFileSync(`${copy}-wal`, Buffer.concat([log, log.subarray(32, 32 + 2_000)]));
    const again = open({ file: copy });
    for (let n = 0; n < 20; n++)
      expect(again.read(key(n))).toEqual({ kind: "completion", completion: answer(`text ${n}`) });
    expect(again.read(key(99))).toEqual({ kind: "in-flight" });
  });

  it("reads only when it is asked to, and a missing file is an empty ledger", async () => {
    const none = open({ readOnly: true });
    expect(none.status(key(1))).toBeUndefined();
    expect(existsSync(none.file)).toBe(false);
    const ledger = open();
    await settled(ledger, 1, "yes");
    ledger.close();
    const reader = open({ readOnly: true });
    expect(reader.read(key(1))).toMatchObject({ kind: "completion" });
    await expect(reader.claim(key(2), intent)).rejects.toThrow(StorageError);
  });
});

describe("a finished sweep", () => {
  const swept = (suite: string, winner: string) => ({
    suite,
    space: "s",
    prompts: ["plain", winner],
    winner,
    winnerCalls: "a",
    cases: 40,
    challenger: winner,
    challengerCalls: "a",
  });

  it("takes the place of the suite's last one, and is none where its row was damaged", async () => {
    const ledger = open();
    expect(ledger.sweep("one")).toBeUndefined();
    await ledger.keepSweep(swept("one", "first"));
    await ledger.keepSweep(swept("one", "second"));
    await ledger.keepSweep(swept("two", "third"));
    expect(ledger.sweep("one")).toEqual(swept("one", "second"));
    ledger.close();
    const db = new DatabaseSync(ledger.file);
    db.exec("UPDATE sweeps SET body = replace(body, 'third', 'other')");
    db.close();
    const again = open();
    expect(again.sweep("one")?.winner).toBe("second");
    expect(again.sweep("two")).toBeUndefined();
  });
});
