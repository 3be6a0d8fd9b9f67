import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StorageError } from "../errors.ts";
import type { Completion } from "../suite/completion.ts";
import type { Model, ModelRequest } from "../suite/model.ts";
import type { World } from "../suite/world.ts";
import {
  answer,
  failure,
  fakeCases,
  fakeJudge,
  fakeModel,
  fakePlan,
  heldBy,
  ledgerFolder,
  lost,
  play,
  refused,
} from "./fakes.test-data.ts";
import type { ProgressSnapshot } from "./outcome.ts";
import { type SimulatedWorld, simulatedWorld } from "./simulated-world.test-data.ts";

let world: SimulatedWorld;
let folder: ReturnType<typeof ledgerFolder>;
beforeEach(() => {
  world = simulatedWorld();
  folder = ledgerFolder(world);
});
afterEach(() => folder.dispose());

/** A model that fails as told, call by call, and then answers. */
function failing(...first: readonly Completion[]) {
  const left = [...first];
  return fakeModel({ reply: () => left.shift() ?? answer("ok") });
}

const one = (model: Model) => [fakePlan({ models: [model], cases: fakeCases(1) })];

describe("a call that fails", () => {
  it("is sent again when it was never sent, at no cost", async () => {
    const model = failing(refused(), refused(), failure("unreachable", { retry: "never-sent" }));
    const { outcome, records } = await play(one(model), folder.open(), world);
    expect(records.map(heldBy)).toEqual(["ok"]);
    expect(outcome.counts).toMatchObject({ sent: 4, retried: 3, answered: 1, failed: 0 });
    expect(outcome.spend).toMatchObject({ unknownAtMostUsd: 0 });
  });

  it("is sent five times at most when it was never sent, and again by the next run", async () => {
    const model = failing(...Array(5).fill(failure("overloaded", { retry: "never-sent", status: 529 })));
    const { outcome, records } = await play(one(model), folder.open(), world);
    expect(records.map(heldBy)).toEqual(["overloaded"]);
    expect(outcome.counts).toMatchObject({ sent: 5, retried: 4, failed: 1 });
    expect(outcome.notices).toMatchObject([{ code: "overloaded", level: "warning" }]);
    const next = await play(one(model), folder.open(), world);
    expect(next.records.map(heldBy)).toEqual(["ok"]);
    expect(next.outcome.counts).toMatchObject({ answered: 1, maybePaidTwice: 0 });
  });

  it("is sent once more at most when it may have been paid, and counts at its worst", async () => {
    const model = failing(lost(), lost());
    const { outcome, records } = await play(one(model), folder.open(), world);
    expect(records.map(heldBy)).toEqual(["timeout"]);
    expect(model.asked).toHaveLength(2);
    // 10 bytes and 32 tokens of template in at $1, 1,024 tokens out at $2, twice.
    expect(outcome.spend.unknownAtMostUsd).toBeCloseTo(2 * ((10 + 32) * 1e-6 + 1024 * 2e-6), 9);
    expect(outcome.spend.settledUsd).toBe(0);
  });

  it("that may have been paid is bought again by the next run, and counted", async () => {
    const model = failing(lost(), lost());
    await play(one(model), folder.open(), world);
    const { outcome, records } = await play(one(model), folder.open(), world);
    expect(records.map(heldBy)).toEqual(["ok"]);
    expect(outcome.counts).toMatchObject({ sent: 1, answered: 1, maybePaidTwice: 1 });
    // What the run before lost is the run before's.
    expect(outcome.spend).toEqual({ settledUsd: 20e-6, unknownAtMostUsd: 0, unpricedCalls: 0 });
    expect(outcome.notices).toEqual([
      {
        code: "ledger",
        level: "note",
        text: "1 call of an earlier run was sent without an answer on record, and had to be bought again (what was sent before cost $0.0021 at most, and counts there)",
      },
    ]);
  });

  it("for good is not sent again, and ends nothing else", async () => {
    const model = fakeModel({
      reply: ({ caseId }) => (caseId === "c1" ? failure("prompt-too-long", { status: 400 }) : answer("ok")),
    });
    const { outcome, records } = await play([fakePlan({ models: [model] })], folder.open(), world);
    expect(records.map(heldBy)).toEqual(["ok", "prompt-too-long", "ok"]);
    expect(outcome.counts).toMatchObject({ sent: 3, answered: 2, failed: 1 });
    expect(outcome.stopped).toBeUndefined();
    expect(outcome.notices).toEqual([
      {
        level: "warning",
        code: "prompt-too-long",
        text: "1 call failed (prompt-too-long) for target 0: it failed: prompt-too-long",
      },
    ]);
  });

  it("frees its slot while it waits to be sent again", async () => {
    const order: string[] = [];
    let first = true;
    const model = fakeModel({
      concurrency: 1,
      reply: async ({ caseId }, { sleep }) => {
        order.push(caseId);
        await sleep(100);
        if (!first) return answer("ok");
        first = false;
        return failure("overloaded", { retry: "never-sent" });
      },
    });
    await play([fakePlan({ models: [model], cases: fakeCases(4) })], folder.open(), world);
    expect(order).toEqual(["c0", "c1", "c2", "c3", "c0"]);
  });
});

describe("a provider that asks to wait", () => {
  it("is waited for by the whole account, once, and told so", async () => {
    const sent: number[] = [];
    let first = true;
    const model = fakeModel({
      account: "openai",
      concurrency: 2,
      reply: (_, { monotonicMs }) => {
        sent.push(monotonicMs());
        if (!first) return answer("ok");
        first = false;
        return refused({ retryAfterMs: 12_000 });
      },
    });
    const seen: ProgressSnapshot[] = [];
    const { outcome, records } = await play(
      [fakePlan({ models: [model], cases: fakeCases(20) })],
      folder.open(),
      world,
      {
        onProgress: (snapshot) => seen.push(snapshot),
      },
    );
    expect(records.map(heldBy)).toEqual(Array(20).fill("ok"));
    expect(sent.filter((at) => at > 0 && at < 12_000)).toEqual([]);
    expect(sent.filter((at) => at === 0).length).toBeLessThanOrEqual(2);
    expect(seen.flatMap(({ waiting }) => waiting)[0]).toBe("openai: waiting 12 s (provider asked)");
    expect(outcome.notices).toEqual([
      { level: "note", code: "rate-limited", text: "openai: waited 12 s in all, as the provider asked" },
    ]);
  });

  it("uses up no attempts by asking", async () => {
    const model = failing(...Array(12).fill(refused({ retryAfterMs: 20_000 })));
    const { records } = await play(one(model), folder.open(), world);
    expect(records.map(heldBy)).toEqual(["ok"]);
    expect(world.elapsedMs()).toBeGreaterThanOrEqual(240_000);
  });

  it("for longer than a run waits stops it", async () => {
    const model = fakeModel({ account: "openai", reply: () => refused({ retryAfterMs: 3_600_000 }) });
    const { outcome } = await play([fakePlan({ models: [model], cases: fakeCases(300) })], folder.open(), world);
    expect(outcome.stopped).toEqual({
      reason: "account",
      message: "openai asked to wait 60 min; a run waits 2 min at most",
    });
    expect(model.asked.length).toBeLessThanOrEqual(20);
    expect(world.elapsedMs()).toBeLessThanOrEqual(1_000);
  });

  it("for longer than a run waits stops its account only, after others have come to their end", async () => {
    const busy = fakeModel({ id: "busy", account: "openai", reply: () => refused({ retryAfterMs: 3_600_000 }) });
    const free = fakeModel({
      id: "free",
      account: "other",
      reply: async (_, { sleep }) => {
        await sleep(1_000);
        return answer("ok");
      },
    });
    const plan = fakePlan({ models: [busy, free], cases: fakeCases(200) });
    const { outcome, records } = await play([plan], folder.open(), world);
    expect(free.asked).toHaveLength(200);
    expect(busy.asked.length).toBeLessThanOrEqual(20);
    expect(outcome.counts).toMatchObject({ planned: 400, answered: 200 });
    expect(outcome.stopped).toEqual({
      reason: "account",
      message: "openai asked to wait 60 min; a run waits 2 min at most",
    });
    expect(records.at(-2)?.completion).toMatchObject({ kind: "not-called" });
  });

  it("for longer than a run waits, where it is a judge's, buys no answers that nobody can judge", async () => {
    const judge = fakeModel({ id: "judge", account: "j", reply: () => refused({ retryAfterMs: 3_600_000 }) });
    const model = fakeModel({
      account: "m",
      reply: async (_, { sleep }) => {
        await sleep(1_000);
        return answer("ok");
      },
    });
    const plan = fakePlan({ models: [model], cases: fakeCases(300), graders: [fakeJudge(judge)] });
    const { outcome } = await play([plan], folder.open(), world, { concurrency: 4 });
    expect(outcome.stopped?.message).toMatch(/^j asked to wait 60 min/);
    // What had begun when the first answer came to be judged.
    expect(model.asked.length).toBeLessThanOrEqual(2 * 4 + 8 + 1);
  });

  it("museum 15: 429 every 2 s with Retry-After 89 walks the limit down although a hint is always under way, and it recovers", async () => {
    // Refusals come one by one, each with a hint that outlives the next ones: who lets hints put cuts off never cuts again.
    const wellAtMs = 600_000;
    let [freeAt, inFlight] = [0, 0];
    /** Most calls at once from one opening of the gate to the next, and after the provider is well again. */
    const most: number[] = [];
    let mostWhenWell = 0;
    let lastStart = Number.NEGATIVE_INFINITY;
    const reply = async (_: ModelRequest, { monotonicMs, sleep }: World) => {
      const now = monotonicMs();
      if (now - lastStart > 60_000) most.push(0);
      lastStart = now;
      inFlight++;
      if (now < wellAtMs) most[most.length - 1] = Math.max(most.at(-1) ?? 0, inFlight);
      else mostWhenWell = Math.max(mostWhenWell, inFlight);
      freeAt = now < wellAtMs ? Math.max(now, freeAt) + 2_000 : now + 100;
      await sleep(freeAt - now);
      inFlight--;
      return now < wellAtMs ? refused({ retryAfterMs: 89_000 }) : answer("ok");
    };
    const model = fakeModel({ reply });
    const { outcome } = await play([fakePlan({ models: [model], cases: fakeCases(400) })], folder.open(), world);
    // 20 refusals take 40 s: three cuts, 15 s apart. A limit that waits for the hint's end is cut once.
    expect(most.slice(0, 4)).toEqual([20, 9, 5, 4]);
    expect(mostWhenWell).toBeGreaterThan(20);
    expect(outcome.counts.answered).toBeGreaterThan(300);
    expect(outcome.counts.answered + outcome.counts.failed).toBe(400);
  });
});

describe("what ends more than a call", () => {
  it("a rejected key or an empty account stops the run within the calls in flight", async () => {
    for (const code of ["key-rejected", "out-of-money"] as const) {
      let calls = 0;
      const model = fakeModel({
        id: code,
        account: "openai",
        reply: async (_, { sleep }) => {
          const bad = ++calls > 50;
          await sleep(10);
          return bad ? failure(code, { scope: "account", status: 401 }) : answer("ok");
        },
      });
      const { outcome, records } = await play(
        [fakePlan({ models: [model], cases: fakeCases(400) })],
        folder.open(),
        world,
        {
          concurrency: 5,
        },
      );
      expect(outcome.stopped).toEqual({ reason: "account", message: `openai: it failed: ${code}` });
      expect(outcome.notices).toContainEqual({ level: "error", code, text: `openai: it failed: ${code}` });
      expect(model.asked.length).toBeLessThanOrEqual(55);
      expect(outcome.counts).toMatchObject({ answered: 50, retried: 0, planned: 400 });
      expect(records.map(heldBy).filter((held) => held === "ok")).toHaveLength(50);
    }
  });

  it("a wrong model ends its target only, before the second case", async () => {
    const wrong = fakeModel({
      id: "wrong",
      concurrency: 1,
      reply: () => failure("unknown-model", { scope: "target", status: 404 }),
    });
    const right = fakeModel({ id: "right" });
    const { outcome, records } = await play(
      [fakePlan({ models: [wrong, right], cases: fakeCases(50) })],
      folder.open(),
      world,
    );
    expect(wrong.asked).toHaveLength(1);
    expect(right.asked).toHaveLength(50);
    expect(outcome.stopped).toBeUndefined();
    expect(outcome.endedTargets).toEqual([
      { suite: "suite", target: "target 0", code: "unknown-model", why: "it failed: unknown-model" },
    ]);
    expect(outcome.notices).toContainEqual({
      level: "error",
      code: "unknown-model",
      text: 'suite: the calls of "target 0" were given up: it failed: unknown-model',
    });
    expect(records.filter(({ target }) => target === "target 0").map(heldBy)).toEqual([
      "unknown-model",
      ...Array(49).fill("it failed: unknown-model"),
    ]);
  });

  it("twenty identical errors in a row end the target", async () => {
    const model = fakeModel({ concurrency: 1, reply: () => failure("bad-request", { status: 400 }) });
    const { outcome } = await play([fakePlan({ models: [model], cases: fakeCases(100) })], folder.open(), world);
    expect(model.asked).toHaveLength(20);
    expect(outcome.endedTargets?.[0]?.why).toBe("20 identical errors: it failed: bad-request");
  });

  it("a failing server that asks to come back much later loses its call only, and one that asks for little makes only its call wait", async () => {
    const sent: string[] = [];
    let times = 0;
    const model = fakeModel({
      concurrency: 1,
      reply: ({ caseId }, { monotonicMs }) => {
        sent.push(`${caseId} ${Math.floor(monotonicMs() / 1_000)}`);
        if (caseId === "c1")
          return failure("server-error", { retry: "maybe-paid", status: 500, retryAfterMs: 3_600_000 });
        if (caseId === "c2" && times++ === 0)
          return failure("server-error", { retry: "maybe-paid", status: 500, retryAfterMs: 30_000 });
        return answer("ok");
      },
    });
    const { outcome, records } = await play([fakePlan({ models: [model], cases: fakeCases(5) })], folder.open(), world);
    expect(records.map(heldBy)).toEqual(["ok", "server-error", "ok", "ok", "ok"]);
    // What begins while as many wait as there are lanes begins a second later.
    expect(sent).toEqual(["c0 0", "c1 0", "c2 0", "c3 1", "c4 1", "c2 31"]);
    expect(outcome.stopped).toBeUndefined();
    expect(outcome.notices.map(({ code }) => code)).toEqual(["server-error"]);
  });

  it("a server that fails for ever is asked twice a call, and not for ever", async () => {
    const model = fakeModel({
      concurrency: 2,
      reply: () => failure("server-error", { retry: "maybe-paid", status: 500 }),
    });
    const { outcome } = await play([fakePlan({ models: [model], cases: fakeCases(200) })], folder.open(), world);
    expect(outcome.endedTargets).toHaveLength(1);
    expect(model.asked.length).toBeLessThanOrEqual(2 * (20 + 12));
    expect(new Set(model.asked.map(({ caseId }) => caseId)).size * 2).toBeGreaterThanOrEqual(model.asked.length);
  });

  it("a host that cannot be reached stops the run when nobody gets through", async () => {
    const gone = failure("unreachable", { retry: "never-sent", message: "cannot reach host (ENOTFOUND)" });
    const model = fakeModel({ account: "local", reply: () => gone });
    const { outcome } = await play([fakePlan({ models: [model], cases: fakeCases(500) })], folder.open(), world);
    expect(outcome.stopped).toEqual({ reason: "account", message: "local: cannot reach host (ENOTFOUND)" });
    expect(outcome.spend).toMatchObject({ settledUsd: 0, unknownAtMostUsd: 0 });
  });

  it("a network that is away for minutes in the middle of a run costs nothing but time", async () => {
    const gone = failure("unreachable", { retry: "never-sent", message: "cannot reach host (ENETUNREACH)" });
    const model = fakeModel({
      concurrency: 4,
      reply: async (_, { sleep, monotonicMs }) => {
        await sleep(500);
        return monotonicMs() > 5_000 && monotonicMs() < 300_000 ? gone : answer("ok");
      },
    });
    const { outcome } = await play([fakePlan({ models: [model], cases: fakeCases(200) })], folder.open(), world);
    expect(outcome.stopped).toBeUndefined();
    expect(outcome.counts).toMatchObject({ answered: 200, failed: 0 });
    expect(outcome.spend.unknownAtMostUsd).toBe(0);
  });

  it("a limit or a load that lasts for minutes in the middle of a run costs nothing but time", async () => {
    for (const code of ["rate-limited", "overloaded"] as const) {
      const fresh = simulatedWorld();
      const model = fakeModel({
        id: code,
        concurrency: 4,
        reply: async (_, { sleep, monotonicMs }) => {
          await sleep(500);
          const busy = monotonicMs() > 5_000 && monotonicMs() < 300_000;
          return busy ? failure(code, { retry: "never-sent" }) : answer("ok");
        },
      });
      const { outcome } = await play([fakePlan({ models: [model], cases: fakeCases(100) })], folder.open(), fresh);
      expect(outcome.stopped).toBeUndefined();
      expect(outcome.counts).toMatchObject({ answered: 100, failed: 0 });
      expect(outcome.spend.unknownAtMostUsd).toBe(0);
    }
  });

  it("the wait for a slot is no time of a call's own", async () => {
    // Ten tasks are at work at once, so that the last of them waits 630 s for the one slot.
    let calls = 0;
    const model = fakeModel({
      concurrency: 1,
      reply: async (_, { sleep }) => {
        await sleep(70_000);
        return ++calls === 15 ? lost() : answer("ok");
      },
    });
    const { outcome } = await play([fakePlan({ models: [model], cases: fakeCases(20) })], folder.open(), world);
    expect(outcome.counts).toMatchObject({ answered: 20, failed: 0, retried: 1 });
  });

  it("a network that does not come back ends the run, after twenty minutes at most", async () => {
    const gone = failure("unreachable", { retry: "never-sent", message: "cannot reach host (ENETUNREACH)" });
    const model = fakeModel({
      account: "far",
      concurrency: 4,
      reply: async (_, { sleep, monotonicMs }) => {
        await sleep(500);
        return monotonicMs() > 5_000 ? gone : answer("ok");
      },
    });
    const { outcome } = await play([fakePlan({ models: [model], cases: fakeCases(200) })], folder.open(), world);
    expect(outcome.stopped).toEqual({ reason: "account", message: "far: cannot reach host (ENETUNREACH)" });
    expect(world.elapsedMs()).toBeGreaterThan(300_000);
    expect(world.elapsedMs()).toBeLessThanOrEqual(1_200_000);
  });

  it("one call that does not get through while others do is only a failed call", async () => {
    const gone = failure("unreachable", { retry: "never-sent" });
    const model = fakeModel({
      concurrency: 2,
      reply: async ({ caseId }, { sleep }) => {
        await sleep(500);
        return caseId === "c3" ? gone : answer("ok");
      },
    });
    const { outcome } = await play([fakePlan({ models: [model], cases: fakeCases(60) })], folder.open(), world);
    expect(outcome.stopped).toBeUndefined();
    expect(outcome.counts).toMatchObject({ answered: 59, failed: 1 });
  });
});

describe("a model that does not keep its promise", () => {
  it("by throwing, or by returning nothing of use, fails its call only", async () => {
    const replies: Readonly<Record<string, () => unknown>> = {
      c0: () => {
        throw new Error("a defect");
      },
      c1: () => undefined,
      c2: () => ({ kind: "answer", text: 7, finish: "stop" }),
      c3: () => ({ kind: "answer", text: "ok", finish: "because" }),
      c4: () => answer("fine", { latencyMs: -5, usage: { input: Number.NaN, output: 1 } }),
    };
    const model = fakeModel({ reply: ({ caseId }) => replies[caseId]?.() as Completion });
    const { records } = await play([fakePlan({ models: [model], cases: fakeCases(5) })], folder.open(), world);
    expect(records.map(heldBy)).toEqual(["threw", "not-an-answer", "not-an-answer", "not-an-answer", "fine"]);
    expect(records[4]?.completion).toEqual({ kind: "answer", text: "fine", finish: "stop" });
    expect(records[4]?.cost).toMatchObject({ known: true, estimated: true });
  });

  it("by never returning is ended some time after its deadline, and sent once more", async () => {
    const model = fakeModel({ reply: () => new Promise<Completion>(() => {}) });
    const { outcome, records } = await play(one(model), folder.open(), world, { timeoutMs: 30_000 });
    expect(records.map(heldBy)).toEqual(["timeout"]);
    expect(model.asked).toHaveLength(2);
    expect(model.asked.every(({ signal }) => signal.aborted)).toBe(true);
    expect(outcome.spend.unknownAtMostUsd).toBeGreaterThan(0);
    expect(world.elapsedMs()).toBeLessThan(80_000);
  });
});

describe("a disk that fills up", () => {
  it("stops the run, tells what is lost, and keeps what was settled", async () => {
    const ledger = folder.open();
    let writes = 0;
    const full = () => Promise.reject(new StorageError("disk full", { file: folder.file, fix: "Free space." }));
    const failingLedger: typeof ledger = {
      ...ledger,
      settle: (key, given, usd) => (++writes > 10 ? full() : ledger.settle(key, given, usd)),
      claim: (key, intent) => (writes > 10 ? full() : ledger.claim(key, intent)),
    };
    const model = fakeModel({
      reply: async (_, { sleep }) => {
        await sleep(100);
        return answer("ok");
      },
    });
    const { outcome, records } = await play(
      [fakePlan({ models: [model], cases: fakeCases(100) })],
      failingLedger,
      world,
      {
        concurrency: 5,
      },
    );
    expect(outcome.stopped).toMatchObject({ reason: "storage" });
    expect(outcome.stopped?.message).toContain(folder.file);
    expect(model.asked.length).toBeLessThanOrEqual(20);
    expect(records.map(heldBy).filter((held) => held === "ok")).toHaveLength(10);
    const told = outcome.notices.find(({ code }) => code === "storage")?.text;
    expect(told).toMatch(/^5 answers \(about \$0\.0001\) could not be written and are lost$/);
    ledger.close();
    // The rest is bought by the next run; what was lost counts as maybe paid twice.
    const next = await play([fakePlan({ models: [model], cases: fakeCases(100) })], folder.open(), world);
    expect(next.outcome.counts).toMatchObject({ fromLedger: 10, answered: 90 });
  });

  it("writes at the end what could not be written before, when there is room again", async () => {
    const ledger = folder.open();
    let refusals = 2;
    const flaky: typeof ledger = {
      ...ledger,
      settle: (key, given, usd) =>
        refusals-- > 0
          ? Promise.reject(new StorageError("disk full", { file: folder.file, fix: "" }))
          : ledger.settle(key, given, usd),
    };
    const { outcome, records } = await play([fakePlan({ cases: fakeCases(2) })], flaky, world);
    expect(outcome.stopped?.reason).toBe("storage");
    expect(outcome.notices).toEqual([]);
    expect(records.map(heldBy)).toEqual(["ok", "ok"]);
  });
});
