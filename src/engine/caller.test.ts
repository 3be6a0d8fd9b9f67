import { describe, expect, it } from "vitest";
import { Account } from "./account.ts";
import { Breaker } from "./breaker.ts";
import { Caller, type CallRequest } from "./caller.ts";
import { answer, failure, fakeModel, lost, refused } from "./fakes.test-data.ts";
import { Flights } from "./flights.ts";
import { NO_LANE } from "./lanes.ts";
import { openLedger } from "./ledger.ts";
import { retryDefaults } from "./retry.ts";
import { RunState } from "./run-state.ts";
import { Sender } from "./sender.ts";
import { simulatedWorld } from "./simulated-world.test-data.ts";

function room() {
  const world = simulatedWorld();
  const ledger = openLedger({ file: ":memory:", redact: (text) => text, world });
  const state = new RunState();
  const flights = new Flights(world);
  const sender = new Sender({ ledger, state, flights, timeoutMs: 1_000, world });
  const options = { ...retryDefaults, maxWaitMs: 120_000, maxBusyMs: 1_000, deadlineMs: Number.POSITIVE_INFINITY };
  const caller = new Caller({ ledger, state, sender, options, world });
  const account = new Account({ name: "fake", concurrency: 2 }, world);
  /** What the limiter was told. */
  const told: string[] = [];
  account.limiter.succeeded = () => told.push("succeeded");
  account.limiter.refused = () => told.push("refused");
  account.limiter.troubled = () => told.push("troubled");
  const request = (model: CallRequest["model"], n: number): CallRequest => ({
    key: String(n).padStart(64, "0"),
    model,
    account,
    messages: [{ role: "user", content: String(n) }],
    parameters: {},
    caseId: "c",
    trial: 1,
    asker: "t",
    kind: "target",
    breaker: new Breaker(),
    lane: NO_LANE,
  });
  return { world, caller, request, told };
}

describe("a call", () => {
  it("tells the limiter of answers to first attempts only, and of nothing that was at hand", async () => {
    const { world, caller, request, told } = room();
    const replies = [refused(), answer("second"), answer("first")];
    const model = fakeModel({ reply: () => replies.shift() ?? answer("more") });
    expect(await world.play(caller.call(request(model, 1)))).toMatchObject({ kind: "answered", fresh: true });
    expect(told).toEqual(["refused"]);
    await world.play(caller.call(request(model, 2)));
    expect(told).toEqual(["refused", "succeeded"]);
    expect(await world.play(caller.call(request(model, 2)))).toMatchObject({ kind: "answered", fresh: false });
    expect(told).toEqual(["refused", "succeeded"]);
  });

  it("tells the limiter of refusals and of trouble apart: only the first cut it", async () => {
    const fates = [
      [refused(), "refused"],
      [failure("overloaded", { retry: "never-sent", status: 503 }), "troubled"],
      [failure("server-error", { retry: "maybe-paid", status: 500 }), "troubled"],
      [failure("unreachable", { retry: "never-sent" }), "troubled"],
      [lost(), "troubled"],
    ] as const;
    for (const [fault, word] of fates) {
      const { world, caller, request, told } = room();
      const replies = [fault];
      const model = fakeModel({ reply: () => replies.shift() ?? answer("second") });
      await world.play(caller.call(request(model, 1)));
      expect(told, fault.code).toEqual([word]);
    }
    const { world, caller, request, told } = room();
    await world.play(caller.call(request(fakeModel({ reply: () => failure("bad-request", { status: 400 }) }), 1)));
    expect(told).toEqual([]);
  });

  it("asked for by several at once is made once, and is fresh for one of them", async () => {
    const { world, caller, request } = room();
    const model = fakeModel({
      reply: async () => {
        await world.sleep(100);
        return answer("one");
      },
    });
    const results = await world.play(Promise.all([1, 2, 3].map(() => caller.call(request(model, 7)))));
    expect(model.asked).toHaveLength(1);
    expect(results.map((one) => one.kind === "answered" && one.fresh)).toEqual([true, false, false]);
  });
});
