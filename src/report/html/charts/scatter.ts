/** Arms by what they cost, in money or time, and what they get right; a line joins those that none beats. */
import { html, type Markup, NOTHING } from "../markup.ts";
import { labelPlaces } from "./label-places.ts";
import { paretoFront, type Spot } from "./pareto.ts";
import { BOX_EDGES, type Plot, placeIn, plot } from "./plot.ts";

export interface ArmSpot extends Spot {
  /** Shown beside the mark, as in the table below. */
  readonly number: number;
  readonly arm: "base" | "fresh" | "other";
}

/** In the box's own units. */
const NEAR = 18;

/** The filled circle and the square are the pair that is compared, empty circles the others; the pair lies on top. */
export function scatter(frame: Plot, spots: readonly ArmSpot[]): Markup {
  const place = placeIn(frame);
  const line = paretoFront(spots)
    .map(({ x, y }) => place(x, y).join(","))
    .join(" ");
  const placed = spots.map((spot) => {
    const [x, y] = place(spot.x, spot.y);
    return { ...spot, x, y };
  });
  const labels = labelPlaces(placed, BOX_EDGES);
  const marks = placed.map((spot, at) => ({ spot, label: labels[at] ?? spot }));
  const order = { other: 0, base: 1, fresh: 2 } as const;
  const drawn = marks
    .sort((a, b) => order[a.spot.arm] - order[b.spot.arm])
    .map(({ spot: { x, y, number, arm }, label }) => {
      const shape =
        arm === "fresh"
          ? html`<rect x="${x - 5}" y="${y - 5}" width="10" height="10"/>`
          : html`<circle cx="${x}" cy="${y}" r="5.5"/>`;
      // A number beside its mark needs no line to it.
      const far = Math.hypot(label.x - x, label.y - y) > NEAR;
      const way = far ? html`<line x1="${x}" x2="${label.x}" y1="${y}" y2="${label.y}"/>` : NOTHING;
      return html`<g class="spot ${arm}">${way}${shape}<text x="${label.x}" y="${label.y + 4}" text-anchor="middle">${number}</text></g>`;
    });
  return plot(frame, html`<polyline class="front" points="${line}"/>${drawn}`);
}
