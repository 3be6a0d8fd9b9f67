/** Whether trying on with prompts still gains anything (decision procedure, step 1). */

import type { Plateau } from "./ceiling-contract.ts";
import { alphaOf, choiceMetric } from "./checks.ts";
import type { Chosen } from "./choose.ts";
import { compareOn } from "./compare.ts";
import type { Observations } from "./observations.ts";

/** Gain of the last prompt over the ones before, in shares, below which trying on is taken to be idle. */
export const PLATEAU = 0.02;

/**
 * One prompt against another, paired on dev. That `last` was picked as the best of several on the same cases flatters it, and so speaks
 * against a plateau: the bound errs on the side of trying on.
 * @param last, before positions of targets
 * @returns `undefined` when no case can be paired
 */
export function plateauBetween(
  observations: Observations,
  { last, before }: { readonly last: number; readonly before: number },
): Plateau | undefined {
  const { suite } = observations;
  const side = (target: number) => ({ observations, target, slots: observations.slots("dev") });
  const alpha = alphaOf(suite);
  const compared = compareOn(side(before), side(last), choiceMetric(suite), alpha);
  if (compared === undefined) return undefined;
  const name = (position: number) => suite.targets[position]?.name ?? "";
  return {
    last: name(last),
    before: name(before),
    gain: compared.shown.value,
    upper: compared.upper,
    confidence: 1 - alpha,
    n: compared.shown.n,
    limit: PLATEAU,
    reached: compared.upper < PLATEAU,
  };
}

/**
 * The prompt declared last against the best of those before it; prompts stand in the order in which they were tried. A `short-prompt` arm is
 * there to tell tuning from shortening: it is no try, wherever it stands, and that it does worse says nothing of a plateau.
 */
export function plateauOf(observations: Observations, { candidates }: Chosen): Plateau | undefined {
  const isShort = (name: string) =>
    observations.suite.targets.find((each) => each.name === name)?.arm === "short-prompt";
  const tried = candidates.filter(({ dev }) => dev.available);
  const measured = [
    ...tried.filter(({ target }) => isShort(target)),
    ...tried.filter(({ target }) => !isShort(target)),
  ];
  const last = measured.at(-1);
  const before = measured.slice(0, -1);
  const value = ({ dev }: (typeof measured)[number]) => (dev.available ? dev.value : 0);
  const [first, ...rest] = before;
  if (last === undefined || first === undefined) return undefined;
  const best = rest.reduce((leader, next) => (value(next) > value(leader) ? next : leader), first);
  const position = (name: string) => observations.suite.targets.findIndex((target) => target.name === name);
  return plateauBetween(observations, { last: position(last.target), before: position(best.target) });
}
