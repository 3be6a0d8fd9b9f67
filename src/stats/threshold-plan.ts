/** How many cases show that a rate reaches a threshold, with the power of the exact test itself and not of a formula. */
import { expectInsideUnit } from "./arguments.ts";
import { binomialLower } from "./binomial.ts";
import { defined, type Maybe, notDefined } from "./undefined.ts";

/** More cases than this are not looked for. */
const MOST_CASES = 10_000_000;

/** What a number of cases is planned for. Rates in (0, 1). */
export type ThresholdPlan = {
  readonly threshold: number;
  /** The true rate, above the threshold. */
  readonly rate: number;
  /** One-sided error. */
  readonly alpha: number;
  readonly power: number;
};

/**
 * The fewest cases from which on the one-sided Clopper-Pearson bound reaches the threshold with the power asked for, whatever larger number is
 * taken: with a few cases more than the fewest that do, power falls again until one more failure is allowed (Chernick and Liu 2002, "The
 * Saw-Toothed Behavior of Power Versus Sample Size").
 *
 * With f failures allowed, n cases show the threshold τ when P(Bin(n, 1-τ) <= f) <= α, and do so with probability P(Bin(n, 1-rate) <= f).
 */
export function casesToReach({ threshold, rate, alpha, power }: ThresholdPlan): Maybe<number> {
  expectInsideUnit("threshold", threshold);
  expectInsideUnit("rate", rate);
  expectInsideUnit("alpha", alpha);
  expectInsideUnit("power", power);
  if (rate <= threshold) return notDefined("a rate that does not lie above the threshold is never shown to");
  for (let failures = 0; ; failures++) {
    const first = fewestWith(failures, threshold, alpha);
    // The last number of cases before one more failure is allowed has the least power.
    const last = fewestWith(failures + 1, threshold, alpha) - 1;
    if (!Number.isFinite(first) || first > MOST_CASES) return notDefined("no affordable number of cases shows it");
    if (binomialLower(failures, last, 1 - rate) >= power) return defined(first);
  }
}

/** The fewest cases that show the threshold although so many of them fail. */
function fewestWith(failures: number, threshold: number, alpha: number): number {
  const shows = (n: number) => binomialLower(failures, n, 1 - threshold) <= alpha;
  let low = failures;
  let high = failures + 1;
  while (!shows(high)) {
    if (high > 2 * MOST_CASES) return Number.POSITIVE_INFINITY;
    [low, high] = [high, 2 * high];
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (shows(middle)) high = middle;
    else low = middle;
  }
  return high;
}
