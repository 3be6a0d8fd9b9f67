/** Everything a provider may do wrong, as data: each is one row of the acceptance list, by name or as an object. */
import type { StubError, StubFinish, StubRequest, StubUsage } from "./protocols.ts";

/**
 * How a stream goes wrong: `cut` ends after three events, `reset` and `hang` too but not in order; `error` and `quota` are error events;
 * `bad-json` is an event that is no JSON. The others are odd, but legal: `split` tears characters between chunks, `crlf` ends lines so,
 * `comments` fills in lines that say nothing, `long-line` brings 1 MB in one event.
 */
export type StreamFault =
  | "cut"
  | "reset"
  | "hang"
  | "error"
  | "quota"
  | "bad-json"
  | "split"
  | "crlf"
  | "comments"
  | "long-line";

export type Misbehaviour =
  /** An HTTP error in the protocol's own shape; `body` replaces it. */
  | {
      readonly kind: "error";
      readonly error: StubError;
      readonly headers?: Readonly<Record<string, string>>;
      /** Retry-After as a time of day, so many milliseconds from the answer or up to a second more. */
      readonly againInMs?: number;
      readonly echoKey?: true;
    }
  /** Status 200 (or another) with this text and content type. */
  | { readonly kind: "body"; readonly text: string; readonly type: string; readonly status?: number }
  /** Status 200 with an error of the protocol's own shape in the body. */
  | { readonly kind: "error-body"; readonly error: StubError }
  /** A right answer, altered. */
  | {
      readonly kind: "answer";
      readonly text?: string | null;
      readonly finish?: StubFinish;
      readonly usage?: StubUsage | "missing";
      readonly model?: string;
    }
  /** A right answer compressed. */
  | { readonly kind: "encoded"; readonly encoding: "gzip" | "deflate" | "br" }
  /** So many bytes of answer, plain or compressed to almost nothing. */
  | { readonly kind: "huge"; readonly bytes: number; readonly encoding?: "gzip" }
  /** Bytes that are not UTF-8, inside of an answer. */
  | { readonly kind: "bad-utf8" }
  /** The connection ends (FIN), or is reset (RST), before the headers or in the body. */
  | { readonly kind: "drop"; readonly where: "headers" | "body"; readonly how: "fin" | "rst" }
  /** Nothing more comes, before the headers or in the body. */
  | { readonly kind: "hang"; readonly where: "headers" | "body" }
  /** The answer comes one byte at a time. */
  | { readonly kind: "drip"; readonly everyMs: number }
  /** Of a stream only: other requests are answered as they should be. */
  | { readonly kind: "stream"; readonly how: StreamFault }
  | { readonly kind: "redirect"; readonly to: string; readonly status?: 301 | 302 | 303 | 307 | 308 };

const error = (
  status: number,
  message: string,
  more: { code?: string; type?: string; headers?: Readonly<Record<string, string>>; echoKey?: true } = {},
): Extract<Misbehaviour, { kind: "error" }> => ({
  kind: "error",
  error: {
    status,
    message,
    ...(more.code !== undefined && { code: more.code }),
    ...(more.type !== undefined && { type: more.type }),
  },
  ...(more.headers && { headers: more.headers }),
  ...(more.echoKey && { echoKey: true }),
});

const limited = (headers: Readonly<Record<string, string>>) =>
  error(429, "Rate limit reached for requests", { type: "rate_limit_error", code: "rate_limit_exceeded", headers });

const PAGE = "<!doctype html><html><title>Sign in</title><body>Please sign in to the network</body></html>";

/** Text that a terminal, a page or a parser may trip over, all of it legal in JSON. */
export const ODD_TEXT = "nul \u0000 esc \u001b[31mred\u001b[0m line\u2028sep bidi \u202e lone \ud800 end";

/** By name, as the command line of the stub takes them. */
export const misbehaviours = {
  "rate-limit": limited({}),
  "retry-after": limited({ "retry-after": "1" }),
  "retry-after-decimal": limited({ "retry-after": "1.5" }),
  "retry-after-ms": limited({ "retry-after-ms": "250" }),
  "retry-after-long": limited({ "retry-after": "3600" }),
  "retry-after-date": { ...limited({}), againInMs: 1_000 },
  "rate-reset": limited({ "x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "6m0s" }),
  "slow-down": error(429, "Slow down", { code: "slow_down" }),
  "overloaded-503": error(503, "The server is overloaded", { code: "server_is_overloaded", type: "server_error" }),
  "overloaded-529": error(529, "Overloaded", { type: "overloaded_error" }),
  quota: error(429, "You exceeded your current quota", { code: "insufficient_quota", type: "insufficient_quota" }),
  "hard-limit": error(429, "Billing hard limit has been reached", { code: "billing_hard_limit_reached" }),
  "billing-inactive": error(429, "Your account is not active", { code: "billing_not_active" }),
  payment: error(402, "Payment required", { type: "billing_error" }),
  "low-credit": error(400, "Your credit balance is too low to access the API", { type: "invalid_request_error" }),
  "spend-limit": error(400, "You have reached your specified API usage limits", { type: "invalid_request_error" }),
  unauthorized: error(401, "Incorrect API key provided", {
    code: "invalid_api_key",
    type: "authentication_error",
    echoKey: true,
  }),
  forbidden: error(403, "You are not allowed to sample from this model", { type: "permission_error" }),
  "no-model": error(404, "The model does not exist", { code: "model_not_found", type: "not_found_error" }),
  overflow: error(400, "This model's maximum context length is 128000 tokens, your messages resulted in 140000", {
    code: "context_length_exceeded",
  }),
  "overflow-anthropic": error(400, "prompt is too long: 208310 tokens > 200000 maximum", {
    type: "invalid_request_error",
  }),
  "too-large": error(413, "Request exceeds the maximum size", { type: "request_too_large" }),
  "bad-request": error(400, "Invalid value for 'temperature'", { code: "invalid_value" }),
  unprocessable: error(422, "Unprocessable", {}),
  conflict: error(409, "Conflict", {}),
  "request-timeout": error(408, "Request timed out", {}),
  "500": error(500, "The server had an error", { type: "server_error" }),
  "502": { kind: "body", text: PAGE, type: "text/html", status: 502 },
  "504": error(504, "Gateway timeout", { type: "timeout_error" }),
  reset: { kind: "drop", where: "headers", how: "rst" },
  "fin-before-headers": { kind: "drop", where: "headers", how: "fin" },
  "fin-in-body": { kind: "drop", where: "body", how: "fin" },
  "rst-in-body": { kind: "drop", where: "body", how: "rst" },
  hang: { kind: "hang", where: "headers" },
  "hang-in-body": { kind: "hang", where: "body" },
  drip: { kind: "drip", everyMs: 50 },
  redirect: { kind: "redirect", to: "http://elsewhere.invalid/v1" },
  "proxy-login": { kind: "body", text: PAGE, type: "text/html", status: 407 },
  html: { kind: "body", text: PAGE, type: "text/html; charset=utf-8" },
  empty: { kind: "body", text: "", type: "application/json" },
  "not-json": { kind: "body", text: '{"id":"x","choices":[', type: "application/json" },
  "wrong-type": { kind: "body", text: '{"choices":[]}', type: "text/plain" },
  "json-array": { kind: "body", text: "[1,2]", type: "application/json" },
  "no-choices": { kind: "body", text: '{"id":"x","object":"chat.completion","choices":[]}', type: "application/json" },
  "error-body": { kind: "error-body", error: { status: 529, message: "Overloaded", type: "overloaded_error" } },
  "error-body-other": { kind: "error-body", error: { status: 400, message: "Something odd", type: "api_odd" } },
  "null-content": { kind: "answer", text: null },
  "empty-content": { kind: "answer", text: "" },
  "cut-json": { kind: "answer", text: '{"a":' },
  length: { kind: "answer", finish: "length" },
  filtered: { kind: "answer", finish: "filtered" },
  refusal: { kind: "answer", finish: "refusal", text: "I cannot help with that." },
  "no-usage": { kind: "answer", usage: "missing" },
  "zero-usage": { kind: "answer", usage: { input: 0, output: 0 } },
  "other-model": { kind: "answer", model: "another-model-2026-01-01" },
  "odd-text": { kind: "answer", text: ODD_TEXT },
  gzip: { kind: "encoded", encoding: "gzip" },
  deflate: { kind: "encoded", encoding: "deflate" },
  br: { kind: "encoded", encoding: "br" },
  huge: { kind: "huge", bytes: 50 * 1024 * 1024 },
  bomb: { kind: "huge", bytes: 200 * 1024 * 1024, encoding: "gzip" },
  "bad-utf8": { kind: "bad-utf8" },
  "stream-cut": { kind: "stream", how: "cut" },
  "stream-reset": { kind: "stream", how: "reset" },
  "stream-hang": { kind: "stream", how: "hang" },
  "stream-error": { kind: "stream", how: "error" },
  "stream-quota": { kind: "stream", how: "quota" },
  "stream-bad-json": { kind: "stream", how: "bad-json" },
  "stream-split": { kind: "stream", how: "split" },
  "stream-crlf": { kind: "stream", how: "crlf" },
  "stream-comments": { kind: "stream", how: "comments" },
  "stream-long-line": { kind: "stream", how: "long-line" },
} as const satisfies Readonly<Record<string, Misbehaviour>>;

export type MisbehaviourName = keyof typeof misbehaviours;

export function isMisbehaviourName(name: string): name is MisbehaviourName {
  return Object.hasOwn(misbehaviours, name);
}

/** When a named misbehaviour happens, by the request's number and the model that is asked. */
export type Plan = (n: number, request: Pick<StubRequest, "model">) => Misbehaviour | undefined;

/**
 * Reads `NAME`, `NAME@3`, `NAME@3-5`, `NAME@3+`, `NAME@every:3` or `NAME@model:ID`; several plans are asked in order, the first that answers wins.
 * Throws an `Error` that lists the names when one is unknown.
 */
export function parsePlan(texts: readonly string[]): Plan {
  const plans = texts.map((text) => {
    const [, name = "", when = "1+"] = /^([^@]*)(?:@(.*))?$/s.exec(text) ?? [];
    if (!isMisbehaviourName(name)) {
      throw new Error(`no misbehaviour ${JSON.stringify(name)}; there are: ${Object.keys(misbehaviours).join(", ")}`);
    }
    return { what: misbehaviours[name], hits: parseWhen(when) };
  });
  return (n, { model }) => plans.find((plan) => plan.hits(n, model))?.what;
}

function parseWhen(text: string): (n: number, model: string) => boolean {
  const asked = /^model:(.+)$/.exec(text)?.[1];
  if (asked !== undefined) return (_, model) => model === asked;
  const every = /^every:(\d+)$/.exec(text);
  if (every && Number(every[1]) < 1) throw new Error(`@${text} never comes: write @every:1 for each request`);
  if (every) return (n) => n % Number(every[1]) === 0;
  const range = /^(\d+)(?:(\+)|-(\d+))?$/.exec(text);
  if (!range) throw new Error(`cannot read ${JSON.stringify(text)}: write @3, @3-5, @3+, @every:3 or @model:ID`);
  const first = Number(range[1]);
  const last = range[2] === "+" ? Number.POSITIVE_INFINITY : Number(range[3] ?? first);
  if (first < 1 && last < 1) throw new Error(`@${text} never comes: the first request is @1`);
  if (last < first) throw new Error(`@${text} never comes: write the smaller number first, @${last}-${first}`);
  return (n) => n >= first && n <= last;
}
