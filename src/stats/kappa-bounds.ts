/** Bounds of Cohen's kappa that hold at the sizes at which people label. */
import { expectInsideUnit } from "./arguments.ts";
import { cohenKappa, type Label } from "./cohen-kappa.ts";
import { clampBounds, type Interval } from "./interval.ts";
import { twoSidedZ } from "./normal.ts";
import { clopperPearsonBounds } from "./proportion.ts";
import { sum } from "./sum.ts";
import { defined, type Maybe, notDefined } from "./undefined.ts";

/**
 * Cohen's kappa with ends of which each errs at most `alpha`, two labels an item.
 *
 * Each end is the wider of two: kappa less (plus) the normal quantile of its asymptotic standard error (Fleiss, Cohen and Everitt 1969), and kappa at the exact
 * limits of the raw agreement (Clopper and Pearson 1934), the agreement by chance held at what was seen. The first alone is no interval where few disagree: over 30 to 200 items,
 * kappa of 0.39 to 0.94 and prevalence of 50 to 95 % its 95 % cover 28 to 95 %, and nothing at all of items that all agree. Both together cover 96 % or more there (`kappa-bounds.test.ts`).
 *
 * Not defined where both raters used one and the same label throughout.
 * @param units items that are independent, 1 to all of them: of several answers to one question only one counts
 * @throws RangeError for lists of different length, no item, or `alpha` or `units` out of range
 */
export function kappaBounds(
  first: readonly Label[],
  second: readonly Label[],
  alpha: number,
  units = first.length,
): Maybe<Interval> {
  expectInsideUnit("alpha", alpha);
  const { observedAgreement, kappa, se } = cohenKappa(first, second);
  if (!Number.isInteger(units) || units < 1 || units > first.length) {
    throw new RangeError(`units: expected a whole number from 1 to ${first.length}, got ${units}`);
  }
  if (!kappa.defined || !se.defined) return notDefined("both raters used one label throughout");
  const chance = agreementByChance(first, second);
  const half = twoSidedZ(1 - 2 * alpha) * se.value * Math.sqrt(first.length / units);
  const agreed = observedAgreement * units;
  const low = clopperPearsonBounds(Math.floor(agreed + 1e-9), units, alpha).lower;
  const high = clopperPearsonBounds(Math.ceil(agreed - 1e-9), units, alpha).upper;
  const at = (agreement: number) => (agreement - chance) / (1 - chance);
  return defined({
    estimate: kappa.value,
    ...clampBounds(
      { lower: Math.min(kappa.value - half, at(low)), upper: Math.max(kappa.value + half, at(high)) },
      -1,
      1,
    ),
  });
}

function agreementByChance(first: readonly Label[], second: readonly Label[]): number {
  const shareOf = (labels: readonly Label[], label: Label) =>
    labels.filter((one) => one === label).length / labels.length;
  return sum([...new Set(first)].map((label) => shareOf(first, label) * shareOf(second, label)));
}
