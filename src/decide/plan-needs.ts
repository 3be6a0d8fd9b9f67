/** How many test cases, and trials of each, the stated requirements and a gap take, before any answer is there. */
import { normalQuantile } from "../stats/normal.ts";
import { smallestNForUpperBound } from "../stats/order-statistic.ts";
import { zeroFailureN } from "../stats/proportion.ts";
import { sampleSizeMcNemar, sampleSizeNoninferiority } from "../stats/sample-size.ts";
import { casesToReach } from "../stats/threshold-plan.ts";
import type { Suite } from "../suite/suite.ts";
import { PER_THOUSAND } from "./amounts.ts";
import { alphaOf, type Check, isShareCheck } from "./checks.ts";
import { P95 } from "./measure.ts";
import { FEWEST_CASES } from "./validity.ts";

/** Chance of showing what is so: 8 of 10 runs. */
const POWER = 0.8;
/** Share of cases on which two arms differ: what is common, and the worst there is where a coin decides each case. */
export const COMMON_DISCORDANCE = 0.1;
export const WORST_DISCORDANCE = 0.5;
/** Gaps that teams ask for, in shares. */
const GAPS = [0.1, 0.05, 0.03] as const;

/** What the answers of one target that are there already cost, US dollars a call at today's price. */
export interface CostSeen {
  readonly target: string;
  readonly answers: number;
  readonly meanUsd: number;
  /** Standard deviation from answer to answer; absent with fewer than two. */
  readonly sdUsd?: number;
}

/** Test cases with which one target's costs show that the limit is kept in 8 of 10 runs; absent where they do not keep it, or nobody can tell. */
export interface CostNeed {
  readonly target: string;
  readonly answers: number;
  readonly usdPer1k: number;
  /** Of a limit for each right answer: the share that must be right to keep it at this price; 1 or more where no share does. */
  readonly rightShare?: number;
  readonly cases?: number;
}

/** What one requirement takes, whatever cases there are. Shares in [0, 1]. */
export interface RequirementNeed {
  readonly key: Check["key"];
  readonly label: string;
  readonly threshold: number;
  /** The fewest trials of a case with which it can be measured. */
  readonly trials: number;
  /** True share that `cases` is planned for: halfway between what is asked and all. Of a latency, the share of answers in time. Absent for a cost. */
  readonly assumedShare?: number;
  /** Test cases that show it met in 8 of 10 runs if that is the true share; absent where no affordable number does, and for a cost. */
  readonly cases?: number;
  /** Test cases without a failure that would show it; absent for a requirement of 100 %, which nothing shows, and for a cost. */
  readonly zeroFailureCases?: number;
  /** For a cost: by target, as far as there are answers. */
  readonly costs?: readonly CostNeed[];
}

/** Test cases that show a gap in 8 of 10 runs, where the two differ on 10 % of the cases and on 50 %; absent where the gap is larger than that. */
export interface GapNeed {
  /** In shares. */
  readonly gap: number;
  readonly common?: number;
  readonly worst?: number;
}

/**
 * One 0/1 a case, cases independent. Trials of a case that agree are no more cases than one, so that the numbers hold whatever the trials;
 * where they differ, fewer do.
 */
export function requirementNeed(suite: Suite, check: Check, costs: readonly CostSeen[]): RequirementNeed {
  const { key, label, threshold } = check;
  const alpha = alphaOf(suite);
  const trials = isShareCheck(check) && check.metric.kind === "all" ? check.metric.k : 1;
  const need = { key, label, threshold, trials };
  if (key === "cost") return { ...need, costs: costs.map((seen) => costNeed(seen, threshold, alpha)) };
  if (key === "cost-per-success") return { ...need, costs: costs.map((seen) => rightNeed(seen, threshold, alpha)) };
  const share = key === "latency" ? P95 : threshold;
  const assumedShare = (1 + share) / 2;
  const zero = zeroFailureN(share, alpha);
  const reached =
    share < 1
      ? casesToReach({ threshold: share, rate: assumedShare, alpha, power: POWER })
      : ({ defined: false } as const);
  return {
    ...need,
    assumedShare,
    ...(reached.defined ? { cases: Math.max(FEWEST_CASES, reached.value) } : {}),
    ...(key === "latency"
      ? { zeroFailureCases: smallestNForUpperBound(P95, 1 - alpha) }
      : zero.defined
        ? { zeroFailureCases: zero.value.n }
        : {}),
  };
}

export function gapNeeds(suite: Suite): readonly GapNeed[] {
  const alpha = alphaOf(suite);
  const cases = (gap: number, discordance: number) => {
    if (gap > discordance) return undefined;
    // One-sided: the two-sided formula at twice alpha.
    const size = sampleSizeMcNemar((discordance + gap) / 2, (discordance - gap) / 2, POWER, 2 * alpha);
    return size.defined ? Math.max(FEWEST_CASES, size.value.n) : undefined;
  };
  return GAPS.map((gap) => {
    const common = cases(gap, COMMON_DISCORDANCE);
    const worst = cases(gap, WORST_DISCORDANCE);
    return { gap, ...(common === undefined ? {} : { common }), ...(worst === undefined ? {} : { worst }) };
  });
}

/** Test cases that show "no worse by the margin" in 8 of 10 runs where the two are alike and differ on 10 % of the cases. */
export function marginNeed(margin: number, alpha: number): number | undefined {
  const size = sampleSizeNoninferiority(COMMON_DISCORDANCE, 0, margin, POWER, alpha);
  return size.defined ? Math.max(FEWEST_CASES, size.value.n) : undefined;
}

/** At the price seen, the limit is kept by so many right: a share, whose cases are those of a share. */
function rightNeed({ target, answers, meanUsd }: CostSeen, limit: number, alpha: number): CostNeed {
  const rightShare = meanUsd / limit;
  const seen = { target, answers, usdPer1k: meanUsd * PER_THOUSAND, rightShare };
  if (!(rightShare > 0 && rightShare < 1)) return seen;
  const reached = casesToReach({ threshold: rightShare, rate: (1 + rightShare) / 2, alpha, power: POWER });
  return { ...seen, ...(reached.defined ? { cases: Math.max(FEWEST_CASES, reached.value) } : {}) };
}

/** ((z_α + z_β) s/(limit - mean))², the usual formula of a mean; answers of one case taken as if they were of several, which asks for no fewer. */
function costNeed({ target, answers, meanUsd, sdUsd }: CostSeen, limit: number, alpha: number): CostNeed {
  const usdPer1k = meanUsd * PER_THOUSAND;
  const room = limit - usdPer1k;
  const seen = { target, answers, usdPer1k };
  if (sdUsd === undefined || room <= 0) return seen;
  const z = normalQuantile(POWER) - normalQuantile(alpha);
  return { ...seen, cases: Math.max(FEWEST_CASES, Math.ceil(((z * sdUsd * PER_THOUSAND) / room) ** 2 * (1 - 1e-12))) };
}
