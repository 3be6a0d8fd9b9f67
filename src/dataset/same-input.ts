/**
 * Cases that ask the same: their inputs are equal once letter case, white space and Unicode forms are folded. A model that is right on one is right on
 * the other, so they are one cluster, whatever their author declared; counted as several they would make every interval too narrow.
 */
import { hash } from "node:crypto";
import { questionOf } from "../suite/same-question.ts";

/** Hash digits kept of an input: 96 bits, of which no two agree by chance. */
const DIGITS = 16;

/** Two clusters that one input joins. */
export interface Joined {
  readonly id: string;
  readonly cluster: string;
  /** The first case with that input. */
  readonly earlier: { readonly id: string; readonly cluster: string };
}

export interface SameInputs {
  /** Takes note of a case, in the order of the dataset; returns what it joins, where its cluster is another than that of the first. */
  readonly add: (one: { readonly id: string; readonly cluster: string; readonly input: unknown }) => Joined | undefined;
  /** The cluster that a declared one counts as: itself, or the one that all those joined with it share. */
  readonly clusterOf: (cluster: string) => string;
  /** Id of the first case with the same input, by position in the dataset; absent for that first one. */
  readonly repeats: (index: number) => string | undefined;
  /** Nothing more is added: what was kept to find repeats may go. */
  readonly close: () => void;
}

/** Keeps a hash a case until it is closed; after that, only what repeats. */
export function createSameInputs(): SameInputs {
  const first = new Map<string, { readonly id: string; readonly cluster: string }>();
  const parents = new Map<string, string>();
  const repeated = new Map<number, string>();
  let count = 0;
  const clusterOf = (cluster: string): string => {
    let root = cluster;
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent;
    // The way is made short for the next who asks.
    for (let at = cluster; at !== root; ) {
      const next = parents.get(at) ?? root;
      parents.set(at, root);
      at = next;
    }
    return root;
  };
  return {
    add: ({ id, cluster, input }) => {
      const index = count++;
      const key = keyOf(input);
      const earlier = first.get(key);
      if (earlier === undefined) {
        first.set(key, { id, cluster });
        return undefined;
      }
      repeated.set(index, earlier.id);
      const [root, own] = [clusterOf(earlier.cluster), clusterOf(cluster)];
      if (root === own) return undefined;
      parents.set(own, root);
      return { id, cluster, earlier };
    },
    clusterOf,
    repeats: (index) => repeated.get(index),
    close: () => first.clear(),
  };
}

function keyOf(input: unknown): string {
  return hash("sha256", questionOf(input), "base64").slice(0, DIGITS);
}
