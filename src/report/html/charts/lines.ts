/** Lines over months or sizes, each with a name at its end and a dash of its own. */
import { html, type Markup } from "../markup.ts";
import { type Plot, placeIn, plot } from "./plot.ts";

export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Drawn as whiskers at the points. */
  readonly ranges?: readonly (readonly [lower: number, upper: number] | undefined)[];
  readonly dots?: boolean;
  readonly joined?: boolean;
}

const DASHES = ["", "7 4", "2 3"];

/** @param level a dashed line across, such as what is needed */
export function lines(frame: Plot, drawn: readonly Line[], level?: number): Markup {
  const place = placeIn(frame);
  const across = (value: number, name: string) => {
    const [left, y] = place(frame.x.from, value);
    const [right] = place(frame.x.to, value);
    return html`<line class="${name}" x1="${left}" x2="${right}" y1="${y}" y2="${y}"/>`;
  };
  const zero = frame.y.from < 0 && frame.y.to > 0 ? across(0, "zero") : html``;
  const limit = level === undefined ? html`` : across(level, "limit");
  const paths = drawn.map(({ name, points, ranges, dots, joined }, index) => {
    const places = points.map(([x, y]) => place(x, y));
    const whiskers = (ranges ?? []).flatMap((range, at) => {
      const [x] = points[at] ?? [];
      if (range === undefined || x === undefined) return [];
      const [cx, low] = place(x, range[0]);
      const [, high] = place(x, range[1]);
      return [html`<line class="bar" x1="${cx}" x2="${cx}" y1="${low}" y2="${high}"/>`];
    });
    const path =
      joined === false
        ? html``
        : html`<polyline stroke-dasharray="${DASHES[index % DASHES.length] ?? ""}" points="${places.map((at) => at.join(",")).join(" ")}"/>`;
    const marks = dots === true ? places.map(([x, y]) => html`<circle cx="${x}" cy="${y}" r="4.5"/>`) : [];
    const [x = 0, y = 0] = places.at(-1) ?? [];
    const tag =
      name === "" ? html`` : html`<text class="name" x="${x - 4}" y="${y - 6}" text-anchor="end">${name}</text>`;
    return html`<g class="line line-${index}">${path}${whiskers}${marks}${tag}</g>`;
  });
  return plot(frame, html`${zero}${limit}${paths}`);
}
