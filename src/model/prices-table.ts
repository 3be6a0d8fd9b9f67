/**
 * Prices of hosted models, as data. Users overrule a row with `price`; rows age, and `stalePrices` says so. The day is the earliest on
 * which the source can have read so; tuned models are never here.
 */
import type { Price, Rates } from "../suite/model.ts";

export type Vendor = "openai" | "anthropic" | "google";

const AS_OF = "2026-08-15";
const SOURCE = "github.com/github/docs, data/tables/copilot/models-and-pricing.yml at 024f6b0";

/** US dollars per million tokens: input, cached input, output, cache write. */
type Row = readonly [input: number, cached: number, output: number, cacheWrite?: number];

const rates = ([input, cached, output, cacheWrite]: Row): Rates => ({
  inputPerMillion: input,
  cachedInputPerMillion: cached,
  outputPerMillion: output,
  ...(cacheWrite !== undefined && { cacheWritePerMillion: cacheWrite }),
});

const price = (row: Row, long?: { readonly above: number; readonly row: Row }): Price => ({
  ...rates(row),
  ...(long && { longContext: { above: long.above, ...rates(long.row) } }),
  asOf: AS_OF,
  source: SOURCE,
});

/** By vendor, by model id as the vendor writes it, without the suffix of a snapshot. */
export const PRICES: Readonly<Record<Vendor, Readonly<Record<string, Price>>>> = {
  openai: {
    "gpt-5-mini": price([0.25, 0.025, 2]),
    "gpt-5.4": price([2.5, 0.25, 15], { above: 272_000, row: [5, 0.5, 22.5] }),
    "gpt-5.4-mini": price([0.75, 0.075, 4.5]),
    "gpt-5.4-nano": price([0.2, 0.02, 1.25]),
    "gpt-5.5": price([5, 0.5, 30], { above: 272_000, row: [10, 1, 45] }),
    "gpt-5.6-luna": price([0.2, 0.02, 1.2, 0.25], { above: 200_000, row: [0.4, 0.04, 1.8, 0.5] }),
    "gpt-5.6-terra": price([2, 0.2, 12, 2.5], { above: 272_000, row: [4, 0.4, 18, 5] }),
    "gpt-5.6-sol": price([5, 0.5, 30, 6.25], { above: 272_000, row: [10, 1, 45, 12.5] }),
  },
  anthropic: {
    "claude-haiku-4-5": price([1, 0.1, 5, 1.25]),
    "claude-sonnet-4-5": price([3, 0.3, 15, 3.75]),
    "claude-sonnet-4-6": price([3, 0.3, 15, 3.75]),
    "claude-sonnet-5": price([2, 0.2, 10, 2.5]),
    "claude-opus-4-5": price([5, 0.5, 25, 6.25]),
    "claude-opus-4-6": price([5, 0.5, 25, 6.25]),
    "claude-opus-4-7": price([5, 0.5, 25, 6.25]),
    "claude-opus-4-8": price([5, 0.5, 25, 6.25]),
    "claude-opus-5": price([5, 0.5, 25, 6.25]),
    "claude-fable-5": price([10, 1, 50, 12.5]),
  },
  google: {
    "gemini-3.5-flash": price([1.5, 0.15, 9]),
    "gemini-3.6-flash": price([0.75, 0.075, 3.75]),
    "gemini-3.7-flash": price([0.75, 0.075, 3.75]),
  },
};
