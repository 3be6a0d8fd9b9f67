/**
 * How strictly each look at a comparison judges. Looks are taken while nothing is shown, so that their errors add up; by the union bound the levels
 * below keep the sum, however many looks there are and however they depend on each other.
 */
import { retryAlpha } from "../../stats/retry-alpha.ts";
import type { Suite } from "../../suite/suite.ts";
import type { BaselineSuite } from "./contract.ts";

/** Error of calling unchanged behaviour a drop, over all looks there may ever be. */
export const FALSE_ALARMS = 0.02;
/** Of it, what the planned looks share; the rest is kept for looks that `--trials` adds. */
const PLANNED = 0.9;

export interface LookLevels {
  /** Of calling a loss of the margin none. */
  readonly pass: number;
  /** Of calling unchanged behaviour a drop. */
  readonly fail: number;
}

/**
 * Levels of the j-th look. To pass: alpha / (j (j + 1)). To fail: later looks, which know more, spend more: j of 1 + 2 + ... + planned.
 * @param look 1 for the first
 * @param planned looks that the suite plans, 1 or more
 */
export function levelsAt(look: number, planned: number, alpha: number): LookLevels {
  const pass = retryAlpha(alpha, look).alpha;
  if (look > planned) {
    return { pass, fail: retryAlpha((1 - PLANNED) * FALSE_ALARMS, look - planned).alpha };
  }
  return { pass, fail: (PLANNED * FALSE_ALARMS * look) / ((planned * (planned + 1)) / 2) };
}

/** Trials that the last look takes: what a baseline had best hold of each case. */
export function mostTrials({ trials, gate }: Pick<Suite, "trials" | "gate">): number {
  return Math.max(trials, ...(gate.trials ?? []));
}

/** Trials that a baseline holds of each case; 0 where it has none. */
export function trialsHeld({ cases }: Pick<BaselineSuite, "cases">): number {
  return cases.reduce((most, { prompt, tuned }) => Math.max(most, prompt?.[1] ?? 0, tuned?.[1] ?? 0), 0);
}

/**
 * Trials of each look: those of the suite, cut at `asked`, which is a look of its own where it is none of them.
 * @param asked from `--trials`; absent: as planned
 */
export function looksOf(planned: readonly number[], asked: number | undefined): readonly number[] {
  if (asked === undefined) return planned;
  return [...planned.filter((trials) => trials < asked), asked];
}
