/** Models behind Anthropic's messages API. */
import type { Anthropic } from "@anthropic-ai/sdk";
import type { Model } from "../suite/model.ts";
import type { World } from "../suite/world.ts";
import { messagesProtocol } from "./anthropic-messages.ts";
import { callProvider, PLACEHOLDER_KEY } from "./call.ts";
import { ANTHROPIC, type Endpoint, resolveEndpoint } from "./endpoint.ts";
import { describeProviderModel, type LazyClient, type ProviderOptions, wireLimits } from "./provider-model.ts";
import type { WireLimits } from "./wire.ts";

export type AnthropicOptions = ProviderOptions;

/**
 * A model by its id, such as `claude-haiku-4-5`. Nothing is loaded or sent before the first call. Throws `ConfigError` for an address,
 * a key or a parameter that cannot be; parameters that the API does not have (`seed`, `reasoningEffort: "minimal"`) fail the call.
 */
export function anthropic(id: string, options: AnthropicOptions = {}): Model {
  return anthropicIn(process.env, id, options);
}

/** As `anthropic`, in a given environment. */
export function anthropicIn(env: World["env"], id: string, options: AnthropicOptions = {}): Model {
  const endpoint = withoutVersion(resolveEndpoint(ANTHROPIC, options, env));
  const protocol = messagesProtocol(id, lazyClient(endpoint, wireLimits(options)), options.stream);
  const described = describeProviderModel("anthropic", "messages", id, options, endpoint, []);
  return {
    ...described,
    complete: (request, world) =>
      callProvider(protocol, { id, endpoint, parameters: described.parameters }, request, world),
  };
}

/** The SDK adds `/v1` itself; people who know OpenAI's addresses write it too. */
function withoutVersion(endpoint: Endpoint): Endpoint {
  const baseUrl = new URL(endpoint.baseUrl);
  baseUrl.pathname = baseUrl.pathname.replace(/\/v1$/, "");
  return { ...endpoint, baseUrl };
}

function lazyClient(endpoint: Endpoint, limits: WireLimits): LazyClient<Anthropic> {
  let client: Promise<Anthropic> | undefined;
  return () => {
    client ??= makeClient(endpoint, limits);
    return client;
  };
}

async function makeClient(endpoint: Endpoint, limits: WireLimits): Promise<Anthropic> {
  // Neither the SDK nor Node's HTTP has to be loaded where nothing is called.
  const [sdk, { createFetch }] = await Promise.all([import("@anthropic-ai/sdk"), import("./fetch.ts")]);
  return new sdk.Anthropic({
    apiKey: PLACEHOLDER_KEY,
    webhookKey: null,
    baseURL: endpoint.baseUrl.href.replace(/\/$/, ""),
    fetch: createFetch(endpoint.baseUrl, limits),
    maxRetries: 0,
    logLevel: "off",
    openTelemetry: false,
  });
}
