import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { estimatePlan } from "./estimate.ts";
import { fakeCases, fakeJudge, fakeModel, fakePlan, ledgerFolder, play, price } from "./fakes.test-data.ts";
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

  const expected = async (plan: ReturnType<typeof fakePlan>) => {
    const whole = { suites: [plan], leftOut: [] };
    const { suites } = await estimatePlan(whole, folder.open({ readOnly: true }), world, { expected: true });
    return suites[0]?.targets.map((target) => target.expected);
  };

  it("expects what the tokens of a target's own answers say, longer prompts costing more", async () => {
    // 10 tokens in and 5 out for each: 15 bytes and 16 around them in the first ten, as many as that again in the others.
    const cases = fakeCases(20, (at) => ({ input: `${"x".repeat(at < 10 ? 15 : 46)}` }));
    const models = [
      fakeModel({ id: "a" }),
      fakeModel({ id: "b", price: { ...price, inputPerMillion: 0, outputPerMillion: 0 } }),
    ];
    await play([fakePlan({ models, cases, limit: 10 })], folder.open(), world);
    const [first, second] = (await expected(fakePlan({ models, cases }))) ?? [];
    expect(first).toMatchObject({ known: true, basis: "ledger", answers: 10 });
    expect(first?.known === true ? first.usd : 0).toBeCloseTo(10 * (20 * 1e-6 + 5 * 2e-6), 12);
    expect(second).toEqual({ known: true, basis: "free", usd: 0 });
    expect(await expected(fakePlan({ models, cases, limit: 10 }))).toEqual([
      { known: true, basis: "nothing-to-send", usd: 0 },
      { known: true, basis: "nothing-to-send", usd: 0 },
    ]);
  });

  it("goes by what the suite states where no answer tells, and else says that it is unknown", async () => {
    const { price: _, ...unpriced } = fakeModel({ id: "unpriced" });
    const plan = fakePlan({ models: [fakeModel(), unpriced], cases: fakeCases(8) });
    const [first, second] = (await expected(plan)) ?? [];
    // "question 0" is three tokens.
    expect(first).toMatchObject({ known: false, why: "no-answers" });
    expect(first?.known === false && first.why === "no-answers" ? first.promptsUsd : 0).toBeCloseTo(8 * 3e-6, 12);
    expect(second).toEqual({ known: false, why: "no-price" });
    const stated = (usdPer1kAtMost: number) => ({
      ...plan,
      suite: { ...plan.suite, requirement: { cost: { usdPer1kAtMost } } },
    });
    expect((await expected(stated(0.5)))?.[0]).toEqual({
      known: true,
      basis: "requirement.cost",
      usd: 0.004,
      usdPer1k: 0.5,
    });
  });

  it("takes answers that do not tell their tokens for none", async () => {
    const model = fakeModel({ reply: () => ({ kind: "answer", text: "ok", finish: "stop" }) });
    const cases = fakeCases(4);
    await play([fakePlan({ models: [model], cases, limit: 2 })], folder.open(), world);
    expect((await expected(fakePlan({ models: [model], cases })))?.[0]).toMatchObject({
      known: false,
      why: "no-answers",
    });
  });
});
