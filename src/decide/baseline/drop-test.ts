/** Whether the head is shown to pass less than the baseline: the p-value of "no drop". */
import { mcnemar } from "../../stats/mcnemar.ts";
import { pairedCounts } from "../../stats/paired-binary.ts";
import { pseudoCaseT } from "../../stats/paired-mean.ts";
import { studentCdf } from "../../stats/student-t.ts";
import { isBinary, meanTestBelow } from "../mean-bounds.ts";
import type { Pairs } from "../paired.ts";

/** Below this many cases Student's t is not believed by itself. */
const FEW_CASES = 30;

/**
 * One-sided. One trial on both sides, independent cases of one weight: McNemar's exact test (1947). Else Student's t over the differences, by
 * clusters CR2; differences of unchanged behaviour lie around 0, so that no pseudo-case is needed, but where the baseline has fewer trials than the
 * head its noise is skewed towards a drop, and where cases are few: there the two pseudo-cases of `pairedShares` must agree.
 * @param doubted whether the baseline has fewer trials than the head
 */
export function dropTest(pairs: Pairs, doubted: boolean): number {
  const { fresh, base, weights, clusters } = pairs;
  const values = fresh.map((value, at) => value - (base[at] ?? 0));
  if (values.every((value) => value === 0)) return 1;
  const plain = weights === undefined && clusters === undefined;
  if (plain && isBinary(fresh) && isBinary(base)) {
    const passes = (list: readonly number[]) => list.map((value) => value === 1);
    // The base is "better" where the head fails more often.
    return mcnemar(pairedCounts(passes(base), passes(fresh))).exactPNewBetter;
  }
  const p = meanTestBelow({
    values,
    ...(weights === undefined ? {} : { weights }),
    ...(clusters === undefined ? {} : { clusters }),
  });
  if (!doubted && values.length >= FEW_CASES) return p;
  const { centre, se, df } = pseudoCaseT(values, 0.95);
  return Math.max(p, studentCdf(centre / se, df));
}
