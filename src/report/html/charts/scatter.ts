/** Arms by what they cost, in money or time, and what they get right; a line joins those that none beats. */
import { html, type Markup } from "../markup.ts";
import { paretoFront, type Spot } from "./pareto.ts";
import { type Plot, placeIn, plot } from "./plot.ts";

export interface ArmSpot extends Spot {
  /** Shown in the mark, as in the table beside. */
  readonly number: number;
  readonly arm: "base" | "fresh" | "other";
}

/** Marks are numbered; circles are prompts of the pair or others, the square is the other arm of the pair. */
export function scatter(frame: Plot, spots: readonly ArmSpot[]): Markup {
  const place = placeIn(frame);
  const line = paretoFront(spots)
    .map(({ x, y }) => place(x, y).join(","))
    .join(" ");
  const marks = spots.map(({ x, y, number, arm }) => {
    const [cx, cy] = place(x, y);
    const shape =
      arm === "fresh"
        ? html`<rect x="${cx - 8}" y="${cy - 8}" width="16" height="16"/>`
        : html`<circle cx="${cx}" cy="${cy}" r="8.5"/>`;
    return html`<g class="spot ${arm}">${shape}<text x="${cx}" y="${cy + 3.5}" text-anchor="middle">${number}</text></g>`;
  });
  return plot(frame, html`<polyline class="front" points="${line}"/>${marks}`);
}
