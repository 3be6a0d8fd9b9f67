/** One simulated or enumerated figure, the band it is held to, and how it stands to that band. */
import { type Random, randomFrom } from "../../src/stats/random.ts";

/** Limits that were stated before the figure was known; a side that is absent is not limited. */
export interface Band {
  readonly atLeast?: number;
  readonly atMost?: number;
}

export interface Figure {
  readonly setting: string;
  /** A share in [0, 1], or a number of cases. */
  readonly value: number;
  readonly unit: "share" | "cases";
  /** Monte Carlo standard error in the unit of the value; 0 where everything is enumerated. */
  readonly error: number;
  /** Absent on figures that are told beside others and held to nothing, such as a method that no verdict uses. */
  readonly band?: Band;
}

/** "near": beyond the band by no more than the simulation may be off. */
export type Standing = "held" | "near" | "outside" | "told";

/** How often to draw, and from what. */
export interface Draws {
  readonly runs: number;
  /** A source of its own for each setting, from the seed of the command and the numbers of the setting. */
  readonly random: (...setting: number[]) => Random;
}

export interface Simulation {
  readonly name: string;
  readonly title: string;
  readonly figures: (draws: Draws) => readonly Figure[];
}

export function drawsOf(runs: number, seed: number): Draws {
  return { runs, random: (...setting) => randomFrom([seed, ...setting]) };
}

/** A figure with a chance of 1 in 700 (a normal tail) to be called outside by the simulation alone, where it is at its limit. */
const ERRORS_ALLOWED = 3;

export function standing({ value, error, band }: Figure): Standing {
  if (band === undefined) return "told";
  const { atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY } = band;
  const beyond = Math.max(atLeast - value, value - atMost);
  // Bands are decimal fractions: a rounding error is not beyond.
  if (beyond <= 1e-12) return "held";
  return beyond <= ERRORS_ALLOWED * error ? "near" : "outside";
}

export const near = (value: number, by: number): Band => ({ atLeast: value - by, atMost: value + by });

export function exact(setting: string, value: number, band?: Band): Figure {
  return { setting, value, unit: "share", error: 0, ...(band === undefined ? {} : { band }) };
}

export function countOf(setting: string, value: number, band?: Band, error = 0): Figure {
  return { setting, value, unit: "cases", error, ...(band === undefined ? {} : { band }) };
}

/** Share of `runs` draws in which something happened. */
export function simulated(setting: string, runs: number, draw: () => boolean, band?: Band): Figure {
  return together(runs, () => [draw()], [[setting, band]])[0] ?? exact(setting, 0);
}

/** Shares of the same draws in which each of several things happened. */
export function together(
  runs: number,
  draw: () => readonly boolean[],
  settings: readonly (readonly [setting: string, band?: Band | undefined])[],
): Figure[] {
  const hits = settings.map(() => 0);
  for (let run = 0; run < runs; run++) {
    for (const [at, hit] of draw().entries()) if (hit) hits[at] = (hits[at] ?? 0) + 1;
  }
  return settings.map(([setting, band], at) => {
    const count = hits[at] ?? 0;
    // Drawn towards one half by a hit and a miss: no hits in 4,000 runs are not known without error.
    const about = (count + 1) / (runs + 2);
    const error = Math.sqrt((about * (1 - about)) / runs);
    return { setting, value: count / runs, unit: "share", error, ...(band === undefined ? {} : { band }) };
  });
}
