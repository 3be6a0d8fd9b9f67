/** Builds failures: the retry class and the scope that each code has by default, and messages that are safe to show anywhere. */
import type { Failure, FailureCode, FailureScope, RetryClass } from "../suite/completion.ts";

const DEFAULTS: Readonly<Record<FailureCode, readonly [RetryClass, FailureScope]>> = {
  "rate-limited": ["never-sent", "call"],
  overloaded: ["never-sent", "call"],
  unreachable: ["never-sent", "call"],
  "connection-lost": ["maybe-paid", "call"],
  timeout: ["maybe-paid", "call"],
  "server-error": ["maybe-paid", "call"],
  "cut-off": ["maybe-paid", "call"],
  "not-an-answer": ["final", "call"],
  "too-large": ["final", "call"],
  "bad-encoding": ["final", "call"],
  "redirect-refused": ["final", "call"],
  "prompt-too-long": ["final", "call"],
  "bad-request": ["final", "call"],
  "key-missing": ["final", "account"],
  "key-rejected": ["final", "account"],
  forbidden: ["final", "target"],
  "unknown-model": ["final", "target"],
  "out-of-money": ["final", "account"],
  "not-recorded": ["final", "call"],
  "prompt-changed": ["final", "call"],
  "answer-changed": ["final", "call"],
  aborted: ["maybe-paid", "call"],
  threw: ["final", "call"],
};

/** Whether a text read from a file is the code of a failure. */
export function isFailureCode(text: string): text is FailureCode {
  return Object.hasOwn(DEFAULTS, text);
}

/** Longest message of a failure, characters. */
const MAX_MESSAGE = 300;

export interface FailureDetails {
  readonly retry?: RetryClass;
  readonly scope?: FailureScope;
  readonly status?: number | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly requestId?: string | undefined;
  readonly partial?: string | undefined;
  readonly bytes?: string | undefined;
}

/** A failure with the defaults of its code; `redact` sees the message before it is cut, so that no half of a secret is left. */
export function failure(
  code: FailureCode,
  message: string,
  redact: (text: string) => string,
  details: FailureDetails = {},
): Failure {
  const [retry, scope] = DEFAULTS[code];
  return {
    kind: "failure",
    code,
    retry: details.retry ?? retry,
    scope: details.scope ?? scope,
    message: shown(redact(message)),
    ...(details.status !== undefined && { status: details.status }),
    ...(details.retryAfterMs !== undefined && { retryAfterMs: details.retryAfterMs }),
    ...(details.partial !== undefined && { partial: redact(details.partial) }),
    ...(details.bytes !== undefined && { bytes: details.bytes }),
    ...(details.requestId !== undefined && { requestId: shown(redact(details.requestId)).slice(0, 100) }),
  };
}

/** One line of at most 300 characters, without what a terminal would obey (C0, C1, bidirectional marks, line separators). */
function shown(text: string): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]+/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim();
  if (line.length <= MAX_MESSAGE) return line;
  return `${line
    .slice(0, MAX_MESSAGE - 1)
    .toWellFormed()
    .replace(/\ufffd$/, "")}…`;
}
