/** Figures beside their goals, as lines, and what was missed at the end. A goal may be missed by a share that noise explains. */

/** Machines are shared: what is over by less may be within another time. */
export const NOISE = 0.15;

export interface Limits {
  /** One figure as a line. `told`: a time on the wall, which other processes lengthen, is told and fails nothing. */
  readonly hold: (name: string, figure: number, limit: number, unit: string, told?: "told") => string;
  /** Everything that was missed, in the order it was held: the names of its lines. */
  readonly missed: () => readonly string[];
  /** Whether a ratio or a peak was missed by more than the noise. */
  readonly failed: () => boolean;
}

export function createLimits(): Limits {
  const missed: string[] = [];
  let failed = false;
  return {
    hold: (name, figure, limit, unit, told) => {
      const over = figure > limit * (1 + NOISE);
      if (figure > limit) missed.push(over ? name : `${name} (by less than ${NOISE * 100} %)`);
      if (over && told === undefined) failed = true;
      const word = over ? "MISSED" : figure > limit ? "missed, within noise" : "met";
      return `${name.padEnd(48)} ${figure.toFixed(2).padStart(8)} ${unit.padEnd(2)} goal ${limit} ${unit.padEnd(2)} ${word}`;
    },
    missed: () => missed,
    failed: () => failed,
  };
}
