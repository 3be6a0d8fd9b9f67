import { copyFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { asides, isDamaged, setAside } from "./ledger-aside.ts";
import { entries } from "./ledger-book.ts";
import { type Deed, keyOf, ledgerFolder } from "./ledger-deeds.test-data.ts";
import { liveOn, readableEntries } from "./ledger-rescue.ts";
import { ledgerSize } from "./ledger-size.ts";
import { takeAll } from "./ledger-take-all.ts";
import { verifyLedger } from "./ledger-verify.ts";

const COUNT = 400;

let place: ReturnType<typeof ledgerFolder>;
beforeEach(() => {
  place = ledgerFolder();
});
afterEach(() => place.close());

const answers = Array.from({ length: COUNT }, (_, index): Deed => [index + 1, "answer", 2]);
const bought = () =>
  place.ledgerOf([
    [
      [1, "lose", 8],
      [3, "die", 4],
      [9, "grade", 1],
      [1, "look", 0],
      [1, "sweep", 0],
    ],
    answers,
  ]);

const spoil = (file: string, change: (bytes: Buffer) => void): void => {
  const bytes = readFileSync(file);
  change(bytes);
  writeFileSync(file, bytes);
};

/** A new ledger of what can be read of a file. */
async function rescued(file: string) {
  const leftOut = { damaged: 0, unreadable: 0 };
  const db = place.open();
  await takeAll(db, readableEntries(file, leftOut));
  expect(verifyLedger(db)).toMatchObject({ damaged: [], problems: [] });
  return { db, size: ledgerSize(db), leftOut };
}

describe("the rescue of a ledger", () => {
  it("that is whole finds all of it", async () => {
    const file = await bought();
    const { db, size, leftOut } = await rescued(file);
    const whole = place.open(file);
    expect(leftOut).toEqual({ damaged: 0, unreadable: 0 });
    expect([...entries(db)]).toEqual([...entries(whole)]);
    expect(size.spend).toEqual(ledgerSize(whole).spend);
    expect(isDamaged(file)).toBe(false);
  });

  it("with garbage in the middle loses what stood there, and believes nothing of it", async () => {
    const file = await bought();
    spoil(file, (bytes) => bytes.fill(0xa5, 60_000, 70_000));
    expect(isDamaged(file)).toBe(true);
    const { db, size, leftOut } = await rescued(file);
    expect(leftOut.unreadable + leftOut.damaged).toBeGreaterThan(0);
    expect(size.calls.settled).toBeLessThan(COUNT);
    expect(size.calls.settled).toBeGreaterThan(COUNT / 2);
    const rows = db.prepare("SELECT lower(hex(key)) AS key, body FROM calls WHERE state = 'settled'").all();
    for (const { key, body } of rows) {
      expect(JSON.parse(String(body)).text).toBe(`${Number.parseInt(String(key), 16)} for 2\u2028`);
    }
  });

  it("that lost its end keeps what stands before", async () => {
    const file = await bought();
    truncateSync(file, readFileSync(file).length - 20_000);
    expect(isDamaged(file)).toBe(true);
    const { size } = await rescued(file);
    expect(size.calls.settled).toBeGreaterThan(COUNT / 2);
  });

  it("leaves out an answer of which a bit has turned, and counts its cost", async () => {
    const file = await bought();
    spoil(file, (bytes) => {
      bytes[bytes.indexOf('"text":"77 for') + 8] = 0x38;
    });
    const { size, leftOut } = await rescued(file);
    expect(leftOut).toEqual({ damaged: 1, unreadable: 0 });
    expect(size).toMatchObject({ calls: { settled: COUNT - 1 }, spend: { settledUsd: COUNT, goneAnswers: 1 } });
  });

  it("keeps counting a look of which a bit has turned, and takes no cost that is not what was written", async () => {
    const file = await bought();
    spoil(file, (bytes) => {
      bytes[bytes.indexOf('{"suite":"s1","candidates') + 10] = 0x78;
    });
    place.open(file).exec("UPDATE calls SET usd = 99 WHERE id = 7");
    place.closeAll();
    const leftOut = { damaged: 0, unreadable: 0 };
    const db = place.open();
    for (let times = 1; times <= 2; times++) await takeAll(db, readableEntries(file, leftOut));
    expect(leftOut).toEqual({ damaged: 4, unreadable: 0 });
    expect(verifyLedger(db)).toMatchObject({ damaged: [{ kind: "look", key: "1", why: "lost" }], problems: [] });
    expect(ledgerSize(db).spend).toMatchObject({ settledUsd: COUNT - 1, unpricedCalls: 1 });
  });

  it("whose tables cannot be told saves nothing, and says so", async () => {
    const file = await bought();
    spoil(file, (bytes) => bytes.fill(0xa5, 100, 4096));
    const { size, leftOut } = await rescued(file);
    expect(size.calls.settled).toBe(0);
    expect(leftOut.unreadable).toBe(1);
  });

  it("names purchases of a run that cannot be read the same each time", async () => {
    const file = await bought();
    const db = place.open(file);
    db.exec("DELETE FROM runs WHERE id = 2");
    const first = await rescued(file);
    expect(first.size.calls.settled).toBe(COUNT);
    await takeAll(first.db, readableEntries(file, { damaged: 0, unreadable: 0 }));
    expect(ledgerSize(first.db)).toEqual(first.size);
  });
});

describe("a damaged ledger", () => {
  it("is put aside with what had not reached the file yet, and leaves its place empty", async () => {
    const file = place.newFile();
    const run = place.begin(file);
    await run.claim(keyOf(1), { modelId: "m", worstUsd: 1 });
    await run.settle(keyOf(1), { kind: "answer", text: "in the log only", finish: "stop" }, 1);
    expect(liveOn(file)).toBe(process.pid);
    // As kill -9 leaves it.
    const killed = place.newFile();
    for (const tail of ["", "-wal"]) copyFileSync(file + tail, killed + tail);
    run.close();
    expect(liveOn(file)).toBeUndefined();
    const now = new Date("2026-11-29T01:02:03.4Z");
    const aside = setAside(killed, now);
    expect(aside).toBe(`${killed}.damaged-2026-11-29T01-02-03Z`);
    expect([killed, `${killed}-wal`, `${killed}-shm`].filter((name) => existsSync(name))).toEqual([]);
    expect((await rescued(aside)).size.calls.settled).toBe(1);
    await place.ledgerOf([[[2, "answer", 2]]], killed);
    expect(setAside(killed, now)).toBe(`${aside}-2`);
    expect(asides(killed)).toEqual([aside, `${aside}-2`]);
  });

  it("leaves nothing of its log to the ledger that takes its place, when the move was broken off", async () => {
    const file = await place.ledgerOf([[[2, "answer", 2]]]);
    const run = place.begin(file);
    await run.claim(keyOf(1), { modelId: "m", worstUsd: 1 });
    const wal = readFileSync(`${file}-wal`);
    run.close();
    const fresh = place.newFile();
    writeFileSync(`${fresh}-wal`, wal);
    const db = place.open(await place.ledgerOf([[[3, "answer", 2]]], fresh));
    expect(verifyLedger(db)).toMatchObject({ damaged: [], problems: [] });
    expect(ledgerSize(db).calls).toEqual({ settled: 1, intent: 0, failed: 0, unknown: 0 });
  });
});
