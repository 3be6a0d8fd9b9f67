import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  answer,
  fakeCases,
  fakeJudge,
  fakeModel,
  fakePlan,
  heldBy,
  ledgerFolder,
  play,
  refused,
} from "./fakes.test-data.ts";
import { runCalls } from "./run.ts";
import { type SimulatedWorld, simulatedWorld } from "./simulated-world.test-data.ts";

let world: SimulatedWorld;
let folder: ReturnType<typeof ledgerFolder>;
beforeEach(() => {
  world = simulatedWorld();
  folder = ledgerFolder(world);
});
afterEach(() => folder.dispose());

/** Signals that come at given moments. */
function signalsAt(times: { readonly drain?: number; readonly abort?: number }, reason: unknown = new Error("SIGINT")) {
  const drain = new AbortController();
  const abort = new AbortController();
  if (times.drain !== undefined) void world.sleep(times.drain).then(() => drain.abort(reason));
  if (times.abort !== undefined) void world.sleep(times.abort).then(() => abort.abort(reason));
  return { signals: { drain: drain.signal, abort: abort.signal } };
}

const slow = (ms: number) =>
  fakeModel({
    concurrency: 5,
    reply: async (_, { sleep }) => {
      await sleep(ms);
      return answer("ok");
    },
  });

describe("Ctrl-C", () => {
  it("once sends nothing more, waits for what is in flight, and keeps it", async () => {
    const model = slow(1_000);
    const plan = fakePlan({ models: [model], cases: fakeCases(100) });
    const { outcome, records } = await play([plan], folder.open(), world, signalsAt({ drain: 2_500 }));
    expect(model.asked).toHaveLength(15);
    expect(outcome.counts).toMatchObject({ sent: 15, answered: 15, failed: 0 });
    expect(outcome.stopped).toEqual({ reason: "interrupted", message: "stopped by SIGINT; run again to continue" });
    expect(outcome.spend.unknownAtMostUsd).toBe(0);
    expect(world.elapsedMs()).toBeLessThan(3_500);
    expect(records.map(heldBy).filter((held) => held === "ok")).toHaveLength(15);
    const next = await play([plan], folder.open(), world);
    expect(next.outcome.counts).toMatchObject({ fromLedger: 15, answered: 85, maybePaidTwice: 0 });
    expect(model.asked).toHaveLength(100);
  });

  it("waits five seconds at most; what is still out is unknown, and bought again", async () => {
    const model = slow(60_000);
    const plan = fakePlan({ models: [model], cases: fakeCases(20) });
    const { outcome, records } = await play([plan], folder.open(), world, signalsAt({ drain: 1_000 }));
    expect(world.elapsedMs()).toBeLessThan(6_500);
    expect(outcome.counts).toMatchObject({ sent: 5, answered: 0 });
    expect(outcome.spend.unknownAtMostUsd).toBeGreaterThan(0);
    expect(records.map(heldBy).slice(0, 5)).toEqual(Array(5).fill("aborted"));
    expect(model.asked.every(({ signal }) => signal.aborted)).toBe(true);
    const next = await play([plan], folder.open(), world);
    expect(next.outcome.counts).toMatchObject({ maybePaidTwice: 5, answered: 20 });
  });

  it("twice waits for nothing", async () => {
    const model = slow(60_000);
    const plan = fakePlan({ models: [model], cases: fakeCases(20) });
    const { outcome } = await play([plan], folder.open(), world, signalsAt({ drain: 1_000, abort: 1_300 }));
    expect(world.elapsedMs()).toBeLessThan(1_500);
    expect(outcome.stopped?.reason).toBe("interrupted");
  });

  it("before the start sends nothing at all", async () => {
    const model = slow(10);
    const { outcome } = await play([fakePlan({ models: [model] })], folder.open(), world, {
      signals: { drain: AbortSignal.abort(new Error("SIGTERM")), abort: new AbortController().signal },
    });
    expect(model.asked).toHaveLength(0);
    expect(outcome.stopped?.reason).toBe("terminated");
  });

  it("in the moment between intent and request sends nothing, and leaves nothing that may have been paid", async () => {
    const model = slow(10);
    const plan = fakePlan({ models: [model] });
    const drain = new AbortController();
    const ledger = folder.open();
    const stopping: typeof ledger = {
      ...ledger,
      claim: async (key, intent) => {
        const claim = await ledger.claim(key, intent);
        drain.abort(new Error("SIGINT"));
        return claim;
      },
    };
    const signals = { drain: drain.signal, abort: new AbortController().signal };
    const { outcome } = await play([plan], stopping, world, { signals });
    expect(model.asked).toHaveLength(0);
    expect(outcome.counts).toMatchObject({ sent: 0, failed: 0 });
    ledger.close();
    const next = await play([plan], folder.open(), world);
    expect(next.outcome.counts).toMatchObject({ answered: 3, maybePaidTwice: 0 });
  });

  it("ends pauses and waits for another attempt at once", async () => {
    const model = fakeModel({ reply: () => refused({ retryAfterMs: 100_000 }) });
    const { outcome } = await play(
      [fakePlan({ models: [model], cases: fakeCases(50) })],
      folder.open(),
      world,
      signalsAt({ drain: 1_000 }),
    );
    expect(world.elapsedMs()).toBeLessThan(2_000);
    expect(outcome.stopped?.reason).toBe("interrupted");
  });

  it("does not wait for a judge that hangs beyond the drain", async () => {
    const judge = fakeModel({ id: "j", account: "j", reply: () => new Promise<never>(() => {}) });
    const { outcome } = await play(
      [fakePlan({ graders: [fakeJudge(judge)] })],
      folder.open(),
      world,
      signalsAt({ drain: 1_000 }),
    );
    expect(world.elapsedMs()).toBeLessThan(6_500);
    expect(outcome.counts.answered).toBe(3);
  });

  it("SIGTERM and SIGHUP are told apart from it", async () => {
    for (const [name, reason] of [
      ["SIGTERM", "terminated"],
      ["SIGHUP", "terminated"],
      ["SIGINT", "interrupted"],
    ] as const) {
      const { outcome } = await play([fakePlan({ models: [slow(1_000)] })], folder.open(), world, {
        signals: { drain: AbortSignal.abort(new Error(name)), abort: new AbortController().signal },
      });
      expect(outcome.stopped).toMatchObject({ reason, message: `stopped by ${name}; run again to continue` });
    }
  });
});

describe("two processes on one ledger", () => {
  it("buy no answer twice, and both have all of them", async () => {
    const model = slow(700);
    const plan = { suites: [fakePlan({ models: [model], cases: fakeCases(60) })], leftOut: [] };
    const signals = signalsAt({}).signals;
    const one = folder.open();
    const other = folder.open();
    const [first, second] = await world.play(
      Promise.all([one, other].map((ledger) => runCalls(plan, ledger, { offline: false, signals }, world))),
    );
    expect(model.asked).toHaveLength(60);
    expect(new Set(model.asked.map(({ caseId }) => caseId)).size).toBe(60);
    const answered = (first?.counts.answered ?? 0) + (second?.counts.answered ?? 0);
    expect(answered).toBe(60);
    for (const outcome of [first, second]) {
      expect((outcome?.counts.answered ?? 0) + (outcome?.counts.fromLedger ?? 0)).toBe(60);
      expect(outcome?.counts.maybePaidTwice).toBe(0);
    }
  });

  it("a call that another process never ends is given up in the end", async () => {
    const model = fakeModel();
    const plan = fakePlan({ models: [model], cases: fakeCases(1) });
    const stuck = fakeModel({ reply: () => new Promise<never>(() => {}) });
    const hanging = fakePlan({ models: [{ ...stuck, identity: model.identity }], cases: fakeCases(1) });
    const signals = signalsAt({ drain: 400_000 }).signals;
    const theirs = runCalls(
      { suites: [hanging], leftOut: [] },
      folder.open(),
      { offline: false, signals, timeoutMs: 1e6 },
      world,
    );
    const mine = signalsAt({}).signals;
    const run = runCalls(
      { suites: [plan], leftOut: [] },
      folder.open(),
      { offline: false, signals: mine, timeoutMs: 10_000 },
      world,
    );
    const outcome = await world.play(run);
    expect(model.asked).toHaveLength(0);
    expect(outcome.counts).toMatchObject({ sent: 0, answered: 0, planned: 1 });
    expect(outcome.notices).toMatchObject([{ code: "ledger", level: "note" }]);
    await world.play(theirs);
  });
});
