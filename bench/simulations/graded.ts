/** Graded scores in [0, 1], skewed towards 1: the t with one adverse case, and paired differences with two pseudo-cases. */
import { unitBounds, unitTest } from "../../src/decide/mean-bounds.ts";
import { differenceOfShares } from "../../src/decide/paired.ts";
import { meanInterval } from "../../src/stats/mean.ts";
import type { Random } from "../../src/stats/random.ts";
import { clusterRate } from "../draws.ts";
import { type Draws, type Figure, type Simulation, together } from "./figure.ts";

const ALPHA = 0.05;

interface Score {
  readonly name: string;
  readonly mean: number;
  readonly draw: (random: Random) => number;
}

const SCORES: readonly Score[] = [
  { name: "5 items of 90 %", mean: 0.9, draw: fiveItems },
  { name: "Beta, mean 90 %", mean: 0.9, draw: (random) => clusterRate(random, 0.9, 0.3) },
  { name: "9 in 10 full, else 0.5", mean: 0.95, draw: (random) => (random() < 0.9 ? 1 : 0.5) },
];

/** Items of one answer are met or missed together: they correlate by 0.3. */
function fiveItems(random: Random): number {
  const rate = clusterRate(random, 0.9, 0.3);
  let met = 0;
  for (let item = 0; item < 5; item++) if (random() < rate) met += 1;
  return met / 5;
}

function level({ runs, random }: Draws): Figure[] {
  return SCORES.flatMap(({ name, mean, draw }, which) =>
    [20, 50, 100, 200].flatMap((n) => {
      const own = random(which, n, 1);
      return together(runs, () => {
        const sample = { values: Array.from({ length: n }, () => draw(own)) };
        const { above, below } = unitTest(sample, mean);
        const { lower, upper } = unitBounds(sample, 1 - ALPHA / 2);
        const plain = meanInterval(sample.values, 1 - ALPHA).bounds;
        return [
          above < ALPHA,
          below < ALPHA,
          lower <= mean && mean <= upper,
          plain.defined && plain.value.lower <= mean && mean <= plain.value.upper,
        ];
      }, [
        [`${name}, n ${n}: false met`, { atMost: ALPHA }],
        [`${name}, n ${n}: false not met`, { atMost: ALPHA }],
        [`${name}, n ${n}: coverage`, { atLeast: 0.95 }],
        [`${name}, n ${n}: the same, t`],
      ]);
    }),
  );
}

/** Half of the differences are ten points lower, all with noise of up to 40 points either way: a loss as large as the margin. */
function paired({ runs, random }: Draws): Figure[] {
  return [50, 100, 200].flatMap((n) => {
    const own = random(n, 2);
    const margin = 0.05;
    return together(runs, () => {
      const values = Array.from({ length: n }, () => {
        const noise = 0.4 * (own() + own() - 1);
        return (own() < 0.5 ? -2 * margin : 0) + noise;
      });
      const { lower, shown } = differenceOfShares({ values }, ALPHA);
      return [lower > -margin, shown.lower <= -margin && -margin <= shown.upper];
    }, [
      [`paired, a loss of 5, n ${n}: false no worse`, { atMost: ALPHA }],
      [`paired, a loss of 5, n ${n}: coverage`, { atLeast: 0.95 }],
    ]);
  });
}

export const graded: Simulation = {
  name: "graded",
  title: "Graded scores: share against its true mean, differences by pseudo-case t",
  figures: (draws) => [...level(draws), ...paired(draws)],
};
