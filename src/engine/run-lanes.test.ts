/** Calls that wait to be sent again, and those that go on meanwhile. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Completion } from "../suite/completion.ts";
import type { ModelRequest } from "../suite/model.ts";
import type { World } from "../suite/world.ts";
import {
  answer,
  failure,
  fakeCases,
  fakeJudge,
  fakeModel,
  fakePlan,
  ledgerFolder,
  play,
  refused,
} from "./fakes.test-data.ts";
import { type SimulatedWorld, simulatedWorld } from "./simulated-world.test-data.ts";

let world: SimulatedWorld;
let folder: ReturnType<typeof ledgerFolder>;
beforeEach(() => {
  let seed = 1;
  // Waits of all lengths, the same each time.
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  world = simulatedWorld({ random });
  folder = ledgerFolder(world);
});
afterEach(() => folder.dispose());

const overloaded = failure("overloaded", { retry: "never-sent", status: 503 });

/** Answers after a while, or fails as told; knows who was asked and when the last answer came. */
function timed(id: string, fails: (request: ModelRequest, atMs: number, nth: number) => boolean, fault = overloaded) {
  let lastAnswerMs = 0;
  let nth = 0;
  const model = fakeModel({
    id,
    account: "one",
    reply: async (request: ModelRequest, { sleep, monotonicMs }: World) => {
      const bad = fails(request, monotonicMs(), ++nth);
      await sleep(20);
      if (bad) return fault;
      lastAnswerMs = monotonicMs();
      return answer(request.caseId);
    },
  });
  return { model, lastAnswerMs: () => lastAnswerMs };
}

const numberOf = ({ caseId }: ModelRequest) => Number(caseId.slice(1));

describe("calls that wait to be sent again", () => {
  it("hold nobody up: a model that only fails leaves its account to another one", async () => {
    const early = new Set<string>();
    const down = timed("down", ({ caseId }, atMs, nth) => {
      if (atMs < 30_000) early.add(caseId);
      return nth > 30;
    });
    const well = timed("well", () => false);
    const plan = fakePlan({ models: [down.model, well.model], cases: fakeCases(300) });
    const { outcome } = await play([plan], folder.open(), world, { concurrency: 10 });
    expect(well.model.asked).toHaveLength(300);
    expect(well.lastAnswerMs()).toBeLessThan(3_000);
    expect(outcome.counts).toMatchObject({ planned: 600, answered: 330 });
    // And it is not asked about one case after the other: lanes full of them, those at work meanwhile, and one a second.
    expect(early.size).toBeLessThanOrEqual(30 + 28 + 28 + 30);
  });

  it("hold nobody up: cases that always fail leave their model to others, also before a deadline that is far away", async () => {
    for (const deadlineMs of [undefined, 3_600_000]) {
      const here = simulatedWorld();
      const ledgers = ledgerFolder(here);
      const some = timed("some", (request) => numberOf(request) >= 20 && numberOf(request) < 40);
      const options = { concurrency: 2, ...(deadlineMs === undefined ? {} : { deadlineMs }) };
      const plan = fakePlan({ models: [some.model], cases: fakeCases(180) });
      const { outcome, records } = await play([plan], ledgers.open(), here, options);
      ledgers.dispose();
      expect(records.filter(({ completion }) => completion.kind === "answer")).toHaveLength(160);
      expect(some.lastAnswerMs()).toBeLessThan(20_000);
      // What others get through beside is no reason to give the target up.
      expect(outcome.endedTargets).toBeUndefined();
    }
  });

  it("of a judge hold no target up", async () => {
    const target = timed("target", () => false);
    const judge = timed("judge", (_, atMs, nth) => nth > 10 && atMs < 60_000);
    const plan = fakePlan({ models: [target.model], cases: fakeCases(90), graders: [fakeJudge(judge.model)] });
    const { outcome } = await play([plan], folder.open(), world, { concurrency: 4 });
    expect(target.model.asked).toHaveLength(90);
    expect(target.lastAnswerMs()).toBeLessThan(60_000);
    expect(outcome.judgeCalls).toMatchObject({ answered: 90, failed: 0 });
  });

  it("go on at once when a model that was down answers", async () => {
    const back = timed("back", (_, atMs, nth) => nth > 30 && atMs < 8_000);
    const plan = fakePlan({ models: [back.model], cases: fakeCases(100) });
    const { outcome } = await play([plan], folder.open(), world, { concurrency: 5 });
    expect(outcome.counts).toMatchObject({ answered: 100, failed: 0 });
    expect(back.lastAnswerMs()).toBeLessThan(8_000 + 4_000);
  });

  it("are not sent at each answer where a model is only short of room", async () => {
    // One answer a second, and all others are turned away at once.
    let freeAtMs = 0;
    const takes = (_: unknown, atMs: number) => {
      if (atMs < freeAtMs) return true;
      freeAtMs = atMs + 1_000;
      return false;
    };
    const full = timed("full", takes);
    await play([fakePlan({ models: [full.model], cases: fakeCases(300) })], folder.open(), world);
    expect(full.model.asked.length).toBeLessThan(20 * (world.elapsedMs() / 1_000));
    freeAtMs = 0;
    const here = simulatedWorld();
    const ledgers = ledgerFolder(here);
    const limited = timed("limited", takes, refused());
    await play([fakePlan({ models: [limited.model], cases: fakeCases(300) })], ledgers.open(), here);
    ledgers.dispose();
    // Too many are too many: nobody steps aside for more of them.
    expect(limited.model.asked.length).toBeLessThan(3 * (here.elapsedMs() / 1_000));
  });
});

describe("how many calls are out at once", () => {
  /** The most that were, second by second, of a model of which the first twenty requests fail. */
  async function peaks(fault: Completion) {
    let [inFlight, asked] = [0, 0];
    const most: number[] = [];
    const model = fakeModel({
      reply: async (_, { sleep, monotonicMs }) => {
        const bad = ++asked <= 20;
        const second = Math.floor(monotonicMs() / 1_000);
        most[second] = Math.max(most[second] ?? 0, ++inFlight);
        await sleep(1_000);
        inFlight--;
        return bad ? fault : answer("ok");
      },
    });
    await play([fakePlan({ models: [model], cases: fakeCases(900) })], folder.open(), world);
    return most;
  }

  it("falls by a fifth when too many are refused, and rises again", async () => {
    const most = await peaks(refused());
    expect(most.slice(0, 16)).toEqual([20, ...Array(15).fill(16)]);
    expect(Math.max(...most.slice(16))).toBeGreaterThan(16);
    // By one at a time, not twofold as at first.
    expect(Math.max(...most.slice(16, 20))).toBeLessThanOrEqual(20);
  });

  it("stays what it is while a server has trouble, and then rises as before", async () => {
    const most = await peaks(overloaded);
    expect(most.slice(0, 16)).toEqual(Array(16).fill(20));
    expect(Math.max(...most.slice(16))).toBeGreaterThanOrEqual(40);
  });
});
