/** Evidence about a mean of values in [0, 1] that may be looked at after every value, and bounds that hold at every look at once. */
import { expectInsideUnit, expectUnit } from "./arguments.ts";
import type { Bounds } from "./interval.ts";
import { rejectedEnd } from "./rejected-end.ts";

/** Bets of the mixture: midpoints of as many equal parts of (0, 1). Any number gives valid evidence; more than this gains nothing in simulations. */
const BETS = 64;
/** Ends are found to this. */
const WITHIN = 1e-9;

type Tally = ReadonlyMap<number, number>;

/**
 * Logarithm of the e-value against H0: mean <= m: the mean over bets c of ∏ (1 - c + c y/m), the capital of a bettor who stakes the share c
 * each time (Waudby-Smith and Ramdas 2024, JRSS B, with a mixture of constant bets). It does not depend on the order of the values. For 0/1
 * values, and for paired differences as y = (d + 1)/2 against 1/2, it is the truncated Beta mixture with a uniform prior, on all cases and on the
 * discordant pairs, up to the grid of bets.
 * @param values in [0, 1], in any order
 * @param nullMeanAtMost m, inside (0, 1)
 */
export function meanEvidence(values: readonly number[], nullMeanAtMost: number): number {
  expectInsideUnit("nullMeanAtMost", nullMeanAtMost);
  return evidence(tallyOf(values), nullMeanAtMost);
}

/**
 * One-sided bounds by inverting {@link meanEvidence}: each is ever on the wrong side of the mean, at whatever number of looks, with a chance of
 * at most alpha (Ville 1939). No value yet gives 0 and 1.
 * @param alpha error of each bound, inside (0, 1)
 */
export function meanSequence(values: readonly number[], alpha: number): Bounds {
  expectInsideUnit("alpha", alpha);
  const tally = tallyOf(values);
  const mirrored = new Map([...tally].map(([value, count]) => [1 - value, count]));
  return { lower: lowerEnd(tally, alpha), upper: 1 - lowerEnd(mirrored, alpha) };
}

function tallyOf(values: readonly number[]): Tally {
  const tally = new Map<number, number>();
  for (const [index, value] of values.entries()) {
    expectUnit(`values[${index}]`, value);
    tally.set(value, (tally.get(value) ?? 0) + 1);
  }
  return tally;
}

function evidence(tally: Tally, m: number): number {
  const logs = new Float64Array(BETS);
  for (const [value, count] of tally) {
    const gain = value / m - 1;
    for (let at = 0; at < BETS; at++) logs[at] = (logs[at] ?? 0) + count * Math.log1p(((at + 0.5) / BETS) * gain);
  }
  let most = Number.NEGATIVE_INFINITY;
  for (const log of logs) if (log > most) most = log;
  let total = 0;
  for (const log of logs) total += Math.exp(log - most);
  return most + Math.log(total / BETS);
}

/** The evidence falls with m, so the means that are rejected as "at most this" end at one point; 0 where none is. */
function lowerEnd(tally: Tally, alpha: number): number {
  const needed = -Math.log(alpha);
  return rejectedEnd((mean) => evidence(tally, mean) - needed, { from: 0, to: 1, within: WITHIN });
}
