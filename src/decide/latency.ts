/**
 * Quantiles of the latency. The point is over all answers; the bounds take each case once (each cluster once, where
 * cases share one), because trials of a case are slow together: order statistics, no assumption on the distribution.
 */
import { binomialLower } from "../stats/binomial.ts";
import { quantileOfAscending, quantileRanks, quantileRanksOneSided } from "../stats/order-statistic.ts";
import { sum } from "../stats/sum.ts";
import type { Maybe } from "../stats/undefined.ts";
import { lacking } from "./amounts.ts";
import { type Look, NONE_EARLY } from "./anytime.ts";
import { targetColumns } from "./case-values.ts";
import type { MaybeEstimate, Unavailable } from "./decision.ts";
import { at, unavailable } from "./estimate.ts";
import type { Observations } from "./observations.ts";
import { SHOWN } from "./paired.ts";

/** Latencies of one target in one split. */
export interface Latencies {
  /** Milliseconds, ascending. */
  readonly sorted: readonly number[];
  /** Weight of all answers up to and with each, in the order of `sorted`; absent where all weigh 1. */
  readonly upTo?: readonly number[];
  /** Weight of the calls that ended in a failure or were not made: how long they would have taken is not known. */
  readonly missing: number;
  /** Where those stand: before the first answer or after the last; absent: each bound takes the worse for it. */
  readonly reading?: "fast" | "slow";
  /** What counts as independent: cases, or clusters where cases share one; with weights their effective number. */
  readonly units: number;
  readonly byClusters: boolean;
  /** How many clusters the cases come from, where some share one. */
  readonly clusters?: number;
  readonly cases: number;
  /** As of a sample: at an early look no bound is formed. */
  readonly look?: Look;
}

export function latencies(
  observations: Observations,
  target: number,
  slots: readonly number[],
): Latencies | Unavailable {
  const columns = targetColumns(observations, target);
  const why = "the answers were recorded without it";
  const lack = lacking(observations, columns, columns.latencyMs, slots, "latency", why);
  if (lack !== undefined) return lack;
  const { trials, cases } = observations;
  const { weights, look, clusters: shared } = observations.frame(slots);
  // Room for all at once: a list that grows leaves three times as much behind.
  const found = new Float64Array(slots.length * trials);
  let answers = 0;
  const foundWeights: number[] = [];
  const clusters = new Map<number, number>();
  let present = 0;
  let missing = 0;
  for (const [position, slot] of slots.entries()) {
    const weight = weights?.[position] ?? 1;
    const before = answers;
    for (let trial = slot * trials; trial < (slot + 1) * trials; trial++) {
      if (columns.answered[trial] !== 1) missing += weight;
      else {
        found[answers++] = columns.latencyMs[trial] ?? 0;
        if (weights !== undefined) foundWeights.push(weight);
      }
    }
    if (answers === before) continue;
    present += 1;
    // Each case is a cluster of its own where no two share one.
    if (shared === undefined) continue;
    const cluster = cases.clusterAt(slot);
    clusters.set(cluster, (clusters.get(cluster) ?? 0) + weight);
  }
  const byClusters = shared !== undefined && clusters.size < present;
  const counted = byClusters ? clusters.size : present;
  const told = {
    missing,
    byClusters,
    cases: present,
    ...(byClusters ? { clusters: clusters.size } : {}),
    ...(look === undefined ? {} : { look }),
  };
  if (weights === undefined) return { ...told, sorted: listed(found.subarray(0, answers).sort()), units: counted };
  const order = Array.from({ length: answers }, (_, index) => index).sort((a, b) => (found[a] ?? 0) - (found[b] ?? 0));
  const perUnit = byClusters ? [...clusters.values()] : weights;
  let total = 0;
  return {
    ...told,
    sorted: order.map((index) => found[index] ?? 0),
    upTo: order.map((index) => {
      total += foundWeights[index] ?? 0;
      return total;
    }),
    units: Math.floor(sum(perUnit) ** 2 / sum(perUnit.map((weight) => weight ** 2))),
  };
}

export function isLatencies(value: Latencies | Unavailable): value is Latencies {
  return "sorted" in value;
}

/** A quantile with its two-sided 95 % interval, as far as the number of cases carries one. */
export function latencyEstimate(latency: Latencies | Unavailable, q: number): MaybeEstimate {
  if (!isLatencies(latency)) return latency;
  const { units, cases, clusters, sorted, upTo } = latency;
  if (units === 0) return unavailable("no answer");
  const point = upTo !== undefined ? atWeight(latency, q * answeredWeight(latency)) : quantileOfAscending(sorted, q);
  if (point === undefined) return unavailable("no answer");
  const from = clusters === undefined ? {} : { clusters };
  const base = { available: true, value: point, n: cases, unit: "ms", ...from } as const;
  if (latency.look === "early") return { ...base, method: `type 7; ${NONE_EARLY}` };
  const ranks = quantileRanks(units, q, SHOWN);
  const lower = valueAt(latency, ranks.lower, "lower");
  const upper = valueAt(latency, ranks.upper, "upper");
  if (ranks.lower.defined && ranks.upper.defined && (lower === undefined || upper === undefined)) {
    return { ...base, method: "type 7; no 95 % interval: missing answers may be slower than all others" };
  }
  if (lower === undefined || upper === undefined) {
    return { ...base, method: `type 7; no 95 % interval: ${units} ${unitName(latency)} are too few` };
  }
  return { ...base, interval: at({ lower, upper }), method: `95 %, order statistics over ${unitName(latency)}` };
}

/**
 * One-sided bounds of a quantile, each with its own confidence. A missing answer counts as slower than all others for the
 * upper bound and as faster for the lower one.
 */
export function latencyBounds(
  latency: Latencies,
  q: number,
  confidence: { readonly lower: number; readonly upper: number },
): { readonly lower?: number; readonly upper?: number; readonly method: string } {
  const method = `order statistics over ${unitName(latency)}`;
  if (latency.look === "early") return { method: NONE_EARLY };
  if (latency.units === 0) return { method };
  const lower = valueAt(latency, quantileRanksOneSided(latency.units, q, confidence.lower).lower, "lower");
  const upper = valueAt(latency, quantileRanksOneSided(latency.units, q, confidence.upper).upper, "upper");
  return { ...(lower === undefined ? {} : { lower }), ...(upper === undefined ? {} : { upper }), method };
}

/** p-value of "the quantile is at most `limit`", by the test that the lower bound inverts; 1 at an early look. */
export function latencyTestAbove(latency: Latencies, q: number, limit: number): number {
  const { missing, units, reading, look } = latency;
  if (units === 0 || look === "early") return 1;
  const before = reading === "slow" ? 0 : missing;
  const within = weightUpTo(latency, answersWithin(latency, limit) - 1) + before;
  const unitsWithin = (within * units) / (answeredWeight(latency) + missing);
  return binomialLower(Math.min(units, Math.ceil(unitsWithin - ROUNDING)), units, q);
}

export function unitName({ byClusters }: Latencies): string {
  return byClusters ? "clusters" : "cases";
}

const ROUNDING = 1e-9;

/** How many answers took at most `limit`. */
export function answersWithin({ sorted }: Latencies, limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function weightUpTo({ upTo }: Latencies, index: number): number {
  return upTo === undefined ? index + 1 : (upTo[index] ?? 0);
}

function answeredWeight(latency: Latencies): number {
  return weightUpTo(latency, latency.sorted.length - 1);
}

function listed(values: Float64Array): number[] {
  return Array.from({ length: values.length }, (_, index) => values[index] ?? 0);
}

/** The trials of a unit counted as if they were all equal: the most careful reading of a rank over units. */
function valueAt(latency: Latencies, rank: Maybe<number>, side: "lower" | "upper"): number | undefined {
  if (!rank.defined) return undefined;
  const { units, missing, reading = side === "upper" ? "slow" : "fast" } = latency;
  const each = (answeredWeight(latency) + missing) / units;
  const before = reading === "fast" ? missing : 0;
  if (side === "upper") return atWeight(latency, rank.value * each - before);
  const passed = (rank.value - 1) * each - before;
  return passed < 0 ? undefined : atWeight(latency, passed, true);
}

/** The first answer up to which the answers weigh `weight` (or more than that); none where all weigh less. */
function atWeight(latency: Latencies, weight: number, more = false): number | undefined {
  const { sorted } = latency;
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const reached = weightUpTo(latency, middle);
    if (more ? reached > weight + ROUNDING : reached >= weight - ROUNDING) high = middle;
    else low = middle + 1;
  }
  return sorted[low];
}
