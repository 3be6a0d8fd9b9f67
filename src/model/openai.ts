/** Models behind OpenAI's API, or behind any server that speaks it: vLLM, llama-server, Together, Ollama. */
import type { OpenAI } from "openai";
import { ConfigError } from "../errors.ts";
import type { Model } from "../suite/model.ts";
import type { World } from "../suite/world.ts";
import { callProvider, PLACEHOLDER_KEY } from "./call.ts";
import { type Endpoint, OPENAI, resolveEndpoint } from "./endpoint.ts";
import { chatProtocol } from "./openai-chat.ts";
import { responsesProtocol } from "./openai-responses.ts";
import { describeProviderModel, type LazyClient, type ProviderOptions, wireLimits } from "./provider-model.ts";
import type { WireLimits } from "./wire.ts";

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
  const client = lazyClient(endpoint, wireLimits(options));
  const protocol =
    api === "chat" ? chatProtocol(id, endpoint, client, options.stream) : responsesProtocol(id, client, options.stream);
  const described = describeProviderModel("openai", api, id, options, endpoint, ["api"]);
  return {
    ...described,
    complete: (request, world) =>
      callProvider(protocol, { id, endpoint, parameters: described.parameters }, request, world),
  };
}

function lazyClient(endpoint: Endpoint, limits: WireLimits): LazyClient<OpenAI> {
  let client: Promise<OpenAI> | undefined;
  return (env) => {
    client ??= makeClient(endpoint, limits, env);
    return client;
  };
}

async function makeClient(endpoint: Endpoint, limits: WireLimits, env: World["env"]): Promise<OpenAI> {
  // Neither the SDK nor Node's HTTP has to be loaded where nothing is called.
  const [sdk, { createFetch }] = await Promise.all([import("openai"), import("./fetch.ts")]);
  return new sdk.OpenAI({
    apiKey: PLACEHOLDER_KEY,
    adminAPIKey: null,
    webhookSecret: null,
    organization: (endpoint.trusted ? env.OPENAI_ORG_ID : undefined) ?? null,
    project: (endpoint.trusted ? env.OPENAI_PROJECT_ID : undefined) ?? null,
    baseURL: endpoint.baseUrl.href.replace(/\/$/, ""),
    fetch: createFetch(endpoint.baseUrl, limits),
    maxRetries: 0,
    logLevel: "off",
  });
}
