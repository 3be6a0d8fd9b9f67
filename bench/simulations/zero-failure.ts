/** How many cases without a failure show a rate: the count, and the error it has at the rate itself. All exact. */
import { clopperPearsonOneSided, zeroFailureN } from "../../src/stats/proportion.ts";
import { mustBeDefined } from "../../src/stats/undefined.ts";
import { countOf, exact, type Figure, near, type Simulation } from "./figure.ts";

const ALPHA = 0.05;

function figures(): Figure[] {
  return [
    [0.9, 29],
    [0.95, 59],
    [0.99, 299],
    [0.999, 2995],
  ].flatMap(([rate = 0, stated = 0]) => {
    const { n } = mustBeDefined(zeroFailureN(rate, ALPHA));
    const fewest = [n - 1, n, n + 1].find((cases) => clopperPearsonOneSided(cases, cases, 1 - ALPHA).lower >= rate);
    return [
      countOf(`${rate * 100} %: cases without a failure`, n, near(stated, 0)),
      exact(`${rate * 100} %: all ${n} pass at that rate`, rate ** n, { atMost: ALPHA }),
      exact(`${rate * 100} %: all ${n - 1} would`, rate ** (n - 1), { atLeast: ALPHA }),
      countOf(`${rate * 100} %: fewest by Clopper-Pearson`, fewest ?? 0, near(stated, 0)),
    ];
  });
}

export const zeroFailure: Simulation = {
  name: "zero-failure",
  title: "Cases without a failure, one-sided 5 %",
  figures,
};
