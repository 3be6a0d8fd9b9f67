/** Quantiles such as the p95 of a latency, bounded by order statistics: no assumption on the distribution. */
import { expectCount, expectInsideUnit, expectNumbers, expectUnit } from "./arguments.ts";
import { binomialLower, binomialQuantile } from "./binomial.ts";
import { defined, type Maybe, mapDefined, notDefined } from "./undefined.ts";

/** Sample quantile, linear between order statistics (type 7 of Hyndman and Fan 1996). */
export function quantile(values: readonly number[], q: number): number {
  // Before they are sorted: the message names the place where the value stands.
  expectNumbers("values", values);
  return quantileOfAscending(ascending(values), q);
}

/** The same of values in ascending order. */
export function quantileOfAscending(sorted: readonly number[], q: number): number {
  expectNumbers("values", sorted);
  expectUnit("q", q);
  const position = (sorted.length - 1) * q;
  const below = Math.floor(position);
  const low = sorted[below] ?? 0;
  const high = sorted[below + 1] ?? low;
  return low + (position - below) * (high - low);
}

/** Ranks (from 1, ascending) of the order statistics that bound a quantile. */
export type QuantileRanks = {
  readonly lower: Maybe<number>;
  readonly upper: Maybe<number>;
  /** What the interval between both covers at least; defined where both ranks are. */
  readonly coverage: Maybe<number>;
};

/**
 * Ranks of a two-sided interval for the q-quantile of n independent values (David and Nagaraja 2003, section 7.1).
 * A rank is not defined where n is too small for it: no maximum of 20 values bounds a p95.
 * @param q inside (0, 1)
 */
export function quantileRanks(n: number, q: number, confidence: number): QuantileRanks {
  expectInsideUnit("confidence", confidence);
  const tail = (1 - confidence) / 2;
  const lower = lowerRank(n, q, tail);
  const upper = upperRank(n, q, 1 - tail);
  if (!lower.defined) return { lower, upper, coverage: lower };
  const coverage = mapDefined(upper, (rank) => binomialLower(rank - 1, n, q) - binomialLower(lower.value - 1, n, q));
  return { lower, upper, coverage };
}

/** Ranks of the one-sided bounds, each with this confidence by itself. A 95 % upper bound of p95 needs 59 values. */
export function quantileRanksOneSided(n: number, q: number, confidence: number): Omit<QuantileRanks, "coverage"> {
  expectInsideUnit("confidence", confidence);
  return { lower: lowerRank(n, q, 1 - confidence), upper: upperRank(n, q, confidence) };
}

/** A sample quantile with its one-sided bounds. */
export type QuantileBounds = {
  readonly estimate: number;
  readonly lower: Maybe<number>;
  readonly upper: Maybe<number>;
};

/** The q-quantile of values with one-sided bounds of this confidence each: what a latency requirement is decided by. */
export function quantileOneSided(values: readonly number[], q: number, confidence: number): QuantileBounds {
  const ranks = quantileRanksOneSided(values.length, q, confidence);
  expectNumbers("values", values);
  const sorted = ascending(values);
  const estimate = quantileOfAscending(sorted, q);
  const at = (rank: number) => sorted[rank - 1] ?? estimate;
  return { estimate, lower: mapDefined(ranks.lower, at), upper: mapDefined(ranks.upper, at) };
}

/** The smallest n whose maximum bounds the q-quantile from above with this confidence: q^n <= 1 - confidence. */
export function smallestNForUpperBound(q: number, confidence: number): number {
  expectInsideUnit("q", q);
  expectInsideUnit("confidence", confidence);
  return Math.max(1, Math.ceil((Math.log1p(-confidence) / Math.log(q)) * (1 - 1e-13)));
}

function lowerRank(n: number, q: number, tail: number): Maybe<number> {
  checkSample(n, q);
  const rank = binomialQuantile(tail, n, q);
  return rank < 1 ? notDefined(`${n} values are too few for a lower bound of this quantile`) : defined(rank);
}

function upperRank(n: number, q: number, probability: number): Maybe<number> {
  checkSample(n, q);
  const rank = binomialQuantile(probability, n, q) + 1;
  return rank > n ? notDefined(`${n} values are too few for an upper bound of this quantile`) : defined(rank);
}

function checkSample(n: number, q: number): void {
  expectCount("n", n, 1);
  expectInsideUnit("q", q);
}

function ascending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}
