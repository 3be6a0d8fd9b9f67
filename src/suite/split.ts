/**
 * Which cases choose the prompt (`dev`) and which tell how good it is (`test`). Whole clusters go one way, so that what a prompt was
 * chosen on never shares a source with what it is judged on.
 */
import type { Split } from "./case.ts";
import { sha256 } from "./fingerprint.ts";
import type { Target } from "./target.ts";

/** 48 bits are read of the hash, as many as a double holds with room to spare. */
const HEX_DIGITS = 12;
const RANGE = 2 ** 48;

/**
 * The split of a cluster by hash of its id alone: the same in every suite and run, and unchanged when cases are added. A cluster that is
 * `dev` at one share stays `dev` at every larger one.
 *
 * @param devShare expected share of clusters in `dev`, in [0, 1].
 */
export function splitOf(cluster: string, devShare: number): Split {
  const position = Number.parseInt(sha256(`split:${cluster}`).slice(0, HEX_DIGITS), 16) / RANGE;
  return position < devShare ? "dev" : "test";
}

/** Two cases of one cluster that were put into different splits by hand. */
export interface SplitConflict {
  readonly cluster: string;
  readonly split: Split;
  /** Where the other split was declared; absent for cases written in the suite. */
  readonly earlier: { readonly split: Split; readonly line?: number };
}

/** Splits for one suite: declare every case first, then ask for any cluster. */
export interface SplitAssigner {
  /** Takes note of a case's own split. Returns the conflict when its cluster was declared otherwise before. */
  readonly declare: (cluster: string, split: Split, line?: number) => SplitConflict | undefined;
  /** The split that was declared for a cluster, if any was. */
  readonly declared: (cluster: string) => Split | undefined;
  readonly of: (cluster: string) => Split;
}

/**
 * The rule for a suite: a declared split counts for the whole cluster; a cluster without one goes by hash when two or more prompt-only
 * targets compete or prompts are swept, and is `test` otherwise, for then there is nothing to choose.
 */
export function assignSplits(suite: {
  readonly targets: readonly Pick<Target, "role">[];
  readonly devShare: number;
  readonly sweep?: object;
}): SplitAssigner {
  const prompts = suite.targets.filter(({ role }) => role === "prompt-only").length;
  const competing = suite.sweep !== undefined || prompts >= 2;
  const declared = new Map<string, SplitConflict["earlier"]>();
  return {
    declare: (cluster, split, line) => {
      const earlier = declared.get(cluster);
      if (earlier === undefined) declared.set(cluster, line === undefined ? { split } : { split, line });
      return earlier === undefined || earlier.split === split ? undefined : { cluster, split, earlier };
    },
    declared: (cluster) => declared.get(cluster)?.split,
    of: (cluster) => declared.get(cluster)?.split ?? (competing ? splitOf(cluster, suite.devShare) : "test"),
  };
}
