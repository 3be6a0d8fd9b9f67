import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openLedger } from "./ledger.ts";
import { BookWriter, entries } from "./ledger-book.ts";
import { type Deed, keyOf, ledgerFolder } from "./ledger-deeds.test-data.ts";
import { takeAll } from "./ledger-take-all.ts";
import { verifyLedger } from "./ledger-verify.ts";

let place: ReturnType<typeof ledgerFolder>;
beforeEach(() => {
  place = ledgerFolder();
});
afterEach(() => place.close());

const bookOf = (file: string) => [...entries(place.open(file))];

/** Takes files in, in this order, in one ledger. */
function merged(files: readonly string[], into = place.newFile()) {
  const db = place.open(into);
  const writer = new BookWriter(db);
  for (const file of files) for (const entry of entries(place.open(file))) writer.take(entry);
  return { book: [...entries(db)], counts: writer.counts, file: into };
}

const deed: fc.Arbitrary<Deed> = fc.tuple(
  fc.integer({ min: 1, max: 3 }),
  fc.constantFrom(
    "answer" as const,
    "lose" as const,
    "die" as const,
    "grade" as const,
    "look" as const,
    "sweep" as const,
  ),
  fc.integer({ min: 1, max: 9 }),
);
const runs = fc.array(fc.array(deed, { maxLength: 4 }), { minLength: 1, maxLength: 2 });

describe("ledgers that become one", () => {
  it("are merged in any order, twice as well as once, and a copy is the same", async () => {
    await fc.assert(
      fc.asyncProperty(runs, runs, async (...given) => {
        const [a = "", b = ""] = await Promise.all(given.map((one) => place.ledgerOf(one)));
        const once = merged([a, b]).book;
        expect(merged([b, a]).book).toEqual(once);
        expect(merged([b, a, a, b]).book).toEqual(once);
        expect(merged([a]).book).toEqual(bookOf(a));
        place.closeAll();
      }),
      { numRuns: 6 },
    );
  });

  it("keep the earlier of two answers, count both, have the later of two sweeps, and are a ledger that a run reads", async () => {
    const a = await place.ledgerOf([
      [
        [1, "answer", 2],
        [1, "sweep", 5],
      ],
    ]);
    const b = await place.ledgerOf([
      [
        [1, "answer", 4],
        [2, "answer", 4],
        [3, "die", 4],
        [1, "sweep", 7],
      ],
    ]);
    const { file, counts } = merged([b, a]);
    expect(counts).toMatchObject({ added: 3, changed: 1, same: 0, paidTwice: { calls: 1, usd: 2 } });
    expect(merged([a], file).counts).toMatchObject({ added: 0, changed: 0, same: 1, paidTwice: { calls: 0, usd: 0 } });
    const ledger = openLedger({ file, redact: (text) => text, world: place.world });
    expect(ledger.read(keyOf(1))).toMatchObject({ completion: { kind: "answer", text: "1 for 2\u2028" } });
    expect(ledger.sweep("s1")?.challenger).toBe("7");
    expect(ledger.status(keyOf(2))?.state).toBe("settled");
    // Whoever sent it is not here to answer: it is bought again, and counted.
    expect(await ledger.claim(keyOf(3), { modelId: "m", worstUsd: 1 })).toEqual({ kind: "claimed", again: { usd: 4 } });
    ledger.close();
  });

  it("take no cost that is not what was written, keep its answer, and take the cost from an export of before", async () => {
    const file = await place.ledgerOf([[[1, "answer", 2]], [[2, "answer", 4]], [[2, "lose", 6]]]);
    const db = place.open(file);
    const before = [...entries(db)];
    expect(verifyLedger(db).damaged).toEqual([]);
    const costs = () => [...entries(db)].map((one) => one.kind === "call" && one.history.current?.usd);
    expect(costs()).toEqual([1, 2]);
    for (const usd of ["0.5", "NULL", "9e999", "-1"]) {
      db.exec(`UPDATE calls SET usd = ${usd} WHERE key = x'${keyOf(1)}'`);
      expect(verifyLedger(db).damaged).toMatchObject([{ kind: "call", key: keyOf(1), why: "cost" }]);
      expect(costs()).toEqual([undefined, 2]);
      expect(await takeAll(db, before)).toMatchObject({ changed: 1, same: 1 });
      expect([costs(), verifyLedger(db).damaged]).toEqual([[1, 2], []]);
    }
    // A row of a time when costs had no seal is taken as it stands.
    db.exec(`UPDATE calls SET usd = 0.5, cost_seal = NULL WHERE key = x'${keyOf(1)}'`);
    expect([costs(), verifyLedger(db).damaged]).toEqual([[0.5, 2], []]);
  });

  it("take no row whose checksum is wrong for an answer", async () => {
    const a = await place.ledgerOf([
      [
        [1, "answer", 2],
        [9, "grade", 1],
        [1, "look", 0],
        [1, "sweep", 0],
      ],
    ]);
    place.open(a).exec("UPDATE calls SET body = replace(body, '1 for', '7 for')");
    place
      .open(a)
      .exec("UPDATE grades SET body = body || ' '; UPDATE looks SET body = '{}'; UPDATE sweeps SET body = '{}'");
    const { book } = merged([a]);
    expect(book).toEqual([
      expect.objectContaining({
        kind: "call",
        history: expect.objectContaining({ losses: [expect.objectContaining({ state: "settled", usd: 1 })] }),
      }),
      // A look was spent, whoever looked.
      { kind: "look", look: expect.objectContaining({ body: expect.stringContaining('"lost":"') }) },
    ]);
  });
});
