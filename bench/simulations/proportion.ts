/** One rate, independent cases: Wilson's interval is shown, Clopper-Pearson's one-sided bounds decide. All enumerated. */
import type { Bounds } from "../../src/stats/interval.ts";
import { clopperPearson, clopperPearsonOneSided, wilson } from "../../src/stats/proportion.ts";
import { mean } from "../../src/stats/sum.ts";
import { judge } from "../../src/stats/threshold-verdict.ts";
import { chanceOfCount } from "./enumerate.ts";
import { exact, type Figure, near, type Simulation } from "./figure.ts";

const RATES = Array.from({ length: 37 }, (_, index) => 0.9 + index / 400);
/** The stated figures have three digits. */
const ROUNDED = 0.001;

type Method = (successes: number, n: number, confidence: number) => Bounds;
type Covers = (bounds: Bounds, rate: number) => boolean;

/** Mean and worst coverage of 95 % bounds over rates of 0.90 to 0.99. */
export function coverageOfRates(
  n: number,
  method: Method,
  covers: Covers = ({ lower, upper }, rate) => lower <= rate && rate <= upper,
): { readonly mean: number; readonly worst: number } {
  const all = Array.from({ length: n + 1 }, (_, k) => method(k, n, 0.95));
  const covered = RATES.map((rate) => chanceOfCount(n, rate, (k) => covers(all[k] ?? { lower: 1, upper: 0 }, rate)));
  return { mean: mean(covered), worst: Math.min(...covered) };
}

const STATED = [
  ["Wilson", wilson, 20, 0.956, 0.896],
  ["Wilson", wilson, 50, 0.955, 0.911],
  ["Wilson", wilson, 100, 0.952, 0.921],
  ["Wilson", wilson, 200, 0.954, 0.933],
  ["Wilson", wilson, 300, 0.951, 0.939],
  ["Clopper-Pearson", clopperPearson, 20, 0.989, 0.977],
  ["Clopper-Pearson", clopperPearson, 50, 0.981, 0.965],
  ["Clopper-Pearson", clopperPearson, 100, 0.975, 0.954],
  ["Clopper-Pearson", clopperPearson, 200, 0.968, 0.953],
  ["Clopper-Pearson", clopperPearson, 300, 0.964, 0.954],
] as const;

/** Chance of "met" or "not met" at a requirement of 80 %, stated in whole percent. */
const POWER = [
  [100, 0.9, "met", 0.88],
  [100, 0.85, "met", 0.35],
  [100, 0.7, "not_met", 0.7],
  [200, 0.9, "met", 0.99],
  [200, 0.85, "met", 0.55],
  [200, 0.75, "not_met", 0.53],
  [200, 0.7, "not_met", 0.95],
  [300, 0.85, "met", 0.72],
  [300, 0.75, "not_met", 0.63],
  [500, 0.85, "met", 0.88],
  [500, 0.75, "not_met", 0.84],
] as const;
const WHOLE_PERCENT = 0.006;

function decides(n: number, rate: number, verdict: "met" | "not_met"): number {
  return chanceOfCount(n, rate, (k) => judge(clopperPearsonOneSided(k, n, 0.95), 0.8) === verdict);
}

function figures(): Figure[] {
  const twoSided = STATED.flatMap(([name, method, n, average, worst]) => {
    const found = coverageOfRates(n, method);
    return [
      exact(`${name}, n ${n}: coverage, mean`, found.mean, near(average, ROUNDED)),
      exact(`${name}, n ${n}: coverage, worst`, found.worst, near(worst, ROUNDED)),
    ];
  });
  const oneSided = [20, 50, 100, 200, 300].flatMap((n) => [
    exact(
      `Clopper-Pearson upper, n ${n}: worst`,
      coverageOfRates(n, clopperPearsonOneSided, ({ upper }, rate) => rate <= upper).worst,
      { atLeast: 0.95 },
    ),
    exact(
      `Clopper-Pearson lower, n ${n}: worst`,
      coverageOfRates(n, clopperPearsonOneSided, ({ lower }, rate) => rate >= lower).worst,
      { atLeast: 0.95 },
    ),
  ]);
  const errors = [100, 300].flatMap((n) => [
    exact(`80 % needed, true 80 %, n ${n}: met`, decides(n, 0.8, "met"), { atMost: 0.05 }),
    exact(`80 % needed, true 80 %, n ${n}: not met`, decides(n, 0.8, "not_met"), { atMost: 0.05 }),
  ]);
  const power = POWER.map(([n, rate, verdict, stated]) =>
    exact(
      `80 % needed, true ${rate * 100} %, n ${n}: ${verdict === "met" ? "met" : "not met"}`,
      decides(n, rate, verdict),
      near(stated, WHOLE_PERCENT),
    ),
  );
  return [...twoSided, ...oneSided, ...errors, ...power];
}

export const proportion: Simulation = {
  name: "proportion",
  title: "One rate, 95 %: coverage at rates of 90 to 99 %, then errors and power",
  figures,
};
