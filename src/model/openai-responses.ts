/** OpenAI's responses API: what is sent, and what an answer says. */
import type { OpenAI } from "openai";
import type { Finish, Usage } from "../suite/completion.ts";
import type { Message, Parameters } from "../suite/model.ts";
import type { Protocol, Read } from "./call.ts";
import { responsesAssembly } from "./openai-responses-stream.ts";
import { DEFAULT_MAX_TOKENS } from "./parameters.ts";
import type { LazyClient } from "./provider-model.ts";
import { asCount, asList, asRecord, asText, type JsonRecord } from "./reading.ts";
import { usageOf } from "./usage.ts";

type ResponsesParams = OpenAI.Responses.ResponseCreateParamsNonStreaming;

export function responsesProtocol(id: string, client: LazyClient<OpenAI>, streams = false): Protocol {
  return {
    unsupported: ({ seed, stop }) => {
      if (seed !== undefined) return 'the responses API has no seed: remove it, or use api: "chat"';
      return stop === undefined ? undefined : 'the responses API has no stop: remove it, or use api: "chat"';
    },
    send: async ({ messages, parameters }, options, env) => {
      const sdk = await client(env);
      const params = responsesParams(id, messages, parameters);
      if (!streams) return sdk.responses.create(params, options);
      return sdk.post("/responses", { body: { ...params, stream: true }, ...options });
    },
    ...(streams && { stream: responsesAssembly }),
    read: readResponse,
    secrets: (key) => ({ authorization: `Bearer ${key}` }),
  };
}

function responsesParams(id: string, messages: readonly Message[], parameters: Parameters): ResponsesParams {
  const { temperature, topP, maxTokens = DEFAULT_MAX_TOKENS, reasoningEffort, schema, extra } = parameters;
  const params: ResponsesParams = {
    model: id,
    input: messages.map(({ role, content }) => ({ role, content })),
    max_output_tokens: maxTokens,
    // Cases may be confidential, and nothing is ever read back.
    store: false,
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...(reasoningEffort !== undefined && { reasoning: { effort: reasoningEffort } }),
    ...(schema !== undefined && {
      text: { format: { type: "json_schema", name: schema.name, schema: { ...schema.schema }, strict: true } },
    }),
  };
  return extra === undefined ? params : { ...params, ...extra };
}

/** Reads a response: the text of all its messages, refusals told apart. */
export function readResponse(body: unknown): Read {
  const record = asRecord(body);
  if (record === undefined) return { problem: "JSON without an object" };
  if (!Array.isArray(record.output)) return { problem: "no output" };
  const status = asText(record.status) ?? "";
  if (status !== "completed" && status !== "incomplete") {
    return { problem: status === "" ? "no status" : `status ${status.slice(0, 40)}` };
  }
  const parts = record.output.flatMap((item) => asList(asRecord(item)?.content)).map(asRecord);
  const text = join(parts, "output_text", "text");
  const refusal = join(parts, "refusal", "refusal");
  const shown = text === "" ? refusal : text;
  return {
    text: shown,
    finish: refusal === "" ? finishOf(status, asText(asRecord(record.incomplete_details)?.reason)) : "refusal",
    usage: responsesUsage(record.usage, shown),
    modelId: asText(record.model),
  };
}

function join(parts: readonly (JsonRecord | undefined)[], type: string, field: string): string {
  return parts.map((part) => (part?.type === type ? (asText(part[field]) ?? "") : "")).join("");
}

function finishOf(status: string, reason: string | undefined): Finish {
  if (status === "completed") return "stop";
  if (reason === "max_output_tokens") return "length";
  return reason === "content_filter" ? "filtered" : "other";
}

function responsesUsage(given: unknown, text: string): Usage | undefined {
  const usage = asRecord(given);
  if (usage === undefined) return undefined;
  const input = asRecord(usage.input_tokens_details);
  return usageOf(
    {
      input: asCount(usage.input_tokens),
      output: asCount(usage.output_tokens),
      cachedInput: asCount(input?.cached_tokens),
      cacheWriteInput: asCount(input?.cache_write_tokens),
      reasoning: asCount(asRecord(usage.output_tokens_details)?.reasoning_tokens),
    },
    text,
  );
}
