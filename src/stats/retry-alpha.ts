/** Looking again costs: the error a repeated test may spend, so that all looks together spend no more than planned. */
import { expectCount, expectInsideUnit } from "./arguments.ts";

/** The level of one attempt, and what all attempts so far have spent. */
export type RetryAlpha = { readonly alpha: number; readonly spent: number };

/**
 * alpha/(j(j+1)) for the j-th attempt: the series telescopes to alpha over all attempts there will ever be, so by the union
 * bound the total error stays below alpha without fixing their number.
 * @param alpha total error, inside (0, 1)
 * @param attempt 1 for the first
 */
export function retryAlpha(alpha: number, attempt: number): RetryAlpha {
  expectInsideUnit("alpha", alpha);
  expectCount("attempt", attempt, 1);
  return { alpha: alpha / (attempt * (attempt + 1)), spent: (alpha * attempt) / (attempt + 1) };
}
