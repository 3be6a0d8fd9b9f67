/** One row of a chart of intervals, as wide as the page lets it be: places are per cents, so that nothing is ever distorted. */
import { html, type Markup } from "../markup.ts";
import { percentAt, type Scale } from "./scale.ts";
import { type Told, told } from "./told.ts";

export interface IntervalMark {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  /** `total` large and dark, `part` small. */
  readonly size: "total" | "part";
}

export interface IntervalRow {
  readonly scale: Scale;
  readonly mark: IntervalMark;
  /** Dashed line, such as the margin. */
  readonly limit?: number;
  /** Where the same figure lies on main: an empty ring. */
  readonly ghost?: number;
  readonly said: Told;
}

/** The mark's shape tells total from part without its colour. */
export function intervalRow({ scale, mark, limit, ghost, said }: IntervalRow): Markup {
  const height = mark.size === "total" ? 28 : 18;
  const middle = height / 2;
  const place = (value: number) => percentAt(scale.at(value));
  const zero =
    scale.from <= 0 && scale.to >= 0
      ? html`<line class="zero" x1="${place(0)}" x2="${place(0)}" y1="0" y2="${height}"/>`
      : html``;
  const bound =
    limit === undefined || limit < scale.from || limit > scale.to
      ? html``
      : html`<line class="limit" x1="${place(limit)}" x2="${place(limit)}" y1="0" y2="${height}"/>`;
  const ring = ghost === undefined ? html`` : html`<circle class="ghost" cx="${place(ghost)}" cy="${middle}" r="8"/>`;
  const ends = mark.size === "total" ? 6 : 4;
  return html`<svg class="row ${mark.size}" width="100%" height="${height}" role="img">${told(said)}${zero}${bound}<line class="bar" x1="${place(mark.lower)}" x2="${place(mark.upper)}" y1="${middle}" y2="${middle}"/><line class="bar" x1="${place(mark.lower)}" x2="${place(mark.lower)}" y1="${middle - ends}" y2="${middle + ends}"/><line class="bar" x1="${place(mark.upper)}" x2="${place(mark.upper)}" y1="${middle - ends}" y2="${middle + ends}"/>${ring}<circle class="dot" cx="${place(mark.value)}" cy="${middle}" r="${mark.size === "total" ? 5.5 : 3.5}"/></svg>`;
}

/** Ticks below the rows. */
export function axisRow(scale: Scale, text: (tick: number) => string): Markup {
  const ticks = scale.ticks.map((tick) => {
    const at = scale.at(tick);
    const anchor = at < 0.02 ? "start" : at > 0.98 ? "end" : "middle";
    return html`<line class="tick" x1="${percentAt(at)}" x2="${percentAt(at)}" y1="0" y2="4"/><text x="${percentAt(at)}" y="16" text-anchor="${anchor}">${text(tick)}</text>`;
  });
  return html`<svg class="axis" width="100%" height="20" aria-hidden="true">${ticks}</svg>`;
}
