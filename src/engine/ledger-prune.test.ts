import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keyOf, ledgerFolder } from "./ledger-deeds.test-data.ts";
import { prunable, prune } from "./ledger-prune.ts";
import { ledgerSize } from "./ledger-size.ts";

let place: ReturnType<typeof ledgerFolder>;
beforeEach(() => {
  place = ledgerFolder();
});
afterEach(() => place.close());

const bought = () =>
  place.ledgerOf([
    [
      [1, "answer", 2],
      [2, "answer", 4],
      [3, "die", 1],
      [4, "lose", 8],
      [9, "grade", 1],
      [1, "look", 0],
      [1, "sweep", 0],
    ],
  ]);

describe("pruning", () => {
  it("takes out what is older, says what it cost, and keeps the cost, the looks and what may yet be answered", async () => {
    const db = place.open(await bought());
    const { spend } = ledgerSize(db);
    const all = { before: place.world.now().getTime() + 1 };
    const forecast = prunable(db, all);
    expect(forecast).toMatchObject({ calls: 3, answers: 2, usd: 3, unpriced: 0, grades: 1 });
    expect(ledgerSize(db).calls.settled).toBe(2);
    expect(prune(db, all)).toEqual({ kind: "pruned", ...forecast });
    expect(ledgerSize(db)).toMatchObject({
      calls: { settled: 0, unknown: 0, intent: 1 },
      grades: 0,
      bytes: 0,
      spend: { ...spend, goneAnswers: 2, lostCalls: spend.lostCalls + 1 },
    });
    expect(db.prepare("SELECT count(*) AS n FROM looks").get()?.n).toBe(1);
  });

  it("leaves what is younger, and what another model said", async () => {
    const db = place.open(await bought());
    expect(prunable(db, { model: "other" })).toMatchObject({ calls: 0, grades: 0, usd: 0, bytes: 0 });
    expect(prunable(db, { model: "m" })).toMatchObject({ calls: 3, grades: 0 });
    const second = Number(db.prepare("SELECT at FROM calls WHERE key = ?").get(Buffer.from(keyOf(2), "hex"))?.at);
    expect(prunable(db, { before: second })).toMatchObject({ calls: 1, answers: 1, usd: 1 });
    db.exec("UPDATE calls SET usd = NULL");
    expect(prunable(db, { model: "m" })).toMatchObject({ answers: 2, usd: 0, unpriced: 2 });
  });

  it("is bought again without a word on money lost, and only then counted as paid twice", async () => {
    const file = await bought();
    const db = place.open(file);
    prune(db, { model: "m" });
    const again = place.begin(file);
    expect(await again.claim(keyOf(1), { modelId: "m", worstUsd: 2 })).toEqual({ kind: "claimed" });
    await again.settle(keyOf(1), { kind: "answer", text: "anew", finish: "stop" }, 1);
    again.close();
    expect(ledgerSize(db).spend).toMatchObject({ settledUsd: 4, paidTwice: 1, goneAnswers: 1 });
  });

  it("takes nothing while a run is at work, which may need any answer", async () => {
    const file = await bought();
    const db = place.open(file);
    const run = place.begin(file);
    expect(prune(db, { model: "m" })).toEqual({ kind: "busy", pid: process.pid });
    expect(ledgerSize(db).calls.settled).toBe(2);
    run.close();
    expect(prune(db, { model: "m" })).toMatchObject({ kind: "pruned", answers: 2 });
  });

  it("is done, and says so, where the space cannot be given back", async () => {
    const file = await bought();
    const db = place.open(file);
    const reader = place.open(file);
    const vacuum = /^VACUUM/;
    const exec = db.exec.bind(db);
    db.exec = (sql) => {
      if (vacuum.test(sql)) throw new Error("database or disk is full");
      exec(sql);
    };
    expect(prune(db, { model: "m" })).toMatchObject({ answers: 2, spaceKept: "database or disk is full" });
    expect(ledgerSize(reader).calls.settled).toBe(0);
  });
});
