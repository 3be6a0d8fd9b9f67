/** What the number of prompts was worth, as rows and sentences that both reports show. */
import type { Plateau, PromptCeiling } from "../decide/ceiling-contract.ts";
import type { Decision, MaybeEstimate } from "../decide/decision.ts";
import { quoted } from "./decision-view.ts";
import { countOf, formatCount, formatInterval, formatPoints, formatShare, pointsFigure } from "./numbers.ts";

/** Headings of `ceilingRows`. */
export const CEILING_COLUMNS = ["best of", "on dev", "95 % interval", "on test", "95 % interval"];

/** A row for each number of prompts. */
export function ceilingRows({ points }: PromptCeiling): readonly (readonly string[])[] {
  return points.map(({ k, dev, test }) => [formatCount(k), ...cells(dev), ...cells(test)]);
}

function cells(estimate: MaybeEstimate): readonly [string, string] {
  if (!estimate.available) return ["unmeasured", ""];
  const { value, interval, n } = estimate;
  const range = interval === undefined ? "none" : formatInterval(interval.lower, interval.upper, "share");
  return [formatShare(value), `${range}, n=${formatCount(n)}`];
}

/** What the curve and the plateau say; empty where the decision has neither. */
export function ceilingSentences({ ceiling, plateau }: Pick<Decision, "ceiling" | "plateau">): string[] {
  return [
    ...(ceiling === undefined ? [] : curveSentences(ceiling)),
    ...(plateau === undefined ? [] : [plateauSentence(plateau)]),
  ];
}

function curveSentences({ modelId, prompts, lastAdds }: PromptCeiling): string[] {
  const what = `Expected for the best of so many of the ${formatCount(prompts.length)} prompts on ${modelId}, chosen on dev; test cases chose nothing.`;
  if (!lastAdds.available) return [what];
  const { value, lower, upper, confidence, n } = lastAdds;
  const range = `${formatShare(confidence, { bare: true })} interval ${pointsFigure(lower)} to ${pointsFigure(upper)}, ${countOf(n, "test case")} paired`;
  return [what, `The last prompt tried, whichever it is, adds ${formatPoints(value)} on test (${range}).`];
}

/** Reached or not, with its figures. */
export function plateauSentence({
  last,
  before,
  gain,
  upper,
  confidence,
  n,
  limit,
  reached,
  ofSwept,
}: Plateau): string {
  const least = formatPoints(limit).replace("+", "");
  const figures = `${quoted(last)}, ${ofSwept === undefined ? "declared last" : `the best of ${formatCount(ofSwept)} that were swept`}, against ${quoted(before)}${ofSwept === undefined ? ", the best before it" : ""}: ${formatPoints(gain)} on dev, at most ${pointsFigure(upper, { apartFrom: limit })} (one-sided ${formatShare(confidence, { bare: true })}, ${countOf(n, "case")} paired)`;
  return reached
    ? `Plateau reached: ${figures}, less than ${least}.`
    : `Plateau not reached: ${figures}; it takes less than ${least}.`;
}
