/**
 * Where the noise comes from: from cases that differ in difficulty (only more cases remove it) or from answers that differ
 * from trial to trial (more trials remove it), and how many trials a case should get.
 */
import { expectCount, expectNumbers, expectPositive } from "./arguments.ts";
import { isConstant, mean, sum, sumOfSquares } from "./sum.ts";
import { defined, type Maybe, mapDefined, notDefined } from "./undefined.ts";

/** One-way analysis of variance of trials within cases, in squared score units. */
export type VarianceComponents = {
  readonly cases: number;
  /** σ², variance of trials within a case; not defined when no case has two trials. */
  readonly within: Maybe<number>;
  /** (MSB - MSW)/K, the unbiased estimate of ω², which may come out negative. */
  readonly betweenRaw: Maybe<number>;
  /** ω², variance of case means, at least 0. */
  readonly between: Maybe<number>;
  /** Standard error of the mean of case means; not defined for one case. */
  readonly seMean: Maybe<number>;
};

/**
 * Splits the variance of scores. Cases may have different numbers of trials; the mean weighs cases equally.
 * @param scoresByCase the scores of each case, at least one each
 */
export function varianceComponents(scoresByCase: readonly (readonly number[])[]): VarianceComponents {
  const cases = scoresByCase.length;
  expectCount("number of cases", cases, 1);
  for (const [index, scores] of scoresByCase.entries()) expectNumbers(`scoresByCase[${index}]`, scores);
  const trials = sum(scoresByCase.map((scores) => scores.length));
  const means = scoresByCase.map(mean);
  const within: Maybe<number> =
    trials === cases
      ? notDefined("no case has two trials")
      : defined(sum(scoresByCase.map(sumOfSquares)) / (trials - cases));
  if (cases < 2) {
    const reason = notDefined("one case shows nothing about the variation between cases");
    return { cases, within, betweenRaw: reason, between: reason, seMean: reason };
  }
  const meanSquareBetween = squaresBetween(scoresByCase, means, trials) / (cases - 1);
  const size = (trials - sum(scoresByCase.map((scores) => scores.length ** 2)) / trials) / (cases - 1);
  const betweenRaw = mapDefined(within, (variance) => (meanSquareBetween - variance) / size);
  return {
    cases,
    within,
    betweenRaw,
    between: mapDefined(betweenRaw, (variance) => Math.max(0, variance)),
    seMean: defined(Math.sqrt(sumOfSquares(means) / (cases * (cases - 1)))),
  };
}

/** Σ K_i (mean_i - grand mean)². */
function squaresBetween(
  scoresByCase: readonly (readonly number[])[],
  means: readonly number[],
  trials: number,
): number {
  if (isConstant(means)) return 0;
  const grand = sum(scoresByCase.map(sum)) / trials;
  return sum(scoresByCase.map((scores, index) => scores.length * ((means[index] ?? grand) - grand) ** 2));
}

/** ω² + σ²/K: the variance one case contributes when it gets K trials. */
export function varianceAtTrials({ within, between }: VarianceComponents, trials: number): Maybe<number> {
  expectPositive("trials", trials);
  if (!within.defined) return within;
  return mapDefined(between, (variance) => variance + within.value / trials);
}

/**
 * The number of trials a case that is the cheapest for a given precision, √( (σ²/ω²) (cost of a case / cost of a run) )
 * (Cochran 1977, two-stage sampling); not rounded. Not defined where no variance between cases is seen.
 * @param caseCost cost of one more case with its label
 * @param runCost cost of one more trial
 */
export function optimalTrials(
  { within, between }: VarianceComponents,
  caseCost: number,
  runCost: number,
): Maybe<number> {
  expectPositive("caseCost", caseCost);
  expectPositive("runCost", runCost);
  if (!within.defined) return within;
  if (!between.defined) return between;
  if (between.value <= 0) return notDefined("only noise from trial to trial is seen");
  return defined(Math.sqrt((within.value / between.value) * (caseCost / runCost)));
}

/**
 * How many trials a case would bring the variance of the mean down to `target`, σ²/(n target - ω²) rounded up; not defined
 * where ω²/n alone exceeds it: then only new cases help.
 */
export function trialsForVariance(components: VarianceComponents, target: number): Maybe<number> {
  expectPositive("target", target);
  const { within, between, cases } = components;
  if (!within.defined) return within;
  if (!between.defined) return between;
  const room = cases * target - between.value;
  if (room <= 0) return notDefined("the cases differ too much: more trials cannot help, more cases can");
  return defined(Math.max(1, Math.ceil((within.value / room) * (1 - 1e-12))));
}
