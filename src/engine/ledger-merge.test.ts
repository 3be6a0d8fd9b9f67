import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CallHistory, historyOf, mergeHistories, type Purchase, paidInVain, purchasesOf } from "./ledger-merge.ts";

const STATES = ["intent", "failed", "unknown", "settled"] as const;

/** One purchase as different copies of a ledger may know it: it only ever comes further, and what it cost is one figure a state. */
const purchase = fc
  .record({
    run: fc.constantFrom("a", "b", "c"),
    n: fc.integer({ min: 1, max: 2 }),
    state: fc.constantFrom(...STATES),
    kept: fc.boolean(),
  })
  .map(({ run, n, state, kept }): Purchase => {
    const seed = run.charCodeAt(0) * 7 + n * 3;
    const at = 1_000 + (seed % 5) * 10 + STATES.indexOf(state);
    const body = state === "settled" && kept ? { body: `answer of ${run}${n}`, checksum: "0".repeat(16) } : {};
    return { run, n, state, at, model: "m", count: 1, usd: state === "failed" ? 0 : (seed % 7) / 10, ...body };
  });

const history = fc
  .uniqueArray(purchase, { selector: ({ run, n }) => `${run}${n}`, maxLength: 5 })
  .map((purchases): CallHistory => historyOf(purchases));

describe("a merge", () => {
  it("does not ask for an order: commutative, associative, idempotent", () => {
    fc.assert(
      fc.property(history, history, history, (a, b, c) => {
        expect(mergeHistories(a, b)).toEqual(mergeHistories(b, a));
        expect(mergeHistories(mergeHistories(a, b), c)).toEqual(mergeHistories(a, mergeHistories(b, c)));
        expect(mergeHistories(a, a)).toEqual(a);
        expect(mergeHistories(mergeHistories(a, b), b)).toEqual(mergeHistories(a, b));
      }),
      { numRuns: 500 },
    );
  });

  it("loses no purchase, and keeps an answer where there is one", () => {
    const names = (one: CallHistory) => purchasesOf(one).map(({ run, n }) => `${run}${n}`);
    fc.assert(
      fc.property(history, history, (a, b) => {
        const merged = mergeHistories(a, b);
        expect(new Set(names(merged))).toEqual(new Set([...names(a), ...names(b)]));
        expect(names(merged)).toHaveLength(new Set(names(merged)).size);
        const answered = [a, b].some(({ current }) => current?.state === "settled");
        expect(merged.current?.state === "settled").toBe(answered);
      }),
    );
  });

  it("takes the earlier of two answers and counts what the other one cost", () => {
    const bought = (run: string, at: number, usd: number): CallHistory => ({
      current: { run, n: 1, state: "settled", at, model: "m", count: 1, usd, body: run, checksum: "c" },
      losses: [],
    });
    const merged = mergeHistories(bought("late", 20, 0.5), bought("early", 10, 0.25));
    expect(merged.current).toMatchObject({ body: "early", usd: 0.25 });
    expect(paidInVain(merged)).toEqual([
      { run: "late", n: 1, state: "settled", at: 20, model: "m", count: 1, usd: 0.5 },
    ]);
  });
});
