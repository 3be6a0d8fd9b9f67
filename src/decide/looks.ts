/**
 * Looking at the same test cases again and again with new candidates finds one that looks good by luck. Each look costs some of the error
 * that a verdict may have.
 */

import { retryAlpha } from "../stats/retry-alpha.ts";
import type { Suite } from "../suite/suite.ts";
import { alphaOf } from "./checks.ts";
import type { Looks } from "./decision.ts";
import type { Choices } from "./validity.ts";

/** Looks after which fresh test cases are asked for, and beyond which no verdict is given, where the suite's gate says nothing else. */
export const MOST_LOOKS = 10;

/**
 * Error of each one-sided bound at a look. The candidates that look together share a look; the first has all of alpha, as a suite that is
 * run once must, and each later look j has alpha/(j(j+1)). Over all looks there will ever be: alpha (1 + Σ_{j≥2} 1/(j(j+1))) = 1.5 alpha, by the
 * union bound, for candidates that were made without the answers on test. A candidate that was made from them is flattered whatever the level.
 * @param look 1 for the first
 */
export function alphaOfLook(alpha: number, look: number): number {
  return look === 1 ? alpha : retryAlpha(alpha, look).alpha;
}

/**
 * The look that a verdict rests on: the latest of its candidates.
 * @param numbers the look of each target by name; targets that are not named look for the first time
 */
export function looksOf(suite: Suite, { prompt, tuned }: Choices, numbers: ReadonlyMap<string, number>): Looks {
  const alpha = alphaOf(suite);
  const number = Math.max(1, ...[prompt, tuned].map((choice) => numbers.get(choice?.target ?? "") ?? 1));
  return { number, most: suite.gate.mostLooks ?? MOST_LOOKS, alpha: alphaOfLook(alpha, number), firstAlpha: alpha };
}

/** The suite as it is judged at a look. */
export function suiteAtLook<Given extends Suite>(suite: Given, { alpha }: Looks): Given {
  return { ...suite, requirement: { ...suite.requirement, alpha } };
}

/** What a reader must know of the look, in sentences; nothing at the first. */
export function lookWarnings({ number, most, alpha, firstAlpha }: Looks): string[] {
  if (number === 1) return [];
  const percentOf = (share: number) => `${Number((share * 100).toPrecision(2))} %`;
  const level = `This is look ${number} of new candidates at these test cases, so that each bound may err in ${percentOf(alpha)} of all runs instead of ${percentOf(firstAlpha)}.`;
  const left = most - number;
  const fresh =
    left <= 0
      ? "Add fresh test cases before another prompt or model is tried: these have told all they can."
      : `After ${left} more ${left === 1 ? "look" : "looks"} it takes fresh test cases.`;
  return [`${level} ${fresh}`];
}
