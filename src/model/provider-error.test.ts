import { describe, expect, it } from "vitest";
import type { FailureCode } from "../suite/completion.ts";
import { meaningOf, meaningOfErrorBody, parseProviderError, readProviderError } from "./provider-error.ts";

const error = (message: string, code = "", type = "") => ({ message, code, type });

describe("readProviderError", () => {
  it.each<[string, unknown, object | undefined]>([
    ["OpenAI", { error: { message: "No", type: "T", code: "C" } }, error("No", "c", "t")],
    [
      "Anthropic",
      { type: "error", error: { type: "overloaded_error", message: "Busy" } },
      error("Busy", "", "overloaded_error"),
    ],
    [
      "Anthropic with a code",
      { error: { type: "t", message: "m", details: { error_code: "X" } } },
      error("m", "x", "t"),
    ],
    ["a number as code", { error: { message: "m", code: 429 } }, error("m", "429")],
    ["Ollama", { error: "model not found" }, error("model not found")],
    [
      "an older vLLM",
      { object: "error", message: "m", type: "BadRequestError", code: 400 },
      error("m", "400", "badrequesterror"),
    ],
    ["FastAPI", { detail: "Not Found" }, error("Not Found")],
    ["an answer with error null", { error: null, choices: [] }, undefined],
    ["no object", [1], undefined],
  ])("%s", (_, body, expected) => {
    expect(readProviderError(body)).toEqual(expected);
  });

  it("says nothing of a body that is no JSON", () => {
    expect(parseProviderError("<html>")).toBeUndefined();
    expect(parseProviderError('{"error": ')).toBeUndefined();
    expect(parseProviderError(undefined)).toBeUndefined();
  });
});

describe("meaningOf", () => {
  it.each<[number, ReturnType<typeof error> | undefined, FailureCode]>([
    [400, undefined, "bad-request"],
    [400, error("Your credit balance is too low to access the API"), "out-of-money"],
    [400, error("You have reached your specified API usage limits. You will regain access"), "out-of-money"],
    [400, error("x", "context_length_exceeded"), "prompt-too-long"],
    [400, error("x", "400", "exceed_context_size_error"), "prompt-too-long"],
    [400, error("This model's maximum context length is 4096 tokens. However, you requested 5000"), "prompt-too-long"],
    [400, error("Your input exceeds the context window of this model"), "prompt-too-long"],
    [400, error("the request exceeds the available context size. try increasing it"), "prompt-too-long"],
    [400, error("prompt is too long: 208310 tokens > 200000 maximum"), "prompt-too-long"],
    [400, error("input length and `max_tokens` exceed context limit: 199000 + 8000 > 200000"), "prompt-too-long"],
    [422, error("`inputs` tokens + `max_new_tokens` must be <= 4097"), "prompt-too-long"],
    [400, error("Invalid schema for response_format"), "bad-request"],
    [400, error("The model does not exist", "model_not_found"), "unknown-model"],
    [401, error("Incorrect API key provided: sk-abc"), "key-rejected"],
    [402, undefined, "out-of-money"],
    [403, undefined, "forbidden"],
    [403, error("x", "model_not_found"), "unknown-model"],
    [404, undefined, "unknown-model"],
    [405, undefined, "bad-request"],
    [407, undefined, "unreachable"],
    [408, undefined, "timeout"],
    [409, undefined, "server-error"],
    [413, undefined, "prompt-too-long"],
    [422, undefined, "bad-request"],
    [429, undefined, "rate-limited"],
    [429, error("x", "insufficient_quota"), "out-of-money"],
    [429, error("x", "", "insufficient_quota"), "out-of-money"],
    [429, error("x", "billing_hard_limit_reached"), "out-of-money"],
    [429, error("x", "billing_not_active"), "out-of-money"],
    [429, error("x", "slow_down"), "overloaded"],
    // Gemini says this of a limit per minute.
    [
      429,
      error("You exceeded your current quota, please check your plan", "429", "resource_exhausted"),
      "rate-limited",
    ],
    [500, undefined, "server-error"],
    [500, error("insufficient funds to explain"), "server-error"],
    [502, undefined, "server-error"],
    [503, undefined, "overloaded"],
    [504, undefined, "server-error"],
    [522, undefined, "server-error"],
    [529, undefined, "overloaded"],
  ])("%i %o", (status, body, expected) => {
    expect(meaningOf(status, body)).toBe(expected);
  });
});

describe("meaningOfErrorBody", () => {
  it.each<[ReturnType<typeof error>, FailureCode]>([
    [error("Overloaded", "", "overloaded_error"), "overloaded"],
    [error("x", "529"), "overloaded"],
    [error("x", "rate_limit_exceeded"), "rate-limited"],
    [error("x", "429"), "rate-limited"],
    [error("x", "insufficient_quota"), "out-of-money"],
    [error("x", "context_length_exceeded"), "prompt-too-long"],
    [error("something"), "not-an-answer"],
  ])("%o", (body, expected) => {
    expect(meaningOfErrorBody(body)).toBe(expected);
  });
});
