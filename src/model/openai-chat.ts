/** Chat completions: what is sent, and what an answer says. */
import type { OpenAI } from "openai";
import type { Finish, Usage } from "../suite/completion.ts";
import type { Message, Parameters } from "../suite/model.ts";
import type { Protocol, Read } from "./call.ts";
import type { Endpoint } from "./endpoint.ts";
import { chatAssembly } from "./openai-chat-stream.ts";
import { DEFAULT_MAX_TOKENS } from "./parameters.ts";
import type { LazyClient } from "./provider-model.ts";
import { asCount, asList, asRecord, asText } from "./reading.ts";
import { usageOf } from "./usage.ts";

type ChatParams = OpenAI.Chat.ChatCompletionCreateParamsNonStreaming;

export function chatProtocol(id: string, endpoint: Endpoint, client: LazyClient<OpenAI>, streams = false): Protocol {
  return {
    unsupported: () => undefined,
    send: async ({ messages, parameters }, options, env) => {
      const sdk = await client(env);
      const params = chatParams(id, endpoint, messages, parameters);
      if (!streams) return sdk.chat.completions.create(params, options);
      // Not by the SDK's own streams: they take a stream that was cut off for one that ended.
      const body = { ...params, stream: true, stream_options: { include_usage: true } };
      return sdk.post("/chat/completions", { body, ...options });
    },
    ...(streams && { stream: chatAssembly }),
    read: readChat,
    secrets: (key) => ({ authorization: `Bearer ${key}` }),
  };
}

function chatParams(id: string, endpoint: Endpoint, messages: readonly Message[], parameters: Parameters): ChatParams {
  const { temperature, topP, maxTokens = DEFAULT_MAX_TOKENS, seed, stop, reasoningEffort, schema, extra } = parameters;
  const params: ChatParams = {
    model: id,
    messages: messages.map(({ role, content }) => ({ role, content })),
    ...limit(id, endpoint, maxTokens, extra),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...(seed !== undefined && { seed }),
    ...(stop !== undefined && { stop: [...stop] }),
    ...(reasoningEffort !== undefined && { reasoning_effort: reasoningEffort }),
    ...(schema !== undefined && {
      response_format: {
        type: "json_schema",
        json_schema: { name: schema.name, schema: { ...schema.schema }, strict: true },
      },
    }),
  };
  return extra === undefined ? params : { ...params, ...extra };
}

/**
 * OpenAI's newer models refuse `max_tokens`; many compatible servers know nothing else. An author who sets either in `extra` has
 * chosen.
 */
function limit(
  id: string,
  endpoint: Endpoint,
  maxTokens: number,
  extra: Parameters["extra"],
): Pick<ChatParams, "max_tokens" | "max_completion_tokens"> {
  if (extra !== undefined && ("max_tokens" in extra || "max_completion_tokens" in extra)) return {};
  const newer = endpoint.servedBy === "openai" || /^(?:ft:|openai\/)?(?:gpt-[5-9]|o[1-9])/.test(id);
  return newer ? { max_completion_tokens: maxTokens } : { max_tokens: maxTokens };
}

/** Reads a chat completion; only the first choice, as only one is asked for. */
export function readChat(body: unknown): Read {
  const record = asRecord(body);
  if (record === undefined) return { problem: "JSON without an object" };
  const choice = asRecord(asList(record.choices)[0]);
  const message = asRecord(choice?.message);
  if (choice === undefined || message === undefined) return { problem: "no choices" };
  const refusal = asText(message.refusal) ?? "";
  const content = contentOf(message.content);
  if (content === undefined) return { problem: "content that is not text" };
  const text = content === "" ? refusal : content;
  return {
    text,
    finish: refusal === "" ? finishOf(choice.finish_reason) : "refusal",
    usage: chatUsage(record.usage, text),
    modelId: asText(record.model),
  };
}

/** Text as it stands, nothing as no text, a list of text parts joined; undefined for anything else. */
function contentOf(content: unknown): string | undefined {
  if (content === null || content === undefined) return "";
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return undefined;
  const texts = content.map((part) => asText(asRecord(part)?.text));
  return texts.some((text) => text === undefined) ? undefined : texts.join("");
}

function finishOf(reason: unknown): Finish {
  switch (reason) {
    case "stop":
    case "eos":
    case "end_turn":
    case "stop_sequence":
      return "stop";
    case "length":
    case "max_tokens":
      return "length";
    case "content_filter":
      return "filtered";
    case "refusal":
      return "refusal";
    default:
      return "other";
  }
}

function chatUsage(given: unknown, text: string): Usage | undefined {
  const usage = asRecord(given);
  if (usage === undefined) return undefined;
  const input = asRecord(usage.prompt_tokens_details);
  return usageOf(
    {
      input: asCount(usage.prompt_tokens),
      output: asCount(usage.completion_tokens),
      cachedInput: asCount(input?.cached_tokens),
      cacheWriteInput: asCount(input?.cache_write_tokens),
      reasoning: asCount(asRecord(usage.completion_tokens_details)?.reasoning_tokens),
    },
    text,
  );
}
