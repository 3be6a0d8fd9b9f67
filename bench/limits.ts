/** Figures beside their goals, as a table of 80 columns, and what was missed at the end. A goal may be missed by a share that noise explains. */

/** Machines are shared: what is over by less may be within another time. */
export const NOISE = 0.15;

const WIDTHS = { name: 40, figure: 11, goal: 8 } as const;

export interface Limits {
  /** One figure beside its goal. `told`: a time on the wall, which other processes lengthen, is told and fails nothing. */
  readonly hold: (name: string, figure: number, goal: number, unit: string, told?: "told") => void;
  /** A figure that has no goal, or with `why` one that was left out. */
  readonly tell: (name: string, figure: number | undefined, unit: string, why?: string) => void;
  /** All rows in the order they were held, and below them what was missed. */
  readonly table: () => string;
  /** Whether a ratio or a peak was missed by more than the noise. */
  readonly failed: () => boolean;
}

export function createLimits(): Limits {
  const rows = [row("", "figure", "goal", "")];
  const missed: string[] = [];
  let held = 0;
  let failed = false;
  return {
    hold(name, figure, goal, unit, told) {
      held++;
      const over = figure > goal * (1 + NOISE);
      if (figure > goal) missed.push(name);
      if (over && told === undefined) failed = true;
      const verdict = over ? "missed" : figure > goal ? "missed, by noise" : "met";
      rows.push(row(name, amount(figure, unit), `${goal}`, verdict));
    },
    tell(name, figure, unit, why = "") {
      rows.push(row(name, figure === undefined ? "not run" : amount(figure, unit), "", why));
    },
    table: () =>
      `${rows.join("\n")}\n${held} goals, ${missed.length === 0 ? "every one met" : `${missed.length} missed: ${missed.join("; ")}`}`,
    failed: () => failed,
  };
}

const amount = (figure: number, unit: string): string => `${figure.toFixed(unit === "MB" ? 0 : 2)} ${unit.padEnd(2)}`;

const row = (name: string, figure: string, goal: string, verdict: string): string =>
  `${name.padEnd(WIDTHS.name)} ${figure.padStart(WIDTHS.figure)} ${goal.padStart(WIDTHS.goal)}  ${verdict}`.trimEnd();
