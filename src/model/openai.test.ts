import { describe, expect, it } from "vitest";
import { ConfigError } from "../errors.ts";
import { anthropicIn } from "./anthropic.ts";
import { readMessage } from "./anthropic-messages.ts";
import { openaiIn } from "./openai.ts";
import { readChat } from "./openai-chat.ts";
import { readResponse } from "./openai-responses.ts";

describe("a provider's model", () => {
  it("tells what it is", () => {
    expect(openaiIn({}, "gpt-5.4-mini", { temperature: 0, concurrency: 8 })).toMatchObject({
      provider: "openai",
      id: "gpt-5.4-mini",
      account: "openai:api.openai.com:OPENAI_API_KEY",
      keyEnv: "OPENAI_API_KEY",
      answers: "paid",
      parameters: { temperature: 0 },
      concurrency: 8,
      price: { inputPerMillion: 0.75 },
      identity: {
        provider: "openai",
        api: "chat",
        baseUrl: "https://api.openai.com/v1",
        id: "gpt-5.4-mini",
        parameters: { temperature: 0 },
      },
    });
    expect(anthropicIn({}, "claude-haiku-4-5")).toMatchObject({
      account: "anthropic:api.anthropic.com:ANTHROPIC_API_KEY",
      price: { inputPerMillion: 1 },
    });
  });

  it("is another one by API, address, id and parameters, and the same whatever its price and concurrency", () => {
    const local = "http://127.0.0.1:1/v1";
    const identities = [
      openaiIn({}, "a").identity,
      openaiIn({}, "b").identity,
      openaiIn({}, "a", { api: "responses" }).identity,
      openaiIn({}, "a", { baseUrl: local }).identity,
      openaiIn({}, "a", { seed: 1 }).identity,
      anthropicIn({}, "a").identity,
    ].map((identity) => JSON.stringify(identity));
    expect(new Set(identities).size).toBe(identities.length);
    const price = { inputPerMillion: 1, outputPerMillion: 1, asOf: "2026-11-01", source: "test" };
    expect(openaiIn({}, "a", { price, concurrency: 3 }).identity).toEqual(openaiIn({}, "a").identity);
    // The same server by two spellings.
    expect(anthropicIn({}, "a", { baseUrl: local }).identity).toEqual(
      anthropicIn({}, "a", { baseUrl: "http://127.0.0.1:1/" }).identity,
    );
  });

  it("has no price where the table does not know: another host, a tuned model", () => {
    expect(openaiIn({}, "gpt-5.4-mini", { baseUrl: "http://127.0.0.1:1/v1" })).not.toHaveProperty("price");
    expect(openaiIn({}, "ft:gpt-5.4-mini:acme::8x2")).not.toHaveProperty("price");
  });

  it.each<[string, () => unknown]>([
    ["no id", () => openaiIn({}, " ")],
    ["an unknown option", () => openaiIn({}, "m", JSON.parse('{"maxToken": 5}'))],
    ["a temperature of 3", () => openaiIn({}, "m", { temperature: 3 })],
    ["a temperature that is no number", () => openaiIn({}, "m", { temperature: Number.NaN })],
    ["a top p of 0", () => openaiIn({}, "m", { topP: 0 })],
    ["no tokens", () => openaiIn({}, "m", { maxTokens: 0 })],
    ["half a seed", () => openaiIn({}, "m", { seed: 0.5 })],
    ["an empty stop", () => anthropicIn({}, "m", { stop: [""] })],
    ["a schema with a bad name", () => openaiIn({}, "m", { schema: { name: "a b", schema: {} } })],
    ["extra that overrules the model", () => openaiIn({}, "m", { extra: { model: "other" } })],
    ["extra that asks for a stream", () => anthropicIn({}, "m", { extra: { stream: true } })],
    ["no concurrency", () => openaiIn({}, "m", { concurrency: 0 })],
    [
      "a price below 0",
      () => openaiIn({}, "m", { price: { inputPerMillion: -1, outputPerMillion: 1, asOf: "2026-01-01", source: "" } }),
    ],
    ["an unknown API", () => openaiIn({}, "m", JSON.parse('{"api": "legacy"}'))],
  ])("refuses %s", (_, make) => {
    expect(make).toThrow(ConfigError);
  });
});

describe("readChat", () => {
  const chat = (choice: object, more: object = {}): unknown => ({ choices: [choice], ...more });

  it.each<[string, unknown, object]>([
    [
      "parts of text",
      chat({
        message: {
          content: [
            { type: "text", text: "a" },
            { type: "text", text: "b" },
          ],
        },
        finish_reason: "stop",
      }),
      { text: "ab", finish: "stop" },
    ],
    ["a tool call", chat({ message: { content: null }, finish_reason: "tool_calls" }), { text: "", finish: "other" }],
    ["no word for why", chat({ message: { content: "a" } }), { text: "a", finish: "other" }],
    ["Together's word", chat({ message: { content: "a" }, finish_reason: "eos" }), { finish: "stop" }],
    [
      "a refusal",
      chat({ message: { content: null, refusal: "No." }, finish_reason: "stop" }),
      { text: "No.", finish: "refusal" },
    ],
    [
      "an empty refusal",
      chat({ message: { content: "a", refusal: "" }, finish_reason: "stop" }),
      { text: "a", finish: "stop" },
    ],
    ["a model that is no text", chat({ message: { content: "a" } }, { model: 7 }), { modelId: undefined }],
    [
      "usage of another type",
      chat({ message: { content: "a" } }, { usage: { prompt_tokens: "7", completion_tokens: 1 } }),
      { usage: undefined },
    ],
    [
      "more cached than sent",
      chat(
        { message: { content: "a" } },
        { usage: { prompt_tokens: 7, completion_tokens: 1, prompt_tokens_details: { cached_tokens: 9 } } },
      ),
      { usage: undefined },
    ],
    ["no message", chat({}), { problem: "no choices" }],
    ["a number as content", chat({ message: { content: 7 } }), { problem: "content that is not text" }],
    ["nothing", undefined, { problem: expect.any(String) }],
  ])("%s", (_, body, expected) => {
    expect(readChat(body)).toMatchObject(expected);
  });
});

describe("readResponse", () => {
  it("joins the text of all messages and leaves reasoning out", () => {
    const output = [
      { type: "reasoning", summary: [], content: [{ type: "reasoning_text", text: "hm" }] },
      { type: "message", content: [{ type: "output_text", text: "a" }] },
      { type: "message", content: [{ type: "output_text", text: "b" }] },
    ];
    expect(readResponse({ status: "completed", output })).toMatchObject({ text: "ab", finish: "stop" });
  });

  it.each(["failed", "in_progress", "queued", "cancelled"])("is no answer when it is %s", (status) => {
    expect(readResponse({ status, output: [] })).toEqual({ problem: `status ${status}` });
  });
});

describe("readMessage", () => {
  it("joins text blocks, leaves thinking out, and counts the cache as input", () => {
    const content = [
      { type: "thinking", thinking: "hm" },
      { type: "text", text: "a" },
      { type: "text", text: "b" },
    ];
    const usage = { input_tokens: 5, cache_read_input_tokens: 70, cache_creation_input_tokens: 25, output_tokens: 3 };
    expect(readMessage({ content, stop_reason: "end_turn", usage })).toEqual({
      text: "ab",
      finish: "stop",
      usage: { input: 100, output: 3, cachedInput: 70, cacheWriteInput: 25 },
      modelId: undefined,
    });
  });

  it.each([
    ["stop_sequence", "stop"],
    ["max_tokens", "length"],
    ["model_context_window_exceeded", "length"],
    ["refusal", "refusal"],
    ["tool_use", "other"],
    ["pause_turn", "other"],
    [null, "other"],
  ])("%s is %s", (stop_reason, finish) => {
    expect(readMessage({ content: [], stop_reason })).toMatchObject({ finish });
  });
});
