/**
 * One value a case, from the trials of one target: the unit of every statistic. What to do about missing trials is the
 * caller's choice, told by name; nothing is dropped in silence.
 */
import { passHatK } from "../stats/pass-k.ts";
import type { Sample } from "./mean-bounds.ts";
import { ABSENT, type NumberColumn } from "./number-column.ts";
import type { Frame, Observations, TargetColumns } from "./observations.ts";
import { Status } from "./trial-status.ts";

export type Form = "strict" | "lenient";

/**
 * `pass`: share of a case's trials that pass (all required graders, or one); `score`: mean score of one grader;
 * `all`: pass^k, all of k trials pass, by the required graders and by those named in `also`. `grader` is a position in
 * the suite's graders.
 */
export type Metric =
  | { readonly kind: "pass"; readonly form: Form; readonly grader?: number }
  | { readonly kind: "score"; readonly form: Form; readonly grader: number }
  | { readonly kind: "all"; readonly form: Form; readonly k: number; readonly also?: readonly AlsoBy[] };

/** A grader that is not required of an answer and blocks all the same, because a blocking quality names it. */
export interface AlsoBy {
  readonly grader: number;
  readonly form: Form;
}

/**
 * `leave`: a case is told from the trials that are there; one without any is absent. Of pass^k a case that lacks trials is
 * known where they could not change it, else told from at least k; one known failure of k trials decides a case.
 * `fail`, `pass`: every missing trial counts as failed, or as passed.
 */
export type Missing = "leave" | "fail" | "pass";

/**
 * Values by position in the list of slots; `ABSENT` (-1) where the case has none. A plain list: a sample takes it as it is, and what is done with goes
 * with the next small collection, where typed arrays wait for 64 MB of them.
 */
export type CaseValues = readonly number[];

export function caseValues(
  observations: Observations,
  target: number,
  slots: readonly number[],
  metric: Metric,
  missing: Missing,
): CaseValues {
  const columns = targetColumns(observations, target);
  const { trials } = observations;
  const valueAt = trialValue(observations, columns, metric);
  const summed = summing(metric, trials);
  const settles = metric.kind === "all" && missing === "leave";
  return slots.map((slot) => {
    const first = slot * trials;
    let total = 0;
    let known = 0;
    for (let at = first; at < first + trials; at++) {
      const value = valueAt(at);
      if (value !== ABSENT) {
        total += value;
        known += 1;
      }
    }
    if (missing !== "leave") {
      if (missing === "pass") total += trials - known;
      known = trials;
    }
    if (settles && known < trials) {
      const failed = summed(total, trials);
      if (failed === summed(total + trials - known, trials)) return failed;
    }
    return known === 0 ? ABSENT : summed(total, known);
  });
}

/** Values of one trial column by case, for what has no right or wrong: cost, tokens. Mean of the trials that tell it. */
export function caseMeans(observations: Observations, column: NumberColumn, slots: readonly number[]): CaseValues {
  const { trials } = observations;
  return slots.map((slot) => {
    let total = 0;
    let known = 0;
    for (let at = slot * trials; at < (slot + 1) * trials; at++) {
      const value = column[at] ?? ABSENT;
      if (value >= 0) {
        total += value;
        known += 1;
      }
    }
    return known === 0 ? ABSENT : total / known;
  });
}

/** The same values, absent wherever any of them is. */
export function toldByAll<Name extends string>(
  values: Readonly<Record<Name, CaseValues>>,
): Readonly<Record<Name, CaseValues>> {
  const all: readonly CaseValues[] = Object.values(values);
  if (!all.some((each) => each.includes(ABSENT))) return values;
  const told = (each: CaseValues): CaseValues =>
    each.map((value, at) => (all.some((other) => other[at] === ABSENT) ? ABSENT : value));
  const entries = Object.entries<CaseValues>(values).map(([name, each]) => [name, told(each)]);
  return Object.fromEntries(entries);
}

/** The value of a trial in a metric, or `ABSENT`. */
export function trialValue(observations: Observations, columns: TargetColumns, metric: Metric): (at: number) => number {
  if (metric.kind !== "all" && metric.grader !== undefined) {
    const scores = columns.graders[metric.grader]?.[metric.form];
    const passAt = observations.suite.graders[metric.grader]?.passAt ?? 1;
    if (scores === undefined) throw new Error(`no grader at position ${metric.grader}`);
    if (metric.kind === "score") return (at) => scores[at] ?? ABSENT;
    return (at) => {
      const score = scores[at] ?? ABSENT;
      return score === ABSENT ? ABSENT : score >= passAt ? 1 : 0;
    };
  }
  const statuses = columns[metric.form];
  const required = (at: number) => {
    const status = statuses[at];
    return status === Status.passed ? 1 : status === Status.failed ? 0 : ABSENT;
  };
  if (metric.kind !== "all" || metric.also === undefined) return required;
  const others = metric.also.map((other) => trialValue(observations, columns, { kind: "pass", ...other }));
  // As with the required ones: a failed check decides, else one that could not be made leaves it open.
  return (at) => {
    let value = required(at);
    for (const other of others) {
      const own = other(at);
      if (own === 0 || value === 0) return 0;
      if (own === ABSENT) value = ABSENT;
    }
    return value;
  };
}

/** The sample of the cases that have a value, with weights and clusters where they matter. */
export function sampleOf(observations: Observations, slots: readonly number[], values: CaseValues): Sample {
  return sampleWhere(observations, slots, values, values);
}

/** A sample of `values`, one for each slot, without those where `marks` is absent. */
export function sampleWhere(
  observations: Observations,
  slots: readonly number[],
  values: CaseValues,
  marks: CaseValues,
): Sample {
  const frame = observations.frame(slots);
  // The lists of the frame themselves where they fit: what is known of them need not be found out again.
  return marks.includes(ABSENT) ? kept(frame, values, marks) : { ...frame, values };
}

function kept({ weights, clusters, look }: Frame, values: CaseValues, marks: CaseValues): Sample {
  const left = { values: [] as number[], weights: [] as number[], clusters: [] as string[] };
  for (let at = 0; at < values.length; at++) {
    if (marks[at] === ABSENT) continue;
    left.values.push(values[at] ?? 0);
    if (weights !== undefined) left.weights.push(weights[at] ?? 1);
    if (clusters !== undefined) left.clusters.push(clusters[at] ?? "");
  }
  return {
    values: left.values,
    ...(weights === undefined ? {} : { weights: left.weights }),
    ...(clusters === undefined ? {} : { clusters: left.clusters }),
    ...(look === undefined ? {} : { look }),
  };
}

export function targetColumns(observations: Observations, target: number): TargetColumns {
  const columns = observations.targets[target];
  if (columns === undefined) throw new Error(`no target at position ${target}`);
  return columns;
}

/** The value of a case from the sum of its known trials. Few pairs of numbers occur, so pass^k is worked out once for each. */
function summing(metric: Metric, trials: number): (total: number, known: number) => number {
  if (metric.kind !== "all") return (total, known) => total / known;
  const table = Array.from({ length: trials + 1 }, (_, known) =>
    Array.from({ length: known + 1 }, (_, passes) => {
      const share = passHatK({ trials: known, passes }, metric.k);
      return share.defined ? share.value : ABSENT;
    }),
  );
  return (total, known) => table[known]?.[total] ?? ABSENT;
}
