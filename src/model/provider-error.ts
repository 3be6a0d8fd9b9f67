/** What a provider says is wrong, read from the many shapes in which providers say it, and what it means. */
import type { FailureCode } from "../suite/completion.ts";
import { asRecord, asText } from "./reading.ts";

export interface ProviderError {
  readonly message: string;
  /** OpenAI's `code` or Anthropic's `details.error_code`; lower case, empty when there is none. */
  readonly code: string;
  /** Lower case, empty when there is none. */
  readonly type: string;
}

/**
 * Reads `{error: {message, code, type}}` (OpenAI, Anthropic), `{error: "…"}` (Ollama), `{message, type, code}` (older vLLM) and
 * `{detail: "…"}` (FastAPI). Undefined when the body says nothing of an error.
 */
export function readProviderError(body: unknown): ProviderError | undefined {
  const record = asRecord(body);
  if (record === undefined) return undefined;
  const inner = asRecord(record.error);
  if (inner !== undefined) {
    return {
      message: asText(inner.message) ?? "",
      code: word(inner.code ?? asRecord(inner.details)?.error_code),
      type: word(inner.type ?? inner.status),
    };
  }
  const message =
    asText(record.error) ?? asText(record.detail) ?? (record.object === "error" ? asText(record.message) : undefined);
  if (message === undefined) return undefined;
  return { message, code: word(record.code), type: word(record.type ?? record.error_type) };
}

export function parseProviderError(text: string | undefined): ProviderError | undefined {
  if (text === undefined || !text.trimStart().startsWith("{")) return undefined;
  try {
    return readProviderError(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function word(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value).toLowerCase() : "";
}

/** Codes and types that mean "no money", however the status puts it. */
const OUT_OF_MONEY = new Set([
  "insufficient_quota",
  "billing_hard_limit_reached",
  "billing_not_active",
  "billing_error",
  "insufficient_balance",
  "insufficient_credits",
  "credit_balance_too_low",
  "spend_limit_reached",
]);

/** Not "exceeded your current quota": Gemini says that of a limit per minute. */
const OUT_OF_MONEY_WORDS =
  /credit balance is too low|specified api usage limits?|insufficient (?:account )?(?:balance|credits?|funds)|out of credits|billing hard limit/i;

const OVERLOADED = new Set([
  "slow_down",
  "server_is_overloaded",
  "overloaded",
  "overloaded_error",
  "engine_overloaded",
]);
const RATE_LIMITED = new Set(["rate_limit_error", "rate_limit_exceeded", "rate_limited", "too_many_requests"]);
const TOO_LONG = new Set(["context_length_exceeded", "exceed_context_size_error", "string_above_max_length"]);

/** OpenAI, vLLM, llama-server, Together, Anthropic, in that order. */
const TOO_LONG_WORDS =
  /maximum context length|exceeds? (?:the |your )?(?:model's )?(?:available )?context (?:window|size|length|limit)|context length exceeded|prompt is too long|(?:inputs?|prompt)`? (?:tokens|length).{0,60}(?:must be|exceed)/i;

const UNKNOWN_MODEL = new Set(["model_not_found", "model_not_available", "invalid_model", "deploymentnotfound"]);

/** What an HTTP error means. Any status of 400 and above has an answer. */
export function meaningOf(status: number, error: ProviderError | undefined): FailureCode {
  const words = error?.message ?? "";
  const has = (set: ReadonlySet<string>): boolean => set.has(error?.code ?? "") || set.has(error?.type ?? "");
  if (status === 402 || has(OUT_OF_MONEY) || (status < 500 && OUT_OF_MONEY_WORDS.test(words))) return "out-of-money";
  if (status === 407) return "unreachable";
  if (status === 401) return "key-rejected";
  if (status === 429) return has(OVERLOADED) ? "overloaded" : "rate-limited";
  if (status === 503 || status === 529) return "overloaded";
  if (status === 408) return "timeout";
  if (status === 409 || status >= 500) return "server-error";
  if (status === 413 || has(TOO_LONG) || TOO_LONG_WORDS.test(words)) return "prompt-too-long";
  if (status === 404 || has(UNKNOWN_MODEL)) return "unknown-model";
  return status === 403 ? "forbidden" : "bad-request";
}

/** What an error means that came with a status of success: known words as if by their status, anything else is no answer. */
export function meaningOfErrorBody(error: ProviderError): FailureCode {
  const has = (set: ReadonlySet<string>): boolean => set.has(error.code) || set.has(error.type);
  if (has(OUT_OF_MONEY) || OUT_OF_MONEY_WORDS.test(error.message)) return "out-of-money";
  if (has(OVERLOADED) || error.code === "503" || error.code === "529") return "overloaded";
  if (has(RATE_LIMITED) || error.code === "429") return "rate-limited";
  if (has(TOO_LONG) || TOO_LONG_WORDS.test(error.message)) return "prompt-too-long";
  return "not-an-answer";
}
