/**
 * Cases that ask the same: their inputs are equal once letter case, white space and Unicode forms are folded. A model that is right on one is right on
 * the other, so they are one cluster, whatever their author declared; counted as several they would make every interval too narrow.
 */
import { hash } from "node:crypto";
import { questionOf } from "../suite/same-question.ts";
import type { Named } from "./case-names.ts";
import { detach } from "./ids.ts";
import { createTextNumbers, type TextNumbers } from "./text-numbers.ts";

/** Hash digits kept of an input: 96 bits, of which no two agree by chance. */
const DIGITS = 16;

/** Two clusters that one input joins. */
export interface Joined {
  readonly id: string;
  readonly cluster: string;
  /** The first case with that input. */
  readonly earlier: Named;
}

export interface SameInputs {
  /** Takes note of a case, in the order of the dataset; returns what it joins, where its cluster is another than that of the first. */
  readonly add: (one: Named & { readonly input: unknown }) => Joined | undefined;
  /** The cluster that a declared one counts as: itself, or the one that all those joined with it share. */
  readonly clusterOf: (cluster: string) => string;
  /** Whether any two clusters are joined. */
  readonly joins: () => boolean;
  /** Id of the first case with the same input, by position in the dataset; absent for that first one. */
  readonly repeats: (index: number) => string | undefined;
  /** Nothing more is added: what was kept to find repeats may go. */
  readonly close: () => void;
}

interface Known {
  readonly keys: TextNumbers;
  readonly nameAt: (index: number) => Named;
  /** Position of the case that brought a key, by the key's number; absent as long as nothing repeats, for then the two are the same. */
  first?: number[];
}

/**
 * Keeps a hash a case until it is closed; after that, only what repeats.
 *
 * @param nameAt id and cluster of an earlier case, by position in the dataset.
 */
export function createSameInputs(nameAt: (index: number) => Named): SameInputs {
  /** What is needed while cases come; with it go the names. */
  let known: Known | undefined = { keys: createTextNumbers(), nameAt };
  const parents = new Map<string, string>();
  const repeated = new Map<number, string>();
  let count = 0;
  const clusterOf = (cluster: string): string => {
    if (parents.size === 0) return cluster;
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
      if (known === undefined) throw new Error("a case is added to inputs that are closed");
      const index = count++;
      const before = known.keys.size();
      const key = known.keys.of(keyOf(input));
      if (key === before) {
        known.first?.push(index);
        return undefined;
      }
      known.first ??= Array.from({ length: before }, (_, number) => number);
      const earlier = known.nameAt(known.first[key] ?? 0);
      repeated.set(index, earlier.id);
      const [root, own] = [clusterOf(earlier.cluster), clusterOf(cluster)];
      if (root === own) return undefined;
      parents.set(detach(own), root);
      return { id: detach(id), cluster: detach(cluster), earlier };
    },
    clusterOf,
    joins: () => parents.size > 0,
    repeats: (index) => repeated.get(index),
    close: () => {
      known = undefined;
    },
  };
}

function keyOf(input: unknown): string {
  return hash("sha256", questionOf(input), "base64").slice(0, DIGITS);
}
