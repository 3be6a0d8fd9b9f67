/** What is told of a tuned model beside its gap: what it must not break, and whether its recipe, not one checkpoint, is better. */
import type { Decision, MaybeDifference } from "../decide/decision.ts";
import { countOf, formatPoints, formatShare, pointsFigure } from "./numbers.ts";

/** Sentences with number, interval and n. */
export function claimsOf({ regression, recipes = [], tuned = "", bestPrompt }: Decision): string[] {
  const broken =
    regression === undefined
      ? []
      : [`On what tuning must not break "${tuned}" less "${bestPrompt?.target ?? ""}" is ${inWords(regression)}.`];
  const claims = recipes.map(({ recipe, targets, gap, seedSd }) => {
    const spread = seedSd === undefined ? "" : `; seeds differ by ${formatPoints(seedSd).replace("+", "")} (SD)`;
    return gap.available
      ? `The recipe "${recipe}", ${countOf(targets.length, "seed")}, less the best prompt is ${inWords(gap)}${spread}.`
      : `Of the recipe "${recipe}" nothing is claimed: ${gap.why}${spread}.`;
  });
  return [...broken, ...claims];
}

function inWords(difference: MaybeDifference): string {
  if (!difference.available) return `not known: ${difference.why}`;
  const { value, lower, upper, confidence, n } = difference;
  const range = `${pointsFigure(lower)} to ${pointsFigure(upper)}`;
  return `${formatPoints(value)} (${formatShare(confidence, { bare: true })} interval ${range}, ${countOf(n, "case")})`;
}
