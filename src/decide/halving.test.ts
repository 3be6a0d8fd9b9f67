import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { enoughFor, leastOf, type Race, race, roundsOf, survivors } from "./halving.ts";

const calls = (arms: number, total: number) => [{ total, perCase: new Array<number>(arms).fill(1) }];

/** Ranks by given worth. */
const byWorth = (worth: readonly number[]) => async (arms: readonly number[]) =>
  [...arms].sort((a, b) => (worth[b] ?? 0) - (worth[a] ?? 0));

const finished = (given: Race | undefined): Race => {
  if (given === undefined) throw new Error("no race");
  return given;
};

describe("sequential halving", () => {
  it("halves eight arms in three rounds of equal budget, each on more cases, and keeps the incumbent to the end", async () => {
    const worth = [0, 7, 3, 6, 2, 5, 1, 4];
    const { rounds, spent } = finished(await race({ arms: 8, cases: 100, budgets: calls(8, 240) }, byWorth(worth)));
    expect(rounds.map(({ ranked }) => ranked)).toEqual([
      [1, 3, 5, 7, 2, 4, 6, 0],
      [1, 3, 5, 0],
      [1, 0],
    ]);
    // 80 a round: 10 cases with 8 arms, 20 more with 4, 40 more with 2.
    expect(rounds.map(({ cases }) => cases)).toEqual([10, 30, 70]);
    expect(spent).toEqual([240]);
  });

  it("never spends more than any budget, and has the incumbent and the best of each round in the next (property)", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 0, max: 4_000 }),
        fc.array(fc.double({ min: 0, max: 0.02, noNaN: true }), { minLength: 40, maxLength: 40 }),
        fc.double({ min: 0, max: 5, noNaN: true }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 40, maxLength: 40 }),
        async (arms, cases, total, dollars, usd, worth) => {
          const budgets = [...calls(arms, total), { total: usd, perCase: dollars.slice(0, arms) }];
          const asked: number[] = budgets.map(() => 0);
          let before = 0;
          const found = await race({ arms, cases, budgets }, async (left, have) => {
            for (const [at, { perCase }] of budgets.entries()) {
              asked[at] = (asked[at] ?? 0) + left.reduce((sum, arm) => sum + (have - before) * (perCase[arm] ?? 0), 0);
            }
            expect(have).toBeGreaterThanOrEqual(before);
            expect(have).toBeLessThanOrEqual(cases);
            expect(left).toContain(0);
            before = have;
            return byWorth(worth)(left);
          });
          for (const [at, budget] of budgets.entries()) expect(asked[at]).toBeLessThanOrEqual(budget.total + 1e-9);
          if (found === undefined) {
            expect(budgets.some((budget) => budget.total < leastOf(budget) + 1e-9)).toBe(true);
            return;
          }
          expect(found.rounds).toHaveLength(roundsOf(arms));
          expect(found.rounds.at(-1)?.ranked).toContain(0);
          for (const [at, { ranked }] of found.rounds.entries()) {
            expect(found.rounds[at + 1]?.ranked ?? ranked).toContain(ranked[0]);
          }
        },
      ),
    );
  });

  it("asks every case of the last two where no budget is set", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 60 }), fc.integer({ min: 1, max: 300 }), async (arms, cases) => {
        const budgets = calls(arms, enoughFor(arms, cases));
        const { rounds } = finished(await race({ arms, cases, budgets }, async (left) => left));
        expect(rounds.at(-1)?.cases).toBe(cases);
      }),
    );
  });

  it("ends without a winner when ranking does, or one case each costs more than there is", async () => {
    expect(await race({ arms: 4, cases: 9, budgets: calls(4, 100) }, async () => undefined)).toBeUndefined();
    expect(await race({ arms: 4, cases: 9, budgets: calls(4, 7) }, async (left) => left)).toBeUndefined();
    expect(await race({ arms: 4, cases: 9, budgets: calls(4, 8) }, async (left) => left)).toBeDefined();
  });

  it("drops what ranking leaves out", () => {
    expect(survivors([3, 0])).toEqual([3, 0]);
    expect(survivors([1, 2, 3, 4, 5, 0])).toEqual([1, 2, 0]);
    expect(survivors([0])).toEqual([0]);
  });
});
