/** How many looks a comparison with the baseline will take if no case changes its rate: told before the first call. */
import { normalCdf, oneSidedZ } from "../../stats/normal.ts";
import type { Suite } from "../../suite/suite.ts";
import { alphaOf, marginOf } from "../checks.ts";
import type { BaselineCase, BaselineSuite } from "./contract.ts";
import { ROLES } from "./head.ts";
import { levelsAt } from "./looks.ts";

/** Two pseudo-cases, one won and one lost, stand beside the cases (`differenceOfShares`). */
const PSEUDO = 2;

/**
 * The chance that each look is taken, the first for certain. Every case is taken to keep the rate that its stored trials show, so that head and baseline
 * differ by chance alone: the variance of their difference is p (1 - p) (1/k + 1/m), with p (1 - p) estimated without bias by s (m - s) / (m (m - 1))
 * for s of m stored trials. A look passes when its lower bound is above minus the margin (normal approximation); looks hold the trials of those before,
 * so that what is still open after a look was open before it. A prompt that was changed may also win some cases and lose others, which takes more.
 * @param planned trials of each look, rising
 * @returns shares in [0, 1], one a look; undefined where the baseline holds fewer than 2 trials of a case: nobody knows then how cases vary
 */
export function chancesOfLooks(
  suite: Suite,
  base: BaselineSuite,
  planned: readonly number[],
): readonly number[] | undefined {
  const margin = suite.gate.margin ?? marginOf(suite);
  const alpha = alphaOf(suite);
  const sides = ROLES.filter((role) => base[role] !== undefined).map((role) => storedOf(base.cases, role));
  if (sides.length === 0 || sides.some((cases) => cases.length === 0 || cases.some(([, m]) => m < 2))) return undefined;
  const settled = planned.map((trials, at) => {
    const z = oneSidedZ(1 - levelsAt(at + 1, planned.length, alpha).pass);
    const passes = sides.map((cases) => chanceToPass(cases, { trials, margin, z }));
    return passes.reduce((all, one) => all * one, 1);
  });
  return planned.map((_, at) => (at === 0 ? 1 : 1 - Math.max(...settled.slice(0, at))));
}

type Stored = readonly [passes: number, trials: number];

function storedOf(cases: readonly BaselineCase[], role: "prompt" | "tuned"): readonly Stored[] {
  return cases.flatMap((one) => {
    const stored = one[role];
    return stored === undefined ? [] : [stored];
  });
}

/** That the lower bound, `z` standard errors below the difference, comes out above minus the margin. */
function chanceToPass(
  cases: readonly Stored[],
  { trials, margin, z }: { readonly trials: number; readonly margin: number; readonly z: number },
): number {
  const n = cases.length + PSEUDO;
  const noise = cases.reduce((sum, [s, m]) => sum + ((s * (m - s)) / (m * (m - 1))) * (1 / trials + 1 / m), 0);
  // The bound reckons with the pseudo-cases; the difference itself does not vary with them.
  const room = margin - z * Math.sqrt((noise + PSEUDO) / (n * (n - 1)));
  if (noise === 0) return room > 0 ? 1 : 0;
  return normalCdf(room / (Math.sqrt(noise) / n));
}
