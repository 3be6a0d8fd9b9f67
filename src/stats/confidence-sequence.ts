/** Bounds of a rate that hold at every look at once: they may be read whenever one stops. */
import { expectCount, expectInsideUnit } from "./arguments.ts";
import { betaMixture } from "./beta-mixture.ts";
import type { Bounds } from "./interval.ts";
import { rejectedEnd } from "./rejected-end.ts";

/** Ends are found to this. */
const WITHIN = 1e-12;

/**
 * One-sided bounds by inverting the truncated Beta-mixture e-process: the rates that are not rejected at 1/alpha. The chance that a bound is
 * ever on the wrong side of the rate, at whatever number of looks, is at most alpha for each of the two (Ville 1939; Howard et al. 2021).
 * For paired outcomes feed the discordant pairs: the rate is then the share of them that the new target wins.
 * @param successes of `n`, both counts; no case yet gives 0 and 1
 * @param alpha error of each bound, inside (0, 1)
 */
export function rateSequence(successes: number, n: number, alpha: number): Bounds {
  expectCount("n", n);
  expectCount("successes", successes);
  if (successes > n) throw new RangeError(`successes: expected at most n = ${n}, got ${successes}`);
  expectInsideUnit("alpha", alpha);
  return { lower: lowerEnd(successes, n, alpha), upper: 1 - lowerEnd(n - successes, n, alpha) };
}

/** The largest rate that is rejected as "at most this"; 0 where none is. */
function lowerEnd(successes: number, n: number, alpha: number): number {
  if (successes === 0) return 0;
  const needed = -Math.log(alpha);
  const excess = (rate: number) => betaMixture(successes, n, rate).logE - needed;
  return rejectedEnd(excess, { from: 0, to: successes / n, within: WITHIN });
}
