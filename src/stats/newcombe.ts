/** Differences of two proportions by "square and add" of their Wilson limits (Newcombe 1998). */
import { expectInsideUnit, expectSuccesses } from "./arguments.ts";
import { clampBounds } from "./interval.ts";
import { type DifferenceInterval, type PairedCounts, pairCount } from "./paired-binary.ts";
import { wilson } from "./proportion.ts";

/**
 * Paired proportions, new - base: method 10 of Newcombe (1998, Statistics in Medicine 17: 2635-2650), whose correlation
 * carries a continuity correction.
 * @throws RangeError on counts that are not whole or not at least one pair, on a confidence outside (0, 1)
 */
export function newcombePaired(counts: PairedCounts, confidence: number): DifferenceInterval {
  const n = pairCount(counts);
  const { bothPass, onlyNew, onlyBase } = counts;
  return squareAndAdd(bothPass + onlyNew, n, bothPass + onlyBase, n, correlation(counts, n), confidence);
}

/**
 * Independent proportions, new - base: method 10 of Newcombe (1998, Statistics in Medicine 17: 873-890). Only for arms that
 * did not run the same cases; a report must then say that the comparison is unpaired.
 */
export function newcombeUnpaired(
  newSuccesses: number,
  newN: number,
  baseSuccesses: number,
  baseN: number,
  confidence: number,
): DifferenceInterval {
  expectSuccesses(newSuccesses, newN);
  expectSuccesses(baseSuccesses, baseN);
  return squareAndAdd(newSuccesses, newN, baseSuccesses, baseN, 0, confidence);
}

/** Phi of the 2 x 2 table, corrected: a positive determinant is moved towards 0 by half the number of pairs. */
function correlation({ bothPass, onlyNew, onlyBase, bothFail }: PairedCounts, n: number): number {
  const margins = [bothPass + onlyNew, onlyBase + bothFail, bothPass + onlyBase, onlyNew + bothFail];
  if (margins.includes(0)) return 0;
  const determinant = bothPass * bothFail - onlyNew * onlyBase;
  const corrected = determinant < 0 ? determinant : Math.max(0, determinant - n / 2);
  return margins.reduce((phi, margin) => phi / Math.sqrt(margin), corrected);
}

function squareAndAdd(
  newSuccesses: number,
  newN: number,
  baseSuccesses: number,
  baseN: number,
  phi: number,
  confidence: number,
): DifferenceInterval {
  expectInsideUnit("confidence", confidence);
  const fresh = wilson(newSuccesses, newN, confidence);
  const base = wilson(baseSuccesses, baseN, confidence);
  const estimate = fresh.estimate - base.estimate;
  const below = reach(fresh.estimate - fresh.lower, base.upper - base.estimate, phi);
  const above = reach(fresh.upper - fresh.estimate, base.estimate - base.lower, phi);
  return { estimate, ...clampBounds({ lower: estimate - below, upper: estimate + above }, -1, 1) };
}

function reach(a: number, b: number, phi: number): number {
  return Math.sqrt(Math.max(0, a * a - 2 * phi * a * b + b * b));
}
