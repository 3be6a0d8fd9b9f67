/** The frame of a chart with two axes: grid, ticks and titles in a fixed box that scales as a whole. */
import { html, type Markup } from "../markup.ts";
import type { Scale } from "./scale.ts";
import { type Told, told } from "./told.ts";

export interface Plot {
  readonly x: Scale;
  readonly y: Scale;
  readonly xText: (tick: number) => string;
  readonly yText: (tick: number) => string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly said: Told;
}

const WIDTH = 440;
const HEIGHT = 280;
const BOX = { left: 58, right: 14, top: 26, bottom: 42 } as const;

/** Where the box ends, in its own units. */
export const BOX_EDGES = { left: BOX.left, right: WIDTH - BOX.right, top: BOX.top, bottom: HEIGHT - BOX.bottom };

/** Where a point lies in the box, with one decimal. */
export function placeIn({
  x,
  y,
}: Pick<Plot, "x" | "y">): (xValue: number, yValue: number) => readonly [number, number] {
  const wide = WIDTH - BOX.left - BOX.right;
  const high = HEIGHT - BOX.top - BOX.bottom;
  const round = (value: number) => Math.round(value * 10) / 10;
  return (xValue, yValue) => [round(BOX.left + x.at(xValue) * wide), round(BOX.top + (1 - y.at(yValue)) * high)];
}

export function plot(frame: Plot, inside: Markup): Markup {
  const place = placeIn(frame);
  const bottom = HEIGHT - BOX.bottom;
  const columns = frame.x.ticks.map((tick) => {
    const [at] = place(tick, frame.y.from);
    return html`<line class="grid" x1="${at}" x2="${at}" y1="${BOX.top}" y2="${bottom}"/><text x="${at}" y="${bottom + 16}" text-anchor="middle">${frame.xText(tick)}</text>`;
  });
  const rows = frame.y.ticks.map((tick) => {
    const [, at] = place(frame.x.from, tick);
    return html`<line class="grid" x1="${BOX.left}" x2="${WIDTH - BOX.right}" y1="${at}" y2="${at}"/><text x="${BOX.left - 7}" y="${at + 4}" text-anchor="end">${frame.yText(tick)}</text>`;
  });
  return html`<svg class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">${told(frame.said)}${columns}${rows}<text class="title" x="${BOX.left - 50}" y="13">${frame.yTitle}</text><text class="title" x="${WIDTH - BOX.right}" y="${HEIGHT - 6}" text-anchor="end">${frame.xTitle}</text>${inside}</svg>`;
}
