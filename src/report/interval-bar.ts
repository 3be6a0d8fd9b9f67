/** Intervals drawn with characters on one common scale, with zero and the margin marked: a small forest plot. */
import { pad } from "./width.ts";

export interface Scale {
  readonly least: number;
  readonly most: number;
  /** Columns of the drawing, at least 2. */
  readonly columns: number;
}

export interface Bar {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/** A scale that holds every bar and every mark. */
export function scaleFor(bars: readonly Bar[], marks: readonly number[], columns: number): Scale {
  const points = [...bars.flatMap(({ value, lower, upper }) => [value, lower, upper]), ...marks];
  const least = Math.min(...points);
  const most = Math.max(...points);
  const empty = most - least < 1e-9;
  return { least: empty ? least - 0.01 : least, most: empty ? most + 0.01 : most, columns: Math.max(2, columns) };
}

/** The column of a value, 0-based; a value outside of the scale stands at its end. */
export function columnOf(value: number, { least, most, columns }: Scale): number {
  const share = (value - least) / (most - least);
  return Math.round(Math.min(1, Math.max(0, share)) * (columns - 1));
}

/**
 * `├──┼─●──┤`: the interval with its point; `┼` is zero within the interval and `│` outside, `┊` the margin. Exactly
 * `scale.columns` wide.
 */
export function drawBar(bar: Bar, margin: number, scale: Scale): string {
  const cells = new Array<string>(scale.columns).fill(" ");
  const from = columnOf(bar.lower, scale);
  const to = columnOf(bar.upper, scale);
  const zero = columnOf(0, scale);
  for (let column = from; column <= to; column += 1) cells[column] = "─";
  cells[columnOf(-margin, scale)] = "┊";
  cells[zero] = zero >= from && zero <= to ? "┼" : "│";
  cells[from] = "├";
  cells[to] = "┤";
  cells[columnOf(bar.value, scale)] = "●";
  return cells.join("");
}

/**
 * The line below the bars, which begin after `before` columns: names zero and the margin, each under its mark. Where the two come
 * too close, the margin's name moves to the left; where there is no room for it either, it is left out.
 */
export function drawAxis(margin: number, marginLabel: string, scale: Scale, before = 0): string {
  const zeroAt = before + columnOf(0, scale);
  const centred = before + columnOf(-margin, scale) - Math.floor(marginLabel.length / 2);
  const start = Math.max(0, Math.min(centred, zeroAt - marginLabel.length - 1));
  if (margin === 0 || start + marginLabel.length >= zeroAt) return `${pad("", zeroAt)}0`;
  return `${pad("", start)}${pad(marginLabel, zeroAt - start)}0`;
}
