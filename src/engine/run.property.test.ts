/** What must hold of a run whatever the order, the failures and the moment of the stop. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Completion } from "../suite/completion.ts";
import {
  answer,
  failure,
  fakeCases,
  fakeModel,
  fakePlan,
  heldBy,
  ledgerFolder,
  lost,
  play,
  refused,
} from "./fakes.test-data.ts";
import { simulatedWorld } from "./simulated-world.test-data.ts";

const CASES = 8;
const TRIALS = 2;

const fate = fc.record({
  ms: fc.integer({ min: 0, max: 4_000 }),
  how: fc.constantFrom(
    "answer",
    "answer",
    "answer",
    "refused",
    "told to wait",
    "lost",
    "bad request",
    "unreachable",
    "throws",
  ),
});
const fates = fc.array(fate, { minLength: 60, maxLength: 60 });

/** A model whose requests meet their fates in the order in which they come, and then go well. */
function modelOf(list: readonly { readonly ms: number; readonly how: string }[]) {
  let calls = 0;
  const answered = new Set<string>();
  /** Calls that were asked although they had been answered. */
  const again: string[] = [];
  const model = fakeModel({
    reply: async ({ caseId, trial }, { sleep }): Promise<Completion> => {
      const { ms, how } = list[calls++] ?? { ms: 1, how: "answer" };
      if (answered.has(`${caseId}.${trial}`)) again.push(`${caseId}.${trial}`);
      await sleep(ms);
      if (how === "refused") return refused();
      if (how === "told to wait") return refused({ retryAfterMs: ms });
      if (how === "lost") return lost();
      if (how === "bad request") return failure("bad-request");
      if (how === "unreachable") return failure("unreachable", { retry: "never-sent" });
      if (how === "throws") throw new Error("a defect");
      answered.add(`${caseId}.${trial}`);
      return answer(`${caseId}.${trial}`);
    },
  });
  return { ...model, again };
}

async function inRoom<T>(
  work: (room: {
    world: ReturnType<typeof simulatedWorld>;
    open: ReturnType<typeof ledgerFolder>["open"];
  }) => Promise<T>,
) {
  const world = simulatedWorld();
  const folder = ledgerFolder(world);
  try {
    return await work({ world, open: folder.open });
  } finally {
    folder.dispose();
  }
}

describe("any run", () => {
  it("gives its records in plan order, each with its own answer", async () => {
    await fc.assert(
      fc.asyncProperty(fates, fc.integer({ min: 1, max: 30 }), (list, concurrency) =>
        inRoom(async ({ world, open }) => {
          const plan = fakePlan({ models: [modelOf(list)], cases: fakeCases(CASES), trials: TRIALS });
          const { outcome, records } = await play([plan], open(), world, { concurrency });
          const order = fakeCases(CASES).flatMap(({ id }) => [1, 2].map((trial) => `${id}.${trial}`));
          expect(records.map(({ caseId, trial }) => `${caseId}.${trial}`)).toEqual(order);
          for (const [index, record] of records.entries()) {
            if (record.completion.kind === "answer") expect(heldBy(record)).toBe(order[index]);
          }
          const { planned, answered, failed } = outcome.counts;
          if (outcome.stopped === undefined && outcome.endedTargets === undefined)
            expect(answered + failed).toBe(planned);
          expect(records.filter(({ completion }) => completion.kind === "answer")).toHaveLength(answered);
        }),
      ),
      { numRuns: 40 },
    );
  });

  it("buys no answer twice, however often it is run again, and ends with all of them", async () => {
    await fc.assert(
      fc.asyncProperty(fates, fc.integer({ min: 1, max: 30 }), (list, concurrency) =>
        inRoom(async ({ world, open }) => {
          const model = modelOf(list);
          const plan = fakePlan({ models: [model], cases: fakeCases(CASES), trials: TRIALS });
          let answered = 0;
          for (let run = 0; run < 12; run++) {
            const ledger = open();
            const { outcome } = await play([plan], ledger, world, { concurrency });
            ledger.close();
            answered += outcome.counts.answered;
            expect(outcome.counts.fromLedger + outcome.counts.answered).toBe(answered);
            if (answered === CASES * TRIALS) break;
          }
          expect(answered).toBe(CASES * TRIALS);
          expect(model.again).toEqual([]);
        }),
      ),
      { numRuns: 30 },
    );
  });

  it("that is stopped at any moment keeps every answer that came, and the next run asks for the rest only", async () => {
    await fc.assert(
      fc.asyncProperty(
        fates,
        fc.integer({ min: 0, max: 6_000 }),
        fc.option(fc.integer({ min: 0, max: 2_000 }), { nil: undefined }),
        (list, drainMs, abortMs) =>
          inRoom(async ({ world, open }) => {
            const delivered: string[] = [];
            const inner = modelOf(list.map((one) => ({ ...one, how: one.how === "answer" ? "answer" : "refused" })));
            const model = fakeModel({
              concurrency: 3,
              reply: async (request, here) => {
                const completion = await inner.complete(request, here);
                if (completion.kind === "answer" && !request.signal.aborted) delivered.push(completion.text);
                return completion;
              },
            });
            const plan = fakePlan({ models: [model], cases: fakeCases(CASES), trials: TRIALS });
            const drain = new AbortController();
            const abort = new AbortController();
            void world.sleep(drainMs).then(() => drain.abort(new Error("SIGINT")));
            if (abortMs !== undefined) void world.sleep(drainMs + abortMs).then(() => abort.abort());
            const ledger = open();
            const signals = { drain: drain.signal, abort: abort.signal };
            const { outcome, records } = await play([plan], ledger, world, { signals });
            ledger.close();
            const held = records.flatMap((one) => (one.completion.kind === "answer" ? [heldBy(one)] : []));
            expect(held.sort()).toEqual(delivered.sort());
            expect(outcome.counts.answered).toBe(held.length);
            const before = model.asked.length;
            const next = await play([plan], open(), world);
            expect(next.outcome.counts.fromLedger).toBe(held.length);
            const asked = new Set(model.asked.slice(before).map(({ caseId, trial }) => `${caseId}.${trial}`));
            for (const text of held) expect(asked).not.toContain(text);
          }),
      ),
      { numRuns: 40 },
    );
  });
});
