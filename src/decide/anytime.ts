/**
 * Bounds for cases that are looked at before all of them are in. Of the error of each bound, 80 % goes to the looks together (a confidence sequence
 * may be read at every one, Howard et al. 2021) and 20 % to one more bound of a fixed number of cases, formed when all are there. Both together err
 * at most as often as is said (union bound); `bench/sequential.ts` shows what that costs.
 */
import { betaMixture } from "../stats/beta-mixture.ts";
import { rateSequence } from "../stats/confidence-sequence.ts";
import type { Bounds } from "../stats/interval.ts";
import { meanEvidence, meanSequence } from "../stats/mean-sequence.ts";
import { sum } from "../stats/sum.ts";

/**
 * Where a sample stands that is looked at as its cases come in: `early` before all planned ones are there, `last` when they are. A sample
 * without a look was planned to be looked at once.
 */
export type Look = "early" | "last";

/** Of the error of a bound, what all looks have together. The rest is for the last one. */
const LOOKS = 0.8;

export const AT_EVERY_LOOK = "confidence sequence, holds at every look";

/** Why a figure has no interval at an early look. */
export const NONE_EARLY = "stopped early, and no interval of this figure holds at every look";

/** The error of the bound that is formed once, with all cases. */
export function lastAlpha(alpha: number): number {
  return alpha * (1 - LOOKS);
}

/**
 * Bounds of the mean of values in [0, 1], in any order, that hold at every look. 0/1: truncated Beta mixture; else a mixture of bets.
 * @param alpha error of each bound over all looks and the last one, inside (0, 1)
 */
export function unitSequence(values: readonly number[], alpha: number): Bounds {
  const own = alpha * LOOKS;
  return isCount(values) ? rateSequence(sum(values), values.length, own) : meanSequence(values, own);
}

/** p-values by the tests that {@link unitSequence} inverts: at most alpha at any look with a chance of at most alpha x 0.8. */
export function unitSequenceTest(
  values: readonly number[],
  threshold: number,
): { readonly above: number; readonly below: number } {
  const against = (own: readonly number[], atMost: number) =>
    isCount(own) ? betaMixture(sum(own), own.length, atMost).logE : meanEvidence(own, atMost);
  const p = (logE: number) => Math.min(1, Math.exp(-logE) / LOOKS);
  const mirrored = values.map((value) => 1 - value);
  return { above: p(against(values, threshold)), below: p(against(mirrored, 1 - threshold)) };
}

/**
 * Bounds of the mean of differences that hold at every look: bets on (d + limit)/(2 limit). For one 0/1 a case on both sides that is evidence on the
 * discordant pairs alone.
 * @param limit what no difference can exceed, whatever was seen: 1 for differences of shares
 */
export function differenceSequence(differences: readonly number[], alpha: number, limit: number): Bounds {
  const moved = differences.map((difference) => (difference / limit + 1) / 2);
  const { lower, upper } = meanSequence(moved, alpha * LOOKS);
  return { lower: (2 * lower - 1) * limit, upper: (2 * upper - 1) * limit };
}

/** p-value of both tests at the last look: the smaller after each has its share. */
export function lastP(always: number, fixed: number): number {
  return Math.min(1, always, fixed / (1 - LOOKS));
}

function isCount(values: readonly number[]): boolean {
  return values.every((value) => value === 0 || value === 1);
}
