/** What a verdict on a tuned model is about: the checkpoint that was measured, or the recipe that it and others alike came from. */
import type { RecipeClaim, VerdictClaim } from "./decision.ts";
import { targetAt } from "./measure.ts";
import type { Observations } from "./observations.ts";
import { FEWEST_SEEDS } from "./recipe.ts";
import { judgeRequirements } from "./requirements.ts";
import type { Ruling } from "./rule.ts";
import { sideOf } from "./side.ts";

/**
 * Of the recipe where three seeds or more say the same as the chosen one: each meets what the prompt misses and their mean is shown to be better, or
 * each misses the same. Else of the checkpoint, which needs no other seed.
 * @param position of the chosen tuned target
 * @returns `undefined` where the verdict confirms and rejects nothing
 */
export function claimOf(
  ruling: Ruling,
  observations: Observations,
  position: number | undefined,
  recipes: readonly RecipeClaim[],
): VerdictClaim | undefined {
  if (position === undefined || (ruling.kind !== "CONFIRMED" && ruling.kind !== "REJECTED")) return undefined;
  const { name, tuning } = targetAt(observations, position);
  const recipe = recipes.find((one) => one.recipe === tuning?.recipe);
  const checkpoint = { of: "checkpoint", target: name } as const;
  if (recipe === undefined) return checkpoint;
  const { targets, gap } = recipe;
  const told = { recipe: recipe.recipe, seeds: targets.length };
  if (targets.length < FEWEST_SEEDS || !gap.available) return { ...checkpoint, ...told };
  const seeds = observations.suite.targets.flatMap((target, at) => (targets.includes(target.name) ? [at] : []));
  const results = seeds.map((at) => judgeRequirements(sideOf(observations, at)));
  const all = (positions: readonly number[], state: "MET" | "NOT_MET") =>
    results.every((own) => positions.every((at) => own[at]?.state === state));
  const holds =
    ruling.code === "tuned-meets-and-better"
      ? gap.lower > 0 && all(ruling.failed, "MET")
      : ruling.code === "tuned-misses" && all(ruling.missed, "NOT_MET");
  return holds ? { of: "recipe", ...told } : { ...checkpoint, ...told };
}
