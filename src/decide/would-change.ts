/** What would change a verdict: sentences a team can act on, with a number where there is one. */
import type { Reason, RequirementResult } from "./decision.ts";
import type { Found } from "./evidence.ts";
import { counted, figureBeside, listed, percentAsWritten, requiredFigure } from "./in-words.ts";
import { blockingOf, type Cast, resultsAt, withoutEcho } from "./reasons.ts";
import type { Ruling } from "./rule.ts";
import { FEWEST_CASES } from "./validity.ts";

export function wouldChange(ruling: Ruling, found: Found, cast: Cast): string[] {
  const { prompt } = found;
  const tuned = found.tuned?.results ?? [];
  switch (ruling.code) {
    case "all-met":
      return beyond(blockingOf(prompt));
    case "need-met-rest-at-threshold":
      return resultsAt(prompt, ruling.watch).map(
        (result) => `${result.label}: a requirement clearly above or below the ${seen(result)} seen.`,
      );
    case "format-first":
      if (found.tuned !== undefined) return formByOtherMeans();
      return [
        "A prompt or structured output that keeps the demanded form: add it as a prompt-only target and run again.",
        `Missing ${labels(resultsAt(prompt, ruling.failed))} still when the form is kept: then fine-tuning is justified.`,
      ];
    case "format-open":
      return [
        ...(found.tuned === undefined ? [] : formByOtherMeans()),
        ...resultsAt(found.lenient ?? [], ruling.open).flatMap((result) =>
          settle({ ...result, label: `${result.label}, form aside` }),
        ),
        ...(found.tuned === undefined
          ? [
              "A prompt or structured output that keeps the demanded form: add it as a prompt-only target and run again.",
            ]
          : []),
      ];
    case "requirement-not-met":
      return [
        ...within(resultsAt(prompt, ruling.failed)),
        `A prompt that meets ${labels(resultsAt(prompt, ruling.failed))}: add it as a prompt-only target and run again.`,
        "A tuned target: with one in the suite the same run confirms or rejects it.",
      ];
    case "not-pushed":
    case "cheaper-first":
    case "cheaper-open":
    case "no-data":
    case "no-venue":
    case "venue-unknown":
    case "never-pays":
    case "money-unknown":
      return [
        ...(found.gates === undefined ? [] : [found.gates[ruling.gate].change]),
        `A prompt that meets ${labels(resultsAt(prompt, ruling.failed))}: add it as a prompt-only target and run again.`,
      ];
    case "tuned-meets-and-better":
      return [...beyond(resultsAt(tuned, ruling.failed)), ...formInstead(found), ...conditions(found)];
    case "tuned-misses":
      return [
        ...within(resultsAt(tuned, ruling.missed)),
        `Another tuned model, or a prompt, that meets ${labels(resultsAt(tuned, ruling.missed))}.`,
      ];
    case "tuned-inferior":
      return ["A tuned model that is not worse than the prompt, or structured output if the gain was in form."];
    case "tuned-never-pays":
      return [
        "A larger volume, a cheaper tuned model, or a prompt that costs less (caching, batches, a smaller model).",
      ];
    case "tuned-money-open":
      return ["A surer estimate of the volume, or more cases where the costs vary."];
    case "tuned-regresses":
      return ["A tuned model that breaks nothing: examples of the other tasks among its training data."];
    case "regression-open":
      return ["More cases that tuning must not break, answered by both."];
    case "retires":
      return [
        "A tune of a model that stays, or a prompt shown to be no worse than this tune while its answers can still be recorded.",
      ];
    case "undecided": {
      const told = resultsAt(ruling.failed.length === 0 ? prompt : tuned, ruling.open).flatMap(settle);
      return told.length > 0 ? told : moreForTheGap(found, cast);
    }
  }
}

/** What mends the failed checks of validity. */
export function wouldMend(reasons: readonly Reason[], testCases: number): string[] {
  return [...new Set(reasons.flatMap(({ code }) => mend(code, testCases) ?? []))];
}

function mend(code: Reason["code"], testCases: number): string | undefined {
  switch (code) {
    case "too-few-cases":
      return `${counted(FEWEST_CASES - testCases, "more test case")} at least.`;
    case "looked-too-often":
      return "Fresh test cases, which no prompt and no model was tried on before.";
    case "leaked-test":
      return "Test cases that no training example holds, or a model tuned without those examples.";
    case "too-few-clusters":
      return "Test cases from more clusters (documents, customers, templates); more cases of the same ones tell little.";
    case "missing-answers":
    case "not-measurable":
      return "The missing answers: mend what is told as their reason, then run again; answers that are there are not bought twice.";
    case "uncalibrated-judge":
      return "A grader without a model for what blocks, or `required: false` on the judge.";
    case "no-requirement":
      return "A `requirement` in the suite, for example `quality: { atLeast: 0.9 }`.";
    case "no-test-cases":
      return 'Test cases: give some cases `split: "test"`, or none a split at all.';
    case "no-dev-cases":
      return "Dev cases to choose by, or one prompt-only target alone.";
    case "split-overlap":
      return "Cases of one cluster in one split only.";
    case "no-prompt-target":
      return "A prompt-only target: the best that a prompt does is the benchmark.";
    default:
      return undefined;
  }
}

interface Told {
  readonly bound: number | undefined;
  readonly before: string;
  readonly after: string;
}

/** Requirements beyond the bounds that were shown. */
function beyond(results: readonly RequirementResult[]): string[] {
  return toldOnce(results, ({ direction, bounds, state }) => {
    if (state !== "MET") return undefined;
    return direction === "at-least"
      ? { bound: bounds?.lower, before: "A requirement above", after: "these cases do not show that much" }
      : { bound: bounds?.upper, before: "A limit below", after: "these cases do not show that little" };
  });
}

/** Requirements within the bounds that were shown. */
function within(results: readonly RequirementResult[]): string[] {
  const after = "it would no longer be shown to be missed";
  return toldOnce(withoutEcho(results), ({ direction, bounds, threshold }) => {
    const bound = direction === "at-least" ? bounds?.upper : bounds?.lower;
    // Nobody halves what the product needs.
    if (bound === undefined || bound < threshold / 2 || bound > threshold * 2) return undefined;
    return { bound, before: direction === "at-least" ? "A requirement of at most" : "A limit of at least", after };
  });
}

/** One sentence a figure, with all labels that share it. */
function toldOnce(
  results: readonly RequirementResult[],
  of: (result: RequirementResult) => Told | undefined,
): string[] {
  const found = new Map<string, { readonly after: string; readonly names: string[] }>();
  for (const result of results) {
    const told = of(result);
    if (told?.bound === undefined) continue;
    const key = `${told.before} ${figureBeside(told.bound, result.threshold, result.unit)}`;
    const entry = found.get(key) ?? { after: told.after, names: [] };
    entry.names.push(result.label);
    found.set(key, entry);
  }
  return [...found].map(([key, { after, names }]) => `${key} for ${listed(names)}: ${after}.`);
}

/** A tune that only taught the form may be replaced by what costs less. */
function formInstead({ gap }: Found): string[] {
  if (gap?.signs?.format !== "up" || gap.signs.ability === "up") return [];
  return ["Structured output or a prompt that keeps the demanded form: what the tune is shown to gain is format."];
}

/** Before a tune that gains form, and maybe no more, is taken for what does it. */
function formByOtherMeans(): string[] {
  return [
    'A prompt that sends a schema, or another that cannot leave the form: add it as a prompt-only target with arm: "constrained-output" and run again; should it miss still, the tune is confirmed.',
    'Where nothing can hold the form, waive `ladder["structured-output"]` with the reason: then the tune is confirmed by what it gains in form.',
  ];
}

/** What nobody stated and the confirmation rests on all the same. */
function conditions({ gates, prompt }: Found): string[] {
  if (gates === undefined) return [];
  const price = prompt.some(({ key, blocking, state }) => key === "cost" && blocking && state === "NOT_MET");
  const asked = [...(price ? [gates.cheaper] : []), gates.data, gates.venue];
  return asked.filter(({ state }) => state === "open").map(({ change }) => change);
}

function settle(result: RequirementResult): string[] {
  const { label, advice, state, threshold, unit } = result;
  if (state === "AT_THRESHOLD") {
    return [
      `${label}: shown to be close to its requirement of ${requiredFigure(threshold, unit)}; decide by policy, or add cases.`,
    ];
  }
  return advice === undefined ? [] : [`${label}: ${advice.text}`];
}

function moreForTheGap({ gap }: Found, { tuned }: Cast): string[] {
  const smallest = gap?.gap.smallestDetectable;
  if (smallest?.available !== true) return [`More test cases answered by "${tuned}".`];
  const size = percentAsWritten(Math.round(smallest.value * 1000) / 1000).replace(" %", " points");
  return [`More test cases: these show a gap from ${size} on.`];
}

function labels(results: readonly RequirementResult[]): string {
  return listed(withoutEcho(results).map(({ label }) => label));
}

function seen({ estimate, threshold, unit }: RequirementResult): string {
  return estimate.available ? figureBeside(estimate.value, threshold, unit) : "figure";
}
