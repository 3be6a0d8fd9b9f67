/** How many training examples meet a requirement by the curve, with an interval, or why that is not on the curve. */
import { type PowerLaw, sizeFor } from "../stats/power-law.ts";
import type { CurveFit, ExamplesNeeded, Extent } from "./curve-contract.ts";
import { unavailable } from "./estimate.ts";
import { percent, percentAsWritten, whole } from "./in-words.ts";

/** Curves are not followed beyond this many times the largest size: there nothing was seen. */
export const FARTHEST = 10;

/**
 * @param laws resampled curves, which the interval is taken from
 * @param largest of the sizes tried
 */
export function neededOf(
  threshold: number | undefined,
  fit: CurveFit,
  laws: readonly PowerLaw[],
  largest: number,
): ExamplesNeeded {
  if (threshold === undefined) {
    return {
      available: false,
      reason: "no-requirement",
      why: "the suite requires no quality that the curve could meet",
    };
  }
  const first = laws[0];
  if (first === undefined) throw new Error("a curve without resamples");
  const smallest = first.from;
  const farthest = FARTHEST * largest;
  const own = sizeFor({ a: fit.a, drop: fit.b * smallest ** -fit.c, c: fit.c, from: smallest }, threshold);
  const sorted = laws.map((law) => sizeFor(law, threshold)).sort((a, b) => a - b);
  const rank = Math.round(((1 - fit.confidence) / 2) * (sorted.length + 1));
  const lower = Math.min(own, sorted[rank - 1] ?? smallest);
  const upper = Math.max(own, sorted[sorted.length - rank] ?? Number.POSITIVE_INFINITY);
  const extent = (size: number): Extent => {
    if (size <= smallest) return { available: true, examples: smallest, orFewer: true };
    if (size <= farthest) return { available: true, examples: Math.ceil(size), orFewer: false };
    return unavailable(
      Number.isFinite(size)
        ? `more than ${FARTHEST} times the largest size tried (${whole(largest)})`
        : "within its interval the curve may level off below what is required",
    );
  };
  const point = extent(own);
  if (point.available) {
    const { examples, orFewer } = point;
    return {
      available: true,
      examples,
      orFewer,
      confidence: fit.confidence,
      lower: extent(lower),
      upper: extent(upper),
    };
  }
  const least = extent(lower);
  return {
    available: false,
    ...whyNot(threshold, fit, own, largest),
    ...(least.available && !least.orFewer ? { atLeast: least.examples } : {}),
  };
}

function whyNot(
  threshold: number,
  { a, levelsOffAt }: CurveFit,
  own: number,
  largest: number,
): { readonly reason: "levels-off-below" | "open" | "too-far"; readonly why: string } {
  const needed = percentAsWritten(threshold);
  if (Number.isFinite(own)) {
    const far = `${FARTHEST} times the largest size tried (${whole(largest)})`;
    return { reason: "too-far", why: `the curve comes to ${needed} only beyond ${far}, where nothing was seen` };
  }
  const level = `${percent(a)} (95 % interval ${percent(levelsOffAt.lower)} to ${percent(levelsOffAt.upper)})`;
  return levelsOffAt.upper < threshold
    ? { reason: "levels-off-below", why: `the curve levels off at ${level}, below the ${needed} that are required` }
    : {
        reason: "open",
        why: `the curve levels off at ${level}: whether more examples come to the ${needed} that are required is open`,
      };
}
