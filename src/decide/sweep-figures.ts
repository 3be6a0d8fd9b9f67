/** The figures of a race: where each prompt stands, and the last two against each other. */
import type { Plateau } from "./ceiling-contract.ts";
import { alphaOf, choiceMetric } from "./checks.ts";
import { compareOn } from "./compare.ts";
import type { MaybeDifference, MaybeEstimate } from "./decision.ts";
import { unavailable } from "./estimate.ts";
import { metricEstimate } from "./measure.ts";
import type { Observations } from "./observations.ts";
import { plateauBetween } from "./plateau.ts";

/** What prompts are chosen by, of one target in one split. */
export function standingOn(observations: Observations, target: string, split: "dev" | "test"): MaybeEstimate {
  const metric = choiceMetric(observations.suite);
  return metricEstimate(observations, positionOf(observations, target), observations.slots(split), metric);
}

/** `fresh` - `base` on test, paired by case. */
export function gainOnTest(observations: Observations, base: string, fresh: string): MaybeDifference {
  const slots = observations.slots("test");
  const side = (target: string) => ({ observations, target: positionOf(observations, target), slots });
  const { suite } = observations;
  const compared = compareOn(side(base), side(fresh), choiceMetric(suite), alphaOf(suite));
  if (compared === undefined) return unavailable("no test case was answered under both prompts");
  return { available: true, ...compared.shown };
}

/** Whether the best of the space gains over the incumbent, on the dev cases that both have. */
export function plateauOfSweep(
  observations: Observations,
  {
    challenger,
    incumbent,
    prompts,
  }: { readonly challenger: string; readonly incumbent: string; readonly prompts: number },
): Plateau | undefined {
  const at = { last: positionOf(observations, challenger), before: positionOf(observations, incumbent) };
  const plateau = plateauBetween(observations, at);
  return plateau === undefined ? undefined : { ...plateau, ofSwept: prompts };
}

function positionOf({ suite }: Observations, name: string): number {
  return suite.targets.findIndex((target) => target.name === name);
}
