/** A rate against a requirement: met, not met or undecided, and how many cases would decide it. */
import { expectInsideUnit, expectNonNegative, expectPositive, expectUnit } from "./arguments.ts";
import type { Bounds } from "./interval.ts";
import { normalQuantile } from "./normal.ts";
import { clopperPearsonBounds, zeroFailureN } from "./proportion.ts";
import { defined, type Maybe, mapDefined, notDefined } from "./undefined.ts";

/** What is asked, and how sure the answer must be. */
export type ThresholdQuestion = {
  readonly threshold: number;
  /** "at-least" (a pass rate) unless told otherwise; "at-most" for a failure rate. */
  readonly direction?: "at-least" | "at-most";
  /** One-sided error of each bound; 0.05 unless told otherwise. */
  readonly alpha?: number;
  /** Power the advised number of cases is planned for; 0.8 unless told otherwise. */
  readonly power?: number;
  /** Half width of the zone that counts as "at the threshold"; see {@link defaultIndifference}. */
  readonly indifference?: number;
  /** By how much clusters inflate the number of cases needed; 1 unless told otherwise. */
  readonly designEffect?: number;
};

/** The answer, with one-sided Clopper-Pearson bounds at 1 - alpha. */
export type ThresholdVerdict = Bounds & {
  readonly verdict: "met" | "not_met" | "undecided";
  /** Undecided because the rate is as good as the threshold: thousands of cases would not settle it, policy must. */
  readonly atThreshold: boolean;
  /** (k + 1/2)/(n + 1), the rate that further cases are planned with. */
  readonly planningRate: number;
  /** Cases that would decide it with the power asked for; defined only where undecided and not at the threshold. */
  readonly requiredN: Maybe<number>;
  /** requiredN less the cases there are, at least 1. */
  readonly additionalN: Maybe<number>;
};

/** min(0.02, (1 - threshold)/2) for a pass rate: two points, or less where the threshold is close to 1. */
export function defaultIndifference(threshold: number, direction: "at-least" | "at-most" = "at-least"): number {
  return Math.min(0.02, (direction === "at-least" ? 1 - threshold : threshold) / 2);
}

/**
 * Decides by the exact bounds: met when the lower one reaches the threshold, not met when the upper one stays below it
 * (mirrored for "at-most"). Each error is at most alpha.
 * @throws RangeError on counts or question outside their ranges
 */
export function thresholdVerdict(successes: number, n: number, question: ThresholdQuestion): ThresholdVerdict {
  const { threshold, direction = "at-least", alpha = 0.05, power = 0.8, designEffect = 1 } = question;
  expectUnit("threshold", threshold);
  expectInsideUnit("alpha", alpha);
  expectInsideUnit("power", power);
  expectPositive("designEffect", designEffect);
  const indifference = question.indifference ?? defaultIndifference(threshold, direction);
  expectNonNegative("indifference", indifference);
  const bounds = clopperPearsonBounds(successes, n, alpha);
  const verdict = judge(bounds, threshold, direction);
  const planningRate = (successes + 0.5) / (n + 1);
  const atThreshold = verdict === "undecided" && Math.abs(planningRate - threshold) < indifference;
  const plan = { alpha, power, designEffect };
  const requiredN =
    verdict !== "undecided"
      ? notDefined("the question is decided")
      : atThreshold
        ? notDefined("the rate is at the threshold")
        : direction === "at-least"
          ? requiredCases(successes === n, planningRate, threshold, plan)
          : requiredCases(successes === 0, 1 - planningRate, 1 - threshold, plan);
  return {
    ...bounds,
    verdict,
    atThreshold,
    planningRate,
    requiredN,
    additionalN: mapDefined(requiredN, (required) => Math.max(1, required - n)),
  };
}

/** The three-way reading of one-sided bounds, however they were computed. */
export function judge(
  { lower, upper }: Bounds,
  threshold: number,
  direction: "at-least" | "at-most" = "at-least",
): "met" | "not_met" | "undecided" {
  if (direction === "at-least") return lower >= threshold ? "met" : upper < threshold ? "not_met" : "undecided";
  return upper <= threshold ? "met" : lower > threshold ? "not_met" : "undecided";
}

type Plan = { readonly alpha: number; readonly power: number; readonly designEffect: number };

/**
 * For a pass rate: where everything passed so far, the cases that show the threshold without a failure; else the normal
 * formula ((z_α √(τ(1-τ)) + z_β √(p(1-p)))/(p - τ))² at the planning rate p.
 */
function requiredCases(allPassed: boolean, rate: number, threshold: number, plan: Plan): Maybe<number> {
  const inflate = (cases: number) => Math.ceil(cases * plan.designEffect * (1 - 1e-12));
  if (allPassed) return mapDefined(zeroFailureN(threshold, plan.alpha), ({ n }) => inflate(n));
  if (rate === threshold) return notDefined("the planning rate equals the threshold");
  const spread =
    -normalQuantile(plan.alpha) * Math.sqrt(threshold * (1 - threshold)) +
    normalQuantile(plan.power) * Math.sqrt(rate * (1 - rate));
  return defined(inflate((spread / (rate - threshold)) ** 2));
}
