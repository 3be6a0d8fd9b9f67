import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Budget } from "./budget.ts";

/** Whether a promise is decided by now. */
async function stateOf<T>(promise: Promise<T>): Promise<T | "waits"> {
  await Promise.resolve();
  return Promise.race([promise, new Promise<"waits">((resolve) => setImmediate(() => resolve("waits")))]);
}

describe("Budget", () => {
  it("grants everything without a cap", async () => {
    const budget = new Budget();
    expect(await budget.reserve(1e9)).toEqual({ usd: 1e9 });
  });

  it("refuses what does not fit when nothing can be given back", async () => {
    expect(await new Budget(0).reserve(0.01)).toBeUndefined();
    expect(await new Budget(0).reserve(0)).toEqual({ usd: 0 });
    expect(await new Budget(1).reserve(1.01)).toBeUndefined();
  });

  it("waits for calls in flight and takes what they give back", async () => {
    const budget = new Budget(1);
    const first = await budget.reserve(0.8);
    const second = budget.reserve(0.8);
    expect(await stateOf(second)).toBe("waits");
    if (first !== undefined) budget.settle(first, 0.1);
    expect(await second).toEqual({ usd: 0.8 });
    expect(budget.spentUsd).toBeCloseTo(0.1, 12);
    expect(budget.committedUsd).toBeCloseTo(0.9, 12);
  });

  it("refuses those who wait once the last call has settled and there is still no room", async () => {
    const budget = new Budget(1);
    const first = await budget.reserve(0.8);
    const second = budget.reserve(0.8);
    if (first !== undefined) budget.settle(first, 0.8);
    expect(await second).toBeUndefined();
  });

  it("lets those go first who ask to", async () => {
    const budget = new Budget(1);
    const held = await budget.reserve(0.9);
    const order: string[] = [];
    const later = budget.reserve(0.5).then(() => order.push("later"));
    const first = budget.reserve(0.5, true).then(() => order.push("first"));
    expect(await budget.reserve(0.05, true)).toEqual({ usd: 0.05 });
    if (held !== undefined) budget.settle(held, 0);
    await first;
    expect(order).toEqual(["first"]);
    budget.close();
    await later;
  });

  it("holds a cap on calls too: one that was cancelled is given back, one that was sent is not", async () => {
    const budget = new Budget(undefined, 2);
    const first = await budget.reserve(5);
    const second = await budget.reserve(5);
    const third = budget.reserve(0);
    expect([await stateOf(third), budget.calls, budget.outOfCalls]).toEqual(["waits", 2, true]);
    if (first !== undefined) budget.cancel(first);
    expect(await third).toEqual({ usd: 0 });
    const fourth = budget.reserve(0);
    if (second !== undefined) budget.settle(second, 5);
    budget.settle({ usd: 0 }, 0);
    expect([await fourth, budget.calls]).toEqual([undefined, 2]);
  });

  it("refuses all when it is closed", async () => {
    const budget = new Budget(1);
    await budget.reserve(1);
    const second = budget.reserve(1);
    budget.close();
    expect(await second).toBeUndefined();
    expect(await budget.reserve(0)).toBeUndefined();
  });

  it("is never exceeded, under any order of reservations and settlements, and never leaves anyone waiting", async () => {
    const step = fc.record({
      worst: fc.double({ min: 0, max: 1, noNaN: true }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0, max: 3, noNaN: true }),
        fc.array(step, { maxLength: 25 }),
        fc.scheduler(),
        async (cap, steps, scheduler) => {
          const budget = new Budget(cap);
          const check = () => expect(budget.committedUsd).toBeLessThanOrEqual(cap + 1e-9);
          const runs = steps.map(async ({ worst, share }) => {
            await scheduler.schedule(Promise.resolve());
            const reservation = await budget.reserve(worst);
            check();
            if (reservation === undefined) return 0;
            await scheduler.schedule(Promise.resolve());
            budget.settle(reservation, worst * share);
            check();
            return worst * share;
          });
          await scheduler.waitFor(Promise.all(runs));
          const spent = (await Promise.all(runs)).reduce((sum, usd) => sum + usd, 0);
          expect(budget.spentUsd).toBeCloseTo(spent, 9);
          expect(spent).toBeLessThanOrEqual(cap + 1e-9);
        },
      ),
    );
  });
});
