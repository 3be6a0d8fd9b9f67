/** What models behind a provider share: their options, and what they tell of themselves. */
import { ConfigError } from "../errors.ts";
import type { Model, Parameters, Price } from "../suite/model.ts";
import type { World } from "../suite/world.ts";
import type { Endpoint } from "./endpoint.ts";
import { checkFamily } from "./families.ts";
import { parametersJson, takeParameters } from "./parameters.ts";
import { checkPrice, priceOf } from "./prices.ts";
import type { WireLimits } from "./wire.ts";

/** Options of a model behind a provider, beside the decoding parameters. */
export interface ProviderOptions extends Parameters {
  /** Default: the environment's (`OPENAI_BASE_URL`, `ANTHROPIC_BASE_URL`), else the vendor's. https, except on loopback. */
  readonly baseUrl?: string;
  /** Name of the variable that holds the key. Must be named for a host that the suite itself brings in; not needed on loopback. */
  readonly keyEnv?: string;
  /** Overrules the table; needed for tuned models and for other hosts, whose cost is unknown otherwise. */
  readonly price?: Price;
  /** Most calls at once for the account. */
  readonly concurrency?: number;
  /** Ask for answers as streams: a slow server then shows that it is at work. Changes no answer, and is no part of a call's key. */
  readonly stream?: boolean;
  readonly timeouts?: Timeouts;
  /** What the model was made from, such as "llama", where its id does not tell: a judge should be of another family than what it grades. Changes no key. */
  readonly family?: string;
}

/** How long a call is waited for, milliseconds above 0. */
export interface Timeouts {
  /** From the request to the last byte; default 120,000. */
  readonly totalMs?: number;
  /** Longest silence inside of an answer; default 60,000. */
  readonly idleMs?: number;
  /** DNS, TCP and TLS together; default 10,000. */
  readonly connectMs?: number;
}

/** What the wire is told of a model's timeouts. */
export function wireLimits({ timeouts: { idleMs, connectMs } = {} }: ProviderOptions): WireLimits {
  return { ...(idleMs !== undefined && { idleMs }), ...(connectMs !== undefined && { connectMs }) };
}

/** Gives the SDK's client, made on the first call: importing it costs more than starting the command. */
export type LazyClient<Client> = (env: World["env"]) => Promise<Client>;

/** What a provider's model tells of itself. Throws `ConfigError` for wrong options. */
export function describeProviderModel(
  provider: "openai" | "anthropic",
  api: string,
  id: string,
  options: ProviderOptions,
  endpoint: Endpoint,
  others: readonly string[],
): Omit<Model, "complete"> {
  const where = `${provider}(${JSON.stringify(id)})`;
  if (typeof id !== "string" || id.trim() === "") {
    throw new ConfigError("model-id", `${provider}(): no model id`, {
      fix: 'Name a model, such as openai("gpt-5.4-mini").',
    });
  }
  const { price = endpoint.servedBy && priceOf(endpoint.servedBy, id), concurrency } = options;
  if (concurrency !== undefined && !(Number.isSafeInteger(concurrency) && concurrency >= 1)) {
    throw new ConfigError("model-concurrency", `${where}: concurrency is ${concurrency}`, {
      place: { path: "concurrency" },
      fix: "Write a whole number of at least 1.",
    });
  }
  checkTransport(where, options);
  checkFamily(where, options.family);
  if (options.price !== undefined) checkPrice(where, options.price);
  const parameters = takeParameters(where, { ...options }, [
    ...others,
    ...["baseUrl", "keyEnv", "price", "concurrency", "stream", "timeouts", "family"],
  ]);
  return {
    provider,
    id,
    ...(options.family !== undefined && { family: options.family }),
    account: `${provider}:${endpoint.host}:${endpoint.keyEnv ?? "no key"}`,
    identity: { provider, api, baseUrl: endpoint.baseUrl.href, id, parameters: parametersJson(parameters) },
    parameters,
    answers: "paid",
    ...(price !== undefined && { price }),
    ...(concurrency !== undefined && { concurrency }),
    ...(options.timeouts?.totalMs !== undefined && { timeoutMs: options.timeouts.totalMs }),
    ...(endpoint.keyEnv !== undefined && { keyEnv: endpoint.keyEnv }),
  };
}

const TIMEOUTS: ReadonlySet<string> = new Set(["totalMs", "idleMs", "connectMs"] satisfies (keyof Timeouts)[]);
/** Longest that a timer can wait, milliseconds. */
const LONGEST_MS = 2 ** 31 - 1;

function checkTransport(where: string, { stream, timeouts = {} }: ProviderOptions): void {
  if (stream !== undefined && typeof stream !== "boolean") {
    throw new ConfigError("model-stream", `${where}: stream is ${JSON.stringify(stream)}`, {
      place: { path: "stream" },
      fix: "Write true or false.",
    });
  }
  for (const [name, value] of Object.entries(timeouts)) {
    if (TIMEOUTS.has(name) && typeof value === "number" && value > 0 && value <= LONGEST_MS) continue;
    throw new ConfigError("model-timeouts", `${where}: timeouts.${name} is ${JSON.stringify(value)}`, {
      place: { path: `timeouts.${name}` },
      fix: "Write milliseconds above 0 for totalMs, idleMs or connectMs.",
    });
  }
}
