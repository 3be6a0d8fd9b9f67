/** Shares over cases of whatever a trial can be asked: one value a case, the mean of its trials that tell. */
import { type CaseValues, sampleOf } from "../case-values.ts";
import type { MaybeEstimate } from "../decision.ts";
import { shareEstimate } from "../estimate.ts";
import { casesCounted, counted, figure, figureBeside, percent } from "../in-words.ts";
import { ABSENT } from "../number-column.ts";
import type { Observations } from "../observations.ts";
import type { MaybeChange } from "./contract.ts";

/** Mean over the trials of each case that have a value; `ABSENT` where none has. */
export function meansByCase(
  { trials }: Observations,
  slots: readonly number[],
  valueAt: (trial: number) => number,
): CaseValues {
  return slots.map((slot) => {
    let total = 0;
    let known = 0;
    for (let at = slot * trials; at < (slot + 1) * trials; at++) {
      const value = valueAt(at);
      if (value === ABSENT) continue;
      total += value;
      known += 1;
    }
    return known === 0 ? ABSENT : total / known;
  });
}

/**
 * A mean over cases with its interval; how many cases are left out is part of the method.
 * @param none why there is no figure when no case has a value
 * @param left why a case has none
 */
export function estimateOver(
  observations: Observations,
  slots: readonly number[],
  values: CaseValues,
  { none, left, unit = "share" }: { readonly none: string; readonly left: string; readonly unit?: "share" | "score" },
): MaybeEstimate {
  const sample = sampleOf(observations, slots, values);
  const estimate = shareEstimate(sample, unit, none);
  const out = slots.length - sample.values.length;
  if (!estimate.available || out === 0) return estimate;
  return { ...estimate, method: `${estimate.method}; ${counted(out, "case")} left out: ${left}` };
}

/** "74.5 % (95 % interval 66.4 % to 82.6 %, 239 cases in 56 clusters)", for sentences; the reason where there is no figure; what was stated rests on no case. */
export function estimateInWords(estimate: MaybeEstimate): string {
  if (!estimate.available) return `not measured: ${estimate.why}`;
  const { value, unit, interval, n, clusters } = estimate;
  if (n === 0) return `${figureBeside(value, value, unit)} (stated, not measured)`;
  const shown = interval === undefined ? [value] : [value, interval.lower, interval.upper];
  const apart = (each: number) => figureBeside(each, each, unit, shown);
  const range =
    interval === undefined
      ? "no interval"
      : `${percent(interval.confidence, 0)} interval ${apart(interval.lower)} to ${apart(interval.upper)}`;
  return `${apart(value)} (${range}, ${casesCounted(n, clusters)})`;
}

/** "+12.5 points (95 % interval +7.9 to +17.1, 200 cases paired)" for shares, else in the unit. */
export function changeInWords(change: MaybeChange): string {
  if (!change.available) return `not measured: ${change.why}`;
  const { value, lower, upper, confidence, unit, n, clusters } = change;
  const isShare = unit === "share" || unit === "score";
  const of = (size: number) => {
    const sign = size > 0 ? "+" : size < 0 ? "-" : "";
    const text = isShare ? percent(Math.abs(size)).replace(" %", "") : figure(Math.abs(size), unit);
    return `${sign}${text}`;
  };
  const range = `${percent(confidence, 0)} interval ${of(lower)} to ${of(upper)}`;
  return `${of(value)}${isShare ? " points" : ""} (${range}, ${casesCounted(n, clusters)} paired)`;
}
