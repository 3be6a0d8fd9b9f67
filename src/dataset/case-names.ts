/** Ids and declared clusters of all cases by position: texts outside of the heap, so that the check of a large file leaves nothing to be collected. */
import { createTextColumn } from "./text-column.ts";
import { createTextNumbers } from "./text-numbers.ts";

/** A case by name. */
export interface Named {
  readonly id: string;
  /** As declared; the id where none is. */
  readonly cluster: string;
}

export interface CaseNames {
  readonly size: () => number;
  /** Takes the next case. */
  readonly add: (id: string, cluster: string | undefined) => void;
  /** Of the case at a 0-based position. */
  readonly at: (index: number) => Named;
  readonly clusterAt: (index: number) => string;
  /** Whether every case is a cluster of its own. */
  readonly areOwn: () => boolean;
  /** Clusters by name: each declared one, and the id of each case that declares none. */
  readonly clusters: () => Generator<string>;
}

export function createCaseNames(): CaseNames {
  const ids = createTextColumn();
  const declared = createTextNumbers();
  /** By case, the number of its cluster, 1 added; shorter than the cases where those at the end declare none. */
  const clusterOf: number[] = [];
  const clusterAt = (index: number): string => {
    const own = clusterOf[index] ?? 0;
    return own === 0 ? ids.at(index) : declared.at(own - 1);
  };
  return {
    size: ids.size,
    add(id, cluster) {
      if (cluster !== undefined && cluster !== id) {
        while (clusterOf.length < ids.size()) clusterOf.push(0);
        clusterOf.push(declared.of(cluster) + 1);
      }
      ids.add(id);
    },
    at: (index) => ({ id: ids.at(index), cluster: clusterAt(index) }),
    clusterAt,
    areOwn: () => declared.size() === 0,
    *clusters() {
      for (let number = 0; number < declared.size(); number++) yield declared.at(number);
      for (let index = 0; index < ids.size(); index++) {
        if ((clusterOf[index] ?? 0) > 0) continue;
        const id = ids.at(index);
        if (declared.find(id) === undefined) yield id;
      }
    },
  };
}
