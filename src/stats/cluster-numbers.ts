/** Clusters by number instead of by name. A list of names is read once, however many lists of values it goes with. */

/** Clusters in the order of their first value. */
export interface ClusterNumbers {
  /** The cluster of each value. */
  readonly numbers: Int32Array;
  /** Values of each cluster, at least 1. */
  readonly sizes: readonly number[];
}

const known = new WeakMap<readonly string[], ClusterNumbers>();

/** @param clusters the cluster of each value; a list that is not changed after, since what it held is remembered */
export function clusterNumbers(clusters: readonly string[]): ClusterNumbers {
  const before = known.get(clusters);
  if (before !== undefined) return before;
  const numbers = new Int32Array(clusters.length);
  const numberOf = new Map<string, number>();
  const sizes: number[] = [];
  for (let index = 0; index < clusters.length; index++) {
    const name = clusters[index] ?? "";
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

/** Sum of `term(index)` for each cluster; few terms of like size, so nothing is compensated. */
export function sumByCluster({ numbers, sizes }: ClusterNumbers, term: (index: number) => number): Float64Array {
  const totals = new Float64Array(sizes.length);
  for (let index = 0; index < numbers.length; index++) {
    const cluster = numbers[index] ?? 0;
    totals[cluster] = (totals[cluster] ?? 0) + term(index);
  }
  return totals;
}
