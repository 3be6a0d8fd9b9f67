import { describe, expect, it } from "vitest";
import type { Failure } from "../suite/completion.ts";
import { Exchange } from "./exchange.ts";
import { type Caller, explainFault, explainStatus, explainStop } from "./explain.ts";
import { failure } from "./failure.ts";
import type { FaultKind } from "./fault.ts";

const KEY = "sk-proj-abcdefghijklmnop-9876";

const caller: Caller = {
  host: "api.example.com",
  modelId: "some-model",
  keyEnv: "SOME_AUTH",
  key: KEY,
  env: { SOME_AUTH: KEY, OTHER_TOKEN: "another-secret-value-2" },
  timeoutMs: 30_000,
  now: new Date("2026-11-24T12:00:00Z"),
};

function exchange(changes: Partial<Pick<Exchange, "status" | "headers" | "text" | "sent">> = {}): Exchange {
  const signal = new AbortController().signal;
  return Object.assign(new Exchange({ secrets: {}, signal, monotonicMs: () => 0 }), changes);
}

describe("explainFault", () => {
  it.each<[FaultKind, Partial<Failure>]>([
    ["unreachable", { code: "unreachable", retry: "never-sent", scope: "call" }],
    ["untrusted", { code: "unreachable", retry: "never-sent", scope: "call" }],
    ["lost", { code: "connection-lost", retry: "maybe-paid", scope: "call" }],
    ["cut", { code: "cut-off", retry: "maybe-paid", scope: "call" }],
    ["idle", { code: "timeout", retry: "maybe-paid", scope: "call" }],
    ["too-large", { code: "too-large", retry: "final", scope: "call" }],
    ["bad-encoding", { code: "bad-encoding", retry: "final", scope: "call" }],
    ["redirect", { code: "redirect-refused", retry: "final", scope: "call" }],
    ["not-an-answer", { code: "not-an-answer", retry: "final", scope: "call" }],
    ["stopped", { code: "timeout", retry: "never-sent", scope: "call" }],
  ])("%s", (kind, expected) => {
    expect(explainFault(caller, exchange(), { kind, detail: "DETAIL" })).toMatchObject(expected);
  });

  it("lets a status of refusal stand, whatever became of its body", () => {
    const cut = explainFault(caller, exchange({ status: 503, sent: true }), { kind: "cut", detail: "x" });
    expect(cut).toMatchObject({ code: "overloaded", retry: "never-sent", status: 503 });
  });

  it("never advises to switch certificates off", () => {
    const { message } = explainFault(caller, exchange(), { kind: "untrusted", detail: "SELF_SIGNED_CERT_IN_CHAIN" });
    expect(message).toContain("SELF_SIGNED_CERT_IN_CHAIN");
    expect(message).not.toContain("REJECT_UNAUTHORIZED");
  });
});

describe("explainStop", () => {
  it("tells the run's signal from the call's deadline, and what was sent from what was not", () => {
    expect(explainStop(caller, exchange({ sent: true }))).toMatchObject({ code: "timeout", retry: "maybe-paid" });
    expect(explainStop(caller, exchange())).toMatchObject({ code: "timeout", retry: "never-sent" });
    const stopped = new Exchange({ secrets: {}, signal: AbortSignal.abort(), monotonicMs: () => 0 });
    expect(explainStop(caller, stopped)).toMatchObject({ code: "aborted", retry: "never-sent" });
    stopped.sent = true;
    expect(explainStop(caller, stopped)).toMatchObject({ code: "aborted", retry: "maybe-paid" });
  });
});

describe("explainStatus", () => {
  const said = (status: number, body: unknown, headers: Record<string, string> = {}): Failure =>
    explainStatus(caller, exchange({ status, text: JSON.stringify(body), headers, sent: true }));

  it("shows no secret that the provider echoes", () => {
    for (const status of [400, 401, 403, 404, 422, 500]) {
      const failed = said(status, {
        error: { message: `bad ${KEY} and another-secret-value-2 and sk-proj-a1b2c3d4e5f6g7h8` },
      });
      expect(failed.message).not.toContain(KEY);
      expect(failed.message).not.toContain("another-secret-value-2");
      expect(failed.message).not.toContain("sk-proj-a1b2c3d4e5f6g7h8");
    }
  });

  it("says what to do", () => {
    expect(said(401, {}).message).toBe("key SOME_AUTH rejected (…9876): check or renew it");
    expect(said(404, {}).message).toContain("check the model id");
    expect(said(429, { error: { code: "insufficient_quota" } }).message).toContain("(insufficient_quota): add credit");
  });

  it("passes on the wait and the request id", () => {
    const failed = said(429, {}, { "retry-after": "12", "x-request-id": "req_7" });
    expect(failed).toMatchObject({ retryAfterMs: 12_000, requestId: "req_7", status: 429 });
    expect(failed.message).toContain("wait 12 s");
  });

  it("gives no wait with what must not be sent again", () => {
    expect(said(400, {}, { "retry-after": "12" })).not.toHaveProperty("retryAfterMs");
  });
});

describe("failure", () => {
  it("is one line of at most 300 characters that no terminal obeys", () => {
    const text = `a\nb\u001b[31m\u202ec\u2028d\u0000${"😀".repeat(400)}\ud800`;
    const { message } = failure("threw", text, (whole) => whole);
    expect(message.length).toBeLessThanOrEqual(300);
    expect(message).not.toMatch(/[\p{Cc}\p{Zl}\u202e]/u);
    expect(message.isWellFormed()).toBe(true);
    expect(message.startsWith("a b [31m c d 😀")).toBe(true);
  });

  it("is redacted before it is cut", () => {
    const redact = (text: string): string => text.replaceAll("SECRET-VALUE", "[key]");
    const { message } = failure("threw", `${"x".repeat(293)}SECRET-VALUE`, redact);
    expect(message).not.toContain("SECRET");
  });
});
