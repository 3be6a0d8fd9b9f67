import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { estimatePlan } from "./estimate.ts";
import { allOf, answer, fakeCases, fakeModel, fakePlan, ledgerFolder, play, price } from "./fakes.test-data.ts";
import { keepKeys } from "./kept-keys.ts";
import { narrowSuite } from "./narrow.ts";
import type { SuitePlan } from "./plan.ts";
import { settledPlan } from "./settled-plan.ts";
import { type SimulatedWorld, simulatedWorld } from "./simulated-world.test-data.ts";
import { tasks } from "./tasks.ts";

let world: SimulatedWorld;
let folder: ReturnType<typeof ledgerFolder>;
beforeEach(() => {
  world = simulatedWorld();
  folder = ledgerFolder(world);
});
afterEach(() => folder.dispose());

async function withKeys(plan: SuitePlan): Promise<SuitePlan> {
  const keeper = keepKeys(plan.targets, plan.trials);
  for (const { key } of await allOf(tasks(plan))) keeper.add(key);
  const keys = keeper.kept();
  if (keys === undefined) throw new Error("no keys were kept");
  return { ...plan, keys };
}

describe("a suite of which all is bought", () => {
  it("is estimated by its keys as by its calls, whatever is at hand of it", async () => {
    const usage = { input: 12, output: 3 };
    let ways = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 41 }),
        fc.boolean(),
        async (cases, targets, trials, bought, told) => {
          const own = ledgerFolder(world);
          const models = Array.from({ length: targets }, (_, n) =>
            fakeModel({
              id: `m${n}`,
              price,
              reply: ({ caseId }) => answer("ok", { modelId: `m${n}-${caseId.length}`, ...(told ? { usage } : {}) }),
            }),
          );
          const whole = fakePlan({ models, cases: fakeCases(cases), trials });
          if (bought > 0)
            await play([{ ...whole, selection: { limit: bought }, cases: Math.min(cases, bought) }], own.open(), world);
          const ledger = own.open({ readOnly: true });
          const byKeys = await withKeys(whole);
          const found = await settledPlan(byKeys, ledger, new Map());
          expect(found !== undefined).toBe(bought >= cases);
          if (found !== undefined) ways++;
          for (const expected of [true, false]) {
            const [a, b] = await Promise.all(
              [whole, byKeys].map((suite) =>
                estimatePlan({ suites: [suite], leftOut: [] }, ledger, world, { expected }),
              ),
            );
            expect(b).toEqual(a);
          }
          own.dispose();
        },
      ),
      { numRuns: 30 },
    );
    expect(ways).toBeGreaterThan(2);
  });

  it("is walked where the keys are those of another part or where answers are recorded", async () => {
    const cases = fakeCases(4);
    const plan = await withKeys(fakePlan({ models: [fakeModel(), fakeModel({ id: "b" })], cases, trials: 2 }));
    await play([plan], folder.open(), world);
    const ledger = folder.open({ readOnly: true });
    const isTold = async (part: SuitePlan) => (await settledPlan(part, ledger, new Map())) !== undefined;
    expect(await isTold(plan)).toBe(true);
    expect(await isTold(narrowSuite(plan, { trials: 1 }))).toBe(false);
    expect(await isTold(narrowSuite(plan, { targets: ["target 0"] }))).toBe(false);
    expect(await isTold(narrowSuite(plan, { caseIds: new Set(["c0"]) }))).toBe(false);
    expect(await isTold(await withKeys(fakePlan({ models: [fakeModel({ answers: "stored" })], cases })))).toBe(false);
    plan.keys?.drop();
    expect(await isTold(plan)).toBe(false);
  });
});
