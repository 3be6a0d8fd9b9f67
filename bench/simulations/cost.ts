/** Costs: the t bounds of a mean cost, and the interval of the cost per success (linearised ratio). */
import { meanBounds } from "../../src/decide/mean-bounds.ts";
import { ratioBounds } from "../../src/decide/success-cost.ts";
import { costPerSuccess } from "../../src/stats/cost-per-success.ts";
import { COSTS } from "../draws.ts";
import { type Draws, type Figure, type Simulation, together } from "./figure.ts";

const ALPHA = 0.05;

function meanCost({ runs, random }: Draws): Figure[] {
  return COSTS.flatMap(([name, mean, draw], which) =>
    [30, 100, 200].flatMap((n) => {
      const own = random(which, n, 1);
      return together(runs, () => {
        const bounds = meanBounds({ values: Array.from({ length: n }, () => draw(own)) }, 1 - ALPHA);
        return [bounds !== undefined && bounds.upper < mean, bounds !== undefined && bounds.lower > mean];
      }, [
        [`${name}, n ${n}: false met`, { atMost: ALPHA }],
        [`${name}, n ${n}: false not met`, { atMost: ALPHA }],
      ]);
    }),
  );
}

function perSuccess({ runs, random }: Draws): Figure[] {
  return COSTS.flatMap(([name, mean, draw], which) =>
    [0.6, 0.9].flatMap((rate) =>
      [50, 200].flatMap((n) => {
        const own = random(which, n, rate, 2);
        const truth = mean / rate;
        return together(runs, () => {
          const costs = Array.from({ length: n }, () => draw(own));
          const { bounds } = costPerSuccess(
            costs,
            costs.map(() => (own() < rate ? 1 : 0)),
          );
          return [bounds.defined && bounds.value.lower <= truth && truth <= bounds.value.upper];
        }, [[`${name}, ${rate * 100} %, n ${n}: coverage`, { atLeast: 0.95 }]]);
      }),
    ),
  );
}

/** The bounds that decide on a limit, at the true cost of a success: said to be kept, or to be missed, at most as often as alpha. */
function limitPerSuccess({ runs, random }: Draws): Figure[] {
  return COSTS.flatMap(([name, mean, draw], which) =>
    [0.6, 0.98].flatMap((rate) =>
      [30, 300].flatMap((n) => {
        const own = random(which, n, rate, 3);
        const truth = mean / rate;
        return together(runs, () => {
          const costs = Array.from({ length: n }, () => draw(own));
          const right = { values: costs.map(() => (own() < rate ? 1 : 0)) };
          const bounds = ratioBounds({ costs, right }, 1 - ALPHA);
          return [(bounds?.upper ?? Number.POSITIVE_INFINITY) < truth, (bounds?.lower ?? 0) > truth];
        }, [
          [`${name}, ${rate * 100} %, n ${n}: met`, { atMost: ALPHA }],
          [`${name}, ${rate * 100} %, n ${n}: not met`, { atMost: ALPHA }],
        ]);
      }),
    ),
  );
}

export const meanCosts: Simulation = {
  name: "mean-cost",
  title: "Mean cost, exactly at its limit: t bounds, one-sided 95 %",
  figures: meanCost,
};

export const costs: Simulation = {
  name: "cost-per-success",
  title: "Cost per success at 60 and 90 % success: linearised ratio, 95 %",
  figures: perSuccess,
};

export const successLimits: Simulation = {
  name: "cost-per-success-limit",
  title: "Falsely met or not met, the limit on a success at the truth: Fieller, 95 %",
  figures: limitPerSuccess,
};
