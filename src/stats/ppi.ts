/**
 * Prediction-powered inference: a mean from few gold labels and many judged ones, unbiased whatever the judge's bias.
 * Trust it from 100 gold labels with at least 10 failures among them; below that the gold labels alone are safer.
 */
import { expectInsideUnit, expectNumbers, expectSameLength } from "./arguments.ts";
import { clamp, type Interval } from "./interval.ts";
import { twoSidedZ } from "./normal.ts";
import { mean, sum, sumOfSquares } from "./sum.ts";
import { defined, type Maybe, notDefined } from "./undefined.ts";

/** Gold labels, the judge's scores of the same items, and its scores of the items without a gold label. */
export type JudgedSample = {
  readonly gold: readonly number[];
  readonly judgeOnGold: readonly number[];
  readonly judgeUnlabelled: readonly number[];
};

/** An interval, and how much weight the judge got: 0 is gold labels only, 1 is plain PPI. Limits are not clamped. */
export type PpiInterval = Interval & { readonly lambda: number };

/** Plain PPI, lambda = 1 (Angelopoulos et al. 2023, Science 382). Can be worse than the gold labels alone. */
export function ppiMean(sample: JudgedSample, confidence: number): PpiInterval {
  return withLambda(checked(sample), 1, confidence);
}

/**
 * PPI++: the weight of the judge is tuned to minimise the variance and clipped to [0, 1], so that a useless judge costs nothing
 * (Angelopoulos, Duchi and Zrnic 2023, arXiv 2311.01453). Where all gold labels agree the interval is a point:
 * take {@link ppiForVerdict} for decisions.
 */
export function ppiPlusPlus(sample: JudgedSample, confidence: number): PpiInterval {
  return withLambda(checked(sample), tunedLambda(sample), confidence);
}

const MIN_GOLD = 100;
const MIN_FAILURES = 10;

/**
 * PPI++ where it may enter a verdict: at least 100 gold labels, at least 10 of them failures (scores below 1/2) and at least 10
 * passes, since the normal approximation fails near either end. Elsewhere not defined, with the reason.
 */
export function ppiForVerdict(sample: JudgedSample, confidence: number): Maybe<PpiInterval> {
  const { gold } = checked(sample);
  const failures = gold.filter((label) => label < 0.5).length;
  if (gold.length < MIN_GOLD) return notDefined(`${gold.length} gold labels are fewer than ${MIN_GOLD}`);
  if (Math.min(failures, gold.length - failures) < MIN_FAILURES)
    return notDefined(`the gold labels hold fewer than ${MIN_FAILURES} failures or passes`);
  return defined(ppiPlusPlus(sample, confidence));
}

/** θ = λ mean(judge, unlabelled) + mean(gold - λ judge), with population variances as in the authors' code. */
function withLambda(sample: JudgedSample, lambda: number, confidence: number): PpiInterval {
  expectInsideUnit("confidence", confidence);
  const { gold, judgeOnGold, judgeUnlabelled } = sample;
  const rectifier = gold.map((label, index) => label - lambda * (judgeOnGold[index] ?? 0));
  const imputed = judgeUnlabelled.map((score) => lambda * score);
  const estimate = mean(imputed) + mean(rectifier);
  const variance = sumOfSquares(imputed) / imputed.length ** 2 + sumOfSquares(rectifier) / rectifier.length ** 2;
  const half = twoSidedZ(confidence) * Math.sqrt(variance);
  return { lambda, estimate, lower: estimate - half, upper: estimate + half };
}

/** Cov(gold, judge) / ((1 + n/N) Var(judge)), 0 for a judge whose scores never vary. */
function tunedLambda({ gold, judgeOnGold, judgeUnlabelled }: JudgedSample): number {
  const scores = [...judgeOnGold, ...judgeUnlabelled];
  const spread = sumOfSquares(scores) / (scores.length - 1);
  if (spread === 0) return 0;
  const goldMean = mean(gold);
  const judgeMean = mean(judgeOnGold);
  const products = gold.map((label, index) => (label - goldMean) * ((judgeOnGold[index] ?? 0) - judgeMean));
  const covariance = sum(products) / gold.length;
  return clamp(covariance / ((1 + gold.length / judgeUnlabelled.length) * spread), 0, 1);
}

function checked(sample: JudgedSample): JudgedSample {
  expectNumbers("gold", sample.gold);
  expectNumbers("judgeOnGold", sample.judgeOnGold);
  expectNumbers("judgeUnlabelled", sample.judgeUnlabelled);
  expectSameLength("gold", sample.gold, "judgeOnGold", sample.judgeOnGold);
  return sample;
}
