/**
 * Resampled scores of several sizes over the same test cases: whole clusters are drawn, and all sizes of a drawn case together, so that
 * what the sizes have in common stays in common. Seeded by the values themselves.
 */

import { clusterNumbers } from "../stats/cluster-numbers.ts";
import { normalQuantile } from "../stats/normal.ts";
import { type Random, randomFrom, randomIndex } from "../stats/random.ts";
import { studentQuantile } from "../stats/student-t.ts";
import { sum } from "../stats/sum.ts";
import type { Sample } from "./mean-bounds.ts";

/** Resamples of small data, and the fewest of large data; between them as many as keep the work the same. */
const MOST_RESAMPLES = 999;
const FEWEST_RESAMPLES = 199;
const WORK = 2_000_000;

/** Ranks of 95 % are whole numbers at every multiple of 40 less 1. */
function resamplesOf(units: number, sizes: number): number {
  const affordable = Math.floor(WORK / (units * sizes) / 40) * 40 - 1;
  return Math.min(MOST_RESAMPLES, Math.max(FEWEST_RESAMPLES, affordable));
}

/** As often as two whole cases are drawn what was not seen: right at one size only, or wrong at one size only. */
const PSEUDO_CASES = 2;

/** Clusters (cases, where none share one) as sums over their cases: every size's weighted score, then the weight. */
interface Units {
  readonly rows: readonly Float64Array[];
  readonly weights: Float64Array;
}

/**
 * 999 lists of scores, fewer (199 at least) of many clusters, one for each size, centred on the scores themselves. Cases alike throughout would resample to a
 * certainty that nobody has, so unseen pseudo-cases are drawn along (Agresti and Min 2005 add such to pairs), and the spread is
 * widened for few clusters: by sqrt(G / (G-1)) and Student's quantile over the normal one.
 * @param bySize values of the same cases for each size, in [0, 1]
 * @param frame weights and clusters of those cases
 * @returns by resample, scores by size
 */
export function resampledScores(bySize: readonly (readonly number[])[], frame: Omit<Sample, "values">): number[][] {
  const units = unitsOf(bySize, frame);
  const count = units.weights.length;
  const random = randomFrom(seedOf(bySize, frame));
  const total = sum(units.weights);
  const scores = units.rows.map((row) => sum(row) / total);
  const sizes = scores.length;
  const pseudo = total / count;
  const share = PSEUDO_CASES / (count + PSEUDO_CASES);
  // Drawn along, pseudo-cases pull scores towards 1/2; what is wanted of them is their spread alone.
  const drawn = scores.map((score) => score * (1 - share) + share / 2);
  const widen = Math.sqrt(count / (count - 1)) * (studentQuantile(0.975, count - 1) / normalQuantile(0.975));
  const byUnit = Float64Array.from(
    { length: count * sizes },
    (_, at) => units.rows[at % sizes]?.[Math.floor(at / sizes)] ?? 0,
  );
  return Array.from({ length: resamplesOf(count, sizes) }, () => {
    const means = draw(byUnit, units.weights, sizes, share, pseudo, random);
    return means.map((mean, size) => {
      const moved = (scores[size] ?? 0) + widen * (mean - (drawn[size] ?? 0));
      return Math.min(1, Math.max(0, moved));
    });
  });
}

/** @param byUnit weighted scores, unit by unit: a drawn unit lies in one place */
function draw(
  byUnit: Float64Array,
  weights: Float64Array,
  sizes: number,
  share: number,
  pseudo: number,
  random: Random,
): number[] {
  const totals = new Float64Array(sizes);
  let weight = 0;
  const count = weights.length;
  for (let drawn = 0; drawn < count; drawn++) {
    if (random() < share) {
      // One of 2 x sizes: the odd one out is right, or wrong.
      const which = randomIndex(random, 2 * sizes);
      const odd = which % sizes;
      const right = which < sizes;
      for (let size = 0; size < sizes; size++)
        if ((size === odd) === right) totals[size] = (totals[size] ?? 0) + pseudo;
      weight += pseudo;
      continue;
    }
    const at = randomIndex(random, count);
    const first = at * sizes;
    for (let size = 0; size < sizes; size++) totals[size] = (totals[size] ?? 0) + (byUnit[first + size] ?? 0);
    weight += weights[at] ?? 0;
  }
  return Array.from(totals, (value) => value / weight);
}

function unitsOf(bySize: readonly (readonly number[])[], { weights, clusters }: Omit<Sample, "values">): Units {
  const cases = bySize[0]?.length ?? 0;
  const known = clusters === undefined ? undefined : clusterNumbers(clusters);
  const count = known?.sizes.length ?? cases;
  const summed = (valueAt: (at: number) => number) => {
    const sums = new Float64Array(count);
    for (let at = 0; at < cases; at++) {
      const unit = known?.numbers[at] ?? at;
      sums[unit] = (sums[unit] ?? 0) + valueAt(at);
    }
    return sums;
  };
  const weightAt = (at: number) => weights?.[at] ?? 1;
  return {
    rows: bySize.map((values) => summed((at) => weightAt(at) * (values[at] ?? 0))),
    weights: summed(weightAt),
  };
}

/** Everything that the scores depend on. */
function* seedOf(bySize: readonly (readonly number[])[], { weights }: Omit<Sample, "values">): Iterable<number> {
  yield bySize.length;
  for (const values of bySize) yield* values;
  yield* weights ?? [];
}
