/**
 * Sequential halving (Karnin, Koren and Somekh 2013, "Almost Optimal Exploration in Multi-Armed Bandits"), as taken for prompts by Shi et al. 2024
 * (TRIPLE, arXiv 2402.09723): rounds of equal budget, all that are left are asked the same further cases, and the worse half goes. Cases of earlier
 * rounds count on. The incumbent is never dropped. Mistakes of a race cost efficiency and not validity: the verdict is told by other cases.
 */

/** What may be spent in all, in calls or dollars, and what one case costs with each arm (the most it may cost). */
export interface RaceBudget {
  readonly total: number;
  /** In the order of the arms; above 0, or 0 for what is free. */
  readonly perCase: readonly number[];
}

export interface Round {
  /** Arms that took part, by position, the best first. */
  readonly ranked: readonly number[];
  /** Cases that each of them has now. */
  readonly cases: number;
}

export interface Race {
  readonly rounds: readonly Round[];
  /** What was spent of each budget, at most. */
  readonly spent: readonly number[];
}

/** Cases that each arm has after the first round at least, where no budget says otherwise. */
const FEWEST_FIRST = 10;

/** Rounds for so many arms: halved until two are left. */
export function roundsOf(arms: number): number {
  return Math.max(1, Math.ceil(Math.log2(arms)));
}

/** Cases times arms that halving takes where nobody sets a budget: every case for the two that are left in the end, and some for all at first. */
export function enoughFor(arms: number, cases: number): number {
  const rounds = roundsOf(arms);
  let first = Math.min(cases, FEWEST_FIRST);
  while (first < cases && reach(arms, rounds * arms * first) < cases) first++;
  return rounds * arms * first;
}

/** Cases of the last two with so many calls for all. */
function reach(arms: number, total: number): number {
  let [left, have, spent] = [arms, 0, 0];
  for (let rounds = roundsOf(arms); rounds > 0; rounds--) {
    const more = casesFor((total - spent) / rounds, left);
    have += more;
    spent += more * left;
    left = Math.max(2, Math.ceil(left / 2));
  }
  return have;
}

/** The least of a budget with which every arm is asked one case. */
export function leastOf({ perCase }: RaceBudget): number {
  return roundsOf(perCase.length) * perCase.reduce((sum, cost) => sum + cost, 0);
}

/**
 * Races arms 0 to n-1, of which 0 is the incumbent.
 * @param rank arms given, with so many cases each, in order from the best; `undefined` ends the race (there is no winner). Arms that it leaves out are out.
 * @returns `undefined` when the race was ended, or a budget does not reach for one case each
 */
export async function race(
  { arms, cases, budgets }: { readonly arms: number; readonly cases: number; readonly budgets: readonly RaceBudget[] },
  rank: (arms: readonly number[], cases: number, round: number) => Promise<readonly number[] | undefined>,
): Promise<Race | undefined> {
  const last = roundsOf(arms);
  const spent = budgets.map(() => 0);
  const rounds: Round[] = [];
  let left = Array.from({ length: arms }, (_, arm) => arm);
  let have = 0;
  for (let round = 1; round <= last; round++) {
    const costs = budgets.map(({ perCase }) => left.reduce((sum, arm) => sum + (perCase[arm] ?? 0), 0));
    const affordable = budgets.map(({ total }, at) =>
      casesFor((total - (spent[at] ?? 0)) / (last - round + 1), costs[at] ?? 0),
    );
    const more = Math.min(cases - have, ...affordable);
    for (const [at, cost] of costs.entries()) spent[at] = (spent[at] ?? 0) + more * cost;
    have += more;
    if (have === 0) return undefined;
    const ranked = await rank(left, have, round);
    if (ranked === undefined || ranked.length === 0) return undefined;
    rounds.push({ ranked, cases: have });
    left = survivors(ranked);
  }
  return { rounds, spent };
}

/** The better half, two at least; the incumbent stays in, in the place of the worst of them. */
export function survivors(ranked: readonly number[]): number[] {
  const kept = ranked.slice(0, Math.max(2, Math.ceil(ranked.length / 2)));
  if (!ranked.includes(0) || kept.includes(0)) return kept;
  return [...kept.slice(0, -1), 0];
}

/** Whole cases that a share of a budget pays for. */
function casesFor(share: number, cost: number): number {
  if (cost <= 0) return Number.POSITIVE_INFINITY;
  return Math.max(0, Math.floor(share / cost));
}
