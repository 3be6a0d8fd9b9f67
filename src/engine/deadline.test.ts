import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answer, fakeCases, fakeModel, fakePlan, heldBy, ledgerFolder, play, refused } from "./fakes.test-data.ts";
import { type SimulatedWorld, simulatedWorld } from "./simulated-world.test-data.ts";

let world: SimulatedWorld;
let folder: ReturnType<typeof ledgerFolder>;
beforeEach(() => {
  world = simulatedWorld();
  folder = ledgerFolder(world);
});
afterEach(() => folder.dispose());

/** Answers after `ms`, one call at a time. */
const slow = (ms: number) =>
  fakeModel({
    concurrency: 1,
    reply: async (_, { sleep }) => {
      await sleep(ms);
      return answer("ok");
    },
  });

describe("a deadline", () => {
  it("ends the sending; what is in flight may land, and running again goes on", async () => {
    const one = slow(4_000);
    const plan = fakePlan({ models: [one], cases: fakeCases(10) });
    const { outcome } = await play([plan], folder.open(), world, { deadlineMs: 10_000 });
    expect(outcome.stopped).toEqual({
      reason: "deadline",
      message: "the deadline has come: run again for the rest, or give a later --deadline",
    });
    expect(outcome.counts).toMatchObject({ sent: 3, answered: 3, failed: 0 });
    expect(world.elapsedMs()).toBe(12_000);
    const again = await play([plan], folder.open(), world);
    expect([again.outcome.stopped, one.asked.length]).toEqual([undefined, 10]);
  });

  it("waits five seconds for what is in flight, and counts it as maybe paid", async () => {
    const one = slow(60_000);
    const { outcome, records } = await play([fakePlan({ models: [one] })], folder.open(), world, {
      deadlineMs: 10_000,
    });
    expect(world.elapsedMs()).toBe(15_000);
    expect(outcome.counts).toMatchObject({ sent: 1, answered: 0, failed: 1 });
    expect(outcome.spend.unknownAtMostUsd).toBeGreaterThan(0);
    expect(heldBy(records[0] ?? expect.fail("no record"))).toBe("aborted");
  });

  it("that has passed sends nothing, and one that is weeks away leaves no wait behind", async () => {
    const one = slow(10);
    const before = await play([fakePlan({ models: [one] })], folder.open(), world, { deadlineMs: 0 });
    expect([before.outcome.stopped?.reason, one.asked.length]).toEqual(["deadline", 0]);
    const { outcome } = await play([fakePlan({ models: [one] })], folder.open(), world, { deadlineMs: 9e9 });
    expect(outcome.stopped).toBeUndefined();
    expect(world.elapsedMs()).toBe(30);
  });

  it("lets a provider ask for a wait that no other run would take", async () => {
    let asks = 1;
    const one = fakeModel({
      concurrency: 1,
      reply: () => (asks-- > 0 ? refused({ retryAfterMs: 3_600_000 }) : answer("ok")),
    });
    const { outcome } = await play([fakePlan({ models: [one] })], folder.open(), world, { deadlineMs: 8 * 3_600_000 });
    expect(outcome.stopped).toBeUndefined();
    expect(outcome.counts).toMatchObject({ answered: 3, failed: 0, sent: 4 });
    expect(world.elapsedMs()).toBeGreaterThanOrEqual(3_600_000);
  });

  it("caps what a provider may ask to wait: a wait beyond it ends the run at once", async () => {
    const one = fakeModel({ concurrency: 1, reply: () => refused({ retryAfterMs: 60_000 }) });
    const plan = fakePlan({ models: [one] });
    const { outcome } = await play([plan], folder.open(), world, { deadlineMs: 45_000 });
    expect(outcome.stopped).toEqual({
      reason: "account",
      message: "fake asked to wait 60 s; the deadline is in 45 s",
    });
    expect([one.asked.length, world.elapsedMs()]).toEqual([1, 0]);
  });
});
