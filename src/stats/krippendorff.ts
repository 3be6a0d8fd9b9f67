/** Agreement of any number of raters, with ratings missing here and there. */
import { isConstant, sum } from "./sum.ts";
import { defined, type Maybe, notDefined } from "./undefined.ts";

/** How different two ratings are: merely different, by the ratings ranked between them, or by their squared distance. */
export type MeasurementLevel = "nominal" | "ordinal" | "interval";

/** One row a rater, one column an item; null where a rater did not rate an item. */
export type Ratings = readonly (readonly (number | null)[])[];

/**
 * Krippendorff's alpha = 1 - observed/expected disagreement (Krippendorff 2011, "Computing Krippendorff's alpha-reliability").
 * 1 is perfect agreement, 0 what chance gives. Items rated once do not count. Not defined when no item is rated twice, or
 * when no rating varies: 0/0, which says nothing about the raters (and is not 1).
 * @throws RangeError when rows differ in length or a rating is not finite
 */
export function krippendorffAlpha(ratings: Ratings, level: MeasurementLevel): Maybe<number> {
  const units = pairableUnits(ratings);
  const pooled = units.flat().sort((a, b) => a - b);
  if (pooled.length === 0) return notDefined("no item has two ratings");
  if (isConstant(pooled)) return notDefined("no rating varies, so neither agreement nor chance can be told");
  const distance = distanceOf(level, pooled);
  const observed = sum(units.map((unit) => meanDistance(unit, distance, unit.length - 1)));
  const expected = meanDistance(pooled, distance, pooled.length - 1);
  return defined(1 - observed / expected);
}

type Distance = (a: number, b: number) => number;

/** The ratings of each item that has at least two. */
function pairableUnits(ratings: Ratings): number[][] {
  const items = ratings[0]?.length ?? 0;
  for (const [rater, row] of ratings.entries()) {
    if (row.length !== items) throw new RangeError(`rater ${rater}: expected ${items} ratings, got ${row.length}`);
    for (const rating of row)
      if (rating !== null && !Number.isFinite(rating))
        throw new RangeError(`rater ${rater}: expected numbers, got ${rating}`);
  }
  return Array.from({ length: items }, (_, item) =>
    ratings.flatMap((row) => {
      const rating = row[item];
      return rating === null || rating === undefined ? [] : [rating];
    }),
  ).filter((unit) => unit.length >= 2);
}

/** Sum of the squared distances over all ordered pairs, divided by `weight`; counted by value, so in time of the values. */
function meanDistance(values: readonly number[], distance: Distance, weight: number): number {
  const counts = [...countValues(values)];
  return (
    sum(
      counts.flatMap(([a, countA]) => counts.map(([b, countB]) => (a === b ? 0 : countA * countB * distance(a, b)))),
    ) / weight
  );
}

function distanceOf(level: MeasurementLevel, pooled: readonly number[]): Distance {
  if (level === "nominal") return () => 1;
  if (level === "interval") return (a, b) => (a - b) ** 2;
  // Ordinal: the number of ratings between the two, the two themselves counted half.
  const middle = new Map<number, number>();
  let below = 0;
  for (const [value, count] of countValues(pooled)) {
    middle.set(value, below + count / 2);
    below += count;
  }
  return (a, b) => ((middle.get(a) ?? 0) - (middle.get(b) ?? 0)) ** 2;
}

/** How often each value occurs, in the order in which the values come. */
function countValues(values: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
