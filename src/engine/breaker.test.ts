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
    // Each prompt is too long in its own way: that says nothing of the next one.
    for (let i = 0; i < 60; i++) breaker.failed(failure(`prompt too long (${9000 + i} tokens)`));
    expect(breaker.end).toBeUndefined();
  });

  it("keeps the first reason", () => {
    const breaker = new Breaker();
    breaker.open("unknown-model", "no such model");
    breaker.open("forbidden", "something later");
    expect(breaker.end?.why).toBe("no such model");
  });
});
