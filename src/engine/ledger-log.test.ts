import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Ledger, openLedger } from "./ledger.ts";
import { damagedLog, damageIn } from "./ledger-log.ts";

let folder: string;
let open: Ledger[];
const key = (n: number): string => n.toString(16).padStart(64, "0");
const world = { now: () => new Date(0) };
const ledgerAt = (file: string): Ledger => {
  const ledger = openLedger({ file, redact: (text) => text, world, syncs: false });
  open.push(ledger);
  return ledger;
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gapcheck-log-"));
  open = [];
});
afterEach(() => {
  for (const one of open) one.close();
  rmSync(folder, { recursive: true });
});

/** A ledger as kill -9 leaves it, with 40 answers in its log. */
async function killed(): Promise<string> {
  const ledger = ledgerAt(join(folder, "l.sqlite"));
  for (let n = 0; n < 40; n++) {
    await ledger.claim(key(n), { modelId: "m" });
    await ledger.settle(key(n), { kind: "answer", text: `answer ${n}`, finish: "stop" });
  }
  const left = join(folder, "left.sqlite");
  for (const tail of ["", "-wal"]) copyFileSync(ledger.file + tail, left + tail);
  return left;
}

it("tells damage in the middle of a log, keeps a copy, and goes on with what is before", async () => {
  const left = await killed();
  const log = readFileSync(`${left}-wal`);
  log[log.length >> 1] = (log[log.length >> 1] ?? 0) ^ 0x55;
  writeFileSync(`${left}-wal`, log);
  const damage = damagedLog(left);
  expect(damage?.read).toBeGreaterThan(10);
  expect(damage?.lost).toBeGreaterThan(10);
  const ledger = ledgerAt(left);
  expect(ledger.notes).toEqual([
    expect.stringMatching(
      /left\.sqlite-wal\) is damaged in the middle: \d+ of its \d+ pages .* its copy is .*damaged-/,
    ),
  ]);
  expect([ledger.status(key(0))?.state, ledger.status(key(39))]).toEqual(["settled", undefined]);
  const [copy = ""] = readdirSync(folder).filter((name) => name.includes("-wal.damaged-"));
  expect(readFileSync(join(folder, copy)).equals(log)).toBe(true);
});

it("takes a whole log, a torn end and what an earlier round left behind for what they are", async () => {
  const left = await killed();
  const log = readFileSync(`${left}-wal`);
  expect(damageIn(log)).toBeUndefined();
  for (const bytes of [7, 100, 4_000, 4_120]) expect(damageIn(log.subarray(0, log.length - bytes))).toBeUndefined();
  const flipped = Buffer.from(log);
  flipped[log.length - 9] = (log.at(-9) ?? 0) ^ 1;
  expect(damageIn(flipped)).toBeUndefined();
  const earlier = Buffer.from(log.subarray(32));
  for (let at = 8; at < earlier.length; at += 24 + 4_096) earlier.writeUInt32BE(7, at);
  expect(damageIn(Buffer.concat([log, earlier]))).toBeUndefined();
  expect(ledgerAt(left).notes).toEqual([]);
  expect(damagedLog(join(folder, "none.sqlite"))).toBeUndefined();
});
