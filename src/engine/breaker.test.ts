import { describe, expect, it } from "vitest";
import type { Failure } from "../suite/completion.ts";
import { Breaker } from "./breaker.ts";

const failure = (message: string): Failure => ({
  kind: "failure",
  code: "bad-request",
  retry: "final",
  scope: "call",
  message,
  status: 400,
});

describe("Breaker", () => {
  it("opens at the twentieth identical error in a row", () => {
    const breaker = new Breaker();
    for (let i = 0; i < 19; i++) breaker.failed(failure("no such field"));
    expect(breaker.end).toBeUndefined();
    breaker.failed(failure("no such field"));
    expect(breaker.end).toEqual({ code: "bad-request", why: "20 identical errors: no such field" });
  });

  it("starts anew at a success and at another error", () => {
    const breaker = new Breaker();
    for (let i = 0; i < 60; i++) {
      if (i % 15 === 7) breaker.succeeded(0);
      breaker.failed(failure("a"));
    }
    for (let i = 0; i < 60; i++) breaker.failed(failure(i % 2 === 0 ? "b" : "c"));
    expect(breaker.end).toBeUndefined();
  });

  it("takes errors for identical that differ in ids and numbers only", () => {
    const ids = ["req_7f3a", "0b9c2d4e-aaaa-4bbb-8ccc-0123456789ab", "deadbeefcafe", "17", "2026-11-29T10:00:00Z"];
    const breaker = new Breaker();
    for (let i = 0; i < 20; i++) breaker.failed(failure(`no such field (request id: ${ids[i % ids.length]}${i})`));
    expect(breaker.end?.why).toMatch(/^20 identical errors: no such field \(request id: /);
    const words = new Breaker();
    for (let i = 0; i < 60; i++) words.failed(failure(i % 2 === 0 ? "no field top_p" : "no field temperature"));
    expect(words.end).toBeUndefined();
  });

  it("does not count prompts that are too long: each is its case's own, and the errors around them stay a row", () => {
    const breaker = new Breaker();
    const long: Failure = { ...failure("prompt too long"), code: "prompt-too-long" };
    for (let i = 0; i < 60; i++) breaker.failed(long);
    expect(breaker.end).toBeUndefined();
    for (let i = 0; i < 20; i++) {
      breaker.failed(failure("no such field"));
      breaker.failed(long);
    }
    expect(breaker.end?.code).toBe("bad-request");
  });

  it("keeps the first reason", () => {
    const breaker = new Breaker();
    breaker.open("unknown-model", "no such model");
    breaker.open("forbidden", "something later");
    expect(breaker.end?.why).toBe("no such model");
  });
});
