/** Models behind OpenAI's API, or behind any server that speaks it: vLLM, llama-server, Together, Ollama. */
import type { OpenAI } from "openai";
import { ConfigError } from "../errors.ts";
import type { Model, Parameters, Price } from "../suite/model.ts";
import type { World } from "../suite/world.ts";
import { callProvider, PLACEHOLDER_KEY } from "./call.ts";
import { type Endpoint, OPENAI, resolveEndpoint } from "./endpoint.ts";
import { createFetch } from "./fetch.ts";
import { chatProtocol } from "./openai-chat.ts";
import { responsesProtocol } from "./openai-responses.ts";
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

export interface OpenAIOptions extends ProviderOptions {
  /** `chat` (default): chat completions, which every compatible server has. `responses`: OpenAI's newer API; answers are not stored there. */
  readonly api?: "chat" | "responses";
}

/**
 * A model by the id its server knows, such as `gpt-5.4-mini` or `ft:gpt-5.4-mini:acme::8x2`. Nothing is loaded or sent before the
 * first call. Throws `ConfigError` for an address, a key or a parameter that cannot be.
 */
export function openai(id: string, options: OpenAIOptions = {}): Model {
  return openaiIn(process.env, id, options);
}

/** As `openai`, in a given environment. */
export function openaiIn(env: World["env"], id: string, options: OpenAIOptions = {}): Model {
  const { api = "chat" } = options;
  if (api !== "chat" && api !== "responses") {
    throw new ConfigError("model-api", `openai("${id}"): no api ${JSON.stringify(api)}`, {
      place: { path: "api" },
      fix: 'Write "chat" or "responses".',
    });
  }
  const endpoint = resolveEndpoint(OPENAI, options, env);
  const client = lazyClient(endpoint);
  const protocol = api === "chat" ? chatProtocol(id, endpoint, client) : responsesProtocol(id, client);
  const described = describeProviderModel("openai", api, id, options, endpoint, ["api"]);
  return {
    ...described,
    complete: (request, world) =>
      callProvider(protocol, { id, endpoint, parameters: described.parameters }, request, world),
  };
}

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

/** Gives the SDK's client, made on the first call: importing it costs more than starting the command. */
export type LazyClient<Client> = (env: World["env"]) => Promise<Client>;

function lazyClient(endpoint: Endpoint): LazyClient<OpenAI> {
  let client: Promise<OpenAI> | undefined;
  return (env) => {
    client ??= makeClient(endpoint, env);
    return client;
  };
}

async function makeClient(endpoint: Endpoint, env: World["env"]): Promise<OpenAI> {
  const sdk = await import("openai");
  return new sdk.OpenAI({
    apiKey: PLACEHOLDER_KEY,
    adminAPIKey: null,
    webhookSecret: null,
    organization: (endpoint.trusted ? env.OPENAI_ORG_ID : undefined) ?? null,
    project: (endpoint.trusted ? env.OPENAI_PROJECT_ID : undefined) ?? null,
    baseURL: endpoint.baseUrl.href.replace(/\/$/, ""),
    fetch: createFetch(endpoint.baseUrl),
    maxRetries: 0,
    logLevel: "off",
  });
}
