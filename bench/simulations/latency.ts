/** p95 by order statistics: one-sided 95 % bounds, whatever the distribution. */
import { quantileOneSided, quantileRanksOneSided, smallestNForUpperBound } from "../../src/stats/order-statistic.ts";
import type { Random } from "../../src/stats/random.ts";
import { normal } from "../draws.ts";
import { countOf, type Draws, type Figure, near, type Simulation, together } from "./figure.ts";

const ALPHA = 0.05;
const P95 = 0.95;
/** 95 % quantile of the standard normal distribution. */
const Z95 = 1.6448536269514722;

const LATENCIES: readonly (readonly [name: string, p95: number, draw: (random: Random) => number])[] = [
  ["lognormal", Math.exp(Z95), (random) => Math.exp(normal(random))],
  // Rounded up to whole units: many answers share one value, and the p95 is one of them.
  ["rounded exponential", Math.ceil(-Math.log(1 - P95)), (random) => Math.ceil(-Math.log(1 - random()))],
];

function errors({ runs, random }: Draws): Figure[] {
  return LATENCIES.flatMap(([name, p95, draw], which) =>
    [59, 100, 300, 1000].flatMap((n) => {
      const own = random(which, n);
      return together(runs, () => {
        const { lower, upper } = quantileOneSided(
          Array.from({ length: n }, () => draw(own)),
          P95,
          1 - ALPHA,
        );
        return [upper.defined && upper.value < p95, lower.defined && lower.value > p95];
      }, [
        [`${name}, n ${n}: false met`, { atMost: ALPHA }],
        [`${name}, n ${n}: false not met`, { atMost: ALPHA }],
      ]);
    }),
  );
}

function fewestRanks(): number {
  let n = 1;
  while (!quantileRanksOneSided(n, P95, 1 - ALPHA).upper.defined) n += 1;
  return n;
}

export const latency: Simulation = {
  name: "latency",
  title: "p95 of the latency by order statistics, one-sided 95 %",
  figures: (draws) => [
    countOf("fewest answers with an upper bound", smallestNForUpperBound(P95, 1 - ALPHA), near(59, 0)),
    countOf("the same by the ranks themselves", fewestRanks(), near(59, 0)),
    ...errors(draws),
  ],
};
