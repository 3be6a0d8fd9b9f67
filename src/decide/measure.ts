/** The figures of one target in one split. */
import type { Split } from "../suite/case.ts";
import type { Target } from "../suite/target.ts";
import { tokens, usdPer1k, usdPerSuccess } from "./amounts.ts";
import { caseValues, type Form, type Metric, type Missing, sampleOf, targetColumns } from "./case-values.ts";
import type { Counts, ItemRate, MaybeEstimate, MissingReason, TargetMeasure } from "./decision.ts";
import { shareEstimate, unavailable } from "./estimate.ts";
import { notSplit, oneFormed } from "./forms.ts";
import { counted } from "./in-words.ts";
import { latencies, latencyEstimate } from "./latency.ts";
import { spreadOf } from "./mean-bounds.ts";
import type { Observations, TargetColumns } from "./observations.ts";
import { Flaw, Status } from "./trial-status.ts";

/** What a report says of a trial that no record came for. */
export const NOT_RUN = "not run";

export const P95 = 0.95;

export function measureTarget(observations: Observations, position: number, split: Split): TargetMeasure {
  const target = targetAt(observations, position);
  const columns = targetColumns(observations, position);
  const slots = observations.slots(split);
  const { graders } = observations.suite;
  const counts = countTrials(observations, columns, slots);
  const missingBounds = counts.missing === 0 ? {} : boundsOfMissing(observations, position, slots);
  const latency = latencies(observations, position, slots);
  const share = (metric: Metric): MaybeEstimate => metricEstimate(observations, position, slots, metric);
  // By a grader of one form this would be the strict figure once more, under a name that promises another.
  const lenient = (metric: Metric): MaybeEstimate => {
    const names = oneFormed(observations, metric);
    return names.length === 0 ? share(metric) : unavailable(notSplit(names));
  };
  const score = (grader: number, form: Form) => ({ kind: "score", form, grader }) as const;
  return {
    target: target.name,
    role: target.role,
    modelId: target.model.id,
    returnedModelIds: returnedIds(columns, target),
    split,
    cases: slots.length,
    clusters: observations.clusterCount(slots),
    trials: observations.trials,
    counts,
    missingReasons: missingReasons(columns, split, counts.missing),
    strict: share({ kind: "pass", form: "strict" }),
    lenient: lenient({ kind: "pass", form: "lenient" }),
    ...missingBounds,
    byGrader: graders.map((grader, index) => ({
      grader: grader.name,
      strict: share(score(index, "strict")),
      lenient: lenient(score(index, "lenient")),
    })),
    items: itemRates(
      columns,
      split,
      graders.map((grader) => grader.name),
    ),
    passHat: Array.from({ length: observations.trials }, (_, index) =>
      share({ kind: "all", form: "strict", k: index + 1 }),
    ),
    usdPer1k: usdPer1k(observations, position, slots),
    usdPerSuccess: usdPerSuccess(observations, position, slots),
    p95Ms: latencyEstimate(latency, P95),
    medianMs: latencyEstimate(latency, 0.5),
    inputTokens: tokens(observations, position, slots, "inputTokens"),
    outputTokens: tokens(observations, position, slots, "outputTokens"),
  };
}

/** A metric with its interval, over the cases that tell it; how many do not is part of the method. */
export function metricEstimate(
  observations: Observations,
  target: number,
  slots: readonly number[],
  metric: Metric,
): MaybeEstimate {
  const values = caseValues(observations, target, slots, metric, "leave");
  const sample = sampleOf(observations, slots, values);
  const estimate = shareEstimate(sample, metric.kind === "score" ? "score" : "share", noneBecause(slots, metric));
  const left = slots.length - sample.values.length;
  if (!estimate.available || left === 0) return estimate;
  const short = metric.kind === "all" && metric.k > 1 ? `fewer than ${metric.k} graded answers` : "no graded answer";
  return { ...estimate, method: `${estimate.method}; ${counted(left, "case")} left out: ${short}` };
}

/** Trials by what became of them; those that no record came for are missing. */
export function countTrials(observations: Observations, columns: TargetColumns, slots: readonly number[]): Counts {
  const { trials } = observations;
  const tally = { passed: 0, failed: 0, missing: 0 };
  const flaws = new Map<number, number>();
  for (const slot of slots) {
    for (let at = slot * trials; at < (slot + 1) * trials; at++) {
      const status = columns.strict[at];
      if (status === Status.passed) tally.passed += 1;
      else if (status === Status.failed) {
        tally.failed += 1;
        const flaw = columns.flaw[at] ?? Flaw.none;
        flaws.set(flaw, (flaws.get(flaw) ?? 0) + 1);
      } else tally.missing += 1;
    }
  }
  return {
    planned: slots.length * trials,
    passed: tally.passed,
    failed: tally.failed,
    declined: flaws.get(Flaw.declined) ?? 0,
    empty: flaws.get(Flaw.empty) ?? 0,
    cut: flaws.get(Flaw.cut) ?? 0,
    unparsed: flaws.get(Flaw.unparsed) ?? 0,
    missing: tally.missing,
  };
}

export function targetAt(observations: Observations, position: number): Target {
  const target = observations.suite.targets[position];
  if (target === undefined) throw new Error(`no target at position ${position}`);
  return target;
}

function boundsOfMissing(
  observations: Observations,
  target: number,
  slots: readonly number[],
): { readonly missingBounds: { readonly lower: number; readonly upper: number } } {
  const mean = (missing: Missing): number => {
    const values = caseValues(observations, target, slots, { kind: "pass", form: "strict" }, missing);
    return spreadOf(sampleOf(observations, slots, values)).mean;
  };
  return { missingBounds: { lower: mean("fail"), upper: mean("pass") } };
}

/** Most frequent first; reasons sum to `missing`. */
function missingReasons(columns: TargetColumns, split: Split, missing: number): MissingReason[] {
  const tally = columns.tallies[split];
  const reasons = [...tally.reasons].map(([why, trials]) => {
    const first = tally.thrown.get(why);
    return { why: first === undefined ? why : `${why} (first on case "${first.case}": ${first.message})`, trials };
  });
  const told = reasons.reduce((total, { trials }) => total + trials, 0);
  if (told < missing) reasons.push({ why: NOT_RUN, trials: missing - told });
  return reasons.sort((a, b) => b.trials - a.trials || compare(a.why, b.why));
}

/** In the order of the suite's graders, then of their items. */
function itemRates(columns: TargetColumns, split: Split, graders: readonly string[]): ItemRate[] {
  return [...columns.tallies[split].items.values()]
    .sort(
      (a, b) =>
        graders.indexOf(a.grader) - graders.indexOf(b.grader) || a.position - b.position || compare(a.item, b.item),
    )
    .map(({ grader, item, passed, n }) => ({ grader, item, passed, n }));
}

function returnedIds(columns: TargetColumns, target: Target): string[] {
  const ids = [...columns.modelIds].sort(compare);
  return ids.length === 1 && ids[0] === target.model.id ? [] : ids;
}

function noneBecause(slots: readonly number[], metric: Metric): string {
  if (slots.length === 0) return "no case in this split";
  if (metric.kind === "all" && metric.k > 1) return `no case has ${metric.k} graded answers`;
  return "no answer could be graded";
}

/** By code unit, the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
