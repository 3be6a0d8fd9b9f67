/** One call to a provider through its SDK: key, exchange, deadline, and whatever happens as a value. */
import { rememberKey } from "../known-keys.ts";
import type { Answer, Completion, Finish, Usage } from "../suite/completion.ts";
import type { ModelRequest, Parameters } from "../suite/model.ts";
import type { World } from "../suite/world.ts";
import type { Endpoint } from "./endpoint.ts";
import { Exchange } from "./exchange.ts";
import { type Caller, explainErrorBody, explainFault, explainStatus, explainStop, fail } from "./explain.ts";
import { wrongParameter } from "./parameters.ts";
import { readProviderError } from "./provider-error.ts";
import type { NewAssembly } from "./streamed.ts";

/** What a body of a right shape says; `problem` when the shape is not right. */
export type Read =
  | {
      readonly text: string;
      readonly finish: Finish;
      readonly usage: Usage | undefined;
      readonly modelId: string | undefined;
    }
  | { readonly problem: string };

/** What the SDKs take beside the body of a request; `client` brings the exchange to our fetch. */
export interface SendOptions {
  readonly timeout: number;
  readonly maxRetries: 0;
  readonly fetchOptions: Pick<RequestInit, "redirect"> & { readonly client: Exchange };
}

/** How one protocol is spoken. */
export interface Protocol {
  /** The parameter that the protocol has no word for, if one is set: dropping it silently would measure something else. */
  readonly unsupported: (parameters: Parameters) => string | undefined;
  readonly send: (
    request: { readonly messages: ModelRequest["messages"]; readonly parameters: Parameters },
    options: SendOptions,
    env: World["env"],
  ) => Promise<unknown>;
  readonly read: (body: unknown) => Read;
  /** Present where answers are asked for as streams. */
  readonly stream?: NewAssembly;
  /** Headers that carry the key. */
  readonly secrets: (key: string) => Readonly<Record<string, string>>;
}

/** What the SDKs are told the key is; the real one joins in our fetch, for one origin only. */
export const PLACEHOLDER_KEY = "held-by-gapcheck";

/** Sends exactly one request, or none. Never throws for what the provider, the network or a parameter does. */
export async function callProvider(
  protocol: Protocol,
  model: { readonly id: string; readonly endpoint: Endpoint; readonly parameters: Parameters },
  request: ModelRequest,
  world: World,
): Promise<Completion> {
  const { endpoint, id } = model;
  const key = endpoint.keyEnv === undefined ? undefined : world.env[endpoint.keyEnv];
  // It may have been set since the model was made.
  if (endpoint.keyEnv !== undefined) rememberKey(endpoint.keyEnv, key);
  const caller: Caller = {
    host: endpoint.host,
    modelId: id,
    keyEnv: endpoint.keyEnv,
    key,
    env: world.env,
    timeoutMs: request.timeoutMs,
    now: world.now(),
  };
  const exchange = new Exchange({
    secrets: key === undefined ? {} : protocol.secrets(key),
    signal: request.signal,
    monotonicMs: world.monotonicMs,
    stream: protocol.stream,
  });
  if (request.signal.aborted) return explainStop(caller, exchange);
  const keyProblem = checkKey(caller);
  if (keyProblem !== undefined) return keyProblem;
  const parameters = { ...model.parameters, ...request.parameters };
  const problem = parameterProblem(protocol, parameters);
  if (problem !== undefined) return fail(caller, "bad-request", problem, { scope: "target" });

  let body: unknown;
  try {
    body = await protocol.send({ messages: request.messages, parameters }, sendOptions(request, exchange), world.env);
  } catch (thrown) {
    return explainThrown(caller, exchange, thrown);
  }
  return readAnswer(protocol, caller, exchange, body);
}

function sendOptions(request: ModelRequest, exchange: Exchange): SendOptions {
  return {
    timeout: Math.max(1, Math.ceil(request.timeoutMs)),
    maxRetries: 0,
    fetchOptions: { redirect: "error", client: exchange },
  };
}

function checkKey(caller: Caller): Completion | undefined {
  const { keyEnv, key } = caller;
  if (keyEnv === undefined) return undefined;
  if (key === undefined || key === "") {
    return fail(caller, "key-missing", `${keyEnv} is not set: put the key for ${caller.host} there`);
  }
  if (/^[\x21-\x7e]+$/.test(key)) return undefined;
  return fail(
    caller,
    "key-rejected",
    `${keyEnv} holds a space, a line break or another character that no key has: set it again`,
  );
}

function parameterProblem(protocol: Protocol, parameters: Parameters): string | undefined {
  const wrong = wrongParameter(parameters);
  return wrong === undefined ? protocol.unsupported(parameters) : `${wrong.name} ${wrong.problem}: ${wrong.fix}`;
}

function readAnswer(protocol: Protocol, caller: Caller, exchange: Exchange, body: unknown): Completion {
  const read = protocol.read(body);
  if ("problem" in read) {
    const error = readProviderError(body);
    if (error !== undefined) return explainErrorBody(caller, exchange, error);
    return explainFault(caller, exchange, { kind: "not-an-answer", detail: read.problem });
  }
  const { text, finish, usage, modelId } = read;
  const { latencyMs } = exchange;
  const requestId = exchange.header("x-request-id") ?? exchange.header("request-id");
  const answer: Answer = {
    kind: "answer",
    text,
    finish,
    ...(usage !== undefined && { usage }),
    ...(latencyMs !== undefined && { latencyMs }),
    ...(modelId !== undefined && { modelId }),
    ...(requestId !== undefined && { requestId }),
  };
  return answer;
}

/** The exchange knows better than the error that the SDK made of it. */
function explainThrown(caller: Caller, exchange: Exchange, thrown: unknown): Completion {
  if (exchange.fault !== undefined) return explainFault(caller, exchange, exchange.fault);
  if (exchange.status !== undefined && exchange.status >= 400) return explainStatus(caller, exchange);
  const words = thrown instanceof Error ? thrown.message : String(thrown);
  if (exchange.text !== undefined) {
    return explainFault(caller, exchange, isTorn(exchange) ? TORN : { kind: "not-an-answer", detail: "not JSON" });
  }
  return fail(caller, "bad-request", `the request could not be made: ${words}`, { scope: "target" });
}

const TORN = { kind: "cut", detail: "the JSON ends early" } as const;

/** Without a length nor chunks, only the JSON itself can tell that a connection ended too early. */
function isTorn(exchange: Exchange): boolean {
  const framed = exchange.header("content-length") !== undefined || exchange.header("transfer-encoding") !== undefined;
  return !framed && !/[}\]]\s*$/.test(exchange.text ?? "");
}
