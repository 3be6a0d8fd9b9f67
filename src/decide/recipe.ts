/**
 * What several tuned targets of one recipe, alike but for the seed of their training, say of the recipe: one deployed checkpoint needs no seeds,
 * "this recipe works" takes three.
 */
import { standardError } from "../stats/mean.ts";
import { twoSidedT } from "../stats/student-t.ts";
import { mean } from "../stats/sum.ts";
import { NONE_EARLY } from "./anytime.ts";
import type { Side } from "./assess.ts";
import { choiceMetric } from "./checks.ts";
import { pairsOf, valuesOf } from "./compare.ts";
import type { MaybeDifference, RecipeClaim } from "./decision.ts";
import { unavailable } from "./estimate.ts";
import { counted } from "./in-words.ts";
import { targetAt } from "./measure.ts";
import { ABSENT } from "./number-column.ts";
import { differenceOfShares, SHOWN } from "./paired.ts";

/** Fewer seeds say nothing of how far seeds differ. */
export const FEWEST_SEEDS = 3;

/** A claim for every recipe that tuned targets name, in the order of their first target. */
export function recipesOf(base: Side, tunes: readonly Side[]): RecipeClaim[] {
  const byRecipe = new Map<string, Side[]>();
  for (const side of tunes) {
    const recipe = targetAt(side.observations, side.target).tuning?.recipe;
    if (recipe !== undefined) byRecipe.set(recipe, [...(byRecipe.get(recipe) ?? []), side]);
  }
  return [...byRecipe].map(([recipe, seeds]) => claimOf(recipe, base, seeds));
}

function claimOf(recipe: string, base: Side, seeds: readonly Side[]): RecipeClaim {
  const targets = seeds.map(({ observations, target }) => targetAt(observations, target).name);
  const { suite } = base.observations;
  const metric = choiceMetric(suite);
  const own = valuesOf(base, metric, "leave");
  const all = seeds.map((seed) => valuesOf(seed, metric, "leave"));
  // Cases that the prompt and every seed answered.
  const averaged = own.map((_, at) => {
    const values = all.map((values) => values[at] ?? ABSENT);
    return values.includes(ABSENT) ? ABSENT : mean(values);
  });
  const pairs = pairsOf(base, own, averaged);
  const n = pairs.fresh.length;
  const kept = own.map((value, at) => (value === ABSENT || (averaged[at] ?? ABSENT) === ABSENT ? ABSENT : value));
  const means = all.map((values) => mean(Array.from(values).filter((_, at) => kept[at] !== ABSENT)));
  const seedSd = sdOf(means);
  const told = { recipe, targets, ...(seedSd === undefined || n === 0 ? {} : { seedSd }) };
  if (seeds.length < FEWEST_SEEDS) {
    const text = `a claim about a recipe takes ${FEWEST_SEEDS} seeds, "${recipe}" has ${seeds.length}`;
    return { ...told, gap: unavailable(text) };
  }
  if (pairs.look === "early") return { ...told, gap: unavailable(NONE_EARLY) };
  if (n < 2 || seedSd === undefined)
    return { ...told, gap: unavailable(`only ${counted(n, "case")} answered by all seeds and the prompt`) };
  return { ...told, gap: gapOf(pairs, seedSd, seeds.length) };
}

/**
 * Mean over seeds less the prompt. Two things vary, cases and seeds, and both do so independently: their variances add, with the degrees of
 * freedom of Satterthwaite (1946). Cases alone, or seeds alone on the same cases, would be too sure.
 */
function gapOf(pairs: ReturnType<typeof pairsOf>, seedSd: number, seeds: number): MaybeDifference {
  const { fresh, base, ...rest } = pairs;
  const differences = fresh.map((value, at) => value - (base[at] ?? 0));
  const byCases = differenceOfShares({ values: differences, ...rest }, 0.05);
  const ofCases = byCases.se ** 2;
  const ofSeeds = seedSd ** 2 / seeds;
  const df =
    (ofCases + ofSeeds) ** 2 / (ofCases ** 2 / Math.max(1, differences.length - 1) + ofSeeds ** 2 / (seeds - 1));
  const half = twoSidedT(SHOWN, df) * Math.sqrt(ofCases + ofSeeds);
  const { value, lower, upper } = byCases.shown;
  return {
    available: true,
    value,
    // Never narrower than by cases alone.
    lower: Math.max(-1, Math.min(lower, value - half)),
    upper: Math.min(1, Math.max(upper, value + half)),
    confidence: SHOWN,
    n: differences.length,
    method: `t over cases and ${seeds} seeds, Satterthwaite`,
  };
}

function sdOf(means: readonly number[]): number | undefined {
  if (means.length < 2) return undefined;
  const se = standardError(means);
  return se.defined ? se.value * Math.sqrt(means.length) : undefined;
}
