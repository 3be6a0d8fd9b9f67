/** Models through the real SDKs against the stub provider: each fault of the acceptance list that needs no stream. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, describe, expect, it, vi } from "vitest";
import { anthropicIn } from "../../src/model/anthropic.ts";
import { Exchange } from "../../src/model/exchange.ts";
import { openaiIn } from "../../src/model/openai.ts";
import type { ProviderOptions } from "../../src/model/provider-model.ts";
import { createWire, type WireLimits } from "../../src/model/wire.ts";
import { ODD_TEXT } from "../../src/stub/misbehaviour.ts";
import { type Misbehave, type Stub, type StubOptions, startStub } from "../../src/stub/provider.ts";
import type { Completion } from "../../src/suite/completion.ts";
import type { Model, ModelRequest } from "../../src/suite/model.ts";
import { TEST_KEY, testRequest, testWorld } from "./model-world.ts";

const stubs: Stub[] = [];
afterEach(async () => {
  await Promise.all(stubs.splice(0).map((stub) => stub.close()));
});

async function stubbed(options: StubOptions = {}): Promise<Stub> {
  const stub = await startStub(options);
  stubs.push(stub);
  return stub;
}

const PROTOCOLS = ["chat", "responses", "messages"] as const;
type ProtocolName = (typeof PROTOCOLS)[number];

const ENV = { MY_AUTH: TEST_KEY };

function modelFor(protocol: ProtocolName, stub: Stub, options: ProviderOptions = {}): Model {
  if (protocol === "messages") {
    return anthropicIn(ENV, "claude-haiku-4-5", { baseUrl: stub.anthropicBase, keyEnv: "MY_AUTH", ...options });
  }
  return openaiIn(ENV, "gpt-5.4-mini", { api: protocol, baseUrl: stub.openaiBase, keyEnv: "MY_AUTH", ...options });
}

async function ask(
  protocol: ProtocolName,
  misbehave: Misbehave,
  request: Partial<ModelRequest> = {},
): Promise<{ completion: Completion; stub: Stub }> {
  const stub = await stubbed({ misbehave });
  const completion = await modelFor(protocol, stub).complete(testRequest(request), testWorld(ENV));
  return { completion, stub };
}

describe.each(PROTOCOLS)("%s: a right answer", (protocol) => {
  it("is read whole", async () => {
    const stub = await stubbed({
      reply: () => "Blue.",
      latencyMs: 30,
      usage: () => ({ input: 100, output: 20, cached: 60, cacheWrite: 10, reasoning: 5 }),
    });
    const completion = await modelFor(protocol, stub).complete(testRequest(), testWorld(ENV));
    expect(completion).toEqual({
      kind: "answer",
      text: "Blue.",
      finish: "stop",
      usage: { input: 100, output: 20, cachedInput: 60, cacheWriteInput: 10, reasoning: 5 },
      latencyMs: expect.any(Number),
      modelId: protocol === "messages" ? "claude-haiku-4-5" : "gpt-5.4-mini",
      requestId: "req_1",
    });
    if (completion.kind === "answer") expect(completion.latencyMs).toBeGreaterThanOrEqual(25);
    expect(stub.count()).toBe(1);
  });

  it("was asked for with the prompt, the parameters and the key, and nothing from the environment", async () => {
    vi.stubEnv("OPENAI_CUSTOM_HEADERS", "x-leak: 1");
    vi.stubEnv("ANTHROPIC_CUSTOM_HEADERS", "x-leak: 1");
    vi.stubEnv("OPENAI_ORG_ID", "org-leak");
    const stub = await stubbed();
    await modelFor(protocol, stub, { temperature: 0, maxTokens: 33, extra: { top_k: 4 } }).complete(
      testRequest({ parameters: { topP: 0.9 } }),
      testWorld(ENV),
    );
    vi.unstubAllEnvs();
    const [request] = stub.requests;
    expect(request?.messages.map((message) => message.role)).toEqual(["system", "user"]);
    expect(request?.body).toMatchObject({ temperature: 0, top_p: 0.9, top_k: 4 });
    expect([request?.body.max_tokens, request?.body.max_completion_tokens, request?.body.max_output_tokens]).toContain(
      33,
    );
    const headers = request?.headers ?? {};
    expect(headers[protocol === "messages" ? "x-api-key" : "authorization"]).toContain(TEST_KEY);
    expect(Object.keys(headers).filter((name) => /stainless|leak|organization/.test(name))).toEqual([]);
  });

  it("constrained to a schema was asked for in the protocol's own words", async () => {
    const stub = await stubbed();
    const schema = { name: "colour", schema: { type: "object", properties: {}, additionalProperties: false } };
    await modelFor(protocol, stub).complete(
      testRequest({ parameters: { schema, reasoningEffort: "low" } }),
      testWorld(ENV),
    );
    expect(stub.requests[0]?.body).toMatchObject(
      {
        chat: {
          response_format: { type: "json_schema", json_schema: { ...schema, strict: true } },
          reasoning_effort: "low",
        },
        responses: { text: { format: { type: "json_schema", ...schema, strict: true } }, reasoning: { effort: "low" } },
        messages: { output_config: { format: { type: "json_schema", schema: schema.schema }, effort: "low" } },
      }[protocol],
    );
  });

  it.each(["gzip", "deflate", "br"] as const)("is read when it comes as %s", async (encoding) => {
    const { completion } = await ask(protocol, encoding);
    expect(completion).toMatchObject({ kind: "answer", text: "ok" });
  });
});

const FAILURES: readonly [Misbehave, object][] = [
  ["rate-limit", { code: "rate-limited", retry: "never-sent", scope: "call", status: 429 }],
  ["retry-after", { code: "rate-limited", retryAfterMs: 1_000 }],
  ["retry-after-decimal", { code: "rate-limited", retryAfterMs: 1_500 }],
  ["retry-after-ms", { code: "rate-limited", retryAfterMs: 250 }],
  ["retry-after-long", { code: "rate-limited", retryAfterMs: 3_600_000 }],
  // By the stub's own clock, not by the one of the caller's world: one second, and what is left of two others.
  ["retry-after-date", { code: "rate-limited", retryAfterMs: expect.toSatisfy((ms) => ms >= 1_000 && ms <= 3_000) }],
  ["rate-reset", { code: "rate-limited", retryAfterMs: 360_000 }],
  ["slow-down", { code: "overloaded", retry: "never-sent", scope: "call" }],
  ["overloaded-503", { code: "overloaded", retry: "never-sent", status: 503 }],
  ["overloaded-529", { code: "overloaded", retry: "never-sent", status: 529 }],
  ["quota", { code: "out-of-money", retry: "final", scope: "account", status: 429 }],
  ["hard-limit", { code: "out-of-money", retry: "final", scope: "account" }],
  ["billing-inactive", { code: "out-of-money", retry: "final", scope: "account" }],
  ["payment", { code: "out-of-money", retry: "final", scope: "account", status: 402 }],
  ["low-credit", { code: "out-of-money", retry: "final", scope: "account", status: 400 }],
  ["spend-limit", { code: "out-of-money", retry: "final", scope: "account" }],
  ["unauthorized", { code: "key-rejected", retry: "final", scope: "account", status: 401 }],
  ["forbidden", { code: "forbidden", retry: "final", scope: "target", status: 403 }],
  ["no-model", { code: "unknown-model", retry: "final", scope: "target", status: 404 }],
  ["overflow", { code: "prompt-too-long", retry: "final", scope: "call", status: 400 }],
  ["overflow-anthropic", { code: "prompt-too-long", retry: "final", scope: "call" }],
  ["too-large", { code: "prompt-too-long", retry: "final", scope: "call", status: 413 }],
  ["bad-request", { code: "bad-request", retry: "final", scope: "call", status: 400 }],
  ["unprocessable", { code: "bad-request", retry: "final", scope: "call", status: 422 }],
  ["conflict", { code: "server-error", retry: "maybe-paid", status: 409 }],
  ["request-timeout", { code: "timeout", retry: "maybe-paid", status: 408 }],
  ["500", { code: "server-error", retry: "maybe-paid", scope: "call", status: 500 }],
  ["502", { code: "server-error", retry: "maybe-paid", status: 502 }],
  ["504", { code: "server-error", retry: "maybe-paid", status: 504 }],
  ["reset", { code: "connection-lost", retry: "maybe-paid", scope: "call" }],
  ["fin-before-headers", { code: "connection-lost", retry: "maybe-paid" }],
  ["fin-in-body", { code: "cut-off", retry: "maybe-paid", scope: "call" }],
  ["rst-in-body", { code: "cut-off", retry: "maybe-paid" }],
  ["redirect", { code: "redirect-refused", retry: "final", status: 307 }],
  ["proxy-login", { code: "unreachable", retry: "never-sent", status: 407 }],
  ["html", { code: "not-an-answer", retry: "final", message: expect.stringContaining("text/html") }],
  ["empty", { code: "not-an-answer", retry: "final", message: expect.stringContaining("empty") }],
  ["not-json", { code: "not-an-answer", retry: "final" }],
  ["wrong-type", { code: "not-an-answer", retry: "final", message: expect.stringContaining("text/plain") }],
  ["json-array", { code: "not-an-answer", retry: "final" }],
  ["no-choices", { code: "not-an-answer", retry: "final" }],
  ["error-body", { code: "overloaded", retry: "never-sent" }],
  ["error-body-other", { code: "not-an-answer", retry: "final" }],
  ["huge", { code: "too-large", retry: "final", message: expect.stringContaining("over 8 MB") }],
  ["bad-utf8", { code: "bad-encoding", retry: "final" }],
];

describe.each(PROTOCOLS)("%s: a failure", (protocol) => {
  it.each(FAILURES)("%s", async (misbehave, expected) => {
    const { completion, stub } = await ask(protocol, misbehave);
    expect(completion).toMatchObject({ kind: "failure", ...expected });
    expect(stub.count()).toBe(1);
    const text = JSON.stringify(completion);
    expect(text).not.toContain(TEST_KEY);
    expect(text).not.toContain("<html");
    if (completion.kind === "failure") {
      expect(completion.message.length).toBeLessThanOrEqual(300);
      expect(completion.message).not.toMatch(/\n/);
    }
  });

  it.each(["hang", "hang-in-body", "drip"] as const)("%s ends with the call's deadline", async (misbehave) => {
    const startedAt = performance.now();
    const { completion, stub } = await ask(protocol, misbehave, { timeoutMs: 300 });
    expect(completion).toMatchObject({ kind: "failure", code: "timeout", retry: "maybe-paid", scope: "call" });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(stub.count()).toBe(1);
  });

  it.each(["hang", "hang-in-body"] as const)("%s ends when the run is stopped", async (misbehave) => {
    const controller = new AbortController();
    // Once it has come, however busy the machine: what was never sent is no such failure.
    const stub = await stubbed({
      misbehave: () => {
        setTimeout(() => controller.abort(), 50);
        return misbehave;
      },
    });
    const request = testRequest({ signal: controller.signal });
    const completion = await modelFor(protocol, stub).complete(request, testWorld(ENV));
    expect(completion).toMatchObject({ kind: "failure", code: "aborted", retry: "maybe-paid" });
    expect(stub.count()).toBe(1);
  });

  it("sends nothing after the run was stopped", async () => {
    const { completion, stub } = await ask(protocol, "rate-limit", { signal: AbortSignal.abort() });
    expect(completion).toMatchObject({ kind: "failure", code: "aborted", retry: "never-sent" });
    expect(stub.count()).toBe(0);
  });

  it("redirects nowhere", async () => {
    const other = await stubbed();
    const { completion, stub } = await ask(protocol, { kind: "redirect", to: `${other.url}/v1/chat/completions` });
    expect(completion).toMatchObject({ kind: "failure", code: "redirect-refused", retry: "final", status: 307 });
    expect([stub.count(), other.count()]).toEqual([1, 0]);
  });

  it("says which key was rejected, and no more of it than four characters", async () => {
    const { completion } = await ask(protocol, "unauthorized");
    expect(completion).toMatchObject({ message: "key MY_AUTH rejected (…wxyz): check or renew it" });
  });

  it("needs no request when the key is missing or cannot be one", async () => {
    const stub = await stubbed();
    const model = modelFor(protocol, stub);
    const missing = await model.complete(testRequest(), testWorld({}));
    expect(missing).toMatchObject({ kind: "failure", code: "key-missing", scope: "account", retry: "final" });
    const broken = await model.complete(testRequest(), testWorld({ MY_AUTH: `${TEST_KEY}\n` }));
    expect(broken).toMatchObject({ kind: "failure", code: "key-rejected", scope: "account" });
    expect(stub.count()).toBe(0);
  });

  it("goes to the console of nobody", async () => {
    vi.stubEnv("OPENAI_LOG", "debug");
    vi.stubEnv("ANTHROPIC_LOG", "debug");
    const spies = (["log", "info", "warn", "error", "debug"] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation(() => undefined),
    );
    await ask(protocol, "500");
    expect(spies.flatMap((spy) => spy.mock.calls)).toEqual([]);
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });
});

describe.each(PROTOCOLS)("%s: an answer that is not a good one", (protocol) => {
  it.each<[Misbehave, object]>([
    ["null-content", { text: "", finish: "stop" }],
    ["empty-content", { text: "", finish: "stop" }],
    ["cut-json", { text: '{"a":', finish: "stop" }],
    ["length", { text: "ok", finish: "length" }],
    ["refusal", { text: "I cannot help with that.", finish: "refusal" }],
    ["odd-text", { text: ODD_TEXT }],
    ["other-model", { modelId: "another-model-2026-01-01" }],
  ])("%s", async (misbehave, expected) => {
    const { completion, stub } = await ask(protocol, misbehave);
    expect(completion).toMatchObject({ kind: "answer", ...expected });
    expect(stub.count()).toBe(1);
  });

  it("filtered by the provider", async () => {
    const { completion } = await ask(protocol, "filtered");
    expect(completion).toMatchObject({ finish: protocol === "messages" ? "refusal" : "filtered" });
  });

  it.each(["no-usage", "zero-usage"] as const)("%s leaves usage absent", async (misbehave) => {
    const { completion } = await ask(protocol, misbehave);
    expect(completion).toMatchObject({ kind: "answer", text: "ok" });
    expect(completion).not.toHaveProperty("usage");
  });
});

describe("the network", () => {
  it("is told apart from the provider: nobody listens", async () => {
    const stub = await startStub();
    await stub.close();
    const completion = await modelFor("chat", stub).complete(testRequest(), testWorld(ENV));
    expect(completion).toMatchObject({ code: "unreachable", retry: "never-sent", scope: "call" });
    expect(completion).toMatchObject({ message: expect.stringContaining("ECONNREFUSED") });
  });

  it("is told apart from the provider: no such name", async () => {
    const model = openaiIn(ENV, "m", { baseUrl: "https://host.invalid/v1", keyEnv: "MY_AUTH" });
    const completion = await model.complete(testRequest(), testWorld(ENV));
    expect(completion).toMatchObject({ code: "unreachable", retry: "never-sent" });
  });

  it("is told apart from the provider: no TLS there", async () => {
    const stub = await stubbed();
    const baseUrl = stub.openaiBase.replace("http:", "https:");
    const completion = await openaiIn(ENV, "m", { baseUrl }).complete(testRequest(), testWorld(ENV));
    expect(completion).toMatchObject({ code: "unreachable", retry: "never-sent" });
    expect(stub.count()).toBe(0);
  });

  it("survives a connection that the server closed while it was free", async () => {
    const stub = await stubbed();
    const model = modelFor("chat", stub);
    for (let call = 0; call < 3; call += 1) {
      expect(await model.complete(testRequest(), testWorld(ENV))).toMatchObject({ kind: "answer" });
    }
    expect(stub.stats().connections).toBe(1);
  });
});

describe("the wire", () => {
  const exchangeOn = async (origin: string, limits: WireLimits): Promise<Exchange> => {
    const signal = new AbortController().signal;
    const exchange = new Exchange({ secrets: {}, signal, monotonicMs: () => performance.now() });
    const request = { path: "/v1/chat/completions", headers: {}, body: '{"messages":[]}' };
    await createWire(new URL(origin), limits)(exchange, request, undefined).catch(() => undefined);
    return exchange;
  };

  it("gives up on a connection that never becomes one", async () => {
    const server = createServer(() => undefined).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const exchange = await exchangeOn(`https://127.0.0.1:${port}`, { connectMs: 100 });
    expect(exchange.fault).toMatchObject({ kind: "unreachable", detail: "no connection in 0.1 s" });
    expect(exchange.sent).toBe(false);
    server.close();
  });

  it("gives up on a body in which nothing comes any more", async () => {
    const stub = await stubbed({ misbehave: "hang-in-body" });
    const exchange = await exchangeOn(stub.url, { idleMs: 100 });
    expect(exchange.fault).toMatchObject({ kind: "idle" });
  });

  it("does not take waiting for the headers for idleness", async () => {
    const stub = await stubbed({ latencyMs: 200 });
    const exchange = await exchangeOn(stub.url, { idleMs: 50 });
    expect(exchange.fault).toBeUndefined();
    expect(exchange.status).toBe(200);
  });
});

describe("memory", () => {
  it("stays small under a bomb of 200 MB and a plain answer of 50 MB", async () => {
    const main = fileURLToPath(new URL("../stub/main.ts", import.meta.url));
    const script = fileURLToPath(new URL("call-once.ts", import.meta.url));
    const plan = ["--misbehave", "bomb@1", "--misbehave", "huge@2"];
    const child = spawn(process.execPath, [main, "--with-parent", ...plan], { stdio: ["pipe", "pipe", "inherit"] });
    try {
      const [line] = await once(createInterface(child.stdout), "line");
      const { openaiBase } = JSON.parse(String(line)) as { openaiBase: string };
      for (let call = 0; call < 2; call += 1) {
        const { stdout } = await promisify(execFile)(process.execPath, [script, openaiBase]);
        const told = JSON.parse(stdout) as { completion: Completion; maxRssMb: number };
        expect(told.completion).toMatchObject({ kind: "failure", code: "too-large", retry: "final" });
        expect(told.maxRssMb).toBeLessThan(300);
      }
    } finally {
      child.stdin.end();
      await once(child, "exit");
    }
  });
});
