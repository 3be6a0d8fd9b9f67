/** Anthropic's messages API: what is sent, and what an answer says. */
import type { Anthropic } from "@anthropic-ai/sdk";
import type { Finish, Usage } from "../suite/completion.ts";
import type { Message, Parameters } from "../suite/model.ts";
import { messagesAssembly } from "./anthropic-messages-stream.ts";
import type { Protocol, Read } from "./call.ts";
import { DEFAULT_MAX_TOKENS } from "./parameters.ts";
import type { LazyClient } from "./provider-model.ts";
import { asCount, asRecord, asText } from "./reading.ts";
import { usageOf } from "./usage.ts";

type MessagesParams = Anthropic.MessageCreateParamsNonStreaming;

export function messagesProtocol(id: string, client: LazyClient<Anthropic>, streams = false): Protocol {
  return {
    unsupported: ({ seed, reasoningEffort, temperature }) => {
      if (seed !== undefined) return "Anthropic's API has no seed: remove it";
      if (reasoningEffort === "minimal") return 'Anthropic\'s API has no reasoningEffort "minimal": use "low"';
      return (temperature ?? 0) > 1 ? "Anthropic's API takes temperatures from 0 to 1" : undefined;
    },
    send: async ({ messages, parameters }, options, env) => {
      const sdk = await client(env);
      const params = messagesParams(id, messages, parameters);
      if (!streams) return sdk.messages.create(params, options);
      return sdk.post("/v1/messages", { body: { ...params, stream: true }, ...options });
    },
    ...(streams && { stream: messagesAssembly }),
    read: readMessage,
    secrets: (key) => ({ "x-api-key": key }),
  };
}

function messagesParams(id: string, messages: readonly Message[], parameters: Parameters): MessagesParams {
  const { temperature, topP, maxTokens = DEFAULT_MAX_TOKENS, stop, reasoningEffort, schema, extra } = parameters;
  const system = messages.filter((message) => message.role === "system").map((message) => message.content);
  const turns = messages.flatMap(({ role, content }) => (role === "system" ? [] : [{ role, content }]));
  const output = {
    ...(reasoningEffort !== undefined && reasoningEffort !== "minimal" && { effort: reasoningEffort }),
    ...(schema !== undefined && { format: { type: "json_schema" as const, schema: { ...schema.schema } } }),
  };
  const params: MessagesParams = {
    model: id,
    max_tokens: maxTokens,
    messages: turns,
    ...(system.length > 0 && { system: system.join("\n\n") }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...(stop !== undefined && { stop_sequences: [...stop] }),
    ...(Object.keys(output).length > 0 && { output_config: output }),
  };
  return extra === undefined ? params : { ...params, ...extra };
}

/** Reads a message: its text blocks joined. */
export function readMessage(body: unknown): Read {
  const record = asRecord(body);
  if (record === undefined) return { problem: "JSON without an object" };
  if (!Array.isArray(record.content)) return { problem: "no content" };
  const text = record.content
    .map(asRecord)
    .map((block) => (block?.type === "text" ? (asText(block.text) ?? "") : ""))
    .join("");
  return {
    text,
    finish: finishOf(record.stop_reason),
    usage: messageUsage(record.usage, text),
    modelId: asText(record.model),
  };
}

function finishOf(reason: unknown): Finish {
  switch (reason) {
    case "end_turn":
    case "stop_sequence":
      return "stop";
    case "max_tokens":
    case "model_context_window_exceeded":
      return "length";
    case "refusal":
      return "refusal";
    default:
      return "other";
  }
}

/** Here `input_tokens` counts only what neither came from the cache nor went into it. */
function messageUsage(given: unknown, text: string): Usage | undefined {
  const usage = asRecord(given);
  const fresh = asCount(usage?.input_tokens);
  if (usage === undefined || fresh === undefined) return undefined;
  const cachedInput = asCount(usage.cache_read_input_tokens) ?? 0;
  const cacheWriteInput = asCount(usage.cache_creation_input_tokens) ?? 0;
  return usageOf(
    {
      input: fresh + cachedInput + cacheWriteInput,
      output: asCount(usage.output_tokens),
      cachedInput,
      cacheWriteInput,
      reasoning: asCount(asRecord(usage.output_tokens_details)?.thinking_tokens),
    },
    text,
  );
}
