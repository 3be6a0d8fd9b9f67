import { describe, expect, it } from "vitest";
import { ConfigError } from "../errors.ts";
import type { Completion } from "../suite/completion.ts";
import type { Model, ModelRequest } from "../suite/model.ts";
import type { World } from "../suite/world.ts";
import { fake } from "./fake.ts";
import { costOf } from "./prices.ts";

function ask(model: Model, changes: Partial<ModelRequest> = {}): Promise<Completion> {
  let clock = 0;
  const world: World = {
    now: () => new Date(0),
    monotonicMs: () => {
      clock += 5;
      return clock;
    },
    random: () => 0,
    sleep: async () => undefined,
    env: { SOME_TOKEN: "secret-of-the-test-1" },
    cwd: "/",
  };
  const request: ModelRequest = {
    messages: [],
    parameters: {},
    caseId: "a",
    trial: 1,
    asker: "t",
    timeoutMs: 1,
    signal: new AbortController().signal,
    ...changes,
  };
  return model.complete(request, world);
}

describe("fake", () => {
  it("answers with what the function gives", async () => {
    const whole = { kind: "answer", finish: "stop", modelId: "fake", latencyMs: 5 };
    expect(await ask(fake(({ caseId }) => `for ${caseId}`))).toEqual({ ...whole, text: "for a" });
    expect(await ask(fake(async () => "later"))).toEqual({ ...whole, text: "later" });
    expect(await ask(fake(() => ({ text: "cut", finish: "length", usage: { input: 1, output: 2 } })))).toEqual({
      ...whole,
      text: "cut",
      finish: "length",
      usage: { input: 1, output: 2 },
    });
    expect(await ask(fake(() => "x", { latencyMs: 700 }))).toMatchObject({ latencyMs: 700 });
    const busy = { kind: "failure", code: "overloaded", retry: "never-sent", scope: "call", message: "busy" } as const;
    expect(await ask(fake(() => busy))).toEqual(busy);
  });

  it("turns what the function throws into a failure without secrets", async () => {
    const model = fake(() => {
      throw new Error("boom secret-of-the-test-1");
    });
    const completion = await ask(model);
    expect(completion).toMatchObject({ kind: "failure", code: "threw", retry: "final", scope: "call" });
    expect(JSON.stringify(completion)).toContain("boom");
    expect(JSON.stringify(completion)).not.toContain("secret-of-the-test-1");
  });

  it("is not asked after the run was stopped", async () => {
    let asked = 0;
    const model = fake(() => {
      asked += 1;
      return "x";
    });
    expect(await ask(model, { signal: AbortSignal.abort() })).toMatchObject({ code: "aborted", retry: "never-sent" });
    expect(asked).toBe(0);
  });

  it("costs nothing, unless a price is given", async () => {
    expect(costOf(await ask(fake(() => "x")), fake(() => "x").price)).toEqual({ known: true, usd: 0 });
    const price = { inputPerMillion: 1, outputPerMillion: 1, asOf: "2026-11-01", source: "test" };
    expect(fake(() => "x", { price }).price).toBe(price);
  });

  it("is another model when its source or its id is another", () => {
    const one = fake(() => "x").identity;
    expect(fake(() => "x").identity).toEqual(one);
    expect(fake(() => "y").identity).not.toEqual(one);
    expect(fake(() => "x", { id: "other" }).identity).not.toEqual(one);
  });

  it("refuses a latency that is none", () => {
    expect(() => fake(() => "x", { latencyMs: -1 })).toThrow(ConfigError);
  });
});
