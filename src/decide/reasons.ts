/** Why a verdict was given, in sentences with numbers. The first sentence alone must tell a reader enough. */
import type { Gap, MaybeDifference, Reason, ReasonCode, RequirementResult } from "./decision.ts";
import type { Found } from "./evidence.ts";
import { notSplit } from "./forms.ts";
import { GATES } from "./gates.ts";
import {
  casesCounted,
  differenceInWords,
  figureBeside,
  listed,
  points,
  pointsAsWritten,
  requiredFigure,
  withConfidence,
} from "./in-words.ts";
import { isUnsplit, type Ruling } from "./rule.ts";

/** Names for the sentences. */
export interface Cast {
  readonly prompt: string;
  /** All prompt-only targets, as declared. */
  readonly tried: readonly string[];
  readonly tuned?: string;
  readonly retiresOn?: string;
  /** What the calls of one more case would cost, all targets and trials together, US dollars; absent where some cost is not known. */
  readonly usdPerCase?: number;
  /** How far ahead is looked, "the 12 months of the horizon". */
  readonly horizon: string;
}

export function reasonsFor(ruling: Ruling, found: Found, cast: Cast): Reason[] {
  const gap = gapReason(ruling.code, found.gap?.gap);
  return [...sentences(ruling, found, cast).map((text) => ({ code: ruling.code, text })), ...gap];
}

/** The gap in one sentence, wherever there is one; then what it means. */
export function gapReason(code: ReasonCode, gap: Gap | undefined): Reason[] {
  if (gap === undefined) return [];
  if (!gap.total.available) return [{ code, text: gap.advice }];
  const shown = gap.superior
    ? gap.total.lower > 0
      ? "shown to be better"
      : "shown to be better (one-sided)"
    : gap.inferior
      ? "shown to be worse by more than the margin"
      : gap.noninferior
        ? "not shown to be better, and no worse than the margin allows"
        : "not shown to be better";
  const counts = `margin ${pointsAsWritten(gap.margin)}; cases won ${gap.won}, lost ${gap.lost}`;
  const text = `"${gap.tuned}" against "${gap.base}": ${interval(gap.total)}, ${shown} (${counts}). ${gap.advice}`;
  return [{ code, text }];
}

/** "quality 84.0 % (240 cases; at most 88.1 % with 97.5 % confidence; 90 % needed)". */
export function inWords(result: RequirementResult): string {
  const { label, estimate, why, threshold, unit, state, direction } = result;
  const told = lowerFirst(why.replace(/\.$/, ""));
  if (!estimate.available) return `${label} (${told})`;
  const shown = decidingBound(result);
  const others = shown === undefined ? [] : [shown.bound];
  const seen = `${label} ${figureBeside(estimate.value, threshold, unit, others)}`;
  const cases = casesCounted(estimate.n, estimate.clusters);
  if ((state !== "MET" && state !== "NOT_MET") || shown === undefined) return `${seen} (${cases}; ${told})`;
  const asked = `${requiredFigure(threshold, unit)} ${direction === "at-least" ? "needed" : "allowed"}`;
  return `${seen} (${cases}; ${boundInWords(result)}; ${asked})`;
}

/** "at most 88.1 % with 97.5 % confidence": the bound that shows the state of a requirement that is met or missed; empty without one. */
export function boundInWords(result: RequirementResult): string {
  const { threshold, unit, estimate } = result;
  const shown = decidingBound(result);
  if (shown === undefined) return "";
  const seen = estimate.available ? [estimate.value] : [];
  const figure = figureBeside(shown.bound, threshold, unit, seen);
  return `${shown.upper ? "at most" : "at least"} ${figure} ${withConfidence(shown.confidence)}`;
}

/** The bound that shows "met", or where it is missed, "not met". */
export function decidingBound({
  state,
  direction,
  bounds,
}: RequirementResult): { readonly bound: number; readonly upper: boolean; readonly confidence: number } | undefined {
  if (bounds === undefined) return undefined;
  const upper = (state === "NOT_MET") === (direction === "at-least");
  const bound = upper ? bounds.upper : bounds.lower;
  const confidence = state === "NOT_MET" ? (bounds.notMetConfidence ?? bounds.confidence) : bounds.confidence;
  return bound === undefined ? undefined : { bound, upper, confidence };
}

export function blockingOf(results: readonly RequirementResult[]): RequirementResult[] {
  return results.filter(({ blocking }) => blocking);
}

/** Only what blocks is claimed where something does not. */
function everyRequirement(results: readonly RequirementResult[]): string {
  return results.every(({ blocking }) => blocking) ? "Every requirement" : "Every blocking requirement";
}

export function resultsAt(results: readonly RequirementResult[], positions: readonly number[]): RequirementResult[] {
  return positions.flatMap((position) => results[position] ?? []);
}

function sentences(ruling: Ruling, found: Found, cast: Cast): string[] {
  const { prompt, lenient = [] } = found;
  const tuned = found.tuned?.results ?? [];
  switch (ruling.code) {
    case "all-met":
      return [
        `${everyRequirement(prompt)} is met by the prompt "${cast.prompt}" alone: ${each(blockingOf(prompt))}.`,
        ...notBlocking(cast.prompt, prompt),
      ];
    case "need-met-rest-at-threshold":
      return [
        `The prompt "${cast.prompt}" satisfies the need and is shown to miss nothing; to be watched: ${each(resultsAt(prompt, ruling.watch))}.`,
        "At a threshold the way that is cheaper and can be undone is taken: prompting.",
        ...notBlocking(cast.prompt, prompt),
      ];
    case "format-first":
      return [
        `Close the format first. In the demanded form "${cast.prompt}" misses: ${each(resultsAt(prompt, ruling.failed))}.`,
        formShown(resultsAt(lenient, ruling.failed)),
        ...(found.tuned === undefined ? [] : [formOfTune(cast, resultsAt(tuned, ruling.failed))]),
      ];
    case "format-open":
      return [
        misses(cast.prompt, resultsAt(prompt, ruling.failed), "The best prompt, "),
        ...formOpen(found, ruling),
        ...(found.tuned === undefined ? [] : [formOfTune(cast, resultsAt(tuned, ruling.failed))]),
      ];
    case "requirement-not-met":
      return [
        misses(cast.prompt, resultsAt(prompt, ruling.failed), "The best prompt, "),
        `The gap to close: ${withoutEcho(resultsAt(prompt, ruling.failed)).map(shortfall).join("; ")}.`,
        ...lenientToo(found, ruling.failed),
        ...GATES.flatMap((gate) => found.gates?.[gate].why ?? []),
        tried(cast),
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
        ...(found.gates === undefined ? [] : [found.gates[ruling.gate].why]),
        misses(cast.prompt, resultsAt(prompt, ruling.failed), "The best prompt, "),
        ...(found.tuned === undefined ? [] : [`"${cast.tuned}" meets it: ${each(resultsAt(tuned, ruling.failed))}.`]),
        ...lenientToo(found, ruling.failed),
      ];
    case "tuned-meets-and-better":
      return [
        `"${cast.tuned}" meets what the best prompt, "${cast.prompt}", misses: ${each(resultsAt(tuned, ruling.failed))}.`,
        misses(cast.prompt, resultsAt(prompt, ruling.failed)),
        ...gains(found, ruling.failed),
        ...(cast.retiresOn === undefined ? [] : [`"${cast.tuned}" is served until ${cast.retiresOn}.`]),
        ...notBlocking(cast.tuned, tuned),
      ];
    case "tuned-misses":
      return [
        misses(cast.tuned, resultsAt(tuned, ruling.missed)),
        misses(cast.prompt, resultsAt(prompt, ruling.failed), "The best prompt, "),
      ];
    case "tuned-inferior":
      return [
        ...losses(found, ruling.worse, cast),
        ...(ruling.losesAbility ? [abilityLost(cast, found.gap?.gap)] : []),
        misses(cast.prompt, resultsAt(prompt, ruling.failed), "The best prompt, "),
      ];
    case "tuned-never-pays":
    case "tuned-money-open":
      return [
        `"${cast.tuned}" meets the price that the best prompt misses. ${found.money?.why ?? ""}`.trimEnd(),
        misses(cast.prompt, resultsAt(prompt, ruling.failed), "The best prompt, "),
      ];
    case "tuned-regresses":
    case "regression-open":
      return [
        regressed(found, cast, ruling.code === "tuned-regresses"),
        misses(cast.prompt, resultsAt(prompt, ruling.failed), "The best prompt, "),
      ];
    case "retires":
      return [
        `"${cast.tuned}" would be confirmed, but it ends on ${cast.retiresOn ?? "a day near"}, before the end of ${cast.horizon}: no verdict recommends what ends.`,
        found.gap?.gap.replaceable === true
          ? `The prompt may take its place: it is shown to be no worse by ${pointsAsWritten(found.gap.gap.margin)} or more.`
          : "That the prompt may take its place is not shown.",
      ];
    case "undecided":
      return undecided(ruling, found, cast);
  }
}

/** What is missed or open without blocking: no part of the verdict, and not to be kept from who reads it. */
function notBlocking(target: string | undefined, results: readonly RequirementResult[]): string[] {
  const beside = results.filter(({ blocking, state }) => !blocking && state !== "MET");
  const [missed, open] = [beside.filter(isMissed), beside.filter((result) => !isMissed(result))];
  return [
    ...(missed.length === 0 ? [] : [`Not blocking, so no part of the verdict, "${target}" misses: ${each(missed)}.`]),
    ...(open.length === 0 ? [] : [`Not blocking, so no part of the verdict, and not shown to be met: ${each(open)}.`]),
  ];
}

function isMissed({ state }: RequirementResult): boolean {
  return state === "NOT_MET";
}

/** All of them, but the share of the need not once more where another figure is the very same (one trial, one quality). */
function each(results: readonly RequirementResult[]): string {
  return withoutEcho(results).map(inWords).join("; ");
}

/** Drops the share of the need where a listed requirement has the same figure, the same state and a threshold as high. */
export function withoutEcho(results: readonly RequirementResult[]): readonly RequirementResult[] {
  return results.filter((result) => {
    if (result.key !== "need" || !result.estimate.available) return true;
    const { value } = result.estimate;
    return !results.some(({ key, unit, estimate, state, threshold }) => {
      const same = estimate.available && estimate.value === value && state === result.state;
      return key !== "need" && unit === "share" && same && threshold >= result.threshold;
    });
  });
}

function misses(target: string | undefined, results: readonly RequirementResult[], before = ""): string {
  return `${before}"${target}"${before === "" ? "" : ","} misses: ${each(results)}.`;
}

/** "19.0 points of quality (at least 13.7 with 97.5 % confidence)", or "cost per 1,000 from $0.70 (at least $0.66 …) down to $0.50". */
function shortfall(result: RequirementResult): string {
  const { label, estimate, threshold, unit } = result;
  if (!estimate.available) return label;
  const shown = decidingBound(result);
  const sure = shown === undefined ? "" : ` ${withConfidence(shown.confidence)}`;
  if (unit === "share" || unit === "score") {
    const least =
      shown === undefined ? "" : ` (at least ${size(threshold - shown.bound).replace(" points", "")}${sure})`;
    return `${size(threshold - estimate.value)} of ${label}${least}`;
  }
  const from = figureBeside(estimate.value, threshold, unit, shown === undefined ? [] : [shown.bound]);
  const least = shown === undefined ? "" : ` (${boundInWords(result)})`;
  return `${label} from ${from}${least} down to ${requiredFigure(threshold, unit)}`;
}

function size(share: number): string {
  return points(share).replace(/^[+-]/, "");
}

function tried({ tried: names }: Cast): string {
  const quoted = listed(names.map((name) => `"${name}"`));
  const what = names.length === 1 ? `Only one prompt was tried, ${quoted}` : `Prompts tried: ${quoted}`;
  return `${what}.`;
}

/** What is missed with the answer taken wherever it stands too: format is not the answer. What is not: why tuning is asked on all the same. */
function lenientToo({ prompt, lenient = [], oneForm, formTried }: Found, failed: readonly number[]): string[] {
  const split = failed.filter((index) => !isUnsplit(index, oneForm) && prompt[index]?.direction === "at-least");
  const missed = resultsAt(lenient, split).filter(isMissed);
  const others = formTried === true ? resultsAt(lenient, split).filter((result) => !isMissed(result)) : [];
  const explained = others.filter(({ state }) => state !== "UNDECIDED");
  const open = others.filter(({ state }) => state === "UNDECIDED");
  const aside = (results: readonly RequirementResult[]) => `with the answer taken wherever it stands: ${each(results)}`;
  const held = "though output held to the form was tried or is waived";
  return [
    ...(missed.length === 0 ? [] : [`Format does not explain it; ${aside(missed)}.`]),
    ...(explained.length === 0 ? [] : [`Format explains it, ${held}; ${aside(explained)}.`]),
    ...(open.length === 0 ? [] : [`Format may explain it, ${held}; ${aside(open)}.`]),
    ...unsplitOf(oneForm, failed),
  ];
}

/** What may or may not be format: for want of cases, or since a grader does not tell. */
function formOpen(
  { lenient = [], oneForm }: Found,
  { failed, open }: Extract<Ruling, { code: "format-open" }>,
): string[] {
  const split = failed.filter((index) => !isUnsplit(index, oneForm));
  const told = `Format may or may not explain it; with the answer taken wherever it stands: ${each(resultsAt(lenient, split))}.`;
  return [...(split.length === 0 ? [] : [told]), ...unsplitOf(oneForm, open)];
}

/** Whether format explains a figure is open where a grader has one form: the figure that would tell does not exist. */
function unsplitOf(oneForm: Found["oneForm"], positions: readonly number[]): string[] {
  const names = oneFormNames(oneForm, positions);
  if (names.length === 0) return [];
  return [`How much of it is format nobody can tell: ${notSplit(names)}.`];
}

/** The graders of one form behind some checks, each once. */
export function oneFormNames(oneForm: Found["oneForm"], positions: readonly number[]): string[] {
  return [...new Set(positions.flatMap((position) => oneForm?.[position] ?? []))];
}

/** "Closes" is for what is shown to be met once form is no matter. */
function formShown(lenient: readonly RequirementResult[]): string {
  const met = lenient.every(({ state }) => state === "MET");
  const then = met
    ? "Structured output or a checklist in the prompt closes that, not fine-tuning."
    : "Structured output or a checklist in the prompt brings it to the requirement or close to it, before fine-tuning.";
  return `With the answer taken wherever it stands: ${each(lenient)}. ${then}`;
}

/** What a tune that may have taught the form alone is worth. */
function formOfTune({ tuned }: Cast, met: readonly RequirementResult[]): string {
  return `"${tuned}" meets it (${each(met)}), but that it gains anything beside the form is not shown, and no prompt was held to the form by other means.`;
}

function gains({ prompt, comparisons, gap }: Found, failed: readonly number[]): string[] {
  return failed.flatMap((index) => {
    const comparison = comparisons[index];
    const result = prompt[index];
    if (comparison === undefined || result === undefined) return [];
    // The sentence on the gap tells the same once more.
    if (gap?.gap.total.available === true && comparison.shown.value === gap.gap.total.value) return [];
    const least = `at least ${points(comparison.lower)} by the one-sided bound that decides`;
    return [`On ${result.label} it gains ${differenceInWords(comparison.shown)}, ${least}.`];
  });
}

function losses({ prompt, comparisons }: Found, worse: readonly number[], cast: Cast): string[] {
  return worse.flatMap((index) => {
    const comparison = comparisons[index];
    const result = prompt[index];
    if (result === undefined) return [];
    const lost = `"${cast.tuned}" is shown to be worse than "${cast.prompt}" on ${result.label}`;
    if (comparison === undefined) return [`${lost}.`];
    const best = `at best ${points(comparison.upper)} by the one-sided bound that decides`;
    return [`${lost}: ${differenceInWords(comparison.shown)}, ${best}.`];
  });
}

function regressed({ regression }: Found, { prompt, tuned }: Cast, shown: boolean): string {
  if (regression === undefined) return `Nothing is known of what "${tuned}" breaks.`;
  const { shown: told, lower, upper } = regression;
  const seen = `${differenceInWords(told)} on the cases that tuning must not break`;
  const decides = "by the one-sided bound that decides";
  return shown
    ? `"${tuned}" is shown to break what "${prompt}" does: ${seen}, at best ${points(upper)} ${decides}.`
    : `That "${tuned}" breaks nothing is not shown: ${seen}, at worst ${points(lower)} ${decides}.`;
}

function abilityLost({ tuned }: Cast, gap: Gap | undefined): string {
  const lost = gap?.ability.available === true ? `, ${interval(gap.ability)}` : "";
  const margin = gap === undefined ? "" : ` by more than the margin of ${pointsAsWritten(gap.margin)}`;
  return `"${tuned}" is shown to lose ability${lost}: with the answer taken wherever it stands it is worse than the prompt${margin}.`;
}

function undecided(ruling: Extract<Ruling, { code: "undecided" }>, found: Found, cast: Cast): string[] {
  const { prompt, tuned, comparisons } = found;
  if (ruling.failed.length === 0) return [`Not settled for "${cast.prompt}": ${each(resultsAt(prompt, ruling.open))}.`];
  const told = withoutEcho(resultsAt(tuned?.results ?? [], ruling.open));
  const open = ruling.open.flatMap((index) => {
    const result = tuned?.results[index];
    if (result === undefined || !told.includes(result)) return [];
    const failed = ruling.failed.includes(index);
    if (result.state !== "MET" && (failed || result.direction === "at-most")) return [inWords(result)];
    const lower = comparisons[index]?.lower;
    const bound = lower === undefined ? "" : ` (one-sided lower bound ${points(lower)})`;
    return failed
      ? [`${result.label} is met, but no gain over the prompt is shown${bound}`]
      : [`on ${result.label} a loss beyond the margin is not ruled out${bound}`];
  });
  return [
    `Not settled for "${cast.tuned}": ${open.join("; ")}.`,
    misses(cast.prompt, resultsAt(prompt, ruling.failed), "The best prompt, "),
  ];
}

function interval(difference: MaybeDifference): string {
  if (!difference.available) return difference.why;
  return differenceInWords(difference);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
