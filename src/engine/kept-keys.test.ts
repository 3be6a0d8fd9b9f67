import { hash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keepKeys } from "./kept-keys.ts";

const keyOf = (index: number, place: number, trial: number) => hash("sha256", `${index} ${place} ${trial}`, "hex");

describe("kept keys", () => {
  it("come back by case, target and trial, and all in plan order", () => {
    const size = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900 }), size, size, (cases, count, trials) => {
        const targets = Array.from({ length: count }, (_, place) => ({ place }));
        const keeper = keepKeys(targets, trials);
        const all: string[] = [];
        for (let index = 0; index < cases; index++) {
          for (const { place } of targets) {
            for (let trial = 1; trial <= trials; trial++) all.push(keyOf(index, place, trial));
          }
        }
        for (const key of all) keeper.add(key);
        const kept = keeper.kept();
        expect(kept?.of).toEqual({ targets, trials, cases });
        expect([...(kept?.batches() ?? [])].flat()).toEqual(all);
        for (const index of [0, cases >> 1, cases - 1]) {
          for (const target of targets) {
            expect(kept?.at(target, index, trials)).toBe(keyOf(index, target.place, trials));
          }
        }
        expect(kept?.at({ place: 0 }, 0, 1)).toBeUndefined();
        expect(kept?.at(targets[0] ?? {}, 0, trials + 1)).toBeUndefined();
        expect(kept?.at(targets[0] ?? {}, cases, 1)).toBeUndefined();
        kept?.drop();
        expect(kept?.at(targets[0] ?? {}, 0, 1)).toBeUndefined();
        expect([...(kept?.batches() ?? [])]).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it("are none of nothing", () => {
    expect(keepKeys([{}], 1).kept()).toBeUndefined();
  });
});
