import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keyOf, ledgerFolder } from "./ledger-deeds.test-data.ts";
import { ledgerSize } from "./ledger-size.ts";
import { verifyLedger } from "./ledger-verify.ts";

let place: ReturnType<typeof ledgerFolder>;
beforeEach(() => {
  place = ledgerFolder();
});
afterEach(() => place.close());

describe("the size of a ledger", () => {
  it("never counts a request for less than it may have cost, and an answered one for what it cost", async () => {
    const file = await place.ledgerOf([
      [
        [1, "die", 8],
        [2, "lose", 4],
      ],
      [
        [1, "answer", 2],
        [2, "lose", 1],
      ],
    ]);
    const size = ledgerSize(place.open(file));
    const spend = {
      settledUsd: 1,
      unknownAtMostUsd: 8 + 4 + 1,
      unpricedCalls: 0,
      paidTwice: 0,
      goneAnswers: 0,
      lostCalls: 2,
    };
    expect(size).toMatchObject({ spend, calls: { settled: 1, unknown: 1, intent: 0, failed: 0 }, runs: 2, grades: 0 });
    expect(size.models).toEqual([{ model: "m", calls: 2, bytes: size.bytes, spend }]);
  });

  it("tells the models apart, and says so where no price is known", async () => {
    const db = place.open(
      await place.ledgerOf([
        [
          [1, "answer", 2],
          [2, "answer", 4],
          [3, "die", 1],
        ],
      ]),
    );
    db.prepare("UPDATE calls SET model = 'n', usd = NULL WHERE key = ?").run(Buffer.from(keyOf(2), "hex"));
    const { models, spend } = ledgerSize(db);
    expect(models.map(({ model, calls }) => [model, calls])).toEqual([
      ["m", 2],
      ["n", 1],
    ]);
    expect(models.map(({ spend: { settledUsd, unpricedCalls } }) => [settledUsd, unpricedCalls])).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(spend).toMatchObject({ settledUsd: 1, unknownAtMostUsd: 1, unpricedCalls: 1 });
  });
});

describe("a ledger that is verified", () => {
  it("names each bad row and what is wrong with it, and changes nothing", async () => {
    const db = place.open(
      await place.ledgerOf([
        [
          [1, "answer", 2],
          [2, "lose", 4],
          [3, "answer", 2],
          [4, "answer", 2],
          [9, "grade", 1],
          [1, "look", 0],
          [1, "sweep", 0],
        ],
        [[2, "lose", 4]],
      ]),
    );
    expect(verifyLedger(db)).toEqual({ rows: 8, damaged: [], problems: [] });
    const on = (call: number, set: string) =>
      db.prepare(`UPDATE calls SET ${set} WHERE key = ?`).run(Buffer.from(keyOf(call), "hex"));
    on(1, "body = replace(body, '1 for', '7 for')");
    on(3, "body = NULL, checksum = NULL");
    on(4, "key = substr(key, 20)");
    db.exec("UPDATE grades SET body = body || ' '; UPDATE looks SET body = '{}'; UPDATE sweeps SET body = '{}'");
    const found = {
      rows: 8,
      damaged: [
        { kind: "call", key: keyOf(1), why: "checksum" },
        { kind: "call", key: keyOf(3), why: "missing" },
        { kind: "call", key: keyOf(4).slice(38), why: "key" },
        { kind: "grade", key: keyOf(9), why: "checksum" },
        { kind: "look", key: "1", why: "checksum" },
        { kind: "sweep", key: "1", why: "checksum" },
      ],
      problems: [],
    };
    expect(verifyLedger(db)).toEqual(found);
    expect(verifyLedger(db)).toEqual(found);
  });
});
