/** The cheapest sound interval for a difference of paired proportions: closed form, one imaginary pair of each kind. */
import { expectInsideUnit } from "./arguments.ts";
import { type Bounds, clampBounds } from "./interval.ts";
import { twoSidedZ } from "./normal.ts";
import { type PairedCounts, pairCount } from "./paired-binary.ts";

/** Bounds around a centre that is drawn towards 0 and is therefore not the estimate. */
export type CentredBounds = Bounds & { readonly centre: number };

/**
 * Adjusted Wald interval for new - base (Bonett and Price 2012): one pair is added to each discordant count.
 * @param confidence two-sided, inside (0, 1)
 */
export function bonettPrice(counts: PairedCounts, confidence: number): CentredBounds {
  const n = pairCount(counts) + 2;
  expectInsideUnit("confidence", confidence);
  const onlyNew = (counts.onlyNew + 1) / n;
  const onlyBase = (counts.onlyBase + 1) / n;
  const centre = (counts.onlyNew - counts.onlyBase) / n;
  const half = twoSidedZ(confidence) * Math.sqrt((onlyNew + onlyBase - centre * centre) / n);
  return { centre, ...clampBounds({ lower: centre - half, upper: centre + half }, -1, 1) };
}
