/** The three protocols that the stub provider speaks: what a request says, and what a right answer or an error looks like in each. */

export type Protocol = "chat" | "responses" | "messages";

export interface StubMessage {
  readonly role: string;
  readonly content: string;
}

/** A request as the stub received it. */
export interface StubRequest {
  /** 1-based, over all protocols. */
  readonly n: number;
  readonly protocol: Protocol;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly model: string;
  /** System text first, whatever the protocol calls it. */
  readonly messages: readonly StubMessage[];
}

export interface StubUsage {
  readonly input: number;
  readonly output: number;
  readonly cached?: number;
  readonly cacheWrite?: number;
  readonly reasoning?: number;
}

export type StubFinish = "stop" | "length" | "filtered" | "refusal";

export interface StubAnswer {
  readonly id: string;
  readonly model: string;
  readonly text: string | null;
  readonly finish: StubFinish;
  /** Absent: the answer does not mention usage at all. */
  readonly usage?: StubUsage;
}

export interface StubError {
  readonly status: number;
  readonly message: string;
  /** OpenAI's `error.code`, Anthropic's `error.details.error_code`. */
  readonly code?: string;
  /** OpenAI's and Anthropic's `error.type`. */
  readonly type?: string;
}

/** Which protocol a path belongs to; undefined for a path that no provider has. */
export function protocolOf(path: string): Protocol | undefined {
  if (path.endsWith("/chat/completions")) return "chat";
  if (path.endsWith("/responses")) return "responses";
  if (path.endsWith("/messages")) return "messages";
  return undefined;
}

export function messagesOf(protocol: Protocol, body: Readonly<Record<string, unknown>>): StubMessage[] {
  const messages: StubMessage[] = [];
  if (protocol === "messages" && typeof body.system === "string") {
    messages.push({ role: "system", content: body.system });
  }
  const list = protocol === "responses" ? body.input : body.messages;
  for (const item of Array.isArray(list) ? list : []) {
    if (typeof item?.role === "string" && typeof item?.content === "string") {
      messages.push({ role: item.role, content: item.content });
    }
  }
  return messages;
}

export function answerBody(protocol: Protocol, answer: StubAnswer): unknown {
  if (protocol === "chat") return chatBody(answer);
  return protocol === "responses" ? responsesBody(answer) : messagesBody(answer);
}

export function errorBody(protocol: Protocol, error: StubError): unknown {
  const type = error.type ?? "invalid_request_error";
  if (protocol === "messages") {
    const details = error.code === undefined ? null : { error_code: error.code };
    return { type: "error", error: { type, message: error.message, details }, request_id: "req_stub" };
  }
  return { error: { message: error.message, type, param: null, code: error.code ?? null } };
}

function chatBody(answer: StubAnswer): unknown {
  const refused = answer.finish === "refusal";
  const usage = answer.usage;
  return {
    id: `chatcmpl-${answer.id}`,
    object: "chat.completion",
    created: 1_790_000_000,
    model: answer.model,
    choices: [
      {
        index: 0,
        message: refused
          ? { role: "assistant", content: null, refusal: answer.text }
          : { role: "assistant", content: answer.text, refusal: null },
        logprobs: null,
        finish_reason: { stop: "stop", length: "length", filtered: "content_filter", refusal: "stop" }[answer.finish],
      },
    ],
    ...(usage && {
      usage: {
        prompt_tokens: usage.input,
        completion_tokens: usage.output,
        total_tokens: usage.input + usage.output,
        prompt_tokens_details: { cached_tokens: usage.cached ?? 0, cache_write_tokens: usage.cacheWrite ?? 0 },
        completion_tokens_details: { reasoning_tokens: usage.reasoning ?? 0 },
      },
    }),
  };
}

function responsesBody(answer: StubAnswer): unknown {
  const cut = { stop: null, refusal: null, length: "max_output_tokens", filtered: "content_filter" }[answer.finish];
  const usage = answer.usage;
  const part =
    answer.finish === "refusal"
      ? { type: "refusal", refusal: answer.text }
      : { type: "output_text", text: answer.text ?? "", annotations: [] };
  return {
    id: `resp_${answer.id}`,
    object: "response",
    created_at: 1_790_000_000,
    status: cut === null ? "completed" : "incomplete",
    incomplete_details: cut === null ? null : { reason: cut },
    error: null,
    model: answer.model,
    output:
      answer.text === null
        ? []
        : [{ type: "message", id: `msg_${answer.id}`, role: "assistant", status: "completed", content: [part] }],
    ...(usage && {
      usage: {
        input_tokens: usage.input,
        input_tokens_details: { cached_tokens: usage.cached ?? 0, cache_write_tokens: usage.cacheWrite ?? 0 },
        output_tokens: usage.output,
        output_tokens_details: { reasoning_tokens: usage.reasoning ?? 0 },
        total_tokens: usage.input + usage.output,
      },
    }),
  };
}

function messagesBody(answer: StubAnswer): unknown {
  const usage = answer.usage;
  return {
    id: `msg_${answer.id}`,
    type: "message",
    role: "assistant",
    model: answer.model,
    content: answer.text === null ? [] : [{ type: "text", text: answer.text }],
    stop_reason: { stop: "end_turn", length: "max_tokens", filtered: "refusal", refusal: "refusal" }[answer.finish],
    stop_sequence: null,
    ...(usage && {
      usage: {
        input_tokens: usage.input - (usage.cached ?? 0) - (usage.cacheWrite ?? 0),
        cache_read_input_tokens: usage.cached ?? 0,
        cache_creation_input_tokens: usage.cacheWrite ?? 0,
        output_tokens: usage.output,
        output_tokens_details: usage.reasoning === undefined ? null : { thinking_tokens: usage.reasoning },
      },
    }),
  };
}
