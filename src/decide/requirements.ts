/**
 * Every check of a suite held against one target: MET, NOT_MET, AT_THRESHOLD or UNDECIDED, by one-sided bounds.
 * "Met" claims a conjunction, so each check may use the whole of alpha; "not met" claims that at least one fails, so it
 * goes through Holm over the blocking checks: uncorrected, five requirements exactly at their threshold give a false
 * "not met" in 22 % of all runs.
 */
import { holm } from "../stats/multiplicity.ts";
import { smallestNForUpperBound } from "../stats/order-statistic.ts";
import { judge } from "../stats/threshold-verdict.ts";
import { adviseCost, adviseLatency, adviseShare } from "./advice.ts";
import { type Assessment, assess, type Deciding, type Side } from "./assess.ts";
import type { Form } from "./case-values.ts";
import { alphaOf, type Check, checksOf, isPrice, isShareCheck } from "./checks.ts";
import type { RequirementResult, RequirementState } from "./decision.ts";
import { figureBeside, percentAsWritten, pointsAsWritten, requiredFigure, withConfidence } from "./in-words.ts";
import { indifference } from "./indifference.ts";
import { isLatencies, latencies, latencyBounds } from "./latency.ts";
import { unitBounds } from "./mean-bounds.ts";
import { P95 } from "./measure.ts";

/** Of a required amount: a limit passed by no more than this is close to it. */
const NEAR_LIMIT = 0.02;

const MORE_RATIO = "More test cases, or a prompt that is right more often or costs less: either moves it.";
const RUN_AGAIN = "Get the missing answers: mend what is told as their reason, then run again.";

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
  const advice =
    text !== undefined ? { text } : state === "UNDECIDED" ? adviceOf(side, assessment, alpha, notMetAlpha) : undefined;
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
  if (capped !== undefined) return { state: "UNDECIDED", ...capped };
  const verdict = verdictOf(bounds, threshold, direction);
  const sure = (level: number) => withConfidence(1 - level);
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
  const near = nearThreshold(side, assessment, bounds, alpha);
  if (near !== undefined) return { state: "AT_THRESHOLD", why: `${near} ${sure(alpha)}; ${needed}.` };
  if (bounds.upper === undefined && bounds.lower !== undefined) {
    const least = `At least ${beside(bounds.lower)} ${sure(direction === "at-least" ? alpha : notMetAlpha)}`;
    return { state: "UNDECIDED", why: `${least}, with too few cases for an upper bound; ${needed}.` };
  }
  if (bounds.lower === undefined || bounds.upper === undefined) {
    return { state: "UNDECIDED", why: `Too few cases for a bound; ${needed}.` };
  }
  const atLeast = `at least ${beside(bounds.lower)}`;
  const atMost = `at most ${beside(bounds.upper)}`;
  const [shows, refutes] = direction === "at-least" ? [atLeast, atMost] : [atMost, atLeast];
  const ends =
    alpha === notMetAlpha
      ? `${capital(shows)} and ${refutes}, each ${sure(alpha)}`
      : `${capital(shows)} ${sure(alpha)}, ${refutes} ${sure(notMetAlpha)}`;
  return { state: "UNDECIDED", why: `${ends}: too wide to tell; ${needed}.` };
}

/** As `judge`, also where a bound does not exist. */
function verdictOf({ lower, upper }: Deciding, threshold: number, direction: Check["direction"]): string {
  const bounds = { lower: lower ?? Number.NEGATIVE_INFINITY, upper: upper ?? Number.POSITIVE_INFINITY };
  return judge(bounds, threshold, direction);
}

/**
 * What is shown where the target is shown to fall short of the requirement by less than the indifference, in words; else
 * nothing. Such a requirement is settled by policy.
 *
 * The reference rule (`stats/threshold-verdict.ts`) asks how close the rate seen lies to the threshold. That says "too close
 * to tell" of 28 cases of 30, when nothing but their number is too small, and takes it back at 29 of 30: with one case
 * more right the verdict got worse. Here the bound decides, as in every other state. A larger figure then never leaves
 * this state but to MET, and a target that falls short by the indifference or more is taken for close to its threshold in
 * at most alpha of all runs. A share is never in this state while all cases passing would not show it met: then cases
 * are what is missing.
 */
function nearThreshold(side: Side, { check, sample }: Assessment, bounds: Deciding, alpha: number): string | undefined {
  const { threshold, unit } = check;
  if (isShareCheck(check)) {
    if (sample === undefined || bounds.lower === undefined) return undefined;
    const zone = indifference(threshold);
    if (bounds.lower < threshold - zone) return undefined;
    const all = unitBounds({ ...sample, values: sample.values.map(() => 1) }, 1 - alpha);
    if (all.lower < threshold) return undefined;
    return `Within ${pointsAsWritten(zone)} of what is needed: at least ${figureBeside(bounds.lower, threshold, unit)}`;
  }
  if (isPrice(check.key)) {
    if (bounds.upper === undefined || bounds.upper > threshold * (1 + NEAR_LIMIT)) return undefined;
    return `Within ${percentAsWritten(NEAR_LIMIT)} of the limit: at most ${figureBeside(bounds.upper, threshold, unit)}`;
  }
  const found = latencies(side.observations, side.target, side.slots);
  if (!isLatencies(found) || found.units < smallestNForUpperBound(P95, 1 - alpha)) return undefined;
  const share = P95 - indifference(P95);
  const { upper } = latencyBounds(found, share, { lower: 1 - alpha, upper: 1 - alpha });
  if (upper === undefined || upper > threshold) return undefined;
  return `At least ${percentAsWritten(share)} of the answers in time`;
}

function adviceOf(
  side: Side,
  { check, sample }: Assessment,
  alpha: number,
  notMetAlpha: number,
): RequirementResult["advice"] {
  if (sample?.look === "early") return { text: "It takes more of the suite's own test cases: only some were asked." };
  if (isShareCheck(check)) return sample && adviseShare(side, check, sample, alpha, notMetAlpha);
  if (check.key === "latency") return adviseLatency(side, check, alpha, notMetAlpha);
  if (check.key === "cost-per-success") return { text: MORE_RATIO };
  return sample && adviseCost(check, sample, alpha, notMetAlpha);
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function bounded(direction: Check["direction"]): string {
  return direction === "at-least" ? "At least" : "At most";
}
