/** The common faults of providers through the real command: what is seen, what is kept, what is paid. No key in any file. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Finished } from "../command.ts";
import type { StubOptions } from "../stub/provider.ts";
import { openWorkspace, suiteText, type Workspace } from "./workspace.ts";

const KEY = "planted-key-9f8e7d6c5b4a";
const CASES = 40;
let place: Workspace;
let told: Finished | undefined;

afterEach(async () => {
  const hits = readdirSync(place.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(KEY));
  expect(hits).toEqual([]);
  expect(`${told?.stdout}${told?.stderr}`).not.toContain(KEY);
  await place.close();
});

/** One target on 40 cases with the given misbehaviour. */
async function run(misbehave: StubOptions["misbehave"], args: readonly string[] = [], more: Partial<StubOptions> = {}) {
  const targets = `[promptOnly("plain", { model: base, prompt: { user: "Say {{input}}" } })]`;
  place = await openWorkspace({
    cases: CASES,
    suite: suiteText({ targets }),
    stub: { ...more, ...(misbehave && { misbehave }) },
  });
  return again(args);
}

async function again(args: readonly string[] = []) {
  told = await place.run(["run", ...args], { env: { STUB_KEY: KEY } });
  return told;
}

const counts = () => place.summary().suites[0]?.decision.measures[0]?.counts;

describe("faults of a provider", () => {
  it.each([
    ["a 429 that asks to wait", "retry-after-ms"],
    ["a 429 without a word", "rate-limit"],
    ["an overloaded server", "overloaded-529"],
    ["one error of the server", "500"],
    ["a reset before the answer", "reset"],
    ["a cut body", "fin-in-body"],
  ] as const)("%s once is invisible but counted", async (_, fault) => {
    const { code } = await run((n) => (n === 3 ? fault : undefined));
    expect(code).toBe(0);
    expect(counts()).toMatchObject({ passed: CASES, missing: 0 });
    expect(place.stub.count()).toBe(CASES + 1);
    expect(place.summary().run.counts.retried).toBe(1);
  });

  it.each([
    [
      "out of money",
      { status: 429, code: "insufficient_quota", message: "You exceeded your current quota" },
      4,
      "money",
    ],
    [
      "a rejected key",
      { status: 401, code: "invalid_api_key", message: `Incorrect API key provided: ${KEY}` },
      4,
      "key",
    ],
  ] as const)(
    "%s stops the run at once, keeps what was answered, and running again goes on",
    async (_, error, code, word) => {
      let broke = true;
      const fault = { kind: "error", error } as const;
      const ended = await run((n) => (broke && n > 10 ? fault : undefined), ["--concurrency", "4"]);
      expect(ended.code).toBe(code);
      expect(ended.stdout.toLowerCase()).toContain(word);
      expect(place.stub.count()).toBeLessThanOrEqual(10 + 4);
      expect(counts()).toMatchObject({ passed: 10, failed: 0, missing: CASES - 10 });
      const sent = place.stub.count();
      broke = false;
      expect((await again()).code).toBe(0);
      expect(place.stub.count()).toBe(sent + CASES - 10);
    },
  );

  it("a model that does not exist ends its target before many calls", async () => {
    const error = { status: 404, code: "model_not_found", message: "The model does not exist" };
    const ended = await run({ kind: "error", error }, ["--concurrency", "4"]);
    expect(ended.code).toBe(4);
    expect(place.stub.count()).toBeLessThanOrEqual(8);
    expect(counts()).toMatchObject({ passed: 0, failed: 0, missing: CASES });
  });

  it("an error that is always the same opens the breaker at 20", async () => {
    const ended = await run({ kind: "error", error: { status: 400, message: "no such parameter" } }, [
      "--concurrency",
      "1",
    ]);
    expect(ended.code).toBe(4);
    expect(place.stub.count()).toBe(20);
    expect(ended.stdout).toContain("20 identical");
  });

  it.each([
    ["a web page", { kind: "body", text: "<html>sign in</html>", type: "text/html" }],
    ["a redirect", { kind: "redirect", to: "http://127.0.0.1:9/v1/chat/completions" }],
    ["an answer of 50 MB", { kind: "huge", bytes: 50_000_000 }],
    ["bytes that are no text", { kind: "bad-utf8" }],
  ] as const)("%s instead of an answer is missing, not wrong", async (_, fault) => {
    const ended = await run((n) => (n === 1 ? fault : undefined));
    expect(counts()).toMatchObject({ passed: CASES - 1, failed: 0, missing: 1 });
    expect(place.stub.count()).toBeLessThanOrEqual(CASES + 1);
    expect(ended.stdout).toContain("Not measured");
  });

  it.each([
    ["no text", { kind: "answer", text: null }, { failed: 1, empty: 1 }],
    ["a cut answer", { kind: "answer", finish: "length" }, { failed: 1, cut: 1 }],
    ["a refusal", { kind: "answer", finish: "refusal" }, { failed: 1, declined: 1 }],
  ] as const)("%s is an answer of its own kind", async (_, fault, expected) => {
    await run((n) => (n === 1 ? fault : undefined));
    expect(counts()).toMatchObject({ passed: CASES - 1, missing: 0, ...expected });
    expect(place.stub.count()).toBe(CASES);
  });

  it("a missing usage is an estimate with a mark, another model id a warning", async () => {
    const ended = await run((n) =>
      n === 1 ? { kind: "answer", usage: "missing", model: "something-else" } : undefined,
    );
    expect(ended.stdout).toContain("something-else");
    expect(counts()).toMatchObject({ passed: CASES });
  });

  it("text that would command a terminal or a CI runner is only shown", async () => {
    const hostile = "\u001b[31mred\u001b[0m\n::error::pwned\n\u202e";
    const ended = await run(undefined, [], { reply: () => hostile });
    expect(ended.code).toBe(1);
    for (const raw of ["\u001b", "\u202e", "\n::"]) expect(ended.stdout).not.toContain(raw);
    expect(place.records()[0]?.completion.text).toBe(hostile);
  });

  it("a server that is not there: nothing is paid, exit 4", { timeout: 60_000 }, async () => {
    place = await openWorkspace({
      cases: 5,
      suite: suiteText({ targets: `[promptOnly("plain", { model: base, prompt: { user: "Say {{input}}" } })]` }),
    });
    told = await place.run(["run"], { env: { STUB_KEY: KEY, STUB_OPENAI: "http://127.0.0.1:9/v1" } });
    expect(told.code).toBe(4);
    expect(`${told.stdout}${told.stderr}`).toMatch(/127\.0\.0\.1/);
    expect(place.stub.count()).toBe(0);
  });

  it("no key: says which, calls nothing, exit 5", async () => {
    place = await openWorkspace({ cases: 5 });
    told = await place.run(["run"], { env: { STUB_KEY: "" } });
    expect(told.code).toBe(5);
    expect(`${told.stdout}${told.stderr}`).toContain("STUB_KEY");
    expect(place.stub.count()).toBe(0);
  });

  it("a budget is never exceeded by reservation, and says how to go on", async () => {
    const ended = await run(undefined, ["--max-usd", "0.0002", "--concurrency", "4"]);
    expect(ended.code).toBe(3);
    const { spend, stopped } = place.summary().run;
    expect(spend.settledUsd + spend.unknownAtMostUsd).toBeLessThanOrEqual(0.0002);
    expect(stopped?.reason).toBe("budget");
    expect(place.stub.count()).toBeGreaterThan(0);
    expect(place.stub.count()).toBeLessThan(CASES);
    expect((await again()).code).toBe(0);
    expect(place.stub.count()).toBe(CASES);
  });
});
