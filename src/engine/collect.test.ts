import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { collect } from "./collect.ts";
import {
  answer,
  failure,
  fakeCases,
  fakeGrader,
  fakeModel,
  fakePlan,
  heldBy,
  ledgerFolder,
  play,
  recordsOf,
} from "./fakes.test-data.ts";
import type { RunOutcome } from "./outcome.ts";
import { type SimulatedWorld, simulatedWorld } from "./simulated-world.test-data.ts";
import { tasks } from "./tasks.ts";

let world: SimulatedWorld;
let folder: ReturnType<typeof ledgerFolder>;
beforeEach(() => {
  world = simulatedWorld();
  folder = ledgerFolder(world);
});
afterEach(() => folder.dispose());

describe("collect", () => {
  it("tells of a case what the decision needs to know", async () => {
    const cases = fakeCases(1, () => ({ tags: ["long"], cluster: "doc 7", weight: 3, split: "dev" }));
    const plan = fakePlan({ name: "s", cases });
    const { records } = await play([plan], folder.open(), world);
    expect(records[0]).toMatchObject({
      suite: "s",
      target: "target 0",
      caseId: "c0",
      caseIndex: 0,
      cluster: "doc 7",
      weight: 3,
      split: "dev",
      tags: ["long"],
      trial: 1,
      fingerprint: cases[0]?.fingerprint,
    });
    expect(records[0]?.callKey).toMatch(/^[0-9a-f]{64}$/);
  });

  it("gives a failure and a call that was not made no grades, and costs as far as they are known", async () => {
    const replies = [answer("ok"), failure("bad-request", { status: 400 }), failure("not-an-answer", { status: 200 })];
    const model = fakeModel({ reply: ({ caseId }) => replies[Number(caseId.slice(1))] ?? answer("ok") });
    const plan = fakePlan({ models: [model], graders: [fakeGrader()] });
    await play([plan], folder.open(), world);
    const [scored, refused, lost, missing] = await recordsOf(
      [fakePlan({ models: [model], graders: [fakeGrader()], cases: fakeCases(4) })],
      folder.open(),
      world,
    );
    expect(scored?.grades.size).toBe(1);
    expect([refused, lost, missing].map((one) => one?.grades.size)).toEqual([0, 0, 0]);
    expect(refused?.cost).toEqual({ known: true, usd: 0 });
    expect(lost?.cost.known).toBe(false);
    expect(missing?.cost).toEqual({ known: true, usd: 0 });
  });

  it("tells a call that was in flight when its run died from one that was never made", async () => {
    const plan = fakePlan({ cases: fakeCases(2) });
    const dead = folder.open({ owner: { host: "elsewhere", pid: 1, born: "" } });
    for await (const task of tasks(plan)) {
      await dead.claim(task.key, { modelId: "m" });
      break;
    }
    const [first, second] = await recordsOf([plan], folder.open({ readOnly: true }), world);
    expect(first?.completion).toMatchObject({ kind: "failure", code: "aborted", retry: "maybe-paid" });
    expect(second?.completion).toEqual({ kind: "not-called", why: "not in the ledger" });
  });

  it("says why a call was not made, where the run could tell", async () => {
    const plan = fakePlan({ name: "s", cases: fakeCases(1), models: [fakeModel(), fakeModel({ id: "b" })] });
    const outcome = {
      stopped: { reason: "budget", message: "spent" },
      endedTargets: [{ suite: "s", target: "target 1", code: "unknown-model", why: "no such model" }],
    } as unknown as RunOutcome;
    expect((await recordsOf([plan], folder.open(), world, outcome)).map(heldBy)).toEqual([
      "not in the ledger: spent",
      "no such model",
    ]);
  });

  it("passes on what a recording does not hold, and ends one that hangs", async () => {
    const absent = fakeModel({ answers: "stored", reply: () => failure("not-recorded") });
    const hung = fakeModel({ answers: "stored", id: "hung", reply: () => new Promise<never>(() => {}) });
    const throwing = fakeModel({
      answers: "stored",
      id: "t",
      reply: () => {
        throw new Error("unreadable");
      },
    });
    const plan = fakePlan({ cases: fakeCases(1), models: [absent, throwing, hung] });
    const records = await world.play(recordsOf([plan], folder.open(), world));
    expect(records.map(heldBy)).toEqual(["not-recorded", "threw", "timeout"]);
  });

  it("may be left in the middle", async () => {
    const plan = fakePlan({ cases: fakeCases(100) });
    for await (const { caseIndex } of collect(plan, folder.open(), world)) if (caseIndex === 3) break;
  });

  it("is a pure function of plan and ledger", async () => {
    const plan = fakePlan({ cases: fakeCases(20), trials: 2, graders: [fakeGrader()] });
    const ledger = folder.open();
    const { records } = await play([plan], ledger, world);
    expect(JSON.stringify(await recordsOf([plan], ledger, world))).toBe(JSON.stringify(records));
  });
});
