/** Two targets held against each other on one check, case by case, with missing answers read against every claim. */

import { costSample, isSample, PER_THOUSAND } from "./amounts.ts";
import type { Side } from "./assess.ts";
import {
  type CaseValues,
  caseMeans,
  caseValues,
  type Metric,
  type Missing,
  sampleWhere,
  targetColumns,
} from "./case-values.ts";
import { ABSENT } from "./number-column.ts";
import { type Paired, type Pairs, pairedAmounts, pairedShares } from "./paired.ts";

/** A difference, fresh - base, with bounds that hold whatever the missing answers would have been. */
export interface Comparison extends Paired {
  /** Cases planned for both that could not be paired. */
  readonly unpaired: number;
  /** Extremes of the difference itself; absent when nothing is missing. */
  readonly missingBounds?: { readonly lower: number; readonly upper: number };
}

/** @returns `undefined` when no case can be paired */
export function compareOn(base: Side, fresh: Side, metric: Metric, alpha: number): Comparison | undefined {
  const complete = pairsOf(base, valuesOf(base, metric, "leave"), valuesOf(fresh, metric, "leave"));
  if (complete.fresh.length === 0) return undefined;
  const plain = pairedShares(complete, alpha);
  const unpaired = base.slots.length - complete.fresh.length;
  if (!isAnyMissing(base, metric) && !isAnyMissing(fresh, metric)) return { ...plain, unpaired };
  const against = pairedShares(pairsOf(base, valuesOf(base, metric, "pass"), valuesOf(fresh, metric, "fail")), alpha);
  const inFavour = pairedShares(pairsOf(base, valuesOf(base, metric, "fail"), valuesOf(fresh, metric, "pass")), alpha);
  return {
    ...plain,
    lower: Math.min(plain.lower, against.lower),
    upper: Math.max(plain.upper, inFavour.upper),
    unpaired,
    missingBounds: { lower: against.shown.value, upper: inFavour.shown.value },
  };
}

/** Difference of costs in US dollars per 1,000 requests; `undefined` unless both know the cost of every answer. */
export function compareCosts(base: Side, fresh: Side, alpha: number): Paired | undefined {
  const isKnown = ({ observations, target, slots }: Side) => isSample(costSample(observations, target, slots));
  if (!isKnown(base) || !isKnown(fresh)) return undefined;
  const costs = (side: Side) =>
    caseMeans(side.observations, targetColumns(side.observations, side.target).usd, side.slots);
  const pairs = pairsOf(base, costs(base), costs(fresh));
  if (pairs.fresh.length === 0) return undefined;
  const perThousand = (values: readonly number[]) => values.map((usd) => usd * PER_THOUSAND);
  return pairedAmounts({ ...pairs, fresh: perThousand(pairs.fresh), base: perThousand(pairs.base) }, alpha);
}

/** Values of one side under a reading of missing trials, unless its world has filled them in already. */
export function valuesOf(side: Side, metric: Metric, missing: Missing): CaseValues {
  return caseValues(side.observations, side.target, side.slots, metric, side.world ?? missing);
}

/** Pairs of the cases that have a value on both sides. */
export function pairsOf(side: Side, base: CaseValues, fresh: CaseValues): Pairs {
  const { observations, slots } = side;
  const marks = base.map((value, at) => (value === ABSENT ? ABSENT : (fresh[at] ?? ABSENT)));
  const { values, ...rest } = sampleWhere(observations, slots, fresh, marks);
  return { ...rest, fresh: values, base: sampleWhere(observations, slots, base, marks).values };
}

/** Whether reading missing trials one way or the other changes any case. */
function isAnyMissing(side: Side, metric: Metric): boolean {
  if (side.world !== undefined) return false;
  const failed = valuesOf(side, metric, "fail");
  const passed = valuesOf(side, metric, "pass");
  return failed.some((value, at) => value !== passed[at]) || valuesOf(side, metric, "leave").includes(ABSENT);
}
