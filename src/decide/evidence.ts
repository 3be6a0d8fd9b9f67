/** What the rule of the verdict is given: requirements of both targets and how they compare, in one reading of missing answers. */

import type { TrainingAudit } from "../suite/training.ts";
import type { Canaries, Compared } from "./agreement.ts";
import type { Side } from "./assess.ts";
import { alphaOf, type Check, checksOf, choiceMetric, isPrice, isShareCheck, marginOf } from "./checks.ts";
import { type Comparison, compareCosts, compareOn } from "./compare.ts";
import type { Looks, RecipeClaim, RequirementResult } from "./decision.ts";
import { isFormTried } from "./form-tried.ts";
import { isAnySplit, oneFormed } from "./forms.ts";
import { type MeasuredGap, measureGap } from "./gap.ts";
import { gatesOf } from "./gates.ts";
import { targetAt } from "./measure.ts";
import type { MoneyStanding } from "./money-standing.ts";
import type { Observations } from "./observations.ts";
import { judgeRequirements } from "./requirements.ts";
import type { Contrast, Evidence } from "./rule.ts";
import { endsWithin, horizonDays, sideOf } from "./side.ts";
import { compareSuccessCosts } from "./success-cost.ts";
import type { SweepEvidence } from "./sweep-contract.ts";
import { endOfTune } from "./tuned-venue.ts";
import type { Choices } from "./validity.ts";

/** A reading of every missing trial, by role. */
export interface World {
  readonly prompt: "fail" | "pass";
  readonly tuned: "fail" | "pass";
}

export const WORLDS: readonly World[] = [
  { prompt: "fail", tuned: "fail" },
  { prompt: "fail", tuned: "pass" },
  { prompt: "pass", tuned: "fail" },
  { prompt: "pass", tuned: "pass" },
];

/** Evidence with the figures behind it, for the words. */
export interface Found extends Evidence {
  readonly gap?: MeasuredGap;
  /** By position of the check; shares only. */
  readonly comparisons: readonly (Comparison | undefined)[];
  /** On the cases that tuning must not break; absent where there are none that both answered. */
  readonly regression?: Comparison;
  readonly money?: MoneyStanding;
}

/** What the verdict rests on beside the observations. */
export interface Circumstances {
  /** For what is shut down on a stated day. */
  readonly today: Date;
  readonly money: MoneyStanding;
  /** What reading the training examples found; absent where the suite names none. */
  readonly audit?: TrainingAudit;
  /** How often the test cases were looked at; absent: nobody counted. */
  readonly looks?: Looks;
  /** What a finished sweep of the suite's prompts found. */
  readonly sweep?: SweepEvidence;
  /** What tuned targets that differ in the seed alone say of their recipes. */
  readonly recipes?: readonly RecipeClaim[];
  /** What judges said of answers that people labelled; absent: nobody asked. */
  readonly compared?: Compared;
  /** What judges made of texts that try to steer them, by grader; absent: nobody tried. */
  readonly canaries?: Canaries;
}

/** @returns `undefined` without a prompt-only target */
export function evidenceOf(
  observations: Observations,
  choices: Choices,
  circumstances: Circumstances,
  world?: World,
): Found | undefined {
  const { prompt, tuned } = choices;
  const { today } = circumstances;
  if (prompt === undefined) return undefined;
  const { suite } = observations;
  const alpha = alphaOf(suite);
  const base = sideOf(observations, prompt.position, world?.prompt);
  const results = judgeRequirements(base);
  // Asked only where it can matter: whether format explains what is missed.
  const missed = results.some(({ blocking, state }) => blocking && state === "NOT_MET");
  const formTried = isFormTried(suite, circumstances.sweep);
  const lenient = missed ? { lenient: withoutForm(base, results), oneForm: oneFormsOf(observations), formTried } : {};
  if (tuned === undefined) {
    const gates = missed ? { gates: gatesOf({ observations, prompt, results, ...circumstances }) } : {};
    return { prompt: results, ...lenient, ...gates, comparisons: [] };
  }
  const target = targetAt(observations, tuned.position);
  const fresh = sideOf(observations, tuned.position, world?.tuned);
  const tunedResults = judgeRequirements(fresh);
  const gap = measureGap(base, fresh, alpha);
  const checks = checksOf(suite);
  const comparisons = checks.map((check) => {
    return isShareCheck(check) ? compareOn(base, fresh, check.metric, alpha) : undefined;
  });
  const contrasts = checks.map((check, index) => {
    const comparison = comparisons[index];
    if (comparison !== undefined) return shareContrast(comparison, marginOf(suite));
    return amountContrast(check, base, fresh, results[index], tunedResults[index], alpha);
  });
  const held = observations.held();
  const regression =
    held.length === 0
      ? undefined
      : compareOn({ ...base, slots: held }, { ...fresh, slots: held }, choiceMetric(suite), alpha);
  const end = endOfTune(suite, target);
  return {
    prompt: results,
    ...lenient,
    ...(missed ? { gates: gatesOf({ observations, prompt, results, tuned: target, ...circumstances }) } : {}),
    tuned: {
      results: tunedResults,
      contrasts,
      losesAbility: gap.abilityUpper !== undefined && gap.abilityUpper < -marginOf(suite),
      retires: end !== undefined && endsWithin(end, today, horizonDays(suite)),
      gainsAbility: missed ? abilityGains(base, fresh, alpha) : [],
      ...(suite.economics === undefined ? {} : { money: circumstances.money.state }),
      ...(suite.requirement.regression === undefined
        ? {}
        : { regression: regressionContrast(regression, suite.requirement.regression.margin ?? marginOf(suite)) }),
    },
    gap,
    comparisons,
    ...(regression === undefined ? {} : { regression }),
    money: circumstances.money,
  };
}

/**
 * The results with the answer taken wherever it stands. Where form plays no part at all the strict result is the answer:
 * Holm's level may differ between the two families, and what is missed by the very same figure is not open.
 */
function withoutForm(side: Side, strict: readonly RequirementResult[]): readonly RequirementResult[] {
  const { observations } = side;
  const isSplit = checksOf(observations.suite).some(
    (check) => isShareCheck(check) && isAnySplit(observations, check.metric),
  );
  if (!isSplit) return strict;
  return judgeRequirements(side, "lenient").map((lenient, index) => {
    const own = strict[index];
    return own !== undefined && isSameFigure(own, lenient) ? own : lenient;
  });
}

/** By position of the check, the graders by which it is not split. */
function oneFormsOf(observations: Observations): (readonly string[])[] {
  return checksOf(observations.suite).map((check) =>
    isShareCheck(check) ? oneFormed(observations, check.metric) : [],
  );
}

function isSameFigure(a: RequirementResult, b: RequirementResult): boolean {
  const value = ({ estimate }: RequirementResult) => (estimate.available ? estimate.value : undefined);
  return a.pNotMet === b.pNotMet && value(a) === value(b);
}

/** By position of the check: whether the tuned target is shown to be better with the answer taken wherever it stands. */
function abilityGains(base: Side, fresh: Side, alpha: number): (boolean | undefined)[] {
  return checksOf(base.observations.suite, "lenient").map((check) => {
    const split = isShareCheck(check) && oneFormed(base.observations, check.metric).length === 0;
    const compared = split ? compareOn(base, fresh, check.metric, alpha) : undefined;
    return compared === undefined ? undefined : compared.lower > 0;
  });
}

/** Where no case that tuning must not break was answered by both, nothing is shown of what it breaks. */
function regressionContrast(comparison: Comparison | undefined, margin: number): Contrast {
  return comparison === undefined
    ? { superior: false, noninferior: false, inferior: false, noGain: false }
    : shareContrast(comparison, margin);
}

function shareContrast({ lower, upper }: Comparison, margin: number): Contrast {
  return { superior: lower > 0, noninferior: lower > -margin, inferior: upper < -margin, noGain: upper < 0 };
}

/** Money by the paired costs; time by the bounds, which stand on either side of the limit. */
function amountContrast(
  check: Check,
  base: Side,
  fresh: Side,
  prompt: RequirementResult | undefined,
  tuned: RequirementResult | undefined,
  alpha: number,
): Contrast | undefined {
  if (isPrice(check.key)) {
    const difference =
      check.key === "cost" ? compareCosts(base, fresh, alpha) : compareSuccessCosts(base, fresh, alpha);
    if (difference === undefined) return undefined;
    return { superior: difference.upper < 0, noninferior: false, inferior: false, noGain: difference.lower > 0 };
  }
  if (check.key !== "latency") return undefined;
  const superior = prompt?.state === "NOT_MET" && tuned?.state === "MET";
  return { superior, noninferior: false, inferior: false, noGain: false };
}
