/**
 * One proportion: `successes` of `n` independent cases. Show Wilson's interval; take verdicts from the one-sided
 * Clopper-Pearson bounds, which alone keep their level for rates near 1.
 */
import { expectInsideUnit, expectSuccesses, expectUnit } from "./arguments.ts";
import { betaQuantile } from "./beta-quantile.ts";
import { binomialLower, binomialPmf, binomialUpper } from "./binomial.ts";
import { type Bounds, clampBounds, type Interval } from "./interval.ts";
import { twoSidedZ } from "./normal.ts";
import { defined, type Maybe, notDefined } from "./undefined.ts";

/**
 * Score interval (Wilson 1927). Never degenerate: all correct gives [n/(n + z²), 1], not [1, 1].
 * @param n at least 1
 * @param confidence two-sided, inside (0, 1)
 * @throws RangeError on arguments outside these ranges, as every function of this file
 */
export function wilson(successes: number, n: number, confidence: number): Interval {
  expectSuccesses(successes, n);
  expectInsideUnit("confidence", confidence);
  return { estimate: successes / n, ...wilsonBounds(successes / n, n, twoSidedZ(confidence)) };
}

/**
 * Wilson's limits for an observed rate, an effective sample size (not necessarily whole) and a critical value.
 * The half with the open end is exact: 0 successes have the lower limit 0.
 */
export function wilsonBounds(rate: number, n: number, critical: number): Bounds {
  const z2 = critical * critical;
  const centre = rate + z2 / (2 * n);
  const half = critical * Math.sqrt((rate * (1 - rate)) / n + z2 / (4 * n * n));
  const scale = 1 + z2 / n;
  return clampBounds(
    { lower: rate === 0 ? 0 : (centre - half) / scale, upper: rate === 1 ? 1 : (centre + half) / scale },
    0,
    1,
  );
}

/** Exact two-sided interval (Clopper and Pearson 1934): never covers less than its confidence, usually more. */
export function clopperPearson(successes: number, n: number, confidence: number): Interval {
  expectInsideUnit("confidence", confidence);
  return { estimate: successes / n, ...clopperPearsonBounds(successes, n, (1 - confidence) / 2) };
}

/**
 * Exact one-sided bounds, each with this confidence by itself: the rate is at least `lower` (respectively at most
 * `upper`) with an error of at most 1 - confidence. 0 of n has lower 0, n of n has upper 1.
 */
export function clopperPearsonOneSided(successes: number, n: number, confidence: number): Bounds {
  expectInsideUnit("confidence", confidence);
  return clopperPearsonBounds(successes, n, 1 - confidence);
}

/** The same bounds by their error `alpha`, which may be too small for 1 - alpha to hold it. */
export function clopperPearsonBounds(successes: number, n: number, alpha: number): Bounds {
  expectSuccesses(successes, n);
  expectInsideUnit("alpha", alpha);
  const failures = n - successes;
  return {
    lower: successes === 0 ? 0 : betaQuantile(alpha, successes, failures + 1),
    upper: failures === 0 ? 1 : betaQuantile(1 - alpha, successes + 1, failures, alpha),
  };
}

/** Jeffreys' interval, with and without its modified ends. */
export type JeffreysInterval = Interval & {
  /** The plain Beta quantile, which leaves 0 out even when nothing succeeded. */
  readonly lowerUnmodified: number;
  /** The plain Beta quantile, which leaves 1 out even when nothing failed. */
  readonly upperUnmodified: number;
};

/** Equal-tailed interval under the prior Beta(1/2, 1/2), ends modified after Brown, Cai and DasGupta (2001). */
export function jeffreys(successes: number, n: number, confidence: number): JeffreysInterval {
  expectSuccesses(successes, n);
  expectInsideUnit("confidence", confidence);
  const a = successes + 0.5;
  const b = n - successes + 0.5;
  const tail = (1 - confidence) / 2;
  const lowerUnmodified = betaQuantile(tail, a, b, 1 - tail);
  const upperUnmodified = betaQuantile(1 - tail, a, b, tail);
  return {
    estimate: successes / n,
    lower: successes === 0 ? 0 : lowerUnmodified,
    upper: successes === n ? 1 : upperUnmodified,
    lowerUnmodified,
    upperUnmodified,
  };
}

/** p-values of a rate against a threshold, by the binomial distribution at the threshold. */
export type ThresholdTest = {
  /** P(X >= successes): small when the rate is above the threshold. */
  readonly pAbove: number;
  /** P(X <= successes): small when the rate is below the threshold. */
  readonly pBelow: number;
  /** The same with only half of P(X = successes), less conservative. */
  readonly midPAbove: number;
  readonly midPBelow: number;
};

/** Exact binomial test of a rate against a threshold, one-sided each way. */
export function binomialThresholdTest(successes: number, n: number, threshold: number): ThresholdTest {
  expectSuccesses(successes, n);
  expectUnit("threshold", threshold);
  const pAbove = binomialUpper(successes, n, threshold);
  const pBelow = binomialLower(successes, n, threshold);
  const half = binomialPmf(successes, n, threshold) / 2;
  return { pAbove, pBelow, midPAbove: pAbove - half, midPBelow: pBelow - half };
}

/** How many cases without a failure show a rate, and what exactly they show. */
export type ZeroFailure = { readonly n: number; readonly lowerBound: number };

/**
 * The smallest n for which n passes of n bound the rate from below by `rate`: rate^n <= alpha (the rule of three,
 * exactly). Not defined at a rate of 1, which no number of cases can show.
 * @param rate the required rate, above 0, at most 1
 * @param alpha one-sided error, inside (0, 1)
 */
export function zeroFailureN(rate: number, alpha: number): Maybe<ZeroFailure> {
  expectUnit("rate", rate);
  expectInsideUnit("alpha", alpha);
  if (rate === 1) return notDefined("no number of cases can show a rate of 1");
  if (rate === 0) return defined({ n: 1, lowerBound: alpha });
  // A whole quotient may come out a rounding error above itself.
  const n = Math.max(1, Math.ceil((Math.log(alpha) / Math.log(rate)) * (1 - 1e-13)));
  return defined({ n, lowerBound: alpha ** (1 / n) });
}
