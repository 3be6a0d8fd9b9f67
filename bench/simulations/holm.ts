/** Several requirements at once: "not met" goes through Holm over the exact binomial tests. */
import { holm as adjusted } from "../../src/stats/multiplicity.ts";
import { binomialThresholdTest } from "../../src/stats/proportion.ts";
import type { Random } from "../../src/stats/random.ts";
import { type Draws, type Figure, near, type Simulation, together } from "./figure.ts";

const CASES = 200;
const THRESHOLD = 0.8;
const ALPHA = 0.05;

function pValues(): (successes: number) => number {
  const known = Array.from({ length: CASES + 1 }, (_, k) => binomialThresholdTest(k, CASES, THRESHOLD).pBelow);
  return (successes) => known[successes] ?? 1;
}

function passes(random: Random, rate: number): number {
  let count = 0;
  for (let at = 0; at < CASES; at++) if (random() < rate) count += 1;
  return count;
}

/** The rates below the threshold are truly missed; an error is a "not met" of one of the others. */
function errors({ runs, random }: Draws, name: string, rates: readonly number[], stated?: number): Figure[] {
  const own = random(rates.length, ...rates);
  const pOf = pValues();
  return together(runs, () => {
    const p = rates.map((rate) => pOf(passes(own, rate)));
    const falsely = (values: readonly number[]) => values.some((value, at) => value < ALPHA && rates[at] === THRESHOLD);
    return [falsely(adjusted(p)), falsely(p)];
  }, [
    [`${name}: false not met, Holm`, { atMost: ALPHA }],
    [`${name}: the same uncorrected`, stated === undefined ? undefined : near(stated, 0.015)],
  ]);
}

export const holm: Simulation = {
  name: "holm",
  title: `Holm: requirements of ${THRESHOLD * 100} % on ${CASES} cases, one-sided 5 % for all together`,
  figures: (draws) => [
    ...errors(draws, "5 exactly at it", [0.8, 0.8, 0.8, 0.8, 0.8], 0.22),
    ...errors(draws, "2 missed, 3 at it", [0.7, 0.7, 0.8, 0.8, 0.8]),
    ...errors(draws, "4 missed, 1 at it", [0.7, 0.7, 0.7, 0.7, 0.8]),
  ],
};
