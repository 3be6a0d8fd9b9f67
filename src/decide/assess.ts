/** One check against one target: its figure, the bounds that decide and the p-value of "not met". */
import { clusterNumbers } from "../stats/cluster-numbers.ts";
import { costSample, isSample, PER_THOUSAND, usdPer1k, usdPerSuccess } from "./amounts.ts";
import { type Look, NONE_EARLY } from "./anytime.ts";
import { caseValues, type Metric, type Missing, sampleOf } from "./case-values.ts";
import { type AmountCheck, type Check, isShareCheck, type ShareCheck } from "./checks.ts";
import type { MaybeEstimate } from "./decision.ts";
import { isLatencies, latencies, latencyBounds, latencyEstimate, latencyTestAbove, unitName } from "./latency.ts";
import { meanBounds, meanTestAbove, type Sample, unitBounds, unitTest } from "./mean-bounds.ts";
import { metricEstimate, P95 } from "./measure.ts";
import type { Observations } from "./observations.ts";
import { isSuccessCosts, ratioBounds, ratioTestAbove, type SuccessCosts, successCosts } from "./success-cost.ts";

/** Clusters that it takes to speak about the variation between them. */
export const FEWEST_CLUSTERS = 10;

/** A target on a list of cases. In a `world` every missing trial is taken to have failed, or to have passed. */
export interface Side {
  readonly observations: Observations;
  readonly target: number;
  readonly slots: readonly number[];
  readonly world?: "fail" | "pass";
}

/** One-sided bounds; one that does not exist at this n is absent. */
export interface Deciding {
  readonly lower?: number;
  readonly upper?: number;
  readonly method: string;
}

export interface Assessment {
  readonly check: Check;
  readonly estimate: MaybeEstimate;
  /** Absent where no figure could be formed; `estimate` says why. */
  readonly test?: {
    /** One-sided p-value of "not met", missing answers counted in favour of the target. */
    readonly pNotMet: number;
    /** Bounds, missing answers counted against whatever is claimed. */
    readonly bounds: (metConfidence: number, notMetConfidence: number) => Deciding;
    /** The same from the answers that are there; differs only where some are missing. */
    readonly complete: (metConfidence: number, notMetConfidence: number) => Deciding;
  };
  /** What advice is formed from; absent where there is no sample. */
  readonly sample?: Sample;
  /** Why no state but UNDECIDED may be claimed, and what would mend it: a sentence each. */
  readonly capped?: Capped;
}

export interface Capped {
  readonly why: string;
  readonly advice: string;
}

/** What is not limited, such as a price or a time, is looked at once. */
const AT_LAST: Capped = {
  why: "It is decided on when all test cases are in: no bound of it holds at every look.",
  advice: "The test cases that were not asked: a run without --sequential asks them all.",
};

export function assess(side: Side, check: Check): Assessment {
  if (isShareCheck(check)) return assessShare(side, check);
  if (check.key === "cost") return assessCost(side, check);
  return check.key === "latency" ? assessLatency(side, check) : assessCostPerSuccess(side, check);
}

/** The sample of a metric under one reading of missing trials. */
export function metricSample({ observations, target, slots, world }: Side, metric: Metric, missing: Missing): Sample {
  return sampleOf(observations, slots, caseValues(observations, target, slots, metric, world ?? missing));
}

function assessShare(side: Side, check: ShareCheck): Assessment {
  const estimate = metricEstimate(side.observations, side.target, side.slots, check.metric);
  const left = metricSample(side, check.metric, "leave");
  if (left.values.length === 0) return { check, estimate };
  const failed = metricSample(side, check.metric, "fail");
  const passed = metricSample(side, check.metric, "pass");
  const confidence = (sample: Sample, level: number) => unitBounds(sample, level);
  const capped = tooFewClusters(left);
  return {
    check,
    estimate,
    test: {
      pNotMet: Math.max(unitTest(left, check.threshold).below, unitTest(passed, check.threshold).below),
      bounds: (met, notMet) => ({
        lower: Math.min(confidence(left, met).lower, confidence(failed, met).lower),
        upper: Math.max(confidence(left, notMet).upper, confidence(passed, notMet).upper),
        method: confidence(left, met).method,
      }),
      complete: (met, notMet) => ({
        lower: confidence(left, met).lower,
        upper: confidence(left, notMet).upper,
        method: confidence(left, met).method,
      }),
    },
    sample: left,
    ...(capped === undefined ? {} : { capped }),
  };
}

function assessCost({ observations, target, slots }: Side, check: AmountCheck): Assessment {
  const estimate = usdPer1k(observations, target, slots);
  const perRequest = costSample(observations, target, slots);
  if (!isSample(perRequest) || perRequest.values.length === 0) return { check, estimate };
  const sample = { ...perRequest, values: perRequest.values.map((usd) => usd * PER_THOUSAND) };
  const bounds = (met: number, notMet: number): Deciding => {
    const upper = meanBounds(sample, met);
    const lower = meanBounds(sample, notMet);
    if (sample.look === "early") return { method: NONE_EARLY };
    if (upper === undefined || lower === undefined) return { method: "no bound from a single case or cluster" };
    return { lower: Math.max(0, lower.lower), upper: upper.upper, method: upper.method };
  };
  const capped = tooEarly(sample.look) ?? tooFewClusters(sample);
  return {
    check,
    estimate,
    test: { pNotMet: meanTestAbove(sample, check.threshold), bounds, complete: bounds },
    sample,
    ...(capped === undefined ? {} : { capped }),
  };
}

/** Missing answers are read as wrong where the limit would be met, as right where it would be missed. */
function assessCostPerSuccess(side: Side, check: AmountCheck): Assessment {
  const estimate = usdPerSuccess(side.observations, side.target, side.slots);
  const left = successCosts(side, "leave");
  const failed = successCosts(side, "fail");
  const passed = successCosts(side, "pass");
  if (!isSuccessCosts(left) || !isSuccessCosts(failed) || !isSuccessCosts(passed) || left.right.values.length === 0) {
    return { check, estimate };
  }
  const { look, values } = left.right;
  const isAnyMissing = values.length < side.slots.length || differ(failed, passed);
  const bounds =
    (upperBy: readonly SuccessCosts[], lowerBy: readonly SuccessCosts[]) =>
    (met: number, notMet: number): Deciding => {
      if (look === "early") return { method: NONE_EARLY };
      const uppers = upperBy.map((costs) => ratioBounds(costs, met)?.upper);
      const lowers = lowerBy.map((costs) => ratioBounds(costs, notMet)?.lower);
      const upper = uppers.reduce((most, one) =>
        most === undefined || one === undefined ? undefined : Math.max(most, one),
      );
      const lower = lowers.reduce((least, one) =>
        least === undefined || one === undefined ? undefined : Math.min(least, one),
      );
      return {
        ...(upper === undefined ? {} : { upper }),
        ...(lower === undefined ? {} : { lower }),
        method: RATIO,
      };
    };
  const capped = tooEarly(look) ?? tooFewClusters(left.right);
  return {
    check,
    estimate,
    test: {
      pNotMet: Math.max(ratioTestAbove(left, check.threshold), ratioTestAbove(passed, check.threshold)),
      bounds: isAnyMissing ? bounds([left, failed], [left, passed]) : bounds([left], [left]),
      complete: bounds([left], [left]),
    },
    ...(capped === undefined ? {} : { capped }),
  };
}

const RATIO = "ratio of sums, Fieller with one adverse case";

function differ(one: SuccessCosts, other: SuccessCosts): boolean {
  return one.right.values.some((value, at) => value !== other.right.values[at]);
}

function assessLatency({ observations, target, slots, world }: Side, check: AmountCheck): Assessment {
  const found = latencies(observations, target, slots);
  const all = world !== undefined && isLatencies(found) ? { ...found, reading: READ_AS[world] } : found;
  const estimate = latencyEstimate(all, P95);
  if (!isLatencies(all) || all.units === 0) return { check, estimate };
  const answered = { ...all, missing: 0 };
  const bounds = (of: typeof all) => (met: number, notMet: number) =>
    latencyBounds(of, P95, { lower: notMet, upper: met });
  const few = all.byClusters && all.units < FEWEST_CLUSTERS ? cappedBecause(all.units, unitName(all)) : undefined;
  const capped = tooEarly(all.look) ?? few;
  return {
    check,
    estimate,
    test: {
      pNotMet: latencyTestAbove(all, P95, check.threshold),
      bounds: bounds(all),
      complete: bounds(answered),
    },
    ...(capped === undefined ? {} : { capped }),
  };
}

/** A failed answer would have been slow, a passed one fast. */
const READ_AS = { fail: "slow", pass: "fast" } as const;

function tooEarly(look: Look | undefined): Capped | undefined {
  return look === "early" ? AT_LAST : undefined;
}

function tooFewClusters({ clusters }: Sample): Capped | undefined {
  if (clusters === undefined) return undefined;
  const count = clusterNumbers(clusters).sizes.length;
  return count < FEWEST_CLUSTERS ? cappedBecause(count, "clusters") : undefined;
}

function cappedBecause(count: number, name: string): Capped {
  return {
    why: `${count} ${name} are too few to decide on; it takes ${FEWEST_CLUSTERS}.`,
    advice: "Cases from more clusters (documents, customers, templates).",
  };
}
