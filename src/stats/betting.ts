/** A test of a mean by betting, for graded scores in [0, 1]: the capital of a bettor the null cannot enrich. */
import { expectInsideUnit, expectUnit } from "./arguments.ts";

/** The capital after each value, the bets that made it, and what it proves. */
export type BettingProcess = {
  /** The bet placed before each value is seen. */
  readonly bets: readonly number[];
  /** Capital after each value, starting from 1. */
  readonly eValues: readonly number[];
  /** Capital at the end; 1 without any value. */
  readonly finalE: number;
  /** 1 over the largest capital ever reached, at most 1: valid at any time one stops. */
  readonly anytimeP: number;
};

/**
 * Betting e-process for H0: mean <= m (Waudby-Smith and Ramdas 2024, JRSS B), with predictable plug-in bets
 * √( 2 log(1/α) / (σ²_{t-1} t log(1+t)) ), at most `truncation`/m. Reject as soon as the capital reaches 1/α.
 * For a paired difference d in [-1, 1] bet on (d + 1)/2 against (1 - margin)/2.
 * @param values scores in [0, 1], in the order they came
 * @param nullMeanAtMost m, inside (0, 1)
 * @param truncation share of the capital that may be lost at once, inside (0, 1)
 */
export function bettingProcess(
  values: readonly number[],
  nullMeanAtMost: number,
  alpha: number,
  truncation = 0.5,
): BettingProcess {
  expectInsideUnit("nullMeanAtMost", nullMeanAtMost);
  expectInsideUnit("alpha", alpha);
  expectInsideUnit("truncation", truncation);
  const bets: number[] = [];
  const eValues: number[] = [];
  let capital = 1;
  let most = 1;
  // One imaginary observation of mean 1/2 and variance 1/4 stands in before anything is seen.
  let total = 0.5;
  let squares = 0.25;
  for (const [index, value] of values.entries()) {
    expectUnit(`values[${index}]`, value);
    const t = index + 1;
    const variance = squares / t;
    const bet = Math.min(
      truncation / nullMeanAtMost,
      Math.sqrt((2 * Math.log(1 / alpha)) / (variance * t * Math.log1p(t))),
    );
    capital *= 1 + bet * (value - nullMeanAtMost);
    most = Math.max(most, capital);
    bets.push(bet);
    eValues.push(capital);
    total += value;
    squares += (value - Math.min(1, total / (t + 1))) ** 2;
  }
  return { bets, eValues, finalE: capital, anytimeP: 1 / most };
}
