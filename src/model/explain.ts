/** Turns what happened in an exchange into a failure: code, retry class, scope, and a message that says what to do. */
import { createRedactor } from "../redact.ts";
import type { Failure, FailureCode } from "../suite/completion.ts";
import type { Exchange } from "./exchange.ts";
import { failure } from "./failure.ts";
import type { Fault } from "./fault.ts";
import { meaningOf, meaningOfErrorBody, type ProviderError, parseProviderError } from "./provider-error.ts";
import { retryAfterMs } from "./retry-after.ts";

/** What a message may speak of. */
export interface Caller {
  readonly host: string;
  readonly modelId: string;
  readonly keyEnv: string | undefined;
  readonly key: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  readonly now: Date;
}

/** A failure for this caller. The redactor is made here, where things go wrong, and not on every call. */
export function fail(
  caller: Caller,
  code: FailureCode,
  message: string,
  details: Parameters<typeof failure>[3] = {},
): Failure {
  return failure(code, message, redactorFor(caller), details);
}

function redactorFor({ env, key }: Caller): (text: string) => string {
  const redactEnv = createRedactor(env);
  // The key's variable may have a name that does not sound like a secret.
  return (text) =>
    redactEnv(key !== undefined && key.length >= 4 ? text.replaceAll(key, () => `[key…${tail(key)}]`) : text);
}

/** Most bytes of a body without a text that are kept. */
const KEPT_BYTES = 64 * 1024;

/** Redacted as bytes (a key is ASCII) before Base64 would hide it. */
function keptBytes(caller: Caller, exchange: Exchange): string {
  const bytes = Buffer.concat(exchange.received).toString("latin1");
  return Buffer.from(redactorFor(caller)(bytes), "latin1").subarray(0, KEPT_BYTES).toString("base64");
}

/** Explains an exchange that ended without a whole answer. */
export function explainFault(caller: Caller, exchange: Exchange, fault: Fault): Failure {
  // A status of refusal stands, whatever became of its body.
  if (exchange.status !== undefined && exchange.status >= 400 && fault.kind !== "stopped") {
    return explainStatus(caller, exchange);
  }
  const { host } = caller;
  const requestId = requestIdOf(exchange);
  const { status, partial } = exchange;
  const details = { status, requestId, ...(partial !== undefined && partial !== "" && { partial }) };
  switch (fault.kind) {
    case "unreachable":
      if (fault.detail === "EMFILE" || fault.detail === "ENFILE") {
        const message = `no file descriptor was left for a connection (${fault.detail}): lower --concurrency, or raise ulimit -n`;
        return fail(caller, "unreachable", message);
      }
      return fail(caller, "unreachable", `cannot reach ${host} (${fault.detail}): check the address and the network`);
    case "untrusted":
      return fail(
        caller,
        "unreachable",
        `no trusted connection to ${host} (${fault.detail}): check its certificate, or name your own authority in NODE_EXTRA_CA_CERTS`,
      );
    case "lost":
      return fail(
        caller,
        "connection-lost",
        `${host} ended the connection before it answered (${fault.detail})`,
        details,
      );
    case "cut":
      return fail(caller, "cut-off", `answer of ${host} cut off: ${fault.detail}`, details);
    case "idle":
      return fail(caller, "timeout", `${host} stopped answering: ${fault.detail}`, details);
    case "too-large":
      return fail(caller, "too-large", `${fault.detail}: lower maxTokens`, details);
    case "bad-encoding":
      return fail(caller, "bad-encoding", `bad encoding: ${fault.detail}`, {
        ...details,
        bytes: keptBytes(caller, exchange),
      });
    case "redirect":
      return fail(
        caller,
        "redirect-refused",
        `redirect refused (${fault.detail}): name the final address as baseUrl`,
        details,
      );
    case "not-an-answer":
      return fail(caller, "not-an-answer", `not an answer: ${fault.detail}; check the base URL of ${host}`, details);
    case "stopped":
      return explainStop(caller, exchange);
  }
}

/** Explains an end that came from this side: the run's signal, or the call's deadline. */
export function explainStop(caller: Caller, exchange: Exchange): Failure {
  const retry = exchange.sent ? "maybe-paid" : "never-sent";
  if (exchange.signal.aborted) return fail(caller, "aborted", "stopped before the answer was whole", { retry });
  const seconds = caller.timeoutMs / 1000;
  return fail(
    caller,
    "timeout",
    `no whole answer from ${caller.host} in ${seconds} s: raise the timeout or lower maxTokens`,
    {
      retry,
      status: exchange.status,
      ...(exchange.partial !== undefined && exchange.partial !== "" && { partial: exchange.partial }),
    },
  );
}

/** Explains a status of 400 and above. */
export function explainStatus(caller: Caller, exchange: Exchange): Failure {
  const status = exchange.status ?? 0;
  const error = parseProviderError(exchange.text);
  return explainProviderError(caller, exchange, meaningOf(status, error), error);
}

/** Explains an error that came in the body of a status of success. */
export function explainErrorBody(caller: Caller, exchange: Exchange, error: ProviderError): Failure {
  return explainProviderError(caller, exchange, meaningOfErrorBody(error), error);
}

function explainProviderError(
  caller: Caller,
  exchange: Exchange,
  code: FailureCode,
  error: ProviderError | undefined,
): Failure {
  const wait = retryAfterMs((name) => exchange.header(name), caller.now);
  const waits = code === "rate-limited" || code === "overloaded" || code === "server-error";
  return fail(caller, code, say(caller, code, exchange.status ?? 0, error, waits ? wait : undefined), {
    status: exchange.status,
    requestId: requestIdOf(exchange),
    retryAfterMs: waits ? wait : undefined,
  });
}

function say(
  caller: Caller,
  code: FailureCode,
  status: number,
  error: ProviderError | undefined,
  wait: number | undefined,
): string {
  const { host, modelId, keyEnv, key } = caller;
  const said = error !== undefined && error.message !== "" ? `; it says: ${error.message}` : "";
  const name = error === undefined ? `status ${status}` : error.code || error.type || `status ${status}`;
  const asked = wait === undefined ? "" : `, provider asks to wait ${wait / 1000} s`;
  switch (code) {
    case "key-rejected":
      // Never what the provider says: it echoes the key.
      if (keyEnv === undefined) return `${host} wants a key: name the variable that holds it with keyEnv`;
      return `key ${keyEnv} rejected${key === undefined ? "" : ` (…${tail(key)})`}: check or renew it`;
    case "out-of-money":
      return `account out of money (${name}): add credit or raise the limit, then run again`;
    case "rate-limited":
      return `rate limited by ${host}${asked}`;
    case "overloaded":
      return `${host} is overloaded (${name})${asked}`;
    case "unreachable":
      return `a proxy on the way to ${host} wants a login (${status}): ask who runs the network, or run where the way is free`;
    case "server-error":
      return `${host} failed (${status})${asked}${said}`;
    case "timeout":
      return `${host} timed out (${status})${said}`;
    case "prompt-too-long":
      return `prompt too long for ${modelId}: shorten it or lower maxTokens${said}`;
    case "unknown-model":
      return `${host} does not know ${modelId} (${name}): check the model id and the base URL${said}`;
    case "forbidden":
      return `${host} does not allow ${modelId} with ${keyEnv ?? "no key"} (${name}): check the key's rights${said}`;
    case "not-an-answer":
      return `not an answer: an error with status ${status} (${name})${said}`;
    default:
      return `${host} refuses the request (${name}): mend the parameters${said}`;
  }
}

function requestIdOf(exchange: Exchange): string | undefined {
  return exchange.header("x-request-id") ?? exchange.header("request-id");
}

/** The last four characters, where enough others stay hidden. */
function tail(key: string): string {
  return key.length >= 12 ? key.slice(-4) : "";
}
