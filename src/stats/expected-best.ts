/**
 * The best of k of the things that were tried: what a team that had tried only k of them would have expected to end with. By order
 * statistics, drawing k of the n without replacement, which is unbiased; drawing with replacement (Dodge et al. 2019, "Show Your Work") is
 * not, and comes out too low (Tang et al. 2020, "Showing Your Work Doesn't Always Work").
 */
import { expectCount, expectNumbers } from "./arguments.ts";
import { sum } from "./sum.ts";

/**
 * Chance that the thing at each rank is the best of k drawn without replacement from n: C(i-1, k-1)/C(n, k) for the one with i-1 worse
 * ones (David and Nagaraja 2003, Order Statistics, 3.7). k = 1: 1/n each; k = n: all on the best.
 * @param n things tried, 1 or more
 * @param k things drawn, 1 to n
 * @returns n shares that sum to 1, for the worst first
 */
export function bestOfKWeights(n: number, k: number): readonly number[] {
  expectCount("n", n, 1);
  expectCount("k", k, 1);
  if (k > n) throw new RangeError(`k: expected at most n = ${n}, got ${k}`);
  // From the best down: its share is k/n, and each next is the one before times (i-k)/(i-1), i counting those not worse.
  const weights = new Array<number>(n).fill(0);
  let weight = k / n;
  for (let rank = n; rank >= k; rank--) {
    weights[rank - 1] = weight;
    if (rank > 1) weight *= (rank - k) / (rank - 1);
  }
  return weights;
}

/**
 * `bestOfKWeights` for given scores, in the order of the scores; equal scores share their weights, so that their order does not show.
 * @param scores any finite numbers, at least one; larger is better
 */
export function bestOfKShares(scores: readonly number[], k: number): readonly number[] {
  expectNumbers("scores", scores);
  const byRank = bestOfKWeights(scores.length, k);
  const order = scores.map((_, at) => at).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  const shares = new Array<number>(scores.length).fill(0);
  for (let from = 0; from < order.length; ) {
    const score = scores[order[from] ?? 0];
    let to = from + 1;
    while (to < order.length && scores[order[to] ?? 0] === score) to++;
    const each = sum(byRank.slice(from, to)) / (to - from);
    for (const at of order.slice(from, to)) shares[at] = each;
    from = to;
  }
  return shares;
}

/**
 * Expected maximum of k of the scores, drawn without replacement: their mean at k = 1, their maximum at k = n, and it never falls in between.
 * The maximum of scores that were measured on the same few cases flatters itself; the expectation over k says nothing against that.
 */
export function expectedBestOfK(scores: readonly number[], k: number): number {
  const shares = bestOfKShares(scores, k);
  return sum(scores.map((score, at) => score * (shares[at] ?? 0)));
}
