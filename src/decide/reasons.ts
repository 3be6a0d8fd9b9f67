/** Why a verdict was given, in sentences with numbers. */
import type { Gap, MaybeDifference, Reason, RequirementResult } from "./decision.ts";
import type { Found } from "./evidence.ts";
import { HORIZON_DAYS } from "./evidence.ts";
import { figureBeside, listed, points, pointsAsWritten, requiredFigure } from "./in-words.ts";
import type { Ruling } from "./rule.ts";

/** Names for the sentences. */
export interface Cast {
  readonly prompt: string;
  /** All prompt-only targets, as declared. */
  readonly tried: readonly string[];
  readonly tuned?: string;
  readonly retiresOn?: string;
}

export function reasonsFor(ruling: Ruling, found: Found, cast: Cast): Reason[] {
  const { code } = ruling;
  const because = (text: string): Reason => ({ code, text });
  const { prompt, tuned } = found;
  const gap = found.gap?.gap;
  switch (ruling.code) {
    case "all-met":
      return [
        because(`Every requirement is met by the prompt "${cast.prompt}" alone: ${each(blockingOf(prompt))}.`),
        ...gapReason(code, gap),
      ];
    case "need-met-rest-at-threshold":
      return [
        because(
          `The need is satisfied by the prompt "${cast.prompt}" and nothing is shown to be missed; to be watched: ${each(at(prompt, ruling.watch))}.`,
        ),
        because("At the threshold more cases would hardly tell; prompting is the cheaper way and can be undone."),
        ...gapReason(code, gap),
      ];
    case "format-first":
      return [
        because(
          `Close the format first. In the demanded form "${cast.prompt}" misses: ${each(at(prompt, ruling.failed))}.`,
        ),
        because(
          `With the answer taken wherever it stands: ${each(at(found.lenient ?? [], ruling.failed))}. Structured output or a checklist in the prompt closes that, not fine-tuning.`,
        ),
      ];
    case "requirement-not-met":
      return [
        because(`The best prompt, "${cast.prompt}", misses: ${each(at(prompt, ruling.failed))}.`),
        because(`The gap to close: ${listed(at(prompt, ruling.failed).map(shortfall))}.`),
        because(`${tried(cast)} Whether prompting was pushed as far as it goes is not audited.`),
        ...lenientToo(found, ruling.failed, code),
        ...moneyCaution(at(prompt, ruling.failed), code),
      ];
    case "tuned-meets-and-better":
      return [
        because(
          `"${cast.tuned}" meets what the best prompt, "${cast.prompt}", misses: ${each(at(tuned?.results ?? [], ruling.failed))}.`,
        ),
        ...gains(found, ruling.failed).map(because),
        ...gapReason(code, gap),
      ];
    case "tuned-misses":
      return [
        because(`The best prompt, "${cast.prompt}", misses: ${each(at(prompt, ruling.failed))}.`),
        because(`"${cast.tuned}" misses too: ${each(at(tuned?.results ?? [], ruling.missed))}.`),
        ...gapReason(code, gap),
      ];
    case "tuned-inferior":
      return [
        because(`The best prompt, "${cast.prompt}", misses: ${each(at(prompt, ruling.failed))}.`),
        ...losses(found, ruling.worse).map(because),
        ...(ruling.losesAbility ? [because(abilityLost(cast, gap))] : []),
        ...gapReason(code, gap),
      ];
    case "retires":
      return [
        because(
          `"${cast.tuned}" would be confirmed, but it ${cast.retiresOn === undefined ? "ends" : `is shut down on ${cast.retiresOn},`} within ${HORIZON_DAYS} days or already: no verdict recommends what ends.`,
        ),
        ...gapReason(code, gap),
      ];
    case "undecided":
      return [because(undecided(ruling, found, cast)), ...gapReason(code, gap)];
  }
}

/** The gap in one sentence, wherever there is one; then what it means. */
export function gapReason(code: Reason["code"], gap: Gap | undefined): Reason[] {
  if (gap === undefined) return [];
  if (!gap.total.available) return [{ code, text: gap.advice }];
  const shown = gap.superior
    ? "shown to be better"
    : gap.inferior
      ? "shown to be worse by more than the margin"
      : gap.noninferior
        ? "not shown to be better, and no worse than the margin allows"
        : "not shown to be better";
  const text = `"${gap.tuned}" against "${gap.base}": ${interval(gap.total)}, ${shown} (margin ${pointsAsWritten(gap.margin)}; won ${gap.won}, lost ${gap.lost} of ${gap.total.n} cases). ${gap.advice}`;
  return [{ code, text }];
}

/** "quality 84.0 %: at most 88.1 % with 95 % confidence; 90 % is needed". */
export function inWords(result: RequirementResult): string {
  const { label, estimate, why, threshold, unit } = result;
  const seen = estimate.available ? ` ${figureBeside(estimate.value, threshold, unit)}` : "";
  return `${label}${seen} (${lowerFirst(why.replace(/\.$/, ""))})`;
}

export function blockingOf(results: readonly RequirementResult[]): RequirementResult[] {
  return results.filter(({ blocking }) => blocking);
}

function each(results: readonly RequirementResult[]): string {
  return results.map(inWords).join("; ");
}

function at(results: readonly RequirementResult[], positions: readonly number[]): RequirementResult[] {
  return positions.flatMap((position) => results[position] ?? []);
}

/** "19.0 points of quality (at least 13.7)" or "$0.20 of $ per 1,000". */
function shortfall({ label, estimate, threshold, unit, bounds, direction }: RequirementResult): string {
  if (!estimate.available) return label;
  const bound = direction === "at-least" ? bounds?.upper : bounds?.lower;
  if (unit === "share" || unit === "score") {
    const sure = bound === undefined ? "" : `, at least ${size(threshold - bound)}`;
    return `${size(threshold - estimate.value)} of ${label}${sure}`;
  }
  const sure = bound === undefined ? "" : ` (at least ${figureBeside(bound, threshold, unit)})`;
  return `${label} from ${figureBeside(estimate.value, threshold, unit)}${sure} down to ${requiredFigure(threshold, unit)}`;
}

function size(share: number): string {
  return points(share).replace(/^[+-]/, "");
}

function tried({ tried: names }: Cast): string {
  const quoted = listed(names.map((name) => `"${name}"`));
  return names.length === 1 ? `Only one prompt was tried: ${quoted}.` : `Prompts tried: ${quoted}.`;
}

/** Where forms differ and the requirement is missed in both, format is not the answer: say so. */
function lenientToo({ lenient }: Found, failed: readonly number[], code: Reason["code"]): Reason[] {
  const missed = at(lenient ?? [], failed).filter(
    ({ state, direction }) => state === "NOT_MET" && direction === "at-least",
  );
  if (missed.length === 0) return [];
  return [{ code, text: `Format does not explain it; with the answer taken wherever it stands: ${each(missed)}.` }];
}

function moneyCaution(failed: readonly RequirementResult[], code: Reason["code"]): Reason[] {
  if (!failed.some(({ key }) => key === "cost")) return [];
  const text =
    "Whether tuning pays back its own cost depends on the volume of calls, which is not judged here; caching, batches and a smaller model come first.";
  return [{ code, text }];
}

function gains({ prompt, comparisons }: Found, failed: readonly number[]): string[] {
  return failed.flatMap((index) => {
    const comparison = comparisons[index];
    const result = prompt[index];
    if (comparison === undefined || result === undefined) return [];
    return [`On ${result.label} it gains ${points(comparison.shown.value)}, at least ${points(comparison.lower)}.`];
  });
}

function losses({ prompt, comparisons }: Found, worse: readonly number[]): string[] {
  return worse.flatMap((index) => {
    const comparison = comparisons[index];
    const result = prompt[index];
    if (result === undefined) return [];
    if (comparison === undefined) return [`On ${result.label} the tuned target is shown to be worse.`];
    return [
      `On ${result.label} the tuned target changes ${points(comparison.shown.value)}, at most ${points(comparison.upper)}.`,
    ];
  });
}

function abilityLost({ tuned }: Cast, gap: Gap | undefined): string {
  const lost = gap?.ability.available === true ? ` (${interval(gap.ability)})` : "";
  return `"${tuned}" is shown to lose ability${lost}: with the answer taken wherever it stands it is worse than the prompt.`;
}

function undecided(ruling: Extract<Ruling, { code: "undecided" }>, found: Found, cast: Cast): string {
  const { prompt, tuned, comparisons } = found;
  if (ruling.failed.length === 0) return `Not settled for "${cast.prompt}": ${each(at(prompt, ruling.open))}.`;
  const missed = `The best prompt, "${cast.prompt}", misses: ${each(at(prompt, ruling.failed))}.`;
  const open = ruling.open.flatMap((index) => {
    const result = tuned?.results[index];
    if (result === undefined) return [];
    if (result.state !== "MET" && (ruling.failed.includes(index) || result.direction === "at-most")) {
      return [inWords(result)];
    }
    const lower = comparisons[index]?.lower;
    const bound = lower === undefined ? "" : ` (lower bound ${points(lower)})`;
    return ruling.failed.includes(index)
      ? [`${result.label} is met, but no gain over the prompt is shown${bound}`]
      : [`on ${result.label} a loss beyond the margin is not ruled out${bound}`];
  });
  return `${missed} Not settled for "${cast.tuned}": ${open.join("; ")}.`;
}

function interval(difference: MaybeDifference): string {
  if (!difference.available) return difference.why;
  const bare = (value: number) => points(value).replace(" points", "");
  return `${points(difference.value)}, ${bare(difference.lower)} to ${bare(difference.upper)}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
