/** After how many test cases a run looks. The bounds hold whatever is chosen here; few looks cost cases, many cost time. */
import { FEWEST_CASES } from "./validity.ts";

const LEAST_MORE = 10;
/** Each look has a twentieth more cases than the one before: with a tenth a gap is seen 1 to 2 % of the planned cases later. */
const GROWTH = 0.05;

/**
 * Numbers of test cases, rising to all of them. The first is the least that any verdict takes.
 * @param planned test cases there are, 1 or more
 */
export function lookSizes(planned: number): number[] {
  const sizes: number[] = [];
  for (let n = FEWEST_CASES; n < planned; n += Math.max(LEAST_MORE, Math.floor(n * GROWTH))) sizes.push(n);
  return [...sizes, planned];
}
