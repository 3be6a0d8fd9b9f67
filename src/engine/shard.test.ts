import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answer, fakeCases, fakeModel, fakePlan, ledgerFolder, play } from "./fakes.test-data.ts";
import { openForReading } from "./ledger-schema.ts";
import { heldOf, isInShard, missingParts, partOf, type Shard } from "./shard.ts";
import { type SimulatedWorld, simulatedWorld } from "./simulated-world.test-data.ts";

let world: SimulatedWorld;
let folder: ReturnType<typeof ledgerFolder>;
beforeEach(() => {
  world = simulatedWorld();
  folder = ledgerFolder(world);
});
afterEach(() => folder.dispose());

const keyOf = (n: number): string => createHash("sha256").update(`${n}`).digest("hex");

describe("a share", () => {
  it("has each call exactly once, and about as many as the others", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer(), (parts, n) => {
        const mine = Array.from({ length: parts }, (_, index) => index + 1).filter((part) =>
          isInShard(keyOf(n), { part, parts }),
        );
        expect(mine).toEqual([partOf(keyOf(n), parts)]);
      }),
    );
    const parts = Array.from({ length: 4_000 }, (_, n) => partOf(keyOf(n), 4));
    for (const part of [1, 2, 3, 4]) {
      expect(Math.abs(parts.filter((one) => one === part).length - 1_000)).toBeLessThan(150);
    }
  });

  it("is what a run of it buys, and all of them together are the plan", async () => {
    const model = fakeModel({ reply: () => answer("ok") });
    const plan = fakePlan({ models: [model], cases: fakeCases(30) });
    const ledger = folder.open();
    const planned: number[] = [];
    const run = async (shard: Shard) => {
      const { outcome } = await play([plan], ledger, world, { shard });
      planned.push(outcome.counts.planned);
      expect(outcome.counts.answered).toBe(outcome.counts.planned);
    };
    const held = async () => {
      const db = openForReading(ledger.file);
      try {
        return await heldOf({ suites: [plan], leftOut: [] }, db, 3);
      } finally {
        db.close();
      }
    };
    await run({ part: 1, parts: 3 });
    await run({ part: 3, parts: 3 });
    expect(missingParts(await held())).toEqual([2]);
    await run({ part: 2, parts: 3 });
    expect(missingParts(await held())).toEqual([]);
    expect((await held()).map(({ answered }) => answered)).toEqual([planned[0], planned[2], planned[1]]);
    expect(planned.reduce((sum, count) => sum + count)).toBe(30);
    expect(model.asked).toHaveLength(30);
  });
});
