/** pass^k against its true value: one 0/1 a case where all trials count, a share of the draws of k where there are more trials. */
import { unitTest } from "../../src/decide/mean-bounds.ts";
import { passHatK } from "../../src/stats/pass-k.ts";
import { mustBeDefined } from "../../src/stats/undefined.ts";
import { clusterRate } from "../draws.ts";
import { type Draws, type Figure, type Simulation, together } from "./figure.ts";

const ALPHA = 0.05;
const K = 3;
/** Correlation of the trials of a case. */
const ICC = 0.3;

/** E[p^k] of a Beta rate: the product of (a + j)/(a + b + j). */
function truth(mean: number): number {
  const both = (1 - ICC) / ICC;
  let product = 1;
  for (let j = 0; j < K; j++) product *= (mean * both + j) / (both + j);
  return product;
}

function errors({ runs, random }: Draws): Figure[] {
  return [0.9, 0.97].flatMap((rate) =>
    [3, 5].flatMap((trials) =>
      [50, 100, 200].flatMap((n) => {
        const own = random(rate, trials, n);
        const known = Array.from({ length: trials + 1 }, (_, passes) => mustBeDefined(passHatK({ trials, passes }, K)));
        const setting = `pass^3 of ${(truth(rate) * 100).toFixed(1)} %, ${trials} trials, n ${n}`;
        return together(runs, () => {
          const values = Array.from({ length: n }, () => {
            const ownRate = clusterRate(own, rate, ICC);
            let passes = 0;
            for (let trial = 0; trial < trials; trial++) if (own() < ownRate) passes += 1;
            return known[passes] ?? 0;
          });
          const { above, below } = unitTest({ values }, truth(rate));
          return [above < ALPHA, below < ALPHA];
        }, [
          [`${setting}: false met`, { atMost: ALPHA }],
          [`${setting}: not met`, { atMost: ALPHA }],
        ]);
      }),
    ),
  );
}

export const passK: Simulation = { name: "pass-k", title: "pass^3 exactly at what is required", figures: errors };
