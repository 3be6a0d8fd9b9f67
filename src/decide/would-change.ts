/** What would change a verdict: sentences a team can act on, with a number where there is one. */
import { NONE_RIGHT } from "./amounts.ts";
import { isPrice } from "./checks.ts";
import type { Reason, RequirementResult } from "./decision.ts";
import type { Found } from "./evidence.ts";
import {
  casesCounted,
  counted,
  dollars,
  figureBeside,
  listed,
  percent,
  requiredFigure,
  withConfidence,
} from "./in-words.ts";
import { whatWouldPay } from "./money-standing.ts";
import { blockingOf, type Cast, oneFormNames, resultsAt, withoutEcho } from "./reasons.ts";
import { isUnsplit, type Ruling } from "./rule.ts";
import { FEWEST_CASES } from "./validity.ts";

export function wouldChange(ruling: Ruling, found: Found, cast: Cast): string[] {
  const { prompt } = found;
  const tuned = found.tuned?.results ?? [];
  switch (ruling.code) {
    case "all-met":
      return beyond(blockingOf(prompt));
    case "need-met-rest-at-threshold":
      return resultsAt(prompt, ruling.watch).map(
        (result) => `A requirement of ${result.label} clearly above or below the ${seen(result)} would change it.`,
      );
    case "format-first":
      if (found.tuned !== undefined) return formByOtherMeans();
      return [
        KEEPS_FORM,
        `Were ${labels(resultsAt(prompt, ruling.failed))} missed still with the form kept, fine-tuning would be asked for.`,
      ];
    case "format-open":
      return [
        ...(found.tuned === undefined ? [] : formByOtherMeans()),
        ...bothFormsAsked(found, ruling.open),
        ...resultsAt(
          found.lenient ?? [],
          ruling.open.filter((index) => !isUnsplit(index, found.oneForm)),
        ).flatMap((result) => settle({ ...result, label: `${result.label}, form aside` })),
        ...(found.tuned === undefined ? [KEEPS_FORM] : []),
      ];
    case "requirement-not-met":
      return [
        ...within(resultsAt(prompt, ruling.failed)),
        meetsInstead(resultsAt(prompt, ruling.failed)),
        ...bothFormsAsked(found, ruling.failed),
        "A tuned target would be confirmed or rejected by the same run: add one to the suite.",
      ];
    case "not-pushed":
    case "cheaper-first":
    case "cheaper-open":
    case "no-data":
    case "no-venue":
    case "venue-unknown":
    case "never-pays":
    case "too-dear":
    case "money-unknown":
      return [
        ...(found.gates === undefined ? [] : [found.gates[ruling.gate].change]),
        meetsInstead(resultsAt(prompt, ruling.failed)),
      ];
    case "tuned-meets-and-better":
      return [...beyond(resultsAt(tuned, ruling.failed)), ...formInstead(found), ...conditions(found)];
    case "tuned-misses":
      return [
        ...within(resultsAt(tuned, ruling.missed)),
        `Another tuned model, or a prompt, that meets ${labels(resultsAt(tuned, ruling.missed))} would change it.`,
      ];
    case "tuned-inferior":
      return [
        "A tuned model that is not worse than the prompt would change it; where the gain was in form, structured output does.",
      ];
    case "tuned-never-pays":
      return [whatWouldPay(found.money ?? {})];
    case "tuned-money-open":
      return ["A surer estimate of the volume would settle it, or more cases where the costs vary."];
    case "tuned-regresses":
      return [
        "A tuned model that breaks nothing would change it: put examples of the other tasks among its training data.",
      ];
    case "regression-open":
      return ["More cases that tuning must not break, answered by both, would settle it."];
    case "retires":
      return [
        "A tune of a model that stays would change it, or a prompt shown to be no worse than this tune while its answers can still be recorded.",
      ];
    case "undecided": {
      const ofPrompt = ruling.failed.length === 0;
      const open = resultsAt(ofPrompt ? prompt : tuned, ruling.open);
      const each = onceEach(open);
      const lacking = lackingFigures(open, (ofPrompt ? undefined : cast.tuned) ?? cast.prompt);
      const told = [...each.flatMap(settle), ...priceOfMore(each, cast), ...lacking];
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
      return `It takes ${counted(FEWEST_CASES - testCases, "more test case")} at least.`;
    case "looked-too-often":
      return "It takes fresh test cases, which no prompt and no model was tried on before.";
    case "leaked-test":
      return "Take those test cases out of the suite, or those examples out of the training data and train again.";
    case "too-few-clusters":
      return "It takes test cases from more clusters (documents, customers, templates); more cases of the same ones tell little.";
    case "missing-answers":
    case "not-measurable":
      return "It takes the missing answers: mend what is told as their reason, then run again; answers that are there are not bought twice.";
    case "uncalibrated-judge":
      return "It takes answers that people labelled and a judge that is shown to agree with them (`people`), or a grader without a model for what blocks, or `required: false` on the judge.";
    case "steered-judge":
      return "It takes a rubric that says what an answer must hold, or another judge.";
    case "no-requirement":
      return "It takes a `requirement` in the suite, for example `quality: { atLeast: 0.9 }`.";
    case "no-test-cases":
      return 'It takes test cases: give some cases `split: "test"`, or none a split at all.';
    case "no-dev-cases":
      return "It takes dev cases to choose by, or one prompt-only target alone.";
    case "split-overlap":
      return "The cases of one cluster have to stand in one split only.";
    case "no-prompt-target":
      return "It takes a prompt-only target: the best that a prompt does is the benchmark.";
    default:
      return undefined;
  }
}

interface Told {
  readonly bound: number | undefined;
  readonly before: string;
  readonly after: string;
  /** Of the bound. */
  readonly confidence: number | undefined;
}

const KEEPS_FORM =
  "A prompt or structured output that keeps the demanded form would change it: add it as a prompt-only target and run again.";

function meetsInstead(results: readonly RequirementResult[]): string {
  return `A prompt that meets ${labels(results)} would change it: add it as a prompt-only target and run again.`;
}

/** Requirements beyond the bounds that were shown. */
function beyond(results: readonly RequirementResult[]): string[] {
  return toldOnce(results, ({ direction, bounds, state }) => {
    if (state !== "MET") return undefined;
    return direction === "at-least"
      ? { bound: bounds?.lower, before: "A requirement above", after: NOT_MET_THEN, confidence: bounds?.confidence }
      : { bound: bounds?.upper, before: "A limit below", after: NOT_MET_THEN, confidence: bounds?.confidence };
  });
}

/** Requirements within the bounds that were shown. */
function within(results: readonly RequirementResult[]): string[] {
  const after = "would no longer be shown to be missed";
  return toldOnce(withoutEcho(results), ({ direction, bounds, threshold }) => {
    const bound = direction === "at-least" ? bounds?.upper : bounds?.lower;
    // Nobody halves what the product needs.
    if (bound === undefined || bound < threshold / 2 || bound > threshold * 2) return undefined;
    const before = direction === "at-least" ? "A requirement of at most" : "A limit of at least";
    return { bound, before, after, confidence: bounds?.notMetConfidence ?? bounds?.confidence };
  });
}

const NOT_MET_THEN = "would not be shown to be met";

/** One sentence a figure, with all labels that share it, the cases and the confidence that it rests on. */
function toldOnce(
  results: readonly RequirementResult[],
  of: (result: RequirementResult) => Told | undefined,
): string[] {
  const found = new Map<string, { readonly after: string; readonly names: string[] }>();
  for (const result of results) {
    const told = of(result);
    if (told?.bound === undefined) continue;
    const key = `${told.before} ${figureBeside(told.bound, result.threshold, result.unit)}`;
    const { estimate } = result;
    const cases = estimate.available ? `${casesCounted(estimate.n, estimate.clusters)}, ` : "";
    const sure = told.confidence === undefined ? "" : ` (${cases}bound ${withConfidence(told.confidence)})`;
    const entry = found.get(key) ?? { after: `${told.after}${sure}`, names: [] };
    entry.names.push(result.label);
    found.set(key, entry);
  }
  return [...found].map(([key, { after, names }]) => `${key} for ${listed(names)} ${after}.`);
}

/** A tune that only taught the form may be replaced by what costs less. */
function formInstead({ gap }: Found): string[] {
  if (gap?.signs?.format !== "up" || gap.signs.ability === "up") return [];
  return [
    "Structured output or a prompt that keeps the demanded form may do instead: what the tune is shown to gain is format.",
  ];
}

/**
 * What would settle each figure, once. Two of the same figure are one only where the same is asked of both: a need below the requirement
 * of quality is settled with that, not the other way round.
 */
function onceEach(results: readonly RequirementResult[]): readonly RequirementResult[] {
  const kept = withoutEcho(results);
  const need = results.find((result) => !kept.includes(result));
  return kept.map((result) => {
    const echoes = need !== undefined && need.threshold === result.threshold && isSameValue(need, result);
    return echoes ? { ...need, label: listed([result.label, need.label]) } : result;
  });
}

/** What the most of the cases that are asked for would cost. */
function priceOfMore(results: readonly RequirementResult[], { usdPerCase = 0 }: Cast): string[] {
  const more = Math.max(0, ...results.map(({ advice }) => advice?.additionalCases ?? 0));
  if (more * usdPerCase === 0) return [];
  return [
    `${counted(more, "more test case")} asked of every target cost about ${dollars(more * usdPerCase)} at the mean costs seen (planned, so without interval).`,
  ];
}

function isSameValue({ estimate }: RequirementResult, other: RequirementResult): boolean {
  return estimate.available && other.estimate.available && estimate.value === other.estimate.value;
}

/** What a figure takes that is not there at all: no number of cases would bring it. */
function lackingFigures(results: readonly RequirementResult[], target: string): string[] {
  return [...new Set(results.flatMap((result) => lackingFigure(result, target)))];
}

function lackingFigure({ key, estimate }: RequirementResult, target: string): string[] {
  if (estimate.available) return [];
  if (key === "latency") return [`It takes the latency of every answer of "${target}": record it with the answers.`];
  if (!isPrice(key)) return [];
  if (estimate.why === NONE_RIGHT) {
    return ["It takes a right answer: without one no cost of a right answer can be told."];
  }
  return [
    `It takes the cost of every answer of "${target}": give its model a price (\`price: { inputPerMillion, outputPerMillion, asOf, source }\`), and have its endpoint tell the tokens; answers that are there are not bought twice.`,
  ];
}

/** Before a tune that gains form, and maybe no more, is taken for what does it. */
function formByOtherMeans(): string[] {
  return [
    'A prompt that sends a schema, or another that cannot leave the form, would change it: add it as a prompt-only target with `arm: "constrained-output"` and run again; should it miss still, the tune is confirmed.',
    'Where nothing can hold the form, waive `ladder["structured-output"]` with the reason: then the tune is confirmed by what it gains in form.',
  ];
}

/** How a grader of one form comes to tell format from ability. What is stored is graded again, without a call. */
function bothFormsAsked({ oneForm }: Found, positions: readonly number[]): string[] {
  const names = oneFormNames(oneForm, positions);
  if (names.length === 0) return [];
  const which = listed(names.map((name) => `"${name}"`));
  return [
    `Grades in both forms would split it: have ${which} return \`{ strict, lenient }\` (\`lenient\`: the answer wherever it stands), take a grader that does (README, "Graders"), or say \`custom(…, { hasForms: true })\` where it takes the answer wherever it stands; the answers that are there are graded again, without a call.`,
  ];
}

/** What nobody stated and the confirmation rests on all the same. */
function conditions({ gates, prompt }: Found): string[] {
  if (gates === undefined) return [];
  const price = prompt.some(({ key, blocking, state }) => isPrice(key) && blocking && state === "NOT_MET");
  const asked = [...(price ? [gates.cheaper] : []), gates.data, gates.venue];
  const open = asked.filter(({ state }) => state === "open").map(({ change }) => change);
  // A tune is confirmed beside retrieval that would do as well: whoever reads it should know the other way.
  return gates.cheaper.state === "stopped" ? [gates.cheaper.why, gates.cheaper.change, ...open] : open;
}

function settle(result: RequirementResult): string[] {
  const { label, advice, state, threshold, unit } = result;
  if (state === "AT_THRESHOLD") {
    return [
      `${label} is shown to be close to its requirement of ${requiredFigure(threshold, unit)}: decide by policy, or add cases.`,
    ];
  }
  return advice === undefined ? [] : [`${label}: ${advice.text}`];
}

function moreForTheGap({ gap }: Found, { prompt, tuned = prompt }: Cast): string[] {
  const smallest = gap?.gap.smallestDetectable;
  if (smallest?.available !== true) return [`More test cases answered by "${tuned}".`];
  const size = percent(smallest.value).replace(" %", " points");
  return [
    `More test cases would settle it: these ${counted(smallest.n, "case")} show a true gap from ${size} on in 4 runs of 5 (planned, so without interval).`,
  ];
}

function labels(results: readonly RequirementResult[]): string {
  return listed(withoutEcho(results).map(({ label }) => label));
}

function seen({ estimate, threshold, unit }: RequirementResult): string {
  if (!estimate.available) return "figure seen";
  const cases = casesCounted(estimate.n, estimate.clusters);
  return `${figureBeside(estimate.value, threshold, unit)} seen in ${cases}`;
}
