/**
 * By which graders a figure is split into format and ability. A grader of one form gives the same grade for the demanded form and for the answer
 * wherever it stands; worked out by it, all that is missed would look like ability. Such a figure is not split, and says so.
 */

import type { Metric } from "./case-values.ts";
import { listed } from "./in-words.ts";
import type { Observations } from "./observations.ts";

/** Positions of the graders that a metric is worked out by, each once. */
function gradersOf({ suite }: Observations, metric: Metric): number[] {
  if (metric.kind === "score") return [metric.grader];
  if (metric.kind === "pass" && metric.grader !== undefined) return [metric.grader];
  const required = suite.graders.flatMap((grader, at) => (grader.required ? [at] : []));
  const also = metric.kind === "all" ? (metric.also ?? []).map(({ grader }) => grader) : [];
  return [...new Set([...required, ...also])];
}

/** Names of the graders of one form that a metric is worked out by; empty where the metric is split. */
export function oneFormed(observations: Observations, metric: Metric): readonly string[] {
  return gradersOf(observations, metric).flatMap((at) => {
    const name = observations.suite.graders[at]?.name;
    return name === undefined || observations.hasForms(at) ? [] : [name];
  });
}

/** Whether any grader that a metric is worked out by tells the forms apart. */
export function isAnySplit(observations: Observations, metric: Metric): boolean {
  return gradersOf(observations, metric).some((at) => observations.hasForms(at));
}

/** `not split: the grader "polite" has one form`. */
export function notSplit(names: readonly string[]): string {
  const quoted = listed(names.map((name) => `"${name}"`));
  return names.length === 1
    ? `not split: the grader ${quoted} has one form`
    : `not split: the graders ${quoted} have one form`;
}
