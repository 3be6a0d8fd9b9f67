import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConfigError } from "../errors.ts";
import { estimatePlan } from "./estimate.ts";
import {
  answer,
  failure,
  fakeCases,
  fakeGrader,
  fakeJudge,
  fakeModel,
  fakePlan,
  heldBy,
  ledgerFolder,
  play,
  recordsOf,
  scored,
} from "./fakes.test-data.ts";
import type { Ledger } from "./ledger.ts";
import type { ProgressSnapshot } from "./outcome.ts";
import { runCalls } from "./run.ts";
import { type SimulatedWorld, simulatedWorld } from "./simulated-world.test-data.ts";

let world: SimulatedWorld;
let folder: ReturnType<typeof ledgerFolder>;
beforeEach(() => {
  world = simulatedWorld();
  folder = ledgerFolder(world);
});
afterEach(() => folder.dispose());

const echo = () => fakeModel({ reply: ({ messages, trial }) => answer(`${messages.at(-1)?.content} / ${trial}`) });

describe("a run", () => {
  it("asks every case of every target in every trial, once, and grades the answers", async () => {
    const models = [echo(), { ...echo(), identity: { id: "other" } }];
    const grader = fakeGrader({ grade: ({ text }) => scored(text === "question 1 / 2" ? 1 : 0) });
    const plan = fakePlan({ models, trials: 2, graders: [grader] });
    const { outcome, records } = await play([plan], folder.open(), world);
    expect(outcome.counts).toEqual({
      planned: 12,
      fromLedger: 0,
      stored: 0,
      sent: 12,
      answered: 12,
      failed: 0,
      retried: 0,
      maybePaidTwice: 0,
    });
    expect(outcome.stopped).toBeUndefined();
    expect(outcome.notices).toEqual([]);
    expect(records.map((one) => [one.caseId, one.target, one.trial])).toEqual(
      ["c0", "c1", "c2"].flatMap((id) =>
        ["target 0", "target 1"].flatMap((target) => [1, 2].map((trial) => [id, target, trial])),
      ),
    );
    expect(records.map(heldBy)).toContain("question 2 / 1");
    expect(records.filter(({ grades }) => grades.get("fake grader")?.strict.kind === "scored")).toHaveLength(12);
    // 10 tokens in at $1, 5 out at $2 per million, twelve times.
    expect(records[0]?.cost).toEqual({ known: true, usd: 20e-6 });
    expect(outcome.spend.settledUsd).toBeCloseTo(240e-6, 12);
    expect(outcome.spend).toMatchObject({ unknownAtMostUsd: 0, unpricedCalls: 0 });
  });

  it("run again is the same, and sends nothing", async () => {
    const model = echo();
    const first = await play([fakePlan({ models: [model] })], folder.open(), world);
    const again = await play([fakePlan({ models: [model] })], folder.open(), world);
    expect(model.asked).toHaveLength(3);
    expect(again.outcome.counts).toMatchObject({ planned: 3, fromLedger: 3, sent: 0, answered: 0 });
    expect(again.outcome.spend).toEqual({ settledUsd: 0, unknownAtMostUsd: 0, unpricedCalls: 0 });
    expect(again.records).toEqual(first.records);
  });

  it("does not look up again what was found at hand just before, and comes to the same", async () => {
    let calls = 0;
    const fickle = fakeModel({ id: "m", reply: () => answer("ok", { modelId: calls++ < 2 ? "m" : "other" }) });
    const plans = [fakePlan({ models: [echo(), fickle] })];
    const plan = { suites: plans, leftOut: [] };
    const empty = await estimatePlan(plan, folder.open({ readOnly: true }), world);
    await play(plans, folder.open(), world, { known: empty });
    expect(calls).toBe(3);
    const ledger = folder.open();
    const looked = await play(plans, ledger, world);
    const known = await estimatePlan(plan, ledger, world);
    let lookUps = 0;
    const watched: Ledger = {
      ...ledger,
      readMany: ledger.readMany,
      statuses: (keys) => {
        lookUps++;
        return ledger.statuses(keys);
      },
    };
    const snapshots: ProgressSnapshot[] = [];
    const onProgress = (one: ProgressSnapshot) => snapshots.push(one);
    const again = await play(plans, watched, world, { known, onProgress });
    expect(lookUps).toBe(0);
    expect(again.outcome).toEqual({ ...looked.outcome, wallMs: again.outcome.wallMs });
    expect(again.outcome.counts).toMatchObject({ planned: 6, fromLedger: 6, sent: 0 });
    expect(again.outcome.notices).toMatchObject([{ code: "model-id-changed" }]);
    expect(snapshots.at(-1)?.suites).toMatchObject([{ done: 6, total: 6 }]);
    // Another number of trials is another question.
    const more = await play([{ ...fakePlan({ models: [echo(), fickle], trials: 2 }) }], ledger, world, { known });
    expect(more.outcome.counts).toMatchObject({ planned: 12, fromLedger: 6, sent: 6 });
  });

  it("gives the model what it needs to know", async () => {
    const model = fakeModel({ parameters: { temperature: 0.5 } });
    await play([fakePlan({ models: [model], cases: fakeCases(1), trials: 2 })], folder.open(), world, {
      timeoutMs: 9_000,
    });
    expect(model.asked.map(({ signal: _, ...request }) => request)).toEqual(
      [1, 2].map((trial) => ({
        messages: [{ role: "user", content: "question 0" }],
        parameters: { temperature: 0.5, maxTokens: 1024 },
        caseId: "c0",
        trial,
        asker: "target 0",
        timeoutMs: 9_000,
      })),
    );
  });

  it("buys one call for two targets and two suites that ask the same", async () => {
    const model = fakeModel({
      reply: async (_, { sleep }) => {
        await sleep(1_000);
        return answer("ok");
      },
    });
    const plans = ["a", "b"].map((name) => fakePlan({ name, models: [model, model] }));
    const { outcome, records } = await play(plans, folder.open(), world);
    expect(model.asked).toHaveLength(3);
    expect(outcome.counts).toMatchObject({ planned: 12, answered: 3, fromLedger: 9, sent: 3 });
    expect(records.map(heldBy)).toEqual(Array(12).fill("ok"));
  });

  it("museum 10: same prompt, two models, one ledger: two calls, and each keeps its own answer", async () => {
    const models = ["one", "two"].map((id) => fakeModel({ id, reply: () => answer(`by ${id}`) }));
    const { records } = await play([fakePlan({ models, cases: fakeCases(1) })], folder.open(), world);
    expect(records.map(heldBy)).toEqual(["by one", "by two"]);
  });

  it("museum 11: a changed temperature is asked anew", async () => {
    const cold = fakeModel({ parameters: { temperature: 0 } });
    const warm = fakeModel({ parameters: { temperature: 0.7 } });
    await play([fakePlan({ models: [cold] })], folder.open(), world);
    const { outcome } = await play([fakePlan({ models: [warm] })], folder.open(), world);
    expect(outcome.counts).toMatchObject({ fromLedger: 0, answered: 3 });
  });

  it("museum 13: an edited expected answer grades anew and buys nothing", async () => {
    const grader = fakeGrader({
      needsExpected: true,
      grade: ({ text, case: one }) => scored(text === one.expected ? 1 : 0),
    });
    const run = (expected: string) =>
      play([fakePlan({ cases: fakeCases(1, () => ({ expected })), graders: [grader] })], folder.open(), world);
    const before = await run("no");
    const after = await run("ok");
    expect(after.outcome.counts).toMatchObject({ fromLedger: 1, sent: 0 });
    expect(before.records[0]?.grades.get("fake grader")).toEqual(scored(0));
    expect(after.records[0]?.grades.get("fake grader")).toEqual(scored(1));
  });

  it("museum 14: a case edited under the same id is asked anew", async () => {
    const run = (input: string) =>
      play([fakePlan({ cases: fakeCases(1, () => ({ input })), models: [echo()] })], folder.open(), world);
    await run("one");
    const { outcome, records } = await run("two");
    expect(outcome.counts).toMatchObject({ answered: 1, fromLedger: 0 });
    expect(records.map(heldBy)).toEqual(["two / 1"]);
  });

  it("museum 16: answers at hand need no slot, and do not grow the limit", async () => {
    const starts: number[] = [];
    let inFlight = 0;
    const slow = fakeModel({
      concurrency: 1,
      reply: async ({ messages }, { sleep, monotonicMs }) => {
        starts.push(monotonicMs());
        inFlight++;
        expect(inFlight).toBe(1);
        await sleep(2_000);
        inFlight--;
        return answer(String(messages.at(-1)?.content));
      },
    });
    const cases = fakeCases(200);
    await play([fakePlan({ cases: cases.slice(1), models: [slow] })], folder.open(), world);
    starts.length = 0;
    // All but the first are at hand: they pass while the one slot is taken.
    const seen: ProgressSnapshot[] = [];
    const from = world.elapsedMs();
    const { outcome } = await play([fakePlan({ cases, models: [slow] })], folder.open(), world, {
      onProgress: (snapshot) => seen.push(snapshot),
    });
    expect(starts).toHaveLength(1);
    expect(outcome.counts).toMatchObject({ fromLedger: 199, sent: 1 });
    expect(world.elapsedMs() - from).toBeLessThan(3_000);
    expect(seen[0]?.suites).toEqual([{ suite: "suite", total: 200, done: 199, waiting: 1 }]);
  });

  it("museum 16: answers at hand that pass while the limit is in full use do not grow it", async () => {
    let inFlight = 0;
    let most = 0;
    const model = fakeModel({
      reply: async (_, { sleep }) => {
        most = Math.max(most, ++inFlight);
        await sleep(1_000);
        inFlight--;
        return answer("ok");
      },
    });
    const cases = fakeCases(260);
    const limitOfOne = { concurrency: 1 };
    await play([fakePlan({ cases: cases.slice(20, 240), models: [model] })], folder.open(), world, limitOfOne);
    expect(most).toBe(1);
    // The first 20 take all slots that there are, then 220 answers are at hand, then 20 more want a slot.
    await play([fakePlan({ cases, models: [model] })], folder.open(), world);
    expect(most).toBe(20);
  });

  it("museum 20: a limit keeps the calls of the cases that are left what they were", async () => {
    const model = echo();
    await play([fakePlan({ models: [model], cases: fakeCases(10) })], folder.open(), world);
    const { outcome, records } = await play(
      [fakePlan({ models: [model], cases: fakeCases(10), limit: 4 })],
      folder.open(),
      world,
    );
    expect(outcome.counts).toMatchObject({ planned: 4, fromLedger: 4, sent: 0 });
    expect(records.map(({ caseId }) => caseId)).toEqual(["c0", "c1", "c2", "c3"]);
  });

  it("museum 21: cases chosen in any order keep their ids, in the dataset's order", async () => {
    const plan = { ...fakePlan({ models: [echo()], cases: fakeCases(12) }), cases: 3 };
    const chosen = { ...plan, selection: { caseIds: new Set(["c10", "c2", "c5"]) } };
    const { records } = await play([chosen], folder.open(), world);
    expect(records.map((one) => [one.caseId, heldBy(one)])).toEqual(
      [2, 5, 10].map((n) => [`c${n}`, `question ${n} / 1`]),
    );
  });

  it("museum 22: plans its total before the first call and never changes it", async () => {
    const totals = new Set<number>();
    const slow = fakeModel({
      reply: async (_, { sleep }) => {
        await sleep(500);
        return answer("ok");
      },
    });
    const { outcome } = await play([fakePlan({ models: [slow], cases: fakeCases(300) })], folder.open(), world, {
      onProgress: ({ suites }) => totals.add(suites[0]?.total ?? 0),
    });
    expect([...totals]).toEqual([300]);
    expect(outcome.counts.planned).toBe(300);
  });

  it("museum 23: gives results in the order of the plan, whatever order the answers came in", async () => {
    const late = fakeModel({
      reply: async ({ messages }, { sleep }) => {
        const text = String(messages.at(-1)?.content);
        await sleep(10_000 - Number(text.split(" ")[1]) * 300);
        return answer(text);
      },
    });
    const { records } = await play([fakePlan({ models: [late], cases: fakeCases(30) })], folder.open(), world);
    expect(records.map(heldBy)).toEqual(Array.from({ length: 30 }, (_, n) => `question ${n}`));
  });

  it("shares an account's slots between suites in turn", async () => {
    const order: string[] = [];
    const model = (name: string) =>
      fakeModel({
        id: name,
        reply: async (_, { sleep }) => {
          order.push(name);
          await sleep(100);
          return answer("ok");
        },
      });
    const plans = ["a", "b"].map((name) => fakePlan({ name, cases: fakeCases(200), models: [model(name)] }));
    await play(plans, folder.open(), world, { concurrency: 4 });
    const firstHalf = order.slice(0, 200).filter((name) => name === "a").length;
    expect(firstHalf).toBeGreaterThan(70);
    expect(firstHalf).toBeLessThan(130);
  });

  describe("a slow account never holds another one up", () => {
    const answersIn =
      (ms: number) =>
      async (_: unknown, { sleep }: { sleep: (ms: number) => Promise<void> }) => {
        await sleep(ms);
        return answer("ok");
      };
    const slowModel = () => fakeModel({ id: "slow", account: "slow", concurrency: 1, reply: answersIn(60_000) });
    /** Tells when its last answer came, simulated milliseconds. */
    const fastModel = () => {
      let endMs = 0;
      const model = fakeModel({
        id: "fast",
        account: "fast",
        concurrency: 10,
        reply: async (request, { sleep, monotonicMs }) => {
          await answersIn(10)(request, { sleep });
          endMs = monotonicMs();
          return answer("ok");
        },
      });
      return { model, endMs: () => endMs };
    };

    it("in another suite", async () => {
      const slow = slowModel();
      const { model: fast, endMs } = fastModel();
      const cases = fakeCases(100);
      const plans = [fakePlan({ name: "a", models: [slow], cases }), fakePlan({ name: "b", models: [fast], cases })];
      await play(plans, folder.open(), world);
      expect([slow.asked.length, fast.asked.length]).toEqual([100, 100]);
      expect(endMs()).toBeLessThan(1_000);
    });

    it("in the same suite", async () => {
      const slow = slowModel();
      const { model: fast, endMs } = fastModel();
      const { records } = await play([fakePlan({ models: [slow, fast], cases: fakeCases(100) })], folder.open(), world);
      expect([slow.asked.length, fast.asked.length]).toEqual([100, 100]);
      expect(records.map(heldBy)).toEqual(Array(200).fill("ok"));
      expect(endMs()).toBeLessThan(1_000);
    });

    it("as a judge of another suite on the same account", async () => {
      const { model: fast, endMs } = fastModel();
      const judged = { ...fast, identity: { id: "judged" } };
      const cases = fakeCases(100);
      const plans = [
        fakePlan({ name: "a", models: [judged], cases, graders: [fakeJudge(slowModel())] }),
        fakePlan({ name: "b", models: [fast], cases }),
      ];
      let lastOfB = 0;
      await play(plans, folder.open(), world, {
        onProgress: ({ suites }) => {
          if ((suites[1]?.done ?? 0) < 100) lastOfB = world.elapsedMs();
        },
      });
      expect(endMs()).toBeGreaterThan(60_000);
      expect(lastOfB).toBeLessThan(1_500);
    });
  });

  it("keeps to the smallest concurrency that a model of the account asks for", async () => {
    let inFlight = 0;
    let most = 0;
    const reply = async (_: unknown, { sleep }: { sleep: (ms: number) => Promise<void> }) => {
      most = Math.max(most, ++inFlight);
      await sleep(50);
      inFlight--;
      return answer("ok");
    };
    const models = [fakeModel({ id: "a", concurrency: 3, reply }), fakeModel({ id: "b", concurrency: 7, reply })];
    await play([fakePlan({ models, cases: fakeCases(40) })], folder.open(), world, { concurrency: 50 });
    expect(most).toBe(3);
  });

  it("begins no more tasks than it has lanes for, so that memory stays flat", async () => {
    let most = 0;
    const slow = fakeModel({
      reply: async (_, { sleep }) => {
        await sleep(300);
        return answer("ok");
      },
    });
    await play([fakePlan({ models: [slow], cases: fakeCases(600) })], folder.open(), world, {
      concurrency: 10,
      onProgress: ({ suites }) => {
        most = Math.max(most, suites[0]?.waiting ?? 0);
      },
    });
    expect(most).toBeGreaterThanOrEqual(10);
    expect(most).toBeLessThanOrEqual(2 * 10 + 8 + 1);
  });

  it("reads recordings in the second pass only, with the latency that was recorded", async () => {
    const stored = fakeModel({ answers: "stored", reply: () => answer("then", { latencyMs: 1234 }) });
    const { outcome, records } = await play([fakePlan({ models: [stored] })], folder.open(), world);
    expect(outcome.counts).toMatchObject({ planned: 3, stored: 3, sent: 0, answered: 0 });
    expect(stored.asked).toHaveLength(3);
    expect(records.map(({ completion }) => completion.kind === "answer" && completion.latencyMs)).toEqual([
      1234, 1234, 1234,
    ]);
  });

  it("sends nothing offline, and says what is missing", async () => {
    const model = echo();
    await play([fakePlan({ models: [model], limit: 1 })], folder.open(), world);
    const { outcome, records } = await play([fakePlan({ models: [model] })], folder.open({ readOnly: true }), world, {
      offline: true,
    });
    expect(model.asked).toHaveLength(1);
    expect(outcome.counts).toMatchObject({ planned: 3, fromLedger: 1, sent: 0 });
    expect(records.map(heldBy)).toEqual(["question 0 / 1", "not in the ledger", "not in the ledger"]);
  });

  it("stops before anything is paid when a key is missing, also a judge's", async () => {
    const model = echo();
    const judge = fakeModel({ id: "judge-1", account: "j", keyEnv: "JUDGE_KEY" });
    const { outcome, records } = await play(
      [fakePlan({ models: [model], graders: [fakeGrader({ asks: [judge] })] })],
      folder.open(),
      world,
    );
    expect(model.asked).toHaveLength(0);
    expect(outcome.stopped).toEqual({ reason: "account", message: "JUDGE_KEY is not set, which judge-1 needs" });
    expect(outcome.notices).toEqual([
      { level: "error", code: "key-missing", text: "JUDGE_KEY is not set, which judge-1 needs" },
    ]);
    expect(records.map(heldBy)).toEqual(Array(3).fill("not in the ledger: JUDGE_KEY is not set, which judge-1 needs"));
  });

  it("needs no key for what is at hand", async () => {
    const keyed = fakeModel({ keyEnv: "SOME_KEY" });
    const withKey = simulatedWorld({ env: { SOME_KEY: "x" } });
    await play([fakePlan({ models: [keyed] })], folder.open(), withKey);
    const { outcome } = await play([fakePlan({ models: [keyed] })], folder.open(), world);
    expect(outcome.stopped).toBeUndefined();
    expect(outcome.counts.fromLedger).toBe(3);
  });

  it("tells once when another model answered, or the model changed on the way", async () => {
    let calls = 0;
    const snapshot = fakeModel({ id: "m", reply: () => answer("ok", { modelId: "m-2026-03-17" }) });
    const stranger = fakeModel({ id: "m2", reply: () => answer("ok", { modelId: "x" }) });
    const fickle = fakeModel({ id: "m3", reply: () => answer("ok", { modelId: calls++ < 5 ? "m3" : "m3-20260101" }) });
    const { outcome } = await play(
      [fakePlan({ models: [snapshot, stranger, fickle], cases: fakeCases(20) })],
      folder.open(),
      world,
    );
    expect(outcome.notices).toEqual([
      { level: "warning", code: "model-id-changed", text: 'suite, "target 1": asked for "m2", answered by "x"' },
      {
        level: "warning",
        code: "model-id-changed",
        text: 'suite, "target 2": answers came from "m3" and from "m3-20260101"',
      },
    ]);
  });

  it("tells that the model changed between two runs", async () => {
    const version = (modelId: string) => fakeModel({ id: "m", reply: () => answer("ok", { modelId }) });
    await play([fakePlan({ models: [version("m-2026-01-01")], limit: 2 })], folder.open(), world);
    const { outcome } = await play([fakePlan({ models: [version("m-2026-02-02")] })], folder.open(), world);
    expect(outcome.notices).toMatchObject([{ code: "model-id-changed" }]);
  });

  it("hides secrets from the ledger, the judges and the records alike", async () => {
    const ledger = folder.open({ redact: (text) => text.replaceAll("hunter22", "[key]") });
    const seen: string[] = [];
    const judge = fakeModel({ id: "j", reply: ({ messages }) => answer(String(messages[0]?.content)) });
    const grader = fakeGrader({
      kind: "judge",
      asks: [judge],
      grade: async ({ text }, { ask }) => {
        seen.push(text);
        const reply = await ask(judge, [{ role: "user", content: text }]);
        return scored(reply.kind === "answer" && reply.text === text ? 1 : 0);
      },
    });
    const model = fakeModel({ reply: () => answer("it is hunter22") });
    const { records } = await play(
      [fakePlan({ models: [model], cases: fakeCases(1), graders: [grader] })],
      ledger,
      world,
    );
    expect(records.map(heldBy)).toEqual(["it is [key]"]);
    expect(records[0]?.grades.get("fake grader")).toEqual(scored(1));
    expect(new Set(seen)).toEqual(new Set(["it is [key]"]));
  });

  it("ends with the mistake of a dataset that changed under its hands, after what was in flight has landed", async () => {
    const model = fakeModel({
      reply: async (_, { sleep }) => {
        await sleep(1_000);
        return answer("ok");
      },
    });
    const plan = fakePlan({ models: [model], cases: fakeCases(200) });
    const changed: typeof plan = {
      ...plan,
      dataset: {
        ...plan.dataset,
        blocks: async function* () {
          yield fakeCases(100);
          await world.sleep(500);
          throw new ConfigError("dataset-changed", "it changed", { fix: "Run again." });
        },
      },
    };
    const ledger = folder.open();
    const signals = { drain: new AbortController().signal, abort: new AbortController().signal };
    const run = world.play(runCalls({ suites: [changed], leftOut: [] }, ledger, { offline: false, signals }, world));
    await expect(run).rejects.toThrow("it changed");
    const held = (await recordsOf([plan], ledger, world)).map(heldBy);
    expect(held[0]).toBe("ok");
    expect(new Set(held)).toEqual(new Set(["ok", "not in the ledger"]));
    expect(held.filter((one) => one === "ok")).toHaveLength(model.asked.length);
  });

  it("buys a damaged answer again and says so", async () => {
    const model = echo();
    const ledger = folder.open();
    await play([fakePlan({ models: [model] })], ledger, world);
    const { DatabaseSync } = await import("node:sqlite");
    const db = new DatabaseSync(folder.file);
    db.exec("UPDATE calls SET body = replace(body, 'question', 'answer') WHERE id = 2");
    db.close();
    const second = await play([fakePlan({ models: [model] })], folder.open(), world);
    expect(second.records.map(heldBy)[1]).toMatch(/damaged; run again/);
    const third = await play([fakePlan({ models: [model] })], folder.open(), world);
    expect(third.outcome.counts).toMatchObject({ fromLedger: 2, answered: 1 });
    expect(third.records.map(heldBy)).toEqual(["question 0 / 1", "question 1 / 1", "question 2 / 1"]);
  });

  it("does not send again within a run what failed for good, neither at once nor later", async () => {
    const same = fakeModel({ reply: () => failure("bad-request") });
    const cases = fakeCases(60, () => ({ input: "the same" }));
    const first = await play([fakePlan({ models: [same], cases })], folder.open(), world, { concurrency: 1 });
    expect(same.asked).toHaveLength(1);
    expect(first.outcome.counts).toMatchObject({ failed: 60, sent: 1 });

    const model = fakeModel({ reply: () => failure("bad-request") });
    const plans = ["a", "b"].map((name) => fakePlan({ name, models: [model, model] }));
    const { outcome, records } = await play(plans, folder.open(), world, { concurrency: 1 });
    expect(model.asked).toHaveLength(3);
    expect(outcome.counts).toMatchObject({ planned: 12, failed: 12, sent: 3 });
    expect(records.map(heldBy)).toEqual(Array(12).fill("bad-request"));
  });
});
