import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConfigError } from "../errors.ts";
import { answer, fakeCases, fakeJudge, fakeModel, fakePlan, ledgerFolder, lost, play } from "./fakes.test-data.ts";
import { openForReading } from "./ledger-schema.ts";
import { ledgerSize } from "./ledger-size.ts";
import { type SimulatedWorld, simulatedWorld } from "./simulated-world.test-data.ts";

let world: SimulatedWorld;
let folder: ReturnType<typeof ledgerFolder>;
beforeEach(() => {
  world = simulatedWorld();
  folder = ledgerFolder(world);
});
afterEach(() => folder.dispose());

/** At most 42 tokens in and 1,000 out: 0.002042 dollars at worst; 0.00102 in truth. */
const model = (over: Parameters<typeof fakeModel>[0] = {}) =>
  fakeModel({
    parameters: { maxTokens: 1000 },
    reply: async (_, { sleep }) => {
      await sleep(10);
      return answer("ok", { usage: { input: 20, output: 500 } });
    },
    ...over,
  });
const TRUE_COST = 0.00102;
const cases = fakeCases(10);

describe("a cap on spend", () => {
  it("sends nothing when it is zero, and says so", async () => {
    const one = model();
    const { outcome } = await play([fakePlan({ models: [one], cases })], folder.open(), world, { maxUsd: 0 });
    expect(one.asked).toHaveLength(0);
    expect(outcome.stopped).toMatchObject({ reason: "budget" });
    expect(outcome.spend).toEqual({ settledUsd: 0, unknownAtMostUsd: 0, unpricedCalls: 0 });
  });

  it("is kept, and used as far as the worst case allows", async () => {
    const one = model();
    const { outcome } = await play([fakePlan({ models: [one], cases })], folder.open(), world, { maxUsd: 0.007 });
    // After five calls 0.0051 are spent, and the sixth could cost 0.0020: it does not fit any more.
    expect(outcome.counts).toMatchObject({ answered: 5, sent: 5, planned: 10 });
    expect(outcome.spend.settledUsd).toBeCloseTo(5 * TRUE_COST, 9);
    expect(outcome.stopped).toEqual({
      reason: "budget",
      message:
        "$0.0051 of $0.007 are spent, and the next call could cost more than what is left: run again for the rest, or raise --max-usd",
    });
  });

  it("is not touched by what is at hand, and is that of one run", async () => {
    const one = model();
    await play([fakePlan({ models: [one], cases })], folder.open(), world, { maxUsd: 0.007 });
    const { outcome } = await play([fakePlan({ models: [one], cases })], folder.open(), world, { maxUsd: 0.007 });
    expect(outcome.counts).toMatchObject({ fromLedger: 5, answered: 5 });
    expect(outcome.stopped).toBeUndefined();
  });

  it("counts a lost call at its worst", async () => {
    const one = model({ reply: () => lost() });
    const { outcome } = await play([fakePlan({ models: [one], cases })], folder.open(), world, { maxUsd: 0.009 });
    expect(one.asked).toHaveLength(4);
    expect(outcome.spend.unknownAtMostUsd).toBeCloseTo(4 * 0.002042, 9);
    expect(outcome.stopped).toMatchObject({ reason: "budget" });
  });

  it("is held against what the run sends, not against what an earlier one lost; what runs tell adds up to the ledger", async () => {
    let fate: "lost" | "half" | "ok" = "lost";
    const one = model({
      reply: ({ caseId }) =>
        fate === "lost" || (fate === "half" && Number(caseId.slice(1)) % 2 === 0)
          ? lost()
          : answer("ok", { usage: { input: 20, output: 500 } }),
    });
    const told = { settledUsd: 0, unknownAtMostUsd: 0 };
    for (const [fated, maxUsd] of [
      ["lost", undefined],
      ["half", 0.009],
      ["ok", 0.009],
      ["ok", undefined],
    ] as const) {
      fate = fated;
      const cap = maxUsd === undefined ? {} : { maxUsd };
      const { outcome } = await play([fakePlan({ models: [one], cases })], folder.open(), world, cap);
      const { settledUsd, unknownAtMostUsd } = outcome.spend;
      expect(settledUsd + unknownAtMostUsd).toBeLessThanOrEqual(maxUsd ?? 1);
      expect(settledUsd + unknownAtMostUsd).toBeGreaterThan(fated === "lost" ? 0.04 : 0.001);
      told.settledUsd += settledUsd;
      told.unknownAtMostUsd += unknownAtMostUsd;
      const db = openForReading(folder.file);
      const { spend } = ledgerSize(db);
      db.close();
      expect(spend.settledUsd).toBeCloseTo(told.settledUsd, 9);
      expect(spend.unknownAtMostUsd).toBeCloseTo(told.unknownAtMostUsd, 9);
    }
    expect(told.settledUsd).toBeCloseTo(10 * TRUE_COST, 9);
  });

  it("holds for judges too, who come first: an answer without its judgement is half a loss", async () => {
    const one = model({
      account: "a",
      concurrency: 1,
      reply: ({ caseId }) => answer(caseId, { usage: { input: 20, output: 500 } }),
    });
    const judge = model({ id: "judge", account: "a" });
    const { outcome } = await play(
      [fakePlan({ models: [one], cases, graders: [fakeJudge(judge)] })],
      folder.open(),
      world,
      {
        maxUsd: 0.007,
      },
    );
    expect(outcome.stopped).toMatchObject({ reason: "budget" });
    expect(outcome.spend.settledUsd).toBeLessThanOrEqual(0.007);
    expect(outcome.counts.answered).toBe(3);
    expect(outcome.judgeCalls?.answered).toBe(2);
  });

  it("counts what is at hand to the end, wherever the run stops", async () => {
    const one = model();
    const other = model({ id: "other" });
    const judge = model({ id: "judge", reply: () => answer("pass") });
    const many = fakeCases(600);
    const bought = fakePlan({ models: [one], cases: many.slice(0, 500) });
    await play([bought], folder.open(), world);
    const stored = fakeModel({ id: "stored", answers: "stored" });
    const whole = fakePlan({ models: [other, one, stored], cases: many });
    const { outcome } = await play([whole], folder.open(), world, { maxCalls: 1 });
    expect(outcome.stopped).toMatchObject({ reason: "budget" });
    expect(outcome.counts).toMatchObject({ planned: 1_800, fromLedger: 500, stored: 600, sent: 1, answered: 1 });
    const judged = fakePlan({ models: [one], cases: many, graders: [fakeJudge(judge)] });
    const { outcome: after } = await play([judged], folder.open(), world, { maxCalls: 1 });
    expect(after.counts).toMatchObject({ planned: 600, fromLedger: 500, answered: 0 });
  });

  it("caps the calls too: judges' and repeated ones count, and running again goes on", async () => {
    let first = true;
    const one = model({
      reply: ({ caseId }) => {
        if (!first) return answer(caseId);
        first = false;
        return lost();
      },
    });
    const judge = model({ id: "judge", account: "b", reply: () => answer("pass") });
    const plan = fakePlan({ models: [one], cases, graders: [fakeJudge(judge)] });
    const { outcome } = await play([plan], folder.open(), world, { maxCalls: 7 });
    const { counts, judgeCalls, stopped } = outcome;
    expect(counts.sent + (judgeCalls?.sent ?? 0)).toBe(7);
    expect(one.asked.length + judge.asked.length).toBe(7);
    expect(stopped).toEqual({
      reason: "budget",
      message: "7 of 7 calls are sent: run again for the rest, or raise --max-calls",
    });
    const again = await play([plan], folder.open(), world, { maxCalls: 100 });
    expect(again.outcome.stopped).toBeUndefined();
    // Ten cases answered and judged, one of them asked twice.
    expect(one.asked.length + judge.asked.length).toBe(21);
  });

  it("takes calls of unknown price where the calls are capped", async () => {
    const { price: _, ...unpriced } = model();
    const { outcome } = await play([fakePlan({ models: [unpriced], cases })], folder.open(), world, {
      maxUsd: 1,
      maxCalls: 4,
    });
    expect(outcome.counts.sent).toBe(4);
  });

  it("is refused where nobody knows a price, of a target or of a judge, before any call", async () => {
    const { price: _, ...unpriced } = model({ id: "secret-model" });
    const run = (plan: ReturnType<typeof fakePlan>) => play([plan], folder.open(), world, { maxUsd: 1 });
    for (const plan of [
      fakePlan({ models: [unpriced] }),
      fakePlan({ models: [model()], graders: [fakeJudge(unpriced)] }),
    ]) {
      const refusal = run(plan);
      await expect(refusal).rejects.toThrow(ConfigError);
      await expect(refusal).rejects.toThrow(/secret-model/);
    }
    expect(unpriced.asked).toHaveLength(0);
  });

  it("without one, calls of unknown price are made and counted as such", async () => {
    const { price: _, ...unpriced } = model();
    const { outcome, records } = await play([fakePlan({ models: [unpriced], cases })], folder.open(), world);
    expect(outcome.spend).toEqual({ settledUsd: 0, unknownAtMostUsd: 0, unpricedCalls: 10 });
    expect(records[0]?.cost).toEqual({ known: false, why: "no price for the model" });
  });

  it("is never exceeded, whatever calls cost, lose and wait", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0, max: 0.03, noNaN: true }),
        fc.integer({ min: 1, max: 12 }),
        fc.array(
          fc.record({
            ms: fc.integer({ min: 0, max: 3000 }),
            output: fc.integer({ min: 0, max: 1000 }),
            lost: fc.boolean(),
          }),
          {
            minLength: 12,
            maxLength: 12,
          },
        ),
        async (maxUsd, concurrency, fates) => {
          const here = simulatedWorld();
          const ledgers = ledgerFolder(here);
          try {
            const one = model({
              reply: async ({ caseId }, { sleep }) => {
                const fate = fates[Number(caseId.slice(1))];
                await sleep(fate?.ms ?? 0);
                return fate?.lost ? lost() : answer("ok", { usage: { input: 20, output: fate?.output ?? 0 } });
              },
            });
            const { outcome } = await play([fakePlan({ models: [one], cases: fakeCases(12) })], ledgers.open(), here, {
              maxUsd,
              concurrency,
            });
            const { settledUsd, unknownAtMostUsd } = outcome.spend;
            expect(settledUsd + unknownAtMostUsd).toBeLessThanOrEqual(maxUsd + 1e-12);
            const done = outcome.counts.answered + outcome.counts.failed;
            expect(outcome.stopped?.reason).toBe(done < 12 ? "budget" : outcome.stopped?.reason);
          } finally {
            ledgers.dispose();
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
