/**
 * How many cases a question needs, and what a given number of cases can answer. Planning formulas on the normal
 * approximation: good from about 50 cases upwards. A difference is new - base.
 */
import {
  expectCount,
  expectFinite,
  expectInsideUnit,
  expectNonNegative,
  expectPositive,
  expectUnit,
} from "./arguments.ts";
import { normalQuantile } from "./normal.ts";
import { defined, type Maybe, notDefined } from "./undefined.ts";

/** A sample size as the formula gives it and rounded up to cases. */
export type SampleSize = { readonly exact: number; readonly n: number };

/** Cases for a two-sided test of a mean paired difference: ((z_{α/2} + z_β) sd/δ)². Not defined for δ = 0. */
export function sampleSizePairedMean(
  delta: number,
  sdOfDifferences: number,
  power: number,
  alphaTwoSided: number,
): Maybe<SampleSize> {
  expectFinite("delta", delta);
  expectNonNegative("sdOfDifferences", sdOfDifferences);
  const z = criticalValue(alphaTwoSided / 2) + powerValue(power);
  return rounded((z * sdOfDifferences) / delta);
}

/** What Miller's formula plans with; variances of scores in squared score units. */
export type MillerPlan = {
  /** Variance of the case means of each arm, and their covariance. */
  readonly varianceNew: number;
  readonly varianceBase: number;
  readonly covariance: number;
  /** Variance of the answers to one case (sampling noise), and the number of trials of it. */
  readonly noiseNew: number;
  readonly noiseBase: number;
  readonly trialsNew: number;
  readonly trialsBase: number;
  readonly power: number;
  readonly alphaTwoSided: number;
};

/** ω² = Var(x_A) + Var(x_B) - 2 Cov: the part of the variance that no repeated trial removes (Miller 2024). */
export function millerOmegaSquared({ varianceNew, varianceBase, covariance }: MillerPlan): number {
  return varianceNew + varianceBase - 2 * covariance;
}

/** Cases for a difference `delta` of arms that are sampled repeatedly (Miller 2024, arXiv 2411.00640). */
export function sampleSizeMiller(plan: MillerPlan, delta: number): Maybe<SampleSize> {
  expectFinite("delta", delta);
  return rounded((millerCritical(plan) * Math.sqrt(millerVariance(plan))) / delta);
}

/** The smallest difference that `n` cases detect under the plan: the same formula solved for the difference. */
export function minimumDetectableMiller(plan: MillerPlan, n: number): number {
  expectCount("n", n, 1);
  return millerCritical(plan) * Math.sqrt(millerVariance(plan) / n);
}

/**
 * Cases for a two-sided McNemar test: ((z_{α/2} √ψ + z_β √(ψ - δ²))/δ)² (Connor 1987), with ψ the share of discordant pairs.
 * Not defined for equal rates.
 * @param onlyNew expected share of cases that only new passes
 * @param onlyBase expected share of cases that only base passes
 */
export function sampleSizeMcNemar(
  onlyNew: number,
  onlyBase: number,
  power: number,
  alphaTwoSided: number,
): Maybe<SampleSize> {
  expectUnit("onlyNew", onlyNew);
  expectUnit("onlyBase", onlyBase);
  expectUnit("onlyNew + onlyBase", onlyNew + onlyBase);
  const discordance = onlyNew + onlyBase;
  const delta = onlyNew - onlyBase;
  const reach =
    criticalValue(alphaTwoSided / 2) * Math.sqrt(discordance) + powerValue(power) * Math.sqrt(discordance - delta ** 2);
  return rounded(reach / delta);
}

/**
 * Cases for a noninferiority gate on paired rates: (z_α + z_β)² (ψ - δ²)/(δ + m)². Not defined where the true difference
 * reaches the margin: no number of cases shows what is not so.
 */
export function sampleSizeNoninferiority(
  discordance: number,
  trueDifference: number,
  margin: number,
  power: number,
  alphaOneSided: number,
): Maybe<SampleSize> {
  expectUnit("discordance", discordance);
  expectFinite("trueDifference", trueDifference);
  expectNonNegative("margin", margin);
  if (Math.abs(trueDifference) > discordance)
    throw new RangeError(`trueDifference: expected at most the discordance ${discordance}, got ${trueDifference}`);
  if (trueDifference + margin <= 0) return notDefined("the true difference is not above -margin");
  const z = criticalValue(alphaOneSided) + powerValue(power);
  return rounded((z * Math.sqrt(discordance - trueDifference ** 2)) / (trueDifference + margin));
}

/**
 * The smallest noninferiority margin a gate of n single-run cases supports, (z_α + z_β) √(ψ/n): 2.487 √(ψ/n) at one-sided
 * 5 % and 80 % power. A gate with a smaller margin fails changes that lost nothing.
 * @param discordance expected share of cases on which the arms differ
 */
export function smallestSupportedMargin(n: number, discordance: number, alphaOneSided = 0.05, power = 0.8): number {
  expectCount("n", n, 1);
  expectUnit("discordance", discordance);
  return (criticalValue(alphaOneSided) + powerValue(power)) * Math.sqrt(discordance / n);
}

/**
 * The smallest difference of paired rates that n cases show with this power: {@link sampleSizeMcNemar} solved for the
 * difference. Not defined where even a difference as large as the discordance stays unseen.
 */
export function smallestGap(n: number, discordance: number, alphaTwoSided = 0.05, power = 0.8): Maybe<number> {
  expectCount("n", n, 1);
  expectUnit("discordance", discordance);
  const a = criticalValue(alphaTwoSided / 2);
  const b = powerValue(power);
  // (n + b²) δ² - 2 a √(nψ) δ + (a² - b²) ψ = 0, the larger root.
  const root = Math.abs(b) * Math.sqrt(discordance * Math.max(0, n - a * a + b * b));
  const gap = (a * Math.sqrt(n * discordance) + root * Math.sign(b)) / (n + b * b);
  if (discordance === 0 || gap > discordance)
    return notDefined(`${n} cases show no gap within a discordance of ${discordance}`);
  return defined(gap);
}

function millerVariance(plan: MillerPlan): number {
  const { noiseNew, noiseBase, trialsNew, trialsBase } = plan;
  expectNonNegative("noiseNew", noiseNew);
  expectNonNegative("noiseBase", noiseBase);
  expectPositive("trialsNew", trialsNew);
  expectPositive("trialsBase", trialsBase);
  const variance = millerOmegaSquared(plan) + noiseNew / trialsNew + noiseBase / trialsBase;
  expectNonNegative("variance of the difference", variance);
  return variance;
}

function millerCritical({ power, alphaTwoSided }: MillerPlan): number {
  return criticalValue(alphaTwoSided / 2) + powerValue(power);
}

function criticalValue(alpha: number): number {
  expectInsideUnit("alpha", alpha);
  return -normalQuantile(alpha);
}

function powerValue(power: number): number {
  expectInsideUnit("power", power);
  return normalQuantile(power);
}

/** The square of a ratio, rounded up to whole cases; a whole result must not be lifted by its rounding error. */
function rounded(root: number): Maybe<SampleSize> {
  const exact = root * root;
  if (!Number.isFinite(exact)) return notDefined("no number of cases shows a difference of 0");
  return defined({ exact, n: Math.max(1, Math.ceil(exact * (1 - 1e-12))) });
}
