/** Figures beside their limits, as lines; a limit may be missed by a share that noise explains. */

/** Machines are shared: what is over by less may be within another time. */
export const NOISE = 0.15;

export interface Limits {
  /** One figure as a line. `told`: a time on the wall, which other processes lengthen, is told and fails nothing. */
  readonly hold: (name: string, figure: number, limit: number, unit: string, told?: "told") => string;
  /** How many were missed by more than the noise. */
  readonly missed: () => number;
}

export function createLimits(): Limits {
  let missed = 0;
  return {
    hold: (name, figure, limit, unit, told) => {
      const over = figure > limit * (1 + NOISE);
      if (over && told === undefined) missed++;
      const word = over ? "OVER" : figure > limit ? "over, within noise" : "ok";
      return `${name.padEnd(48)} ${figure.toFixed(2).padStart(8)} ${unit.padEnd(2)} of ${limit} ${unit} ${word}`;
    },
    missed: () => missed,
  };
}
