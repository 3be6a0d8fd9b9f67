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

/**
 * Filled circles and squares are what is compared, empty circles the others; what is compared lies on top.
 * @param joins the arms that none beats (`front`), or those of one number (`targets`)
 */
export function scatter(frame: Plot, spots: readonly ArmSpot[], joins: "front" | "targets" = "front"): Markup {
  const place = placeIn(frame);
  const ways = joins === "front" ? [paretoFront(spots)] : byNumber(spots);
  const lines = ways.map((way) => {
    const points = way.map(({ x, y }) => place(x, y).join(",")).join(" ");
    return html`<polyline class="front" points="${points}"/>`;
  });
  const placed = spots.map((spot) => {
    const [x, y] = place(spot.x, spot.y);
    return { ...spot, x, y };
  });
  // Of arms of one number that a line joins one has it written beside it.
  const isNumbered = ({ number, arm }: ArmSpot) =>
    joins === "front" || arm === "fresh" || !spots.some((one) => one.number === number && one.arm === "fresh");
  const numbered = placed.filter(isNumbered);
  const labels = labelPlaces(numbered, BOX_EDGES);
  const marks = placed.map((spot) => ({ spot, label: labels[numbered.indexOf(spot)] }));
  const order = { other: 0, base: 1, fresh: 2 } as const;
  const drawn = marks
    .sort((a, b) => order[a.spot.arm] - order[b.spot.arm])
    .map(({ spot: { x, y, number, arm }, label }) => {
      const shape =
        arm === "fresh"
          ? html`<rect x="${x - 5}" y="${y - 5}" width="10" height="10"/>`
          : html`<circle cx="${x}" cy="${y}" r="${joins === "front" ? 5.5 : 8}"/>`;
      if (label === undefined) return html`<g class="spot ${arm}">${shape}</g>`;
      // A number beside its mark needs no line to it.
      const far = Math.hypot(label.x - x, label.y - y) > NEAR;
      const way = far ? html`<line x1="${x}" x2="${label.x}" y1="${y}" y2="${label.y}"/>` : NOTHING;
      return html`<g class="spot ${arm}">${way}${shape}<text x="${label.x}" y="${label.y + 4}" text-anchor="middle">${number}</text></g>`;
    });
  return plot(frame, html`${lines}${drawn}`);
}

function byNumber(spots: readonly ArmSpot[]): readonly (readonly ArmSpot[])[] {
  const numbers = [...new Set(spots.map(({ number }) => number))];
  return numbers.map((own) => spots.filter(({ number }) => number === own)).filter((way) => way.length > 1);
}
