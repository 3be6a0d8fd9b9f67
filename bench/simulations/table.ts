/** Figures of a simulation as lines of at most 80 columns. */
import { type Column, table } from "../../src/report/table.ts";
import { type Band, type Figure, type Simulation, type Standing, standing } from "./figure.ts";

const WORDS: Readonly<Record<Standing, string>> = {
  held: "held",
  near: "near",
  outside: "OUTSIDE",
  told: "",
};
const COLUMNS: readonly Column[] = [
  { least: 44, most: 44 },
  { align: "right", least: 6 },
  { align: "right", least: 4 },
  { least: 11 },
  { least: 7 },
];

/** Title, column names and one line a figure. Shares in percent; "exact" stands where nothing was drawn. */
export function linesOf({ title }: Simulation, figures: readonly Figure[]): string[] {
  const rows = figures.map((figure) => [
    figure.setting,
    amount(figure.value, figure.unit),
    figure.error === 0 ? "-" : amount(figure.error, figure.unit, 1),
    bandOf(figure.band, figure.unit),
    WORDS[standing(figure)],
  ]);
  return [title, ...table(COLUMNS, [["", "figure", "+-", "band", ""], ...rows])];
}

/** Percent with one digit; bands may need two (95.1 % +- 0.05). */
function amount(value: number, unit: Figure["unit"], digits = 1): string {
  if (unit === "cases") return Number.isInteger(value) ? String(value) : value.toFixed(digits);
  return (value * 100).toFixed(digits);
}

function bandOf(band: Band | undefined, unit: Figure["unit"]): string {
  if (band === undefined) return "-";
  const { atLeast, atMost } = band;
  if (atLeast !== undefined && atMost !== undefined) return `${amount(atLeast, unit)}..${amount(atMost, unit)}`;
  if (atMost !== undefined) return `<= ${amount(atMost, unit)}`;
  return atLeast === undefined ? "-" : `>= ${amount(atLeast, unit)}`;
}
