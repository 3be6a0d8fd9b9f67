/** What the decision says of more examples: the learning curve of tuned targets of several sizes. Plain data, valid JSON. */
import type { Estimate, MaybeDifference, Unavailable } from "./decision.ts";

/** All tuned targets of one size. */
export interface CurvePoint {
  readonly examples: number;
  readonly targets: readonly string[];
  /** Over the cases that every size has; the mean over the targets of this size. */
  readonly score: Estimate;
}

/** The score at a size, by the curve, with its two-sided 95 % interval. */
export interface CurveValue {
  readonly examples: number;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/** score = a - b n^(-c), with n training examples. */
export interface CurveFit {
  readonly available: true;
  /** Score that the curve levels off at. */
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly confidence: number;
  readonly levelsOffAt: { readonly lower: number; readonly upper: number };
  /** Gain by twice the examples of the largest size. */
  readonly doubling: { readonly value: number; readonly lower: number; readonly upper: number };
  /** From the smallest size to at most twice the largest, sizes of the targets included. */
  readonly values: readonly CurveValue[];
  readonly method: string;
}

/** `orFewer`: the smallest size is enough, and nobody tried a smaller one. */
export type Extent = { readonly available: true; readonly examples: number; readonly orFewer: boolean } | Unavailable;

/**
 * Why no number of examples can be told: `levels-off-below`, shown to level off below what is required; `open`, the curve levels off
 * below it but its interval does not; `too-far`, only beyond ten times the largest size; `not-monotone`, a larger size is shown to be worse;
 * `misfit`, the curve misses what was measured at some size by more than its interval;
 * `too-few-sizes`, `too-few-cases`; `stopped-early`, the run ended before all cases were asked, so that the curve has no interval; `no-requirement` of quality.
 */
export type NotOnCurve =
  | "levels-off-below"
  | "open"
  | "too-far"
  | "not-monotone"
  | "misfit"
  | "too-few-sizes"
  | "too-few-cases"
  | "stopped-early"
  | "no-requirement";

/** Training examples with which the score itself, not yet its bound, comes to what is required. */
export type ExamplesNeeded =
  | {
      readonly available: true;
      readonly examples: number;
      readonly orFewer: boolean;
      readonly confidence: number;
      readonly lower: Extent;
      readonly upper: Extent;
    }
  | {
      readonly available: false;
      readonly reason: NotOnCurve;
      readonly why: string;
      /** Lower end of the interval, where it has one. */
      readonly atLeast?: number;
    };

export interface LearningCurve {
  /** What all these targets were tuned from. */
  readonly tunedFrom: string;
  /** Sizes in rising order. */
  readonly points: readonly CurvePoint[];
  /** Test cases that every size has, and how many it lacks. */
  readonly cases: number;
  readonly left: number;
  /** The largest size minus the smallest, paired by case. */
  readonly rise: MaybeDifference;
  /** The quality that is required; absent where none is. */
  readonly required?: { readonly label: string; readonly threshold: number };
  readonly fit: CurveFit | Unavailable;
  readonly needed: ExamplesNeeded;
  /** What the figures do not hold, in sentences. */
  readonly notes: readonly string[];
}
