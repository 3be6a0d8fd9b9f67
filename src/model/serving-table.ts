/**
 * What providers publish on serving cheaper: from how many tokens on a prompt's beginning is cached, and what a batch saves. Data with a day
 * and a source; users overrule a row with `price: { cacheMinimumTokens, batchDiscount }`.
 */
import type { Model } from "../suite/model.ts";

/** A published figure. */
export interface Published {
  readonly value: number;
  /** ISO day on which it was read; absent for what the suite states. */
  readonly asOf?: string;
  readonly source: string;
}

/** `undefined` where nothing is published, or nothing is known of who serves the model. */
export type MaybePublished = Published | undefined;

const AS_OF = "2026-11-24";
const GATEWAY = "docs.orq.ai/docs/proxy/prompt-caching (third party)";

const openaiMinimum: Published = { value: 1024, asOf: AS_OF, source: "OpenAI's guide to prompt caching" };
const anthropicMinimum = (value: number): Published => ({ value, asOf: AS_OF, source: GATEWAY });

/** Tokens from which on a prompt's beginning is cached, by the beginning of the model's id: the longest that fits counts. */
export const CACHE_MINIMUMS: Readonly<Record<"openai" | "anthropic", Readonly<Record<string, Published>>>> = {
  openai: { "": openaiMinimum },
  anthropic: {
    "claude-opus-4-6": anthropicMinimum(4096),
    "claude-opus-4-5": anthropicMinimum(4096),
    "claude-haiku-4-5": anthropicMinimum(4096),
    "claude-sonnet-4-6": anthropicMinimum(2048),
    "claude-sonnet-4-5": anthropicMinimum(1024),
    "claude-opus-4-1": anthropicMinimum(1024),
  },
};

/** Share of the price that a batch saves. */
export const BATCH_DISCOUNTS: Readonly<Record<"openai" | "anthropic", Published>> = {
  openai: { value: 0.5, asOf: AS_OF, source: "OpenAI's guide to its batch API" },
  anthropic: { value: 0.5, asOf: AS_OF, source: "Anthropic's page on message batches" },
};

const HOSTS: Readonly<Record<string, "openai" | "anthropic">> = {
  "api.openai.com": "openai",
  "api.anthropic.com": "anthropic",
};

/** Fewest tokens at a prompt's beginning that the provider caches. */
export function cacheMinimumOf(model: Model): MaybePublished {
  const own = model.price?.cacheMinimumTokens;
  if (own !== undefined) return stated(own);
  const vendor = vendorOf(model);
  if (vendor === undefined) return undefined;
  const rows = Object.entries(CACHE_MINIMUMS[vendor]).filter(([start]) => beginsWith(model.id, start));
  return rows.sort(([a], [b]) => b.length - a.length)[0]?.[1];
}

/** Share of the price, in [0, 1], that is saved where answers may wait. */
export function batchDiscountOf(model: Model): MaybePublished {
  const own = model.price?.batchDiscount;
  if (own !== undefined) return stated(own);
  const vendor = vendorOf(model);
  return vendor === undefined ? undefined : BATCH_DISCOUNTS[vendor];
}

function stated(value: number): Published {
  return { value, source: "stated by the suite" };
}

/** Who serves it: the SDKs also speak to servers of other people, of whom nothing is published here. */
function vendorOf({ identity }: Model): "openai" | "anthropic" | undefined {
  const { baseUrl } = identity;
  if (typeof baseUrl !== "string" || !URL.canParse(baseUrl)) return undefined;
  const { hostname } = new URL(baseUrl);
  return Object.hasOwn(HOSTS, hostname) ? HOSTS[hostname] : undefined;
}

/** `claude-opus-4-5` begins `claude-opus-4-5-20251101`, and not `claude-opus-4-55`. */
function beginsWith(id: string, start: string): boolean {
  return start === "" || id === start || id.startsWith(`${start}-`);
}
