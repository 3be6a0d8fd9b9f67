/**
 * How much of a prompt is the same for every case. Told from the prompts themselves: what all of them begin and end with, in characters, scaled
 * to tokens by each case's own count. Estimated, and said so; what a provider took from its cache is told apart.
 */
import { type CaseValues, caseMeans, sampleOf, targetColumns } from "../case-values.ts";
import type { MaybeEstimate } from "../decision.ts";
import { amountEstimate, unavailable } from "../estimate.ts";
import { ABSENT } from "../number-column.ts";
import type { Observations } from "../observations.ts";
import { estimateOver, meansByCase } from "./case-shares.ts";

const BY_CHARACTERS = "estimated by characters of the prompts";

/** What all cases told share, in characters. */
export interface Shared {
  /** At the beginning: what caches go by. */
  readonly head: number;
  /** At the beginning and the end together. */
  readonly both: number;
}

/** `undefined` where no prompt was told, or a single one: that is all shared with itself. */
export function sharedOf(observations: Observations, position: number): Shared | undefined {
  const { details } = targetColumns(observations, position);
  const { shared, promptChars } = details;
  let told = 0;
  let shortest = Number.POSITIVE_INFINITY;
  for (const length of promptChars) {
    if (length === ABSENT) continue;
    told += 1;
    shortest = Math.min(shortest, length);
  }
  if (shared === undefined || told < 2) return undefined;
  // Beginning and end may overlap in the shortest prompt.
  return { head: shared.head.length, both: Math.min(shortest, shared.head.length + shared.tail.length) };
}

/** Share of the prompt's characters that every case has at the same end: what is static, at least. */
export function staticShare(observations: Observations, position: number, slots: readonly number[]): MaybeEstimate {
  const shared = sharedOf(observations, position);
  if (shared === undefined) return unavailable("fewer than two prompts were told");
  const { promptChars } = targetColumns(observations, position).details;
  const values = slots.map((slot) => {
    const length = promptChars[slot] ?? ABSENT;
    return length === ABSENT ? ABSENT : length === 0 ? 0 : Math.min(1, shared.both / length);
  });
  const estimate = estimateOver(observations, slots, values, { none: "no prompt was told", left: "prompt not told" });
  return estimate.available ? { ...estimate, method: `${estimate.method}; ${BY_CHARACTERS}` } : estimate;
}

/** Tokens of the beginning that every prompt has, by case; absent where the provider told no tokens. */
export function headTokensByCase(observations: Observations, position: number, slots: readonly number[]): CaseValues {
  const { details, inputTokens } = targetColumns(observations, position);
  const shared = sharedOf(observations, position);
  const tokens = caseMeans(observations, inputTokens, slots);
  return tokens.map((count, at) => {
    const length = details.promptChars[slots[at] ?? -1] ?? ABSENT;
    if (shared === undefined || count === ABSENT || length <= 0) return ABSENT;
    return (count * Math.min(shared.head, length)) / length;
  });
}

export function headTokens(observations: Observations, position: number, slots: readonly number[]): MaybeEstimate {
  if (sharedOf(observations, position) === undefined) return unavailable("fewer than two prompts were told");
  const sample = sampleOf(observations, slots, headTokensByCase(observations, position, slots));
  const estimate = amountEstimate(sample, "tokens", 1, "the provider told no tokens");
  return estimate.available ? { ...estimate, method: `${estimate.method}; ${BY_CHARACTERS}` } : estimate;
}

/** Share of the input tokens that the provider says it took from its cache. */
export function cachedShare(observations: Observations, position: number, slots: readonly number[]): MaybeEstimate {
  const { details, inputTokens } = targetColumns(observations, position);
  const values = meansByCase(observations, slots, (at) => {
    const input = inputTokens[at] ?? ABSENT;
    const cached = details.cachedTokens[at] ?? ABSENT;
    return cached === ABSENT || input <= 0 ? ABSENT : Math.min(1, cached / input);
  });
  return estimateOver(observations, slots, values, {
    none: "the provider told no cached tokens",
    left: "cached tokens not told",
  });
}
