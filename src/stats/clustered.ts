/**
 * Means of values that come in clusters (one source document, one customer, one template): standard errors, and the
 * interval that verdicts use. Fewer than 10 clusters are too few to decide on; that rule belongs to the caller.
 */
import { expectInsideUnit, expectNumbers, expectSameLength } from "./arguments.ts";
import { clusterNumbers } from "./cluster-numbers.ts";
import type { Interval } from "./interval.ts";
import { standardError, tBounds } from "./mean.ts";
import { oneSidedT, twoSidedT } from "./student-t.ts";
import { mean, roundingSlack, sum, sumOver } from "./sum.ts";
import { defined, type Maybe, mapDefined, notDefined } from "./undefined.ts";

/** Clusters as the formulas need them: the size of each, and the sum of its residuals. */
type Clusters = { readonly n: number; readonly sizes: readonly number[]; readonly residuals: Float64Array };

const ONE_CLUSTER = notDefined("one cluster shows nothing about the variation between clusters");

/** Every standard error of a clustered mean. With one cluster none but `clt` is defined: CR0 would be exactly 0. */
export type ClusteredStandardErrors = {
  readonly mean: number;
  readonly clusters: number;
  /** sd/√n, as if the values were independent. */
  readonly clt: Maybe<number>;
  /** Clustered standard error of Miller (2024, arXiv 2411.00640); its square equals CR0² + CLT²/n. */
  readonly miller: Maybe<number>;
  /** Sandwich estimate (Liang and Zeger 1986). */
  readonly cr0: Maybe<number>;
  /** CR0 times √(G/(G-1)). */
  readonly cr1: Maybe<number>;
  /** Bias-reduced linearisation (Bell and McCaffrey 2002). */
  readonly cr2: Maybe<number>;
  /** Degrees of freedom of CR2 (Satterthwaite, under independence); G - 1 for clusters of one size. */
  readonly satterthwaiteDf: Maybe<number>;
};

/**
 * Standard errors of a mean whose values are correlated within clusters.
 * @param values at least one finite number
 * @param clusters the cluster of each value
 * @throws RangeError when the lists differ in length or a value is not finite
 */
export function clusteredStandardErrors(
  values: readonly number[],
  clusters: readonly string[],
): ClusteredStandardErrors {
  const groups = group(values, clusters);
  const { n, sizes, residuals } = groups;
  const count = sizes.length;
  const clt = standardError(values);
  const base = { mean: mean(values), clusters: count, clt };
  if (count < 2) {
    const reason = ONE_CLUSTER;
    return { ...base, miller: reason, cr0: reason, cr1: reason, cr2: reason, satterthwaiteDf: reason };
  }
  const between = sumOver(count, (cluster) => (residuals[cluster] ?? 0) ** 2) / n ** 2;
  const cr0 = Math.sqrt(between);
  return {
    ...base,
    miller: mapDefined(clt, (se) => Math.sqrt(between + se ** 2 / n)),
    cr0: defined(cr0),
    cr1: defined(cr0 * Math.sqrt(count / (count - 1))),
    cr2: defined(cr2Of(groups)),
    satterthwaiteDf: defined(satterthwaiteOf(groups)),
  };
}

/** The standard error of a clustered mean that verdicts use: CR2 with Satterthwaite degrees of freedom. Not defined for one cluster. */
export function clusteredCr2(
  values: readonly number[],
  clusters: readonly string[],
): Maybe<{ readonly se: number; readonly df: number; readonly clusters: number }> {
  const groups = group(values, clusters);
  if (groups.sizes.length < 2) return ONE_CLUSTER;
  return defined({ se: cr2Of(groups), df: satterthwaiteOf(groups), clusters: groups.sizes.length });
}

/** A clustered mean with its CR2 standard error, its degrees of freedom and t bounds. */
export type ClusteredMean = Interval & { readonly se: number; readonly df: number; readonly clusters: number };

/**
 * Two-sided interval of a clustered mean: CR2 standard error with Satterthwaite degrees of freedom (Bell and McCaffrey
 * 2002; Pustejovsky and Tipton 2018). Not defined for one cluster, nor where all cluster means are equal.
 */
export function clusteredMean(
  values: readonly number[],
  clusters: readonly string[],
  confidence: number,
): Maybe<ClusteredMean> {
  return withBounds(values, clusters, confidence, twoSidedT);
}

/** The same with one-sided bounds, each of this confidence by itself. */
export function clusteredMeanOneSided(
  values: readonly number[],
  clusters: readonly string[],
  confidence: number,
): Maybe<ClusteredMean> {
  return withBounds(values, clusters, confidence, oneSidedT);
}

/** Two-sided interval of the mean of paired differences new - base whose cases come in clusters. */
export function clusteredMeanDifference(
  diffs: readonly number[],
  clusters: readonly string[],
  confidence: number,
): Maybe<ClusteredMean> {
  return clusteredMean(diffs, clusters, confidence);
}

function withBounds(
  values: readonly number[],
  clusters: readonly string[],
  confidence: number,
  critical: (confidence: number, df: number) => number,
): Maybe<ClusteredMean> {
  expectInsideUnit("confidence", confidence);
  const cr2 = clusteredCr2(values, clusters);
  if (!cr2.defined) return cr2;
  const { se, df } = cr2.value;
  const estimate = mean(values);
  const bounds = tBounds(estimate, defined(se), () => critical(confidence, df));
  return mapDefined(bounds, (ends) => ({ estimate, ...ends, ...cr2.value }));
}

function cr2Of({ n, sizes, residuals }: Clusters): number {
  return (
    Math.sqrt(sumOver(sizes.length, (cluster) => (residuals[cluster] ?? 0) ** 2 / (1 - (sizes[cluster] ?? 0) / n))) / n
  );
}

/** Worked out once for the clusters of a list of names: values do not enter. */
const degrees = new WeakMap<readonly number[], number>();

/** 1 / Σ_gk P_gk² with P the covariance of the adjusted cluster scores, normalised to trace 1. */
function satterthwaiteOf({ n, sizes }: Clusters): number {
  const known = degrees.get(sizes);
  if (known !== undefined) return known;
  const shares = sizes.map((size) => size / n);
  const leverage = shares.map((share) => share ** 2 / (1 - share));
  const all = sum(leverage);
  const offDiagonal = sum(leverage.map((value) => value * (all - value)));
  const df = 1 / (sum(shares.map((share) => share ** 2)) + offDiagonal);
  degrees.set(sizes, df);
  return df;
}

function group(values: readonly number[], clusters: readonly string[]): Clusters {
  expectNumbers("values", values);
  expectSameLength("values", values, "clusters", clusters);
  const centre = mean(values);
  const { numbers, sizes } = clusterNumbers(clusters);
  // Compensated as in `sum`, one total a cluster.
  const totals = new Float64Array(sizes.length);
  const lost = new Float64Array(sizes.length);
  for (let index = 0; index < values.length; index++) {
    const cluster = numbers[index] ?? 0;
    const value = (values[index] ?? 0) - centre;
    const total = totals[cluster] ?? 0;
    const next = total + value;
    lost[cluster] =
      (lost[cluster] ?? 0) + (Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total);
    totals[cluster] = next;
  }
  const slack = roundingSlack(values);
  for (let cluster = 0; cluster < sizes.length; cluster++) {
    const residual = (totals[cluster] ?? 0) + (lost[cluster] ?? 0);
    // What rounding leaves of equal cluster means must not pass for variation between them.
    totals[cluster] = Math.abs(residual) <= slack * (sizes[cluster] ?? 0) ? 0 : residual;
  }
  return { n: values.length, sizes, residuals: totals };
}
