/** What answers cost and how many tokens they took. What is not known is told as not known, never as 0. */
import { costPerSuccess } from "../stats/cost-per-success.ts";
import { studentQuantile } from "../stats/student-t.ts";
import { sum } from "../stats/sum.ts";
import { NONE_EARLY } from "./anytime.ts";
import { caseMeans, sampleOf, targetColumns, trialValue } from "./case-values.ts";
import { formOf } from "./checks.ts";
import type { MaybeEstimate, Unavailable, Unit } from "./decision.ts";
import { amountEstimate, at, clusterCount, unavailable } from "./estimate.ts";
import { whole } from "./in-words.ts";
import { type Sample, spreadOf, standardError } from "./mean-bounds.ts";
import { ABSENT, type NumberColumn } from "./number-column.ts";
import type { Observations, TargetColumns } from "./observations.ts";
import { SHOWN } from "./paired.ts";

export const PER_THOUSAND = 1000;

/** Why a right answer has no cost. */
export const NONE_RIGHT = "no answer was right";

/** The costs of a target's answers by case, US dollars a request; or why they are not known. */
export function costSample(observations: Observations, target: number, slots: readonly number[]): Sample | Unavailable {
  const columns = targetColumns(observations, target);
  const lack = lacking(observations, columns, columns.usd, slots, "cost", mostCommon(columns.costUnknown));
  return lack ?? sampleOf(observations, slots, caseMeans(observations, columns.usd, slots));
}

export function isSample(sample: Sample | Unavailable): sample is Sample {
  return "values" in sample;
}

/** Mean cost of 1,000 requests, US dollars. */
export function usdPer1k(observations: Observations, target: number, slots: readonly number[]): MaybeEstimate {
  const sample = costSample(observations, target, slots);
  if (!isSample(sample)) return sample;
  const estimate = amountEstimate(sample, "usd-per-1k", PER_THOUSAND, "no answer");
  if (!estimate.available || !isEstimated(observations, target, slots)) return estimate;
  return { ...estimate, method: `${estimate.method}; some costs are estimates` };
}

/** Cost of one right answer, US dollars: a ratio of sums over the answers that are graded (linearised, Cochran 1977). */
export function usdPerSuccess(observations: Observations, target: number, slots: readonly number[]): MaybeEstimate {
  const known = costSample(observations, target, slots);
  if (!isSample(known)) return known;
  const columns = targetColumns(observations, target);
  const passes = trialValue(observations, columns, { kind: "pass", form: formOf(observations.suite) });
  const costs = new Array<number>(slots.length).fill(ABSENT);
  const successes = new Array<number>(slots.length).fill(ABSENT);
  const { trials } = observations;
  for (const [position, slot] of slots.entries()) {
    let cost = 0;
    let passed = 0;
    let graded = 0;
    for (let trial = slot * trials; trial < (slot + 1) * trials; trial++) {
      const pass = passes(trial);
      if (pass === ABSENT) continue;
      graded += 1;
      passed += pass;
      cost += columns.usd[trial] ?? 0;
    }
    if (graded === 0) continue;
    costs[position] = cost / graded;
    successes[position] = passed / graded;
  }
  const sample = sampleOf(observations, slots, costs);
  const right = sampleOf(observations, slots, successes).values;
  const n = right.length;
  if (n === 0) return unavailable("no answer could be graded");
  const { weights, clusters } = sample;
  const weighted = (values: readonly number[]) => values.map((value, index) => value * (weights?.[index] ?? 1));
  const ratio = costPerSuccess(weighted(sample.values), weighted(right), SHOWN);
  if (!ratio.ratio.defined) return unavailable(NONE_RIGHT);
  const base = { available: true, value: ratio.ratio.value, n, unit: "usd", ...clusterCount(sample) } as const;
  if (sample.look === "early") return { ...base, method: `ratio of sums; ${NONE_EARLY}` };
  if (clusters === undefined && weights === undefined) {
    if (!ratio.bounds.defined) return { ...base, method: `ratio of sums; ${ratio.bounds.reason}` };
    const { lower, upper } = ratio.bounds.value;
    return { ...base, interval: at({ lower: Math.max(0, lower), upper }), method: "95 %, linearised ratio" };
  }
  // The linearised values cost - ratio x success have the variance of the ratio, clusters and weights allowed for.
  const linear = sample.values.map((cost, index) => cost - base.value * (right[index] ?? 0));
  const spread = spreadOf({ ...sample, values: linear });
  if (spread.df <= 0) return { ...base, method: "ratio of sums; a single case or cluster has no spread" };
  const rate = sum(weighted(right)) / (weights === undefined ? n : sum(weights));
  const half = (studentQuantile((1 + SHOWN) / 2, spread.df) * standardError(spread)) / rate;
  return {
    ...base,
    interval: at({ lower: Math.max(0, base.value - half), upper: base.value + half }),
    method: `95 %, linearised ratio${clusters === undefined ? "" : ", CR2 by clusters"}`,
  };
}

/** Mean tokens of a request. */
export function tokens(
  observations: Observations,
  target: number,
  slots: readonly number[],
  column: "inputTokens" | "outputTokens",
): MaybeEstimate {
  const columns = targetColumns(observations, target);
  const lack = lacking(observations, columns, columns[column], slots, "token count", "the provider did not say");
  if (lack !== undefined) return lack;
  const unit: Unit = "tokens";
  const sample = sampleOf(observations, slots, caseMeans(observations, columns[column], slots));
  return amountEstimate(sample, unit, 1, "no answer");
}

/** Why a column cannot be told, unless every answer has its figure. */
export function lacking(
  observations: Observations,
  columns: TargetColumns,
  column: NumberColumn,
  slots: readonly number[],
  what: string,
  why: string,
): Unavailable | undefined {
  let answers = 0;
  let known = 0;
  const { trials } = observations;
  for (const slot of slots) {
    for (let trial = slot * trials; trial < (slot + 1) * trials; trial++) {
      if (columns.answered[trial] !== 1) continue;
      answers += 1;
      if ((column[trial] ?? ABSENT) >= 0) known += 1;
    }
  }
  if (answers === 0) return unavailable("no answer");
  if (known === answers) return undefined;
  const reason = why === "" ? "" : `: ${why}`;
  if (known === 0) return unavailable(`${what} unknown${reason}`);
  return unavailable(`${what} known for ${whole(known)} of ${whole(answers)} answers only${reason}`);
}

function isEstimated(observations: Observations, target: number, slots: readonly number[]): boolean {
  const { estimated } = targetColumns(observations, target);
  const { trials } = observations;
  return slots.some((slot) => estimated.subarray(slot * trials, (slot + 1) * trials).includes(1));
}

function mostCommon(tally: ReadonlyMap<string, number>): string {
  let best = "";
  let most = 0;
  for (const [why, n] of tally) {
    if (n > most || (n === most && why < best)) {
      best = why;
      most = n;
    }
  }
  return best;
}
