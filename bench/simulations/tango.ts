/** A paired difference of 0/1 cases, one trial each: Tango's score interval and its test of "no worse". All enumerated. */
import { tango as interval, tangoNoninferiority } from "../../src/stats/tango.ts";
import { chanceOfPairs } from "./enumerate.ts";
import { exact, type Figure, type Simulation } from "./figure.ts";

/** Shares of cases that only the new target passes, and only the base. */
const DIFFERING = [
  [0.005, 0.005],
  [0.02, 0.01],
  [0.025, 0.025],
  [0.04, 0.01],
  [0.05, 0.05],
  [0.1, 0.05],
  [0.1, 0.1],
  [0.15, 0.05],
  [0.2, 0.1],
] as const;
/** Beyond the margin itself: the share of cases that differ besides those that are lost. */
const MORE_DIFFERING = [0.05, 0.1, 0.2];
/** The stated 5.1 % has one digit, as has the stated coverage of 94.1 %. */
const ROUNDED = 0.0005;
const CASES = [50, 100, 200, 300];

export function tangoCoverage(n: number, onlyNew: number, onlyBase: number): number {
  return chanceOfPairs(n, onlyNew, onlyBase, (counts) => {
    const { lower, upper } = interval(counts, 0.95);
    return lower <= onlyNew - onlyBase && onlyNew - onlyBase <= upper;
  });
}

/** Chance that a loss as large as the margin is called no worse. */
export function tangoFalselyNoWorse(n: number, margin: number, discordance: number): number {
  const won = (discordance - margin) / 2;
  return chanceOfPairs(n, won, discordance - won, (counts) => tangoNoninferiority(counts, margin).noninferior);
}

function figures(): Figure[] {
  const coverage = [20, ...CASES].map((n) =>
    exact(
      `n ${n}: coverage, worst of ${DIFFERING.length} settings`,
      Math.min(...DIFFERING.map(([b, c]) => tangoCoverage(n, b, c))),
      {
        atLeast: 0.941 - ROUNDED,
      },
    ),
  );
  const errors = CASES.flatMap((n) =>
    [0.03, 0.05, 0.1].map((margin) =>
      exact(
        `n ${n}, margin ${margin * 100}: false no worse, worst`,
        Math.max(...MORE_DIFFERING.map((more) => tangoFalselyNoWorse(n, margin, margin + more))),
        { atMost: 0.051 + ROUNDED },
      ),
    ),
  );
  return [...coverage, ...errors];
}

export const tango: Simulation = {
  name: "tango",
  title: "Tango, one 0/1 a case: 95 % interval, and no worse by a margin at one-sided 5 %",
  figures,
};
