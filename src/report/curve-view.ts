/** The learning curve of a decision, as rows and sentences that both reports show. */
import type { ExamplesNeeded, Extent, LearningCurve } from "../decide/curve-contract.ts";
import { countOf, formatCount, formatInterval, formatShare, pointsFigure } from "./numbers.ts";

/** Headings of `curveRows`. */
export const CURVE_COLUMNS = ["examples", "score", "95 % interval", ""];

const CELLS = 22;

/** A row a size; the last cell draws score and interval on a scale from 0 to 1. */
export function curveRows({ points }: LearningCurve): readonly (readonly string[])[] {
  return points.map(({ examples, score }) => [
    formatCount(examples),
    formatShare(score.value),
    score.interval === undefined
      ? "none"
      : `${formatInterval(score.interval.lower, score.interval.upper, "share")}, n=${formatCount(score.n)}`,
    drawn(score.value, score.interval ?? { lower: score.value, upper: score.value }),
  ]);
}

export function curveSentences(curve: LearningCurve): string[] {
  const { fit, needed, rise, required, points, notes, tunedFrom, cases } = curve;
  const over = `${countOf(cases, "case")}, 95 % interval`;
  const largest = points.at(-1)?.examples ?? 0;
  const rising = rise.available
    ? [
        `From ${formatCount(points[0]?.examples ?? 0)} to ${formatCount(largest)} examples: ${pointsFigure(rise.value)} points (${formatShare(rise.confidence, { bare: true })} interval ${pointsFigure(rise.lower)} to ${pointsFigure(rise.upper)}, ${countOf(rise.n, "case")} paired).`,
      ]
    : [];
  const doubling = fit.available
    ? [
        `The curve levels off at ${formatShare(fit.a)} (${over} ${formatInterval(fit.levelsOffAt.lower, fit.levelsOffAt.upper, "share")}); twice the examples would add ${pointsFigure(fit.doubling.value)} points (${over} ${pointsFigure(fit.doubling.lower)} to ${pointsFigure(fit.doubling.upper)}).`,
      ]
    : [`No curve: ${fit.why}.`];
  const wanted = required === undefined ? [] : [neededText(needed, required, over)];
  return [`Tuned from ${tunedFrom}.`, ...rising, ...doubling, ...(fit.available ? wanted : []), ...notes];
}

function neededText(
  needed: ExamplesNeeded,
  { label, threshold }: { readonly label: string; readonly threshold: number },
  over: string,
): string {
  const what = `${label} of ${formatShare(threshold, { bare: true })}`;
  if (!needed.available) {
    const least = needed.atLeast === undefined ? "" : `; ${formatCount(needed.atLeast)} examples at least`;
    return `${what} is not on this curve: ${needed.why}${least}.`;
  }
  const fewer = needed.orFewer ? " or fewer" : "";
  const { lower, upper } = needed;
  const from = lower.available ? extent(lower) : "no lower end";
  const range = upper.available ? `${from} to ${extent(upper)}` : `from ${from}, without an upper end: ${upper.why}`;
  return `${what} takes about ${formatCount(needed.examples)} examples${fewer} (${over} ${range}).`;
}

function extent({ examples, orFewer }: Extract<Extent, { available: true }>): string {
  return `${formatCount(examples)}${orFewer ? " or fewer" : ""}`;
}

function drawn(value: number, { lower, upper }: { readonly lower: number; readonly upper: number }): string {
  const column = (share: number) => Math.round(Math.min(1, Math.max(0, share)) * (CELLS - 1));
  const cells = Array.from({ length: CELLS }, (_, at) => {
    if (at === column(value)) return "●";
    return at >= column(lower) && at <= column(upper) ? "─" : " ";
  });
  return `│${cells.join("")}│`;
}
