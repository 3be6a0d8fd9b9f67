/**
 * A proportion of cases that come in clusters: Wilson's interval on the effective sample size n/ξ, where the design effect
 * ξ follows from the intra-cluster correlation (Saha, Miller and Wang 2016).
 */
import { expectInsideUnit, expectSameLength, expectSuccesses } from "./arguments.ts";
import { clusterNumbers } from "./cluster-numbers.ts";
import type { Bounds, Interval } from "./interval.ts";
import { twoSidedZ } from "./normal.ts";
import { wilsonBounds } from "./proportion.ts";
import { oneSidedT, twoSidedT } from "./student-t.ts";
import { sum, sumOver } from "./sum.ts";
import { defined, type Maybe, notDefined } from "./undefined.ts";

/** Successes and sizes, cluster by cluster in one order; every size at least 1. */
export type ClusterTally = { readonly successes: readonly number[]; readonly sizes: readonly number[] };

/** Counts passes cluster by cluster, in the order in which the clusters first appear. */
export function tallyByCluster(passes: readonly boolean[], clusters: readonly string[]): ClusterTally {
  expectSameLength("passes", passes, "clusters", clusters);
  const { numbers, sizes } = clusterNumbers(clusters);
  const successes = new Array<number>(sizes.length).fill(0);
  for (let index = 0; index < passes.length; index++) {
    const cluster = numbers[index] ?? 0;
    if (passes[index]) successes[cluster] = (successes[cluster] ?? 0) + 1;
  }
  return { successes, sizes };
}

/** What the clusters say about the proportion before any interval is formed. */
export type ClusteredProportion = {
  readonly estimate: number;
  readonly successes: number;
  readonly n: number;
  readonly clusters: number;
  /** ANOVA intra-cluster correlation; not defined for one cluster, for clusters of one case each, or without variation. */
  readonly icc: Maybe<number>;
  /** Design effect Σ n_i (1 + (n_i - 1) icc) / Σ n_i; 1 for clusters of one case each. */
  readonly designEffect: Maybe<number>;
};

/** Estimates the rate, its intra-cluster correlation and the design effect. */
export function clusteredProportion(tally: ClusterTally): ClusteredProportion {
  const { sizes } = tally;
  expectSameLength("successes", tally.successes, "sizes", sizes);
  for (let index = 0; index < sizes.length; index++) expectSuccesses(tally.successes[index] ?? 0, sizes[index] ?? 0);
  const n = sum(sizes);
  const successes = sum(tally.successes);
  expectSuccesses(successes, n);
  const icc = anovaIcc(tally, n, successes);
  return {
    estimate: successes / n,
    successes,
    n,
    clusters: sizes.length,
    icc,
    designEffect: icc.defined ? defined(designEffectOf(sizes, n, icc.value)) : singletons(sizes) ? defined(1) : icc,
  };
}

/**
 * Two-sided interval exactly as published: the normal critical value, and a design effect that may fall below 1.
 * Not defined without a design effect, or where that is 0 or less. Not for verdicts.
 */
export function clusteredWilson(tally: ClusterTally, confidence: number): Maybe<Bounds> {
  expectInsideUnit("confidence", confidence);
  const { estimate, n, designEffect } = clusteredProportion(tally);
  if (!designEffect.defined) return designEffect;
  if (designEffect.value <= 0) return notDefined("the clusters repel so much that the effective sample is infinite");
  return defined(wilsonBounds(estimate, n / designEffect.value, twoSidedZ(confidence)));
}

/** The interval that verdicts use, with what it was computed from. */
export type ClusteredWilsonInterval = Interval & {
  /** Design effect, at least 1. */
  readonly designEffect: number;
  /** Clusters - 1. */
  readonly df: number;
};

/**
 * Two-sided interval with the design effect floored at 1 and Student's t on G - 1 degrees of freedom, which keeps its
 * level with 10 to 20 clusters where the published form falls to 71 %.
 *
 * Where no correlation can be estimated because every case passed (or every case failed), a cluster counts as one case:
 * the largest design effect there can be, since nothing in the data speaks against it.
 * Not defined for one cluster.
 */
export function clusteredWilsonFloored(tally: ClusterTally, confidence: number): Maybe<ClusteredWilsonInterval> {
  return floored(tally, confidence, twoSidedT);
}

/** The same with one-sided bounds, each of this confidence by itself. */
export function clusteredWilsonOneSided(tally: ClusterTally, confidence: number): Maybe<ClusteredWilsonInterval> {
  return floored(tally, confidence, oneSidedT);
}

function floored(
  tally: ClusterTally,
  confidence: number,
  critical: (confidence: number, df: number) => number,
): Maybe<ClusteredWilsonInterval> {
  expectInsideUnit("confidence", confidence);
  const proportion = clusteredProportion(tally);
  if (proportion.clusters < 2) return notDefined("one cluster shows nothing about the variation between clusters");
  const { estimate, n } = proportion;
  const designEffect = proportion.designEffect.defined
    ? Math.max(1, proportion.designEffect.value)
    : designEffectOf(tally.sizes, n, 1);
  const df = proportion.clusters - 1;
  const bounds = wilsonBounds(estimate, n / designEffect, critical(confidence, df));
  return defined({ estimate, ...bounds, designEffect, df });
}

function designEffectOf(sizes: readonly number[], n: number, icc: number): number {
  const sizeOf = (index: number) => sizes[index] ?? 0;
  return sumOver(sizes.length, (index) => sizeOf(index) * (1 + (sizeOf(index) - 1) * icc)) / n;
}

function singletons(sizes: readonly number[]): boolean {
  return sizes.every((size) => size === 1);
}

/** One-way analysis of variance: (MSB - MSW) / (MSB + (n0 - 1) MSW). */
function anovaIcc({ successes, sizes }: ClusterTally, n: number, total: number): Maybe<number> {
  const clusters = sizes.length;
  if (clusters < 2) return notDefined("one cluster shows nothing about the variation between clusters");
  if (singletons(sizes)) return notDefined("clusters of one case each have no correlation within");
  if (total === 0 || total === n) return notDefined("all cases agree, so no correlation can be estimated");
  const explained = sumOver(clusters, (index) => (successes[index] ?? 0) ** 2 / (sizes[index] ?? 1));
  const between = (explained - total ** 2 / n) / (clusters - 1);
  const within = (total - explained) / (n - clusters);
  const size = (n - sumOver(clusters, (index) => (sizes[index] ?? 0) ** 2) / n) / (clusters - 1);
  return defined((between - within) / (between + (size - 1) * within));
}
