/** Two arms that ran the same cases, each passing or failing: the four counts every paired comparison starts from. */
import { expectCount, expectSameLength } from "./arguments.ts";
import type { Interval } from "./interval.ts";

/** How many cases fell where. "New" is the arm that is judged, "base" what it is compared with. */
export type PairedCounts = {
  readonly bothPass: number;
  readonly onlyNew: number;
  readonly onlyBase: number;
  readonly bothFail: number;
};

/** An interval for the difference of two pass rates, new - base, in [-1, 1]. */
export type DifferenceInterval = Interval;

/**
 * The number of pairs, at least 1.
 * @throws RangeError when a count is not a whole number >= 0, or all are 0
 */
export function pairCount({ bothPass, onlyNew, onlyBase, bothFail }: PairedCounts): number {
  expectCount("bothPass", bothPass);
  expectCount("onlyNew", onlyNew);
  expectCount("onlyBase", onlyBase);
  expectCount("bothFail", bothFail);
  const n = bothPass + onlyNew + onlyBase + bothFail;
  expectCount("number of pairs", n, 1);
  return n;
}

/** Counts the pairs of two lists of pass/fail, position by position the same case. */
export function pairedCounts(newPasses: readonly boolean[], basePasses: readonly boolean[]): PairedCounts {
  expectSameLength("newPasses", newPasses, "basePasses", basePasses);
  const counts = { bothPass: 0, onlyNew: 0, onlyBase: 0, bothFail: 0 };
  for (const [index, pass] of newPasses.entries()) {
    const basePass = basePasses[index];
    if (pass && basePass) counts.bothPass++;
    else if (pass) counts.onlyNew++;
    else if (basePass) counts.onlyBase++;
    else counts.bothFail++;
  }
  return counts;
}
