/**
 * Learning curves as inverse power laws: score = a - b n^(-c). The form fits most curves of one learner on one task well (Figueroa,
 * Zeng-Treitler, Kandula and Ngo 2012, "Predicting sample size required for classification performance"; Viering and Loog 2023, "The
 * shape of learning curves: a review", who warn of far extrapolation and of curves that dip).
 */
import { expectNonNegative, expectNumbers, expectPositive, expectSameLength, expectUnit } from "./arguments.ts";

/** Exponents that are tried: slower curves than the least are hardly told from a flat one, faster ones are level at once. */
export const LEAST_EXPONENT = 0.05;
export const MOST_EXPONENT = 2;
const EXPONENTS = 60;

/** score(n) = a - drop (n / from)^(-c); a in [0, 1], drop >= 0, so that it never falls with n and never passes 1. */
export interface PowerLaw {
  /** What it levels off at. */
  readonly a: number;
  /** How far below that it is at `from`. */
  readonly drop: number;
  readonly c: number;
  /** The smallest size it was fitted to. */
  readonly from: number;
}

/** Weighted least squares, made once for given sizes and weights. */
export type PowerLawFitter = (scores: readonly number[]) => PowerLaw;

/**
 * Weighted least squares over a grid of exponents, evenly spaced on a logarithmic scale; at each exponent the best a and drop within
 * their bounds are exact. The first of equally good exponents, from the smallest on, is taken.
 * @param sizes at least two different ones, each above 0
 * @param weights as many, each above 0
 */
export function powerLawFitter(sizes: readonly number[], weights: readonly number[]): PowerLawFitter {
  expectNumbers("sizes", sizes, 2);
  expectSameLength("sizes", sizes, "weights", weights);
  for (const [index, size] of sizes.entries()) expectPositive(`sizes[${index}]`, size);
  for (const [index, weight] of weights.entries()) expectPositive(`weights[${index}]`, weight);
  if (new Set(sizes).size < 2) throw new RangeError("sizes: expected at least two different ones");
  const from = Math.min(...sizes);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = weights.map((weight) => weight / total);
  const grid = Array.from({ length: EXPONENTS }, (_, step) => {
    const c = LEAST_EXPONENT * (MOST_EXPONENT / LEAST_EXPONENT) ** (step / (EXPONENTS - 1));
    return lineAt(c, from, sizes, shares);
  });
  return (scores) => {
    expectSameLength("sizes", sizes, "scores", scores);
    for (const [index, score] of scores.entries()) expectUnit(`scores[${index}]`, score);
    const mean = dot(shares, scores);
    let best: Line | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const line of grid) {
      const error = errorOf(line, shares, scores, boxed(line, shares, scores, mean));
      // Better by more than rounding, so that ties go to the slowest curve on every machine.
      if (error < least - 1e-12) {
        least = error;
        best = line;
      }
    }
    if (best === undefined) throw new Error("no exponent was tried");
    return { ...boxed(best, shares, scores, mean), c: best.c, from };
  };
}

export function scoreAt({ a, drop, c, from }: PowerLaw, size: number): number {
  expectPositive("size", size);
  return a - drop * (size / from) ** -c;
}

/** The size at which the curve reaches a score: `from` where it is there from the start, Infinity where it never gets there. */
export function sizeFor({ a, drop, c, from }: PowerLaw, score: number): number {
  expectNonNegative("score", score);
  const room = a - score;
  if (room >= drop) return from;
  return room <= 0 ? Number.POSITIVE_INFINITY : from * (drop / room) ** (1 / c);
}

/** For one exponent the curve is a line in x = (n / from)^(-c). */
interface Line {
  readonly c: number;
  readonly xs: readonly number[];
  readonly centre: number;
  readonly squares: number;
  readonly spread: number;
}

type Ends = Pick<PowerLaw, "a" | "drop">;

function lineAt(c: number, from: number, sizes: readonly number[], shares: readonly number[]): Line {
  const xs = sizes.map((size) => (size / from) ** -c);
  const centre = dot(shares, xs);
  const squares = xs.reduce((sum, x, index) => sum + (shares[index] ?? 0) * x * x, 0);
  const spread = xs.reduce((sum, x, index) => sum + (shares[index] ?? 0) * (x - centre) ** 2, 0);
  return { c, xs, centre, squares, spread };
}

/** The least squares of a convex problem in a box. */
function boxed(
  { xs, centre, squares, spread }: Line,
  shares: readonly number[],
  scores: readonly number[],
  mean: number,
): Ends {
  let covariance = 0;
  for (let index = 0; index < xs.length; index++) {
    covariance += (shares[index] ?? 0) * ((xs[index] ?? 0) - centre) * ((scores[index] ?? 0) - mean);
  }
  const slope = -covariance / spread;
  if (slope <= 0) return { a: mean, drop: 0 };
  const a = mean + slope * centre;
  if (a <= 1) return { a, drop: slope };
  // Above 1 the best within the bounds lies on a = 1: the error is convex.
  return { a: 1, drop: Math.max(0, centre - dotOf(shares, xs, scores)) / squares };
}

function errorOf({ xs }: Line, shares: readonly number[], scores: readonly number[], { a, drop }: Ends): number {
  let error = 0;
  for (let index = 0; index < xs.length; index++) {
    const miss = (scores[index] ?? 0) - a + drop * (xs[index] ?? 0);
    error += (shares[index] ?? 0) * miss * miss;
  }
  return error;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

function dotOf(a: readonly number[], b: readonly number[], c: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0) * (c[index] ?? 0), 0);
}
