/** Points with two-sided 95 % intervals, as reports show them. Verdicts use one-sided bounds, see `mean-bounds.ts`. */
import { clusterNumbers } from "../stats/cluster-numbers.ts";
import { clusteredWilsonFloored, tallyByCluster } from "../stats/clustered-wilson.ts";
import { wilson } from "../stats/proportion.ts";
import { sum } from "../stats/sum.ts";
import { NONE_EARLY } from "./anytime.ts";
import type { Estimate, MaybeEstimate, Unavailable, Unit } from "./decision.ts";
import { isBinary, meanBounds, type Sample, spreadOf, unitBounds } from "./mean-bounds.ts";
import { SHOWN } from "./paired.ts";

export function unavailable(why: string): Unavailable {
  return { available: false, why };
}

/**
 * A mean of values in [0, 1]. One 0/1 a case: Wilson (by clusters where declared). Else, and where cases are looked at as they come in, each end is
 * the one-sided bound at 97.5 %. The interval never has zero width: 50 of 50 right is 92.9 to 100 %, not 100 to 100 %.
 */
export function shareEstimate(sample: Sample, unit: "share" | "score", none: string): MaybeEstimate {
  const { values, weights, clusters, look } = sample;
  const n = values.length;
  if (n === 0) return unavailable(none);
  const binary = weights === undefined && look === undefined && isBinary(values);
  const spread = binary ? undefined : spreadOf(sample);
  const value = spread?.mean ?? sum(values) / n;
  const base = { available: true, value, n, unit, ...clusterCount(sample) } as const;
  if (binary) {
    if (clusters === undefined) return { ...base, interval: at(wilson(sum(values), n, SHOWN)), method: "Wilson 95 %" };
    const tally = tallyByCluster(
      values.map((value) => value === 1),
      clusters,
    );
    const bounds = clusteredWilsonFloored(tally, SHOWN);
    if (!bounds.defined) return { ...base, method: `no interval: ${bounds.reason}` };
    return { ...base, interval: at(bounds.value), method: "Wilson 95 % by clusters, t(G-1)" };
  }
  if (spread === undefined || spread.df <= 0) return { ...base, method: "no interval from a single case or cluster" };
  const bounds = unitBounds(sample, (1 + SHOWN) / 2);
  return { ...base, interval: at(bounds), method: `95 %, ${bounds.method}` };
}

/** A mean of values without known limits. */
export function amountEstimate(sample: Sample, unit: Unit, scale: number, none: string): MaybeEstimate {
  const n = sample.values.length;
  if (n === 0) return unavailable(none);
  const base = { available: true, value: spreadOf(sample).mean * scale, n, unit, ...clusterCount(sample) } as const;
  if (sample.look === "early") return { ...base, method: NONE_EARLY };
  const bounds = meanBounds(sample, (1 + SHOWN) / 2);
  if (bounds === undefined) return { ...base, method: "no interval from a single case or cluster" };
  // No amount is below 0, and t does not know.
  const interval = at({ lower: Math.max(0, bounds.lower * scale), upper: bounds.upper * scale });
  return { ...base, interval, method: `95 %, ${bounds.method}` };
}

/** The interval of an estimate; `confidence` told with it. */
export function at(bounds: { readonly lower: number; readonly upper: number }): Required<Estimate>["interval"] {
  return { lower: bounds.lower, upper: bounds.upper, confidence: SHOWN };
}

/** For an estimate: what its cases come from, where some share a cluster. */
export function clusterCount({ clusters }: Sample): { readonly clusters?: number } {
  return clusters === undefined ? {} : { clusters: clusterNumbers(clusters).sizes.length };
}
