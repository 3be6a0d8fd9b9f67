/** The gap of the chosen pair on parts of the cases and by single graders: figures to look at, which decide nothing. */
import type { Side } from "./assess.ts";
import { type Metric, toldByAll } from "./case-values.ts";
import { pairsOf, valuesOf } from "./compare.ts";
import type { GapSlice } from "./decision.ts";
import { shareEstimate, unavailable } from "./estimate.ts";
import { notSplit, oneFormed } from "./forms.ts";
import type { Observations } from "./observations.ts";
import { differenceOfShares, pairedShares } from "./paired.ts";

/** Fewer cases of a tag say nothing worth a line. */
const FEWEST_CASES = 10;
/** The largest; a tag a case is no slice but a name. */
const MOST_TAGS = 24;
const NONE_PAIRED = "no case was answered by both targets";

/**
 * A line a grader where there are several, then a line a tag. Tags that every case has, or fewer than ten, are no slices.
 * Each interval holds on its own: of twenty about one misses by chance.
 * @param alpha error of each one-sided bound, as for the gap itself
 */
export function gapSlices(base: Side, tuned: Side, alpha: number): readonly GapSlice[] {
  const { observations, slots } = tuned;
  const { graders } = observations.suite;
  const byGrader =
    graders.length < 2
      ? []
      : graders.map(({ name }, grader) => ({
          kind: "grader" as const,
          name,
          ...sliceOf(base, tuned, (form) => ({ kind: "pass", form, grader }), alpha),
        }));
  const pass = (form: "strict" | "lenient"): Metric => ({ kind: "pass", form });
  const byTag = tagsOf(observations, slots).map(([name, own]) => ({
    kind: "tag" as const,
    name,
    ...sliceOf({ ...base, slots: own }, { ...tuned, slots: own }, pass, alpha),
  }));
  return [...byGrader, ...byTag].filter(({ cases }) => cases > 0);
}

function tagsOf({ cases }: Observations, slots: readonly number[]): (readonly [string, readonly number[]])[] {
  const byTag = new Map<string, number[]>();
  for (const slot of slots) {
    for (const tag of cases.tagsAt(slot)) {
      const own = byTag.get(tag);
      if (own === undefined) byTag.set(tag, [slot]);
      else own.push(slot);
    }
  }
  return [...byTag]
    .filter(([, own]) => own.length >= FEWEST_CASES && own.length < slots.length)
    .sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1))
    .slice(0, MOST_TAGS);
}

/** Strict, lenient and their difference, all over the cases that have a value in both forms on both sides. */
function sliceOf(
  base: Side,
  tuned: Side,
  metric: (form: "strict" | "lenient") => Metric,
  alpha: number,
): Omit<GapSlice, "kind" | "name"> {
  const columns = toldByAll({
    baseStrict: valuesOf(base, metric("strict"), "leave"),
    baseLenient: valuesOf(base, metric("lenient"), "leave"),
    strict: valuesOf(tuned, metric("strict"), "leave"),
    lenient: valuesOf(tuned, metric("lenient"), "leave"),
  });
  const strict = pairsOf(tuned, columns.baseStrict, columns.strict);
  const lenient = pairsOf(tuned, columns.baseLenient, columns.lenient);
  const cases = strict.fresh.length;
  if (cases === 0) {
    const none = unavailable(NONE_PAIRED);
    return { cases, total: none, format: none, ability: none };
  }
  const names = oneFormed(tuned.observations, metric("lenient"));
  const oneForm = names.length === 0 ? undefined : unavailable(notSplit(names));
  const values = strict.fresh.map(
    (value, at) => value - (lenient.fresh[at] ?? 0) - ((strict.base[at] ?? 0) - (lenient.base[at] ?? 0)),
  );
  const total = pairedShares(strict, alpha);
  const { fresh, base: paired, ...frame } = strict;
  return {
    cases,
    base: shareEstimate({ ...frame, values: paired }, "share", NONE_PAIRED),
    tuned: shareEstimate({ ...frame, values: fresh }, "share", NONE_PAIRED),
    total: { available: true, ...total.shown },
    format: oneForm ?? { available: true, ...differenceOfShares({ ...strict, values }, alpha).shown },
    ability: oneForm ?? { available: true, ...pairedShares(lenient, alpha).shown },
  } satisfies Omit<GapSlice, "kind" | "name">;
}
