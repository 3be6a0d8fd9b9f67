/** Permutation test of paired differences: under the null each difference might as well have the other sign. */
import { expectCount, expectNumbers } from "./arguments.ts";
import { type Random, randomFrom } from "./random.ts";
import { sum } from "./sum.ts";

/** p-values of the mean difference. */
export type SignFlip = {
  readonly pTwoSided: number;
  /** Small when the differences are above 0. */
  readonly pGreater: number;
  /** Number of sign assignments looked at. */
  readonly assignments: number;
  /** Whether these were all there are. */
  readonly exact: boolean;
};

/** Up to this many differences every assignment is looked at (2^20, a few milliseconds). */
const EXACT_UP_TO = 20;

/**
 * Sign-flip test (Fisher 1935). Exact for up to 20 differences, else by random assignments with (1 + hits)/(1 + draws), which
 * never gives a p-value of 0; the draws are seeded from the differences.
 * @param diffs at least one finite difference
 * @param draws random assignments where enumeration is too long
 */
export function signFlip(diffs: readonly number[], draws = 100_000): SignFlip {
  expectNumbers("diffs", diffs);
  expectCount("draws", draws, 1);
  const observed = sum(diffs);
  // Sums of the same numbers in another order differ by rounding; those are ties.
  const slack = 1e-12 * sum(diffs.map(Math.abs));
  const counter = { total: 0, greater: 0, extreme: 0 };
  const count = (total: number) => {
    counter.total++;
    if (total >= observed - slack) counter.greater++;
    if (Math.abs(total) >= Math.abs(observed) - slack) counter.extreme++;
  };
  const exact = diffs.length <= EXACT_UP_TO;
  if (exact) enumerate(diffs, 0, 0, count);
  else sample(diffs, draws, randomFrom(diffs), count);
  const share = (hits: number) => (exact ? hits / counter.total : (1 + hits) / (1 + counter.total));
  return { pTwoSided: share(counter.extreme), pGreater: share(counter.greater), assignments: counter.total, exact };
}

function enumerate(diffs: readonly number[], index: number, total: number, count: (total: number) => void): void {
  const diff = diffs[index];
  if (diff === undefined) count(total);
  else {
    enumerate(diffs, index + 1, total + diff, count);
    enumerate(diffs, index + 1, total - diff, count);
  }
}

function sample(diffs: readonly number[], draws: number, random: Random, count: (total: number) => void): void {
  for (let draw = 0; draw < draws; draw++) {
    let total = 0;
    for (const diff of diffs) total += random() < 0.5 ? diff : -diff;
    count(total);
  }
}
