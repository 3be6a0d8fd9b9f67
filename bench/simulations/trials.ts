/** Several trials a case: the pseudo-case t of a paired difference, and the t with one adverse case of a share. */
import { unitTest } from "../../src/decide/mean-bounds.ts";
import { differenceOfShares } from "../../src/decide/paired.ts";
import { pairedTNoninferiority } from "../../src/stats/paired-mean.ts";
import type { Random } from "../../src/stats/random.ts";
import { drawShares } from "../draws.ts";
import { type Draws, type Figure, type Simulation, simulated, together } from "./figure.ts";

const ALPHA = 0.05;
const FLAKY = 0.15;

/** Differences of averaged trials: 15 % of the cases pass half of the time, and some others lost the pass for good, `loss` in all. */
export function averagedDifferences(random: Random, n: number, loss: number, trials: number): number[] {
  const average = () => {
    let passed = 0;
    for (let trial = 0; trial < trials; trial++) if (random() < 0.5) passed += 1;
    return passed / trials;
  };
  return Array.from({ length: n }, () => {
    const kind = random();
    if (kind < loss) return -1;
    return kind < loss + FLAKY ? average() - average() : 0;
  });
}

/** A loss as large as the margin, five points, called no worse. */
function falselyNoWorse({ runs, random }: Draws): Figure[] {
  return [30, 50, 100, 200].flatMap((n) =>
    [3, 5].flatMap((trials) => {
      const own = random(n, trials, 1);
      return together(runs, () => {
        const values = averagedDifferences(own, n, 0.05, trials);
        const plain = pairedTNoninferiority(values, 0.05, ALPHA);
        return [differenceOfShares({ values }, ALPHA).lower > -0.05, plain.defined && plain.value.noninferior];
      }, [
        [`n ${n}, ${trials} trials: false no worse`, { atMost: 0.066 }],
        [`n ${n}, ${trials} trials: the same by plain t`],
      ]);
    }),
  );
}

/** Chance that no change passes a gate of this margin, stated in whole percent. */
const PASSES = [
  [0.05, 50, 1, 0.23],
  [0.05, 50, 3, 0.36],
  [0.05, 100, 1, 0.48],
  [0.05, 100, 3, 0.81],
  [0.05, 200, 1, 0.75],
  [0.05, 200, 3, 0.99],
  [0.05, 400, 1, 0.96],
  [0.03, 100, 3, 0.38],
  [0.03, 200, 3, 0.73],
  [0.03, 400, 3, 0.96],
] as const;
/** Stated from a simulation of its own, in whole percent; a gate that passes what is unchanged more often is no worse. */
const STATED_TO = 0.02;

function passes({ runs, random }: Draws): Figure[] {
  return PASSES.map(([margin, n, trials, stated]) => {
    const own = random(n, trials, margin);
    const draw = () => differenceOfShares({ values: averagedDifferences(own, n, 0, trials) }, ALPHA).lower > -margin;
    const name = `n ${n}, ${trials} trial${trials === 1 ? "" : "s"}, margin ${margin * 100}: no change passes`;
    return simulated(name, runs, draw, { atLeast: stated - STATED_TO });
  });
}

/** A true share exactly at its threshold; rates of the cases differ (they correlate by 0.3 within a case). */
function share({ runs, random }: Draws): Figure[] {
  return [0.8, 0.9, 0.95, 0.98].flatMap((rate) =>
    [30, 100, 200].flatMap((n) => {
      const own = random(rate, n, 3);
      const sizes = new Array<number>(n).fill(1);
      return together(runs, () => {
        const { above, below } = unitTest({ values: drawShares(own, sizes, rate, 0.3, "rates", 3) }, rate);
        return [above < ALPHA, below < ALPHA];
      }, [
        [`share of ${rate * 100} %, n ${n}: false met`, { atMost: ALPHA }],
        [`share of ${rate * 100} %, n ${n}: false not met`, { atMost: ALPHA }],
      ]);
    }),
  );
}

export const trials: Simulation = {
  name: "trials",
  title: "Averaged trials, 15 % of the cases flaky: pseudo-case t; shares over 3 trials",
  figures: (draws) => [...falselyNoWorse(draws), ...passes(draws), ...share(draws)],
};
