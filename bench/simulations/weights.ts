/** Cases that stand for unlike parts of the traffic: shares and paired differences by the effective number of cases. */
import { unitTest } from "../../src/decide/mean-bounds.ts";
import { differenceOfShares } from "../../src/decide/paired.ts";
import { drawPairs } from "../draws.ts";
import { type Draws, type Figure, type Simulation, simulated, together } from "./figure.ts";

const ALPHA = 0.05;
const CASES = [50, 100, 200];

interface Traffic {
  readonly name: string;
  /** The weight of a case, the same in all runs. */
  readonly weightOf: (at: number) => number;
  /** By how much more often than the average heavy cases pass. */
  readonly heavy: number;
  readonly rates: readonly number[];
}

const TRAFFIC: readonly Traffic[] = [
  { name: "1 in 5 counts 3 x", weightOf: (at) => (at % 5 === 0 ? 3 : 1), heavy: 0, rates: [0.8, 0.95] },
  { name: "the same, these harder", weightOf: (at) => (at % 5 === 0 ? 3 : 1), heavy: -0.1, rates: [0.8] },
  { name: "1 in 10 counts 10 x", weightOf: (at) => (at % 10 === 0 ? 10 : 1), heavy: 0, rates: [0.8, 0.95] },
];

/** Rates of heavy and light cases whose weighted mean is `rate`. */
function rateOf(weights: readonly number[], rate: number, heavy: number): (at: number) => number {
  const light = Math.min(...weights);
  let [above, total] = [0, 0];
  for (const weight of weights) {
    total += weight;
    if (weight > light) above += weight;
  }
  return (at) => ((weights[at] ?? light) > light ? rate + heavy : rate - (heavy * above) / (total - above));
}

function share({ runs, random }: Draws): Figure[] {
  return TRAFFIC.flatMap(({ name, weightOf, heavy, rates }, which) =>
    rates.flatMap((rate) =>
      CASES.flatMap((n) => {
        const own = random(which, rate, n, 1);
        const weights = Array.from({ length: n }, (_, at) => weightOf(at));
        const ownRate = rateOf(weights, rate, heavy);
        return together(runs, () => {
          const values = weights.map((_, at) => (own() < ownRate(at) ? 1 : 0));
          const { above, below } = unitTest({ values, weights }, rate);
          return [above < ALPHA, below < ALPHA];
        }, [
          [`${name}, ${rate * 100} %, n ${n}: met`, { atMost: ALPHA }],
          [`${name}, ${rate * 100} %, n ${n}: not met`, { atMost: ALPHA }],
        ]);
      }),
    ),
  );
}

/** A loss of five points called none at a margin of five; the heavy cases lose as much as the others. */
function paired({ runs, random }: Draws): Figure[] {
  return TRAFFIC.filter(({ heavy }) => heavy === 0).flatMap(({ name, weightOf }, which) =>
    CASES.map((n) => {
      const own = random(which, n, 2);
      const weights = Array.from({ length: n }, (_, at) => weightOf(at));
      const alone = weights.map(() => 1);
      const draw = () =>
        differenceOfShares({ values: drawPairs(own, alone, { differing: 0.15, won: 0.05, icc: 0 }), weights }, ALPHA);
      return simulated(`${name}, n ${n}: no worse`, runs, () => draw().lower > -0.05, { atMost: ALPHA });
    }),
  );
}

export const weights: Simulation = {
  name: "weights",
  title: "Weighted cases: share exactly at its threshold, a loss of 5 points",
  figures: (draws) => [...share(draws), ...paired(draws)],
};
