import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { estimatePlan } from "./estimate.ts";
import { fakeCases, fakeJudge, fakeModel, fakePlan, ledgerFolder, play } from "./fakes.test-data.ts";
import { type SimulatedWorld, simulatedWorld } from "./simulated-world.test-data.ts";

let world: SimulatedWorld;
let folder: ReturnType<typeof ledgerFolder>;
beforeEach(() => {
  world = simulatedWorld();
  folder = ledgerFolder(world);
});
afterEach(() => folder.dispose());

const estimate = async (...plans: readonly ReturnType<typeof fakePlan>[]) =>
  (await estimatePlan({ suites: plans, leftOut: [] }, folder.open({ readOnly: true }), world)).suites;

describe("estimatePlan", () => {
  it("tells by target what is at hand, what is to be sent, and what that costs at worst", async () => {
    const { price: _, ...unpriced } = fakeModel({ id: "unpriced" });
    const paid = fakeModel({ id: "paid", parameters: { maxTokens: 100 } });
    const models = [paid, unpriced, fakeModel({ id: "stored", answers: "stored" })];
    const cases = fakeCases(5);
    await play([fakePlan({ models, cases, limit: 2 })], folder.open(), world);
    const [suite] = await estimate(
      fakePlan({ name: "s", models, cases, trials: 3, graders: [fakeJudge(fakeModel({ id: "j" }))] }),
    );
    const [first, second, third] = suite?.targets ?? [];
    expect(first).toMatchObject({
      target: "target 0",
      calls: 15,
      inLedger: 2,
      stored: 0,
      toSend: 13,
      judgeCallsAtMost: 15,
    });
    expect(first?.worst.usd).toBeCloseTo(13 * ((10 + 32) * 1e-6 + 100 * 2e-6), 9);
    expect(first?.worst.unpricedCalls).toBe(0);
    expect(second).toMatchObject({ inLedger: 2, toSend: 13, worst: { usd: 0, unpricedCalls: 13 } });
    expect(third).toMatchObject({ inLedger: 0, stored: 15, toSend: 0, worst: { usd: 0, unpricedCalls: 0 } });
    expect(suite).toMatchObject({ suite: "s", calls: 45, inLedger: 4, stored: 15, toSend: 26, judgeCallsAtMost: 45 });
    expect(suite?.worst.unpricedCalls).toBe(13);
  });

  it("is never below what a run then spends, and needs nothing of a ledger that is not there", async () => {
    const plan = fakePlan({ cases: fakeCases(20) });
    const [suite] = await estimate(plan);
    const { outcome } = await play([plan], folder.open(), world);
    expect(outcome.spend.settledUsd).toBeLessThanOrEqual(suite?.worst.usd ?? 0);
    expect(outcome.counts.sent).toBe(suite?.toSend);
    expect((await estimate(plan))[0]).toMatchObject({ toSend: 0, worst: { usd: 0, unpricedCalls: 0 } });
  });
});
