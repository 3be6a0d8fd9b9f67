/** What came back from a model: an answer, or a typed failure. A failure is never a wrong answer. */

/** Tokens as the provider counted them. `cachedInput` is part of `input`, `reasoning` is part of `output`. */
export interface Usage {
  readonly input: number;
  readonly output: number;
  readonly cachedInput?: number;
  readonly cacheWriteInput?: number;
  readonly reasoning?: number;
}

/**
 * Why the model stopped: `stop` of its own accord, `length` cut by the token limit, `refusal` the model would not,
 * `filtered` the provider would not, `other` anything else (a tool call, an unknown word).
 */
export type Finish = "stop" | "length" | "refusal" | "filtered" | "other";

export interface Answer {
  readonly kind: "answer";
  /** Exactly as returned; may be empty. */
  readonly text: string;
  readonly finish: Finish;
  /** Absent when the provider did not say: the cost is then an estimate or unknown, never 0. */
  readonly usage?: Usage;
  /** Wall time of the attempt that answered, milliseconds by a monotonic clock; absent for recordings that do not tell. */
  readonly latencyMs?: number;
  /** Model id as the provider returned it. */
  readonly modelId?: string;
  readonly requestId?: string;
}

/** Whether sending again may pay twice: `never-sent` cannot, `maybe-paid` may, `final` must not be sent again. */
export type RetryClass = "never-sent" | "maybe-paid" | "final";

/** What a failure ends: only this call, every call of the target (wrong model id), or every call of the account (key, money). */
export type FailureScope = "call" | "target" | "account";

export type FailureCode =
  | "rate-limited"
  | "overloaded"
  | "unreachable"
  | "connection-lost"
  | "timeout"
  | "server-error"
  | "cut-off"
  | "not-an-answer"
  | "too-large"
  | "bad-encoding"
  | "redirect-refused"
  | "prompt-too-long"
  | "bad-request"
  | "key-missing"
  | "key-rejected"
  | "forbidden"
  | "unknown-model"
  | "out-of-money"
  | "not-recorded"
  | "prompt-changed"
  | "answer-changed"
  | "aborted"
  | "threw";

export interface Failure {
  readonly kind: "failure";
  readonly code: FailureCode;
  readonly retry: RetryClass;
  readonly scope: FailureScope;
  /** For people; redacted, at most 300 characters. */
  readonly message: string;
  readonly status?: number;
  /** What the provider asked us to wait, milliseconds from now. */
  readonly retryAfterMs?: number;
  readonly requestId?: string;
  /** What a stream had said before it broke, redacted: to be read, never to be graded. */
  readonly partial?: string;
  /** Base64 of an answer whose bytes are no text, redacted, at most the first 64 KiB. */
  readonly bytes?: string;
}

export type Completion = Answer | Failure;

/** Money for one call. `estimated` marks a figure computed from something else than the provider's usage. */
export type Cost =
  | { readonly known: true; readonly usd: number; readonly estimated?: true }
  | { readonly known: false; readonly why: string };
