/** What a call costs: known, estimated and marked as such, or unknown with a reason. Never 0 for want of a figure. */
import { ConfigError } from "../errors.ts";
import type { Completion, Cost, Failure, Usage } from "../suite/completion.ts";
import type { Message, Parameters, Price, Rates } from "../suite/model.ts";
import { DEFAULT_MAX_TOKENS } from "./parameters.ts";
import { PRICES, type Vendor } from "./prices-table.ts";

/** Older tables are told of. */
const STALE_AFTER_DAYS = 90;

/** Bytes of UTF-8 that one token is taken for where nobody counted; four characters of English. */
const BYTES_PER_TOKEN = 4;

/** Tokens that a chat template adds to each message, and once to a call; generous. */
const TEMPLATE_TOKENS = 16;

/**
 * Price of a vendor's model by its id: the row of that id, or of the family when the id is a dated snapshot of it
 * (`gpt-5.4-mini-2026-03-17`, `claude-haiku-4-5-20251001`). Undefined for everything else, tuned models (`ft:…`) above all: they
 * cost more than their base.
 */
export function priceOf(vendor: Vendor, id: string): Price | undefined {
  const rows = PRICES[vendor];
  const family = id.replace(/-(?:\d{4}-\d\d-\d\d|\d{8}|latest)$/, "");
  const name = Object.hasOwn(rows, id) ? id : family;
  return Object.hasOwn(rows, name) ? rows[name] : undefined;
}

/**
 * What one completion cost, US dollars. A failure that was never sent or was refused cost nothing; any other may have been paid, so its
 * cost is unknown. An answer without usage is estimated from the length of `messages` and text, where `messages` are given.
 */
export function costOf(completion: Completion, price: Price | undefined, messages?: readonly Message[]): Cost {
  if (completion.kind === "failure") {
    if (price !== undefined && isFree(price)) return known(0);
    const free = completion.retry === "never-sent" || (completion.retry === "final" && refused(completion));
    return free ? known(0) : unknown(`failed (${completion.code}), and may have been paid`);
  }
  if (price === undefined) return unknown("no price for the model");
  if (isFree(price)) return known(0);
  if (completion.usage !== undefined) return usageCost(completion.usage, price);
  if (messages === undefined) return unknown("the provider did not say how many tokens it used");
  const input = promptTokensEstimate(messages);
  return estimated(usageCost({ input, output: estimateTokens(completion.text) }, price));
}

/** Tokens of a prompt by its length, where nobody counted. */
export function promptTokensEstimate(messages: readonly Message[]): number {
  return estimateTokens(messages.map((message) => message.content).join("\n"));
}

/**
 * What so many tokens cost, US dollars. Where the price has no rate for cached tokens or for writing the cache, the input's own rate is
 * taken and the figure marked as estimated. A price of `longContext` holds for the whole of a call above its length.
 */
export function usageCost(usage: Usage, price: Price): Cost {
  const { input, output, cachedInput = 0, cacheWriteInput = 0 } = usage;
  const fresh = input - cachedInput - cacheWriteInput;
  const counts = [fresh, output, cachedInput, cacheWriteInput];
  if (!counts.every((count) => Number.isFinite(count) && count >= 0)) return unknown("the usage contradicts itself");
  const rates = ratesFor(price, input);
  const { inputPerMillion, outputPerMillion, cachedInputPerMillion, cacheWritePerMillion } = rates;
  const usd =
    (fresh * inputPerMillion +
      cachedInput * (cachedInputPerMillion ?? inputPerMillion) +
      cacheWriteInput * (cacheWritePerMillion ?? inputPerMillion) +
      output * outputPerMillion) /
    1_000_000;
  const guessed =
    (cachedInput > 0 && cachedInputPerMillion === undefined) ||
    (cacheWriteInput > 0 && cacheWritePerMillion === undefined);
  return guessed ? estimated(known(usd)) : known(usd);
}

/**
 * The most that a call can cost, for reserving a budget: every byte of the prompt one token (byte-level tokenizers make no token of less
 * than a byte, so that this is a true upper bound), what a chat template and a schema add, and the longest answer allowed, each at the
 * highest rate that may apply.
 */
export function worstCost(messages: readonly Message[], parameters: Parameters, price: Price | undefined): Cost {
  if (price === undefined) return unknown("no price for the model");
  const { maxTokens = DEFAULT_MAX_TOKENS, schema, extra } = parameters;
  const prompt = messages.reduce(
    (sum, { content }) => sum + Buffer.byteLength(content) + TEMPLATE_TOKENS,
    TEMPLATE_TOKENS,
  );
  const added = [schema, extra].reduce(
    (sum, part) => sum + (part === undefined ? 0 : Buffer.byteLength(JSON.stringify(part))),
    0,
  );
  const input = prompt + added;
  const all =
    price.longContext === undefined || input <= price.longContext.above ? [price] : [price, price.longContext];
  const usd =
    Math.max(...all.map((rates) => input * highestInput(rates) + maxTokens * rates.outputPerMillion)) / 1_000_000;
  return known(usd);
}

/** Refuses a user's price that is no price. Throws `ConfigError` (`price-invalid`). */
export function checkPrice(where: string, price: Price): void {
  const { inputPerMillion, outputPerMillion, cachedInputPerMillion, cacheWritePerMillion, asOf, longContext } = price;
  const rates = { inputPerMillion, outputPerMillion, cachedInputPerMillion, cacheWritePerMillion };
  for (const [name, rate] of Object.entries(rates)) {
    const needed = name === "inputPerMillion" || name === "outputPerMillion";
    if (rate === undefined ? !needed : Number.isFinite(rate) && rate >= 0) continue;
    throw new ConfigError("price-invalid", `${where}: price.${name} is ${rate}`, {
      place: { path: `price.${name}` },
      fix: "Write US dollars per million tokens, at least 0.",
    });
  }
  checkServing(where, price);
  if (!/^\d{4}-\d\d-\d\d$/.test(asOf ?? "") || Number.isNaN(Date.parse(asOf))) {
    throw new ConfigError("price-invalid", `${where}: price.asOf is ${JSON.stringify(asOf)}`, {
      place: { path: "price.asOf" },
      fix: 'Write the day on which the price was read, such as "2026-11-24".',
    });
  }
  if (longContext !== undefined) checkPrice(`${where}, longContext`, { ...longContext, asOf, source: price.source });
}

function checkServing(where: string, { cacheMinimumTokens, batchDiscount }: Price): void {
  const wrong = (name: string, value: number, fix: string) =>
    new ConfigError("price-invalid", `${where}: price.${name} is ${value}`, { place: { path: `price.${name}` }, fix });
  if (cacheMinimumTokens !== undefined && !(Number.isFinite(cacheMinimumTokens) && cacheMinimumTokens >= 0)) {
    throw wrong("cacheMinimumTokens", cacheMinimumTokens, "Write a number of tokens, at least 0.");
  }
  if (batchDiscount !== undefined && !(batchDiscount >= 0 && batchDiscount <= 1)) {
    throw wrong("batchDiscount", batchDiscount, "Write the share that is saved: 0.5 for half the price.");
  }
}

/**
 * A warning when the oldest of the prices in use is more than 90 days old on the given day; undefined while all are fresh. What costs nothing
 * does not age.
 */
export function stalePrices(prices: readonly Price[], today: Date): string | undefined {
  const oldest = oldestStale(prices, today);
  if (oldest === undefined) return undefined;
  const { days, asOf } = oldest;
  return `prices are ${days} days old (${asOf}): give the models a price of their own where cost matters`;
}

/** Day and age in whole days of the oldest price that is not free, where that is more than 90 days old. */
export function oldestStale(
  prices: readonly Price[],
  today: Date,
): { readonly asOf: string; readonly days: number } | undefined {
  const paid = prices.filter((price) => !isFree(price));
  const asOf = paid.map((price) => price.asOf).toSorted()[0];
  if (asOf === undefined) return undefined;
  const days = Math.floor((today.getTime() - Date.parse(asOf)) / 86_400_000);
  return days <= STALE_AFTER_DAYS ? undefined : { asOf, days };
}

function ratesFor(price: Price, input: number): Rates {
  return price.longContext !== undefined && input > price.longContext.above ? price.longContext : price;
}

function highestInput({ inputPerMillion, cachedInputPerMillion = 0, cacheWritePerMillion = 0 }: Rates): number {
  return Math.max(inputPerMillion, cachedInputPerMillion, cacheWritePerMillion);
}

/** Whether nothing is charged, whatever the length. */
export function isFree({ inputPerMillion, outputPerMillion, longContext }: Price): boolean {
  return inputPerMillion === 0 && outputPerMillion === 0 && longContext === undefined;
}

/** Refused by status, or never sent at all, before any token was made. */
function refused({ status, code }: Failure): boolean {
  if (status === undefined) return code !== "not-an-answer" && code !== "threw";
  return status >= 300 && status < 500;
}

function estimateTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN);
}

function known(usd: number): Cost {
  return { known: true, usd };
}

function estimated(cost: Cost): Cost {
  return cost.known ? { ...cost, estimated: true } : cost;
}

function unknown(why: string): Cost {
  return { known: false, why };
}
