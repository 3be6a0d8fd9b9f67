/**
 * Every check of a suite held against one target: MET, NOT_MET, AT_THRESHOLD or UNDECIDED, by one-sided bounds.
 * "Met" claims a conjunction, so each check may use the whole of alpha; "not met" claims that at least one fails, so it
 * goes through Holm over the blocking checks: uncorrected, five requirements exactly at their threshold give a false
 * "not met" in 22 % of all runs.
 */
import { holm } from "../stats/multiplicity.ts";
import { smallestNForUpperBound } from "../stats/order-statistic.ts";
import { judge } from "../stats/threshold-verdict.ts";
import { adviseCost, adviseLatency, adviseShare, planningRate } from "./advice.ts";
import { type Assessment, assess, type Deciding, type Side } from "./assess.ts";
import type { Form } from "./case-values.ts";
import { alphaOf, type Check, checksOf, isShareCheck } from "./checks.ts";
import type { RequirementResult, RequirementState } from "./decision.ts";
import { figure, figureBeside, percent, requiredFigure } from "./in-words.ts";
import { answersWithin, isLatencies, latencies } from "./latency.ts";
import { spreadOf } from "./mean-bounds.ts";
import { P95 } from "./measure.ts";

/** Two points, or less where the threshold is close to 1: within it more cases hardly tell the two apart. */
const WIDEST_INDIFFERENCE = 0.02;

const RUN_AGAIN = "Run again to get the missing answers.";
const MORE_CLUSTERS = "Cases from more clusters (documents, customers, templates).";

/**
 * @param form overrules the form of every check
 * @returns one result a check, in the order of `checksOf`
 */
export function judgeRequirements(side: Side, form?: Form): RequirementResult[] {
  const { suite } = side.observations;
  const alpha = alphaOf(suite);
  const assessments = checksOf(suite, form).map((check) => assess(side, check));
  const levels = holmLevels(assessments, alpha);
  return assessments.map((assessment, index) => resultOf(side, assessment, alpha, levels[index]));
}

interface Level {
  readonly adjusted: number;
  /** The error that "not met" was held against. */
  readonly alpha: number;
}

/** Holm 1979 over the blocking checks; a check without a figure counts with p = 1. Others stand alone. */
function holmLevels(assessments: readonly Assessment[], alpha: number): Level[] {
  const family = assessments.filter(({ check }) => check.blocking);
  const p = family.map(({ test }) => test?.pNotMet ?? 1);
  const adjusted = holm(p);
  const order = p.map((_, index) => index).sort((a, b) => (p[a] ?? 1) - (p[b] ?? 1));
  const levels = new Map<Assessment, Level>();
  let held: number | undefined;
  for (const [rank, index] of order.entries()) {
    const own = alpha / (family.length - rank);
    const value = p[index] ?? 1;
    if (held === undefined && value > own) held = own;
    const assessment = family[index];
    if (assessment !== undefined) levels.set(assessment, { adjusted: adjusted[index] ?? 1, alpha: held ?? own });
  }
  return assessments.map((assessment) => {
    return levels.get(assessment) ?? { adjusted: assessment.test?.pNotMet ?? 1, alpha };
  });
}

function resultOf(side: Side, assessment: Assessment, alpha: number, level: Level | undefined): RequirementResult {
  const { check, estimate, test } = assessment;
  const { key, label, direction, threshold, unit, blocking } = check;
  const told = { key, label, direction, threshold, unit, blocking, estimate };
  if (test === undefined || !estimate.available) {
    const why = estimate.available ? "no bound could be formed" : estimate.why;
    return { ...told, state: "UNDECIDED", why: `Not known: ${why}.` };
  }
  const notMetAlpha = level?.alpha ?? alpha;
  const bounds = test.bounds(1 - alpha, 1 - notMetAlpha);
  const { state, why, advice: text } = stateOf(side, assessment, test, bounds, alpha, notMetAlpha);
  const advice = text !== undefined ? { text } : state === "UNDECIDED" ? adviceOf(side, assessment, alpha) : undefined;
  return {
    ...told,
    bounds: {
      ...(bounds.lower === undefined ? {} : { lower: bounds.lower }),
      ...(bounds.upper === undefined ? {} : { upper: bounds.upper }),
      confidence: 1 - alpha,
      ...(notMetAlpha === alpha ? {} : { notMetConfidence: 1 - notMetAlpha }),
      method: bounds.method,
    },
    state,
    pNotMet: test.pNotMet,
    ...(blocking ? { pNotMetHolm: level?.adjusted ?? test.pNotMet } : {}),
    why,
    ...(advice === undefined ? {} : { advice }),
  };
}

function stateOf(
  side: Side,
  assessment: Assessment,
  test: NonNullable<Assessment["test"]>,
  bounds: Deciding,
  alpha: number,
  notMetAlpha: number,
): { readonly state: RequirementState; readonly why: string; readonly advice?: string } {
  const { check, capped } = assessment;
  const { threshold, direction, unit } = check;
  const needed = `${requiredFigure(threshold, unit)} ${direction === "at-least" ? "is needed" : "is allowed"}`;
  const beside = (value: number) => figureBeside(value, threshold, unit);
  if (capped !== undefined) return { state: "UNDECIDED", why: `${capped}.`, advice: MORE_CLUSTERS };
  const verdict = verdictOf(bounds, threshold, direction);
  const sure = (level: number) => `with ${percent(1 - level, level < 0.01 ? 2 : level === 0.05 ? 0 : 1)} confidence`;
  if (verdict === "met") {
    const bound = direction === "at-least" ? bounds.lower : bounds.upper;
    return { state: "MET", why: `${bounded(direction)} ${beside(bound ?? threshold)} ${sure(alpha)}; ${needed}.` };
  }
  if (verdict === "not_met") {
    const bound = direction === "at-least" ? bounds.upper : bounds.lower;
    const reverse = direction === "at-least" ? "at-most" : "at-least";
    return {
      state: "NOT_MET",
      why: `${bounded(reverse)} ${beside(bound ?? threshold)} ${sure(notMetAlpha)}; ${needed}.`,
    };
  }
  if (verdictOf(test.complete(1 - alpha, 1 - notMetAlpha), threshold, direction) !== "undecided") {
    return { state: "UNDECIDED", why: `The missing answers could change it; ${needed}.`, advice: RUN_AGAIN };
  }
  if (isAtThreshold(side, assessment)) {
    const value = assessment.estimate.available ? beside(assessment.estimate.value) : "the figure";
    return {
      state: "AT_THRESHOLD",
      why: `Too close to tell: ${value}, ${needed}; more cases would hardly help.`,
    };
  }
  if (bounds.upper === undefined && bounds.lower !== undefined) {
    return {
      state: "UNDECIDED",
      why: `At least ${beside(bounds.lower)}, with too few cases for an upper bound; ${needed}.`,
    };
  }
  if (bounds.lower === undefined || bounds.upper === undefined) {
    return { state: "UNDECIDED", why: `Too few cases for a bound; ${needed}.` };
  }
  return {
    state: "UNDECIDED",
    why: `Between ${figure(bounds.lower, unit)} and ${figure(bounds.upper, unit)}: too wide to tell; ${needed}.`,
  };
}

/** As `judge`, also where a bound does not exist. */
function verdictOf({ lower, upper }: Deciding, threshold: number, direction: Check["direction"]): string {
  const bounds = { lower: lower ?? Number.NEGATIVE_INFINITY, upper: upper ?? Number.POSITIVE_INFINITY };
  return judge(bounds, threshold, direction);
}

/** Within the zone where more cases would hardly tell the figure from the threshold. */
function isAtThreshold(side: Side, { check, sample }: Assessment): boolean {
  const { threshold } = check;
  if (isShareCheck(check)) {
    if (sample === undefined) return false;
    return Math.abs(planningRate(sample) - threshold) < indifference(threshold);
  }
  if (check.key === "cost") {
    return sample !== undefined && Math.abs(spreadOf(sample).mean - threshold) < WIDEST_INDIFFERENCE * threshold;
  }
  const latency = latencies(side.observations, side.target, side.slots);
  if (!isLatencies(latency) || latency.units < smallestNForUpperBound(P95, 1 - alphaOf(side.observations.suite)))
    return false;
  const within = answersWithin(latency, threshold) / latency.sorted.length;
  return Math.abs(within - P95) < indifference(P95);
}

function indifference(threshold: number): number {
  return Math.min(WIDEST_INDIFFERENCE, (1 - threshold) / 2);
}

function adviceOf(side: Side, { check, sample }: Assessment, alpha: number): RequirementResult["advice"] {
  if (isShareCheck(check)) return sample === undefined ? undefined : adviseShare(side, check, sample, alpha);
  if (check.key === "latency") return adviseLatency(side, check, alpha);
  return sample === undefined ? undefined : adviseCost(check, sample, alpha);
}

function bounded(direction: Check["direction"]): string {
  return direction === "at-least" ? "At least" : "At most";
}
