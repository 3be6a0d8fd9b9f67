/**
 * Means of values that come in clusters (one source document, one customer, one template): standard errors, and the
 * interval that verdicts use. Fewer than 10 clusters are too few to decide on; that rule belongs to the caller.
 */
import { expectInsideUnit, expectNumbers, expectSameLength } from "./arguments.ts";
import type { Interval } from "./interval.ts";
import { standardError, tBounds } from "./mean.ts";
import { oneSidedT, twoSidedT } from "./student-t.ts";
import { mean, roundingSlack, sum } from "./sum.ts";
import { defined, type Maybe, mapDefined, notDefined } from "./undefined.ts";

/** A cluster as the formulas need it: its share of all values, and the sum of its residuals. */
type Cluster = { readonly share: number; readonly residual: number };

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
  const n = values.length;
  const clt = standardError(values);
  const base = { mean: mean(values), clusters: groups.length, clt };
  if (groups.length < 2) {
    const reason = notDefined("one cluster shows nothing about the variation between clusters");
    return { ...base, miller: reason, cr0: reason, cr1: reason, cr2: reason, satterthwaiteDf: reason };
  }
  const between = sum(groups.map(({ residual }) => residual ** 2)) / n ** 2;
  const cr0 = Math.sqrt(between);
  return {
    ...base,
    miller: mapDefined(clt, (se) => Math.sqrt(between + se ** 2 / n)),
    cr0: defined(cr0),
    cr1: defined(cr0 * Math.sqrt(groups.length / (groups.length - 1))),
    cr2: defined(Math.sqrt(sum(groups.map(({ share, residual }) => residual ** 2 / (1 - share)))) / n),
    satterthwaiteDf: defined(satterthwaite(groups)),
  };
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
  const { mean: estimate, cr2, satterthwaiteDf, clusters: count } = clusteredStandardErrors(values, clusters);
  if (!cr2.defined) return cr2;
  if (!satterthwaiteDf.defined) return satterthwaiteDf;
  const df = satterthwaiteDf.value;
  const bounds = tBounds(estimate, cr2, () => critical(confidence, df));
  return mapDefined(bounds, (ends) => ({ estimate, ...ends, se: cr2.value, df, clusters: count }));
}

/** 1 / Σ_gk P_gk² with P the covariance of the adjusted cluster scores, normalised to trace 1. */
function satterthwaite(groups: readonly Cluster[]): number {
  const leverage = groups.map(({ share }) => share ** 2 / (1 - share));
  const all = sum(leverage);
  const offDiagonal = sum(leverage.map((value) => value * (all - value)));
  return 1 / (sum(groups.map(({ share }) => share ** 2)) + offDiagonal);
}

/** Clusters by number, in the order of their first value; worked out once for a list, which callers use for many lists of values. */
interface Numbered {
  readonly numbers: Int32Array;
  readonly sizes: readonly number[];
}
const known = new WeakMap<readonly string[], Numbered>();

function numbered(clusters: readonly string[]): Numbered {
  const before = known.get(clusters);
  if (before !== undefined) return before;
  const numbers = new Int32Array(clusters.length);
  const numberOf = new Map<string, number>();
  const sizes: number[] = [];
  for (const [index, name] of clusters.entries()) {
    const number = numberOf.get(name) ?? sizes.length;
    if (number === sizes.length) {
      numberOf.set(name, number);
      sizes.push(0);
    }
    sizes[number] = (sizes[number] ?? 0) + 1;
    numbers[index] = number;
  }
  const made = { numbers, sizes };
  known.set(clusters, made);
  return made;
}

function group(values: readonly number[], clusters: readonly string[]): Cluster[] {
  expectNumbers("values", values);
  expectSameLength("values", values, "clusters", clusters);
  const centre = mean(values);
  const { numbers, sizes } = numbered(clusters);
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
  return sizes.map((size, cluster) => {
    const residual = (totals[cluster] ?? 0) + (lost[cluster] ?? 0);
    // What rounding leaves of equal cluster means must not pass for variation between them.
    const isRounding = Math.abs(residual) <= slack * size;
    return { share: size / values.length, residual: isRounding ? 0 : residual };
  });
}
