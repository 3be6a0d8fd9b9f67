/**
 * What the answers of a target would have cost had they been served in a cheaper way: with the beginning that all its prompts share from the
 * provider's cache, or in batches that are answered later. Case by case, so that bounds can be formed; what is not known is told as not known.
 */
import { batchDiscountOf, cacheMinimumOf, type Published } from "../model/serving-table.ts";
import { costSample, isSample } from "./amounts.ts";
import { type CaseValues, caseMeans, sampleOf, targetColumns } from "./case-values.ts";
import type { Unavailable } from "./decision.ts";
import { unavailable } from "./estimate.ts";
import { percentAsWritten, whole } from "./in-words.ts";
import { headTokens, headTokensByCase } from "./instruments/prompt-share.ts";
import { type Sample, spreadOf } from "./mean-bounds.ts";
import { targetAt } from "./measure.ts";
import { ABSENT } from "./number-column.ts";
import type { Observations } from "./observations.ts";

/** Costs by case, US dollars a request. */
export interface Served {
  readonly kind: "known";
  /** By position in the list of slots; `ABSENT` where a case has none. */
  readonly costs: CaseValues;
  readonly sample: Sample;
  /** Where the figure comes from, a clause. */
  readonly by: string;
}

/** `no-use`: it is known to change nothing. `unknown`: it may. */
export interface NotServed {
  readonly kind: "no-use" | "unknown";
  readonly why: string;
}

export type MaybeServed = Served | NotServed;

/** From the cache; every request finds the shared beginning there, which is the most that caching can save. */
export interface Cached extends Served {
  /** The same were the beginning written anew with every request, mean US dollars: what a request costs that finds nothing. */
  readonly missUsd: number;
  readonly hitUsd: number;
}

/** Tokens of the shared beginning are told from the prompts' characters (`prompt-share.ts`). A price of `longContext` is not looked at. */
export function cachedCost(observations: Observations, position: number, slots: readonly number[]): Cached | NotServed {
  const { model } = targetAt(observations, position);
  const minimum = cacheMinimumOf(model);
  if (minimum === undefined)
    return unknown("no caching minimum is known; `price: { cacheMinimumTokens: 1024 }` states one");
  const { price } = model;
  if (price === undefined) return unknown("no price for the model");
  const { inputPerMillion, cachedInputPerMillion, cacheWritePerMillion = inputPerMillion } = price;
  if (cachedInputPerMillion === undefined) return unknown("the price has no rate for cached tokens");
  const { cachedTokens } = targetColumns(observations, position).details;
  if (cachedTokens.some((count) => count > 0)) return noUse("the measured cost holds cached tokens already");
  const known = costSample(observations, position, slots);
  if (!isSample(known)) return unknown(known.why);
  const head = headTokens(observations, position, slots);
  if (!head.available) return unknown(head.why);
  if (head.value < minimum.value) return noUse(`the shared beginning is below ${whole(minimum.value)} tokens`);
  const heads = headTokensByCase(observations, position, slots);
  const usd = caseMeans(observations, targetColumns(observations, position).usd, slots);
  const at = (rate: number): CaseValues =>
    usd.map((cost, index) => {
      const own = heads[index] ?? ABSENT;
      const saved = (inputPerMillion - rate) / 1_000_000;
      return cost === ABSENT || own === ABSENT ? ABSENT : Math.max(0, cost - own * saved);
    });
  const costs = at(cachedInputPerMillion);
  const sample = sampleOf(observations, slots, costs);
  return {
    kind: "known",
    costs,
    sample,
    by: "every request a hit, at most",
    hitUsd: spreadOf(sample).mean,
    missUsd: spreadOf(sampleOf(observations, slots, at(cacheWritePerMillion))).mean,
  };
}

/** In batches: every token cheaper by the published discount. */
export function batchedCost(observations: Observations, position: number, slots: readonly number[]): MaybeServed {
  const discount = batchDiscountOf(targetAt(observations, position).model);
  if (discount === undefined) return unknown("no batch discount is known; `price: { batchDiscount: 0.5 }` states one");
  if (discount.value === 0) return noUse("a batch saves nothing");
  const known = costSample(observations, position, slots);
  if (!isSample(known)) return unknown(known.why);
  const usd = caseMeans(observations, targetColumns(observations, position).usd, slots);
  return scaled(observations, slots, usd, discount);
}

/** Both at once: what is left of the cached cost in batches. */
export function bothCosts(
  cached: Cached,
  observations: Observations,
  position: number,
  slots: readonly number[],
): Served | undefined {
  const discount = batchDiscountOf(targetAt(observations, position).model);
  if (discount === undefined || discount.value === 0) return undefined;
  const both = scaled(observations, slots, cached.costs, discount);
  return { ...both, by: `${cached.by}; ${both.by}` };
}

export function sourceOf({ asOf, source }: Published): string {
  return asOf === undefined ? source : `${source}, ${asOf}`;
}

/** Why there is no figure, for a cell of a table. */
export function noFigure({ why }: NotServed): Unavailable {
  return unavailable(why);
}

function scaled(observations: Observations, slots: readonly number[], usd: CaseValues, discount: Published): Served {
  const costs = usd.map((cost) => (cost === ABSENT ? ABSENT : cost * (1 - discount.value)));
  return {
    kind: "known",
    costs,
    sample: sampleOf(observations, slots, costs),
    by: `less ${percentAsWritten(discount.value)} (${sourceOf(discount)})`,
  };
}

const unknown = (why: string) => ({ kind: "unknown", why }) as const;
const noUse = (why: string) => ({ kind: "no-use", why }) as const;
