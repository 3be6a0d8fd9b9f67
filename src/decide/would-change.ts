/** What would change a verdict: sentences a team can act on, with a number where there is one. */
import type { Reason, RequirementResult } from "./decision.ts";
import type { Found } from "./evidence.ts";
import { counted, figureBeside, listed, requiredFigure } from "./in-words.ts";
import type { Cast } from "./reasons.ts";
import { blockingOf } from "./reasons.ts";
import type { Ruling } from "./rule.ts";
import { FEWEST_CASES } from "./validity.ts";

export function wouldChange(ruling: Ruling, found: Found, cast: Cast): string[] {
  const { prompt, tuned } = found;
  switch (ruling.code) {
    case "all-met":
      return blockingOf(prompt).flatMap(stricter);
    case "need-met-rest-at-threshold":
      return blockingOf(prompt)
        .filter(({ state }) => state === "AT_THRESHOLD")
        .map((result) => `${result.label}: a requirement that is not right at the ${seen(result)} seen.`);
    case "format-first":
      return [
        `A prompt or structured output that keeps the demanded form: add it as a prompt-only target and run again.`,
        `If the form is kept and ${listed(at(prompt, ruling.failed).map(({ label }) => label))} still falls short, fine-tuning is justified.`,
      ];
    case "requirement-not-met":
      return [
        ...at(prompt, ruling.failed).flatMap(looser),
        `A prompt that meets ${listed(at(prompt, ruling.failed).map(({ label }) => label))}: add it as a prompt-only target and run again.`,
        "A tuned target: with one in the suite the same run confirms or rejects it.",
      ];
    case "tuned-meets-and-better":
      return at(tuned?.results ?? [], ruling.failed).flatMap(stricter);
    case "tuned-misses":
      return [
        ...at(tuned?.results ?? [], ruling.missed).flatMap(looser),
        "Another tuned model, or a prompt, that meets what both miss.",
      ];
    case "tuned-inferior":
      return ["A tuned model that is not worse than the prompt, or structured output if the gain was in form."];
    case "retires":
      return [
        "A tune of a model that stays, or a prompt that is no worse than this tune while its answers can still be recorded.",
      ];
    case "undecided": {
      const open = ruling.failed.length === 0 ? at(prompt, ruling.open) : at(tuned?.results ?? [], ruling.open);
      const told = open.flatMap(settle);
      return told.length > 0 ? told : moreForTheGap(found, cast);
    }
  }
}

/** What mends a failed check of validity. */
export function wouldMend(reasons: readonly Reason[], testCases: number): string[] {
  const told = reasons.flatMap(({ code }): string[] => {
    switch (code) {
      case "too-few-cases":
        return [`${counted(FEWEST_CASES - testCases, "more test case")} at least.`];
      case "too-few-clusters":
        return [
          "Test cases from more clusters (documents, customers, templates); more cases of the same ones tell little.",
        ];
      case "missing-answers":
      case "not-measurable":
        return ["Run again: answers that are there are not bought twice, only the missing ones are asked for."];
      case "uncalibrated-judge":
        return ["A grader without a model for what blocks, or `required: false` on the judge."];
      case "no-requirement":
        return ["A `requirement` in the suite, for example `quality: { atLeast: 0.9 }`."];
      case "no-test-cases":
        return ['Test cases: give some cases `split: "test"`, or none a split at all.'];
      case "no-dev-cases":
        return ["Dev cases to choose by, or one prompt-only target alone."];
      case "split-overlap":
        return ["Cases of one cluster in one split only."];
      case "no-prompt-target":
        return ["A prompt-only target: the best that a prompt does is the benchmark."];
      default:
        return [];
    }
  });
  return [...new Set(told)];
}

/** A requirement beyond the bound that was shown. */
function stricter({ label, bounds, direction, threshold, unit, state }: RequirementResult): string[] {
  const bound = direction === "at-least" ? bounds?.lower : bounds?.upper;
  if (state !== "MET" || bound === undefined) return [];
  const beyond = direction === "at-least" ? "A requirement above" : "A limit below";
  return [`${beyond} ${figureBeside(bound, threshold, unit)} for ${label}: these cases do not show more.`];
}

/** A requirement within the bound that was shown. */
function looser({ label, bounds, direction, threshold, unit }: RequirementResult): string[] {
  const bound = direction === "at-least" ? bounds?.upper : bounds?.lower;
  if (bound === undefined) return [];
  const within = direction === "at-least" ? "A requirement of at most" : "A limit of at least";
  return [`${within} ${figureBeside(bound, threshold, unit)} for ${label}: it would no longer be shown to be missed.`];
}

function settle(result: RequirementResult): string[] {
  const { label, advice, state } = result;
  if (state === "AT_THRESHOLD") {
    return [
      `${label}: it stands at its requirement of ${requiredFigure(result.threshold, result.unit)}; decide by policy, more cases would hardly tell.`,
    ];
  }
  return advice === undefined ? [] : [`${label}: ${advice.text}`];
}

function moreForTheGap({ gap }: Found, { tuned }: Cast): string[] {
  const smallest = gap?.gap.smallestDetectable;
  if (smallest?.available !== true) return [`More test cases answered by "${tuned}".`];
  return [`More test cases: these show a gap from ${(smallest.value * 100).toFixed(1)} points on.`];
}

function seen({ estimate, threshold, unit }: RequirementResult): string {
  return estimate.available ? figureBeside(estimate.value, threshold, unit) : "figure";
}

function at(results: readonly RequirementResult[], positions: readonly number[]): RequirementResult[] {
  return positions.flatMap((position) => results[position] ?? []);
}
