/** Paired differences of scores, new - base, one a case: the t test, and the form of it that is safe for scores in [0, 1]. */
import { expectInsideUnit, expectNonNegative, expectNumbers } from "./arguments.ts";
import type { Bounds } from "./interval.ts";
import { type MeanEstimate, meanInterval, meanOneSided } from "./mean.ts";
import { studentTwoSided, studentUpper } from "./student-t.ts";
import { mean } from "./sum.ts";
import { defined, type Maybe, mustBeDefined, notDefined } from "./undefined.ts";

/** The paired t test. `test` and `bounds` exist only for two or more differences that are not all equal. */
export type PairedT = MeanEstimate & {
  readonly test: Maybe<{ readonly t: number; readonly pTwoSided: number }>;
};

/**
 * Paired t test and interval. Rejects too often (5-15 % at a nominal 5 %) for rates averaged over few trials;
 * {@link pseudoCaseT} is for those.
 * @param diffs differences new - base, at least one
 * @param confidence two-sided, inside (0, 1)
 */
export function pairedT(diffs: readonly number[], confidence: number): PairedT {
  const estimate = meanInterval(diffs, confidence);
  return { ...estimate, test: testAgainst(estimate, 0) };
}

/** Student's interval over the differences and two pseudo-cases. */
export type PseudoCaseT = Bounds & {
  /** Mean of the differences themselves: what to show. */
  readonly estimate: number;
  /** Mean with the pseudo-cases, the centre of the interval, drawn towards 0. */
  readonly centre: number;
  readonly se: number;
  /** Number of differences + 1. */
  readonly df: number;
};

/**
 * t interval on the differences with one +1 and one -1 appended: the idea of Agresti and Min (2005) and Bonett and Price
 * (2012) for averaged trials and graded scores. Always defined, also when all differences are equal.
 * @param diffs differences of scores in [0, 1], so each in [-1, 1]; at least one
 * @param confidence two-sided, inside (0, 1)
 */
export function pseudoCaseT(diffs: readonly number[], confidence: number): PseudoCaseT {
  return withPseudoCases(diffs, meanInterval(pseudoCases(diffs), confidence));
}

/** Outcome of a noninferiority test on mean differences. */
export type MeanNoninferiority = Bounds & {
  /** (estimate + margin) / se. */
  readonly t: number;
  /** One-sided p-value of H0: new - base <= -margin. */
  readonly p: number;
  /** One-sided p-value of H0: new - base >= margin. */
  readonly pNotSuperior: number;
  /** The larger of both: small when the arms are equivalent within the margin (TOST, Schuirmann 1987). */
  readonly pTost: number;
  readonly noninferior: boolean;
};

/**
 * Noninferiority by the paired t test; its bounds are one-sided at 1 - alpha.
 * @param margin the largest loss that is tolerated, >= 0
 */
export function pairedTNoninferiority(
  diffs: readonly number[],
  margin: number,
  alpha = 0.05,
): Maybe<MeanNoninferiority> {
  expectInsideUnit("alpha", alpha);
  expectNonNegative("margin", margin);
  return noninferiority(meanOneSided(diffs, 1 - alpha), margin, alpha);
}

/** Noninferiority by {@link pseudoCaseT}; its bounds are one-sided at 1 - alpha. */
export function pseudoCaseNoninferiority(
  diffs: readonly number[],
  margin: number,
  alpha = 0.05,
): PseudoCaseT & MeanNoninferiority {
  expectInsideUnit("alpha", alpha);
  expectNonNegative("margin", margin);
  const estimate = meanOneSided(pseudoCases(diffs), 1 - alpha);
  return { ...withPseudoCases(diffs, estimate), ...mustBeDefined(noninferiority(estimate, margin, alpha)) };
}

function noninferiority(estimate: MeanEstimate, margin: number, alpha: number): Maybe<MeanNoninferiority> {
  const { bounds, df } = estimate;
  const above = testAgainst(estimate, -margin);
  const below = testAgainst(estimate, margin);
  if (!bounds.defined) return bounds;
  if (!above.defined) return above;
  if (!below.defined) return below;
  const p = studentUpper(above.value.t, df);
  const pNotSuperior = studentUpper(-below.value.t, df);
  return defined({
    ...bounds.value,
    t: above.value.t,
    p,
    pNotSuperior,
    pTost: Math.max(p, pNotSuperior),
    noninferior: p < alpha,
  });
}

function testAgainst({ estimate, se, df }: MeanEstimate, difference: number): PairedT["test"] {
  if (!se.defined) return se;
  if (se.value === 0) return notDefined("all differences are equal, so t is 0/0 or infinite");
  const t = (estimate - difference) / se.value;
  return defined({ t, pTwoSided: studentTwoSided(t, df) });
}

function pseudoCases(diffs: readonly number[]): number[] {
  expectNumbers("diffs", diffs);
  // Averages of trials may leave the range by a rounding error.
  const outside = diffs.find((diff) => Math.abs(diff) > 1 + 1e-9);
  if (outside !== undefined) throw new RangeError(`diffs: expected differences of scores in [0, 1], got ${outside}`);
  return [...diffs, 1, -1];
}

function withPseudoCases(diffs: readonly number[], { estimate, se, df, bounds }: MeanEstimate): PseudoCaseT {
  // +1 and -1 among the values: they are never all equal.
  return { estimate: mean(diffs), centre: estimate, se: mustBeDefined(se), df, ...mustBeDefined(bounds) };
}
