/**
 * Bias-corrected and accelerated bootstrap interval of a mean (Efron 1987), for skewed graded scores with fewer than about 100
 * cases, where the t interval covers too little.
 */
import { expectCount, expectInsideUnit, expectNumbers } from "./arguments.ts";
import type { Interval } from "./interval.ts";
import { normalCdf, normalQuantile } from "./normal.ts";
import { randomFrom, randomIndex } from "./random.ts";
import { isConstant, mean, roundingSlack, sum, sumOfSquares } from "./sum.ts";
import { defined, type Maybe, notDefined } from "./undefined.ts";

/** The interval with what it was made from. */
export type BcaInterval = Interval & {
  /** Bias correction: the normal quantile of the share of resampled means below the estimate, ties counted half. */
  readonly z0: number;
  /** Acceleration from the jackknife. */
  readonly acceleration: number;
  /** The probabilities at which the resampled means are cut off. */
  readonly adjustedProbs: readonly [number, number];
  readonly resamples: number;
  /** Standard deviation of the resampled means. */
  readonly bootstrapSe: number;
};

/** Enumeration stays below 1.4 million multisets. */
const EXHAUSTIVE_UP_TO = 12;

/**
 * BCa interval over all n^n resamples, without random numbers: each multiset is counted as often as it can be drawn.
 * Not defined for equal values.
 * @param values at least two, at most 12
 */
export function bcaExhaustive(values: readonly number[], confidence: number): Maybe<BcaInterval> {
  expectNumbers("values", values, 2);
  if (values.length > EXHAUSTIVE_UP_TO)
    throw new RangeError(`values: expected at most ${EXHAUSTIVE_UP_TO} for all resamples, got ${values.length}`);
  return bca(values, confidence, () => multisetMeans(values));
}

/**
 * BCa interval over random resamples, seeded from the values. Not defined for equal values.
 * @param values at least two
 */
export function bcaBootstrap(values: readonly number[], confidence: number, resamples = 10_000): Maybe<BcaInterval> {
  expectNumbers("values", values, 2);
  expectCount("resamples", resamples, 100);
  return bca(values, confidence, () => {
    const random = randomFrom(values);
    const draw = () => values[randomIndex(random, values.length)] ?? 0;
    return Array.from({ length: resamples }, () => ({ value: mean(values.map(draw)), weight: 1 }));
  });
}

/** A resampled mean and how many resamples have it. */
type Weighted = { readonly value: number; readonly weight: number };

function bca(values: readonly number[], confidence: number, resample: () => Weighted[]): Maybe<BcaInterval> {
  expectInsideUnit("confidence", confidence);
  if (isConstant(values)) return notDefined("all values are equal, so every resample is the same");
  const estimate = mean(values);
  const means = resample().sort((a, b) => a.value - b.value);
  const resamples = sum(means.map(({ weight }) => weight));
  const share = shareBelow(means, estimate, roundingSlack(values)) / resamples;
  if (share <= 0 || share >= 1) return notDefined("the estimate lies outside all resampled means");
  const z0 = normalQuantile(share);
  const acceleration = jackknifeAcceleration(values);
  const tail = (1 - confidence) / 2;
  const adjust = (z: number) => normalCdf(z0 + (z0 + z) / (1 - acceleration * (z0 + z)));
  const adjustedProbs = [adjust(normalQuantile(tail)), adjust(-normalQuantile(tail))] as const;
  const spread = sum(means.map(({ value, weight }) => weight * (value - estimate) ** 2));
  return defined({
    estimate,
    lower: weightedQuantile(means, resamples, adjustedProbs[0]),
    upper: weightedQuantile(means, resamples, adjustedProbs[1]),
    z0,
    acceleration,
    adjustedProbs,
    resamples,
    bootstrapSe: Math.sqrt(spread / resamples),
  });
}

/** Weight of the means below the estimate, ties counted half. */
function shareBelow(means: readonly Weighted[], estimate: number, slack: number): number {
  return sum(
    means.map(({ value, weight }) => {
      if (Math.abs(value - estimate) <= slack) return weight / 2;
      return value < estimate ? weight : 0;
    }),
  );
}

/** Σ (mean - leave-one-out mean)³ / (6 (Σ (…)²)^1.5). */
function jackknifeAcceleration(values: readonly number[]): number {
  const n = values.length;
  const total = sum(values);
  const leaveOneOut = values.map((value) => (total - value) / (n - 1));
  const centre = mean(leaveOneOut);
  return sum(leaveOneOut.map((value) => (centre - value) ** 3)) / (6 * sumOfSquares(leaveOneOut) ** 1.5);
}

/** Type-7 quantile of the sorted means, each standing for as many equal values as its weight. */
function weightedQuantile(means: readonly Weighted[], count: number, probability: number): number {
  const position = (count - 1) * probability;
  const below = Math.floor(position);
  const low = valueAt(means, below);
  return low + (position - below) * (valueAt(means, Math.min(below + 1, count - 1)) - low);
}

function valueAt(means: readonly Weighted[], index: number): number {
  let passed = 0;
  for (const { value, weight } of means) {
    passed += weight;
    if (index < passed) return value;
  }
  return means.at(-1)?.value ?? 0;
}

/** The mean of every multiset of n of the n values, weighted by the number of its orders, n!/(m1! m2! ...). */
function multisetMeans(values: readonly number[]): Weighted[] {
  const n = values.length;
  const means: Weighted[] = [];
  const fill = (index: number, left: number, total: number, orders: number): void => {
    const value = values[index] ?? 0;
    if (index === n - 1) {
      means.push({ value: (total + left * value) / n, weight: orders });
      return;
    }
    let choices = orders;
    for (let taken = 0; taken <= left; taken++) {
      fill(index + 1, left - taken, total + taken * value, choices);
      // C(left, taken + 1) from C(left, taken); exact, since the product is a whole number below 2^53.
      choices = (choices * (left - taken)) / (taken + 1);
    }
  };
  fill(0, n, 0, 1);
  return means;
}
