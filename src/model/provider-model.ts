/** What models behind a provider share: their options, and what they tell of themselves. */
import { ConfigError } from "../errors.ts";
import type { Model, Parameters, Price } from "../suite/model.ts";
import type { World } from "../suite/world.ts";
import type { Endpoint } from "./endpoint.ts";
import { parametersJson, takeParameters } from "./parameters.ts";
import { checkPrice, priceOf } from "./prices.ts";

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
  if (options.price !== undefined) checkPrice(where, options.price);
  const parameters = takeParameters(where, { ...options }, [...others, "baseUrl", "keyEnv", "price", "concurrency"]);
  return {
    provider,
    id,
    account: `${provider}:${endpoint.host}:${endpoint.keyEnv ?? "no key"}`,
    identity: { provider, api, baseUrl: endpoint.baseUrl.href, id, parameters: parametersJson(parameters) },
    parameters,
    answers: "paid",
    ...(price !== undefined && { price }),
    ...(concurrency !== undefined && { concurrency }),
    ...(endpoint.keyEnv !== undefined && { keyEnv: endpoint.keyEnv }),
  };
}
