/** Shares of both arms from 0 to 100 %, a line each, what is needed as a mark: a circle is the base, a square the other arm. */
import type { MaybeEstimate } from "../../../decide/decision.ts";
import { html, type Markup, NOTHING } from "../markup.ts";
import { percentAt, scaleOver } from "./scale.ts";
import { type Told, told } from "./told.ts";

export interface ShareMark {
  readonly estimate: MaybeEstimate;
  readonly arm: "base" | "fresh";
}

export interface ShareRow {
  readonly marks: readonly ShareMark[];
  /** Dashed line. */
  readonly needed?: number;
  /** `grid`: quarters as lines, for rows above one axis. Default `line`: a line below, for a row that stands alone. */
  readonly ground?: "line" | "grid";
  /** Empty marks: shares of answers in any form. */
  readonly hollow?: boolean;
  readonly said: Told;
}

/** Quarters of the whole: the axis below rows of shares. */
export const SHARES = scaleOver([0, 1], 4);

/** Pixels from one mark to the next, as the lines of text beside them. */
const STEP = 20;

export function shareRow({ marks, needed, ground = "line", hollow = false, said }: ShareRow): Markup {
  const height = marks.length * STEP + (ground === "line" ? 2 : 0);
  const cut = (share: number) => percentAt(Math.min(1, Math.max(0, share)));
  const upright = (share: number, name: string) =>
    html`<line class="${name}" x1="${cut(share)}" x2="${cut(share)}" y1="0" y2="${height}"/>`;
  const drawn = marks.map(({ estimate, arm }, index) => {
    if (!estimate.available) return NOTHING;
    const y = index * STEP + STEP / 2;
    const { value, interval } = estimate;
    const bar =
      interval === undefined
        ? NOTHING
        : html`<line class="bar" x1="${cut(interval.lower)}" x2="${cut(interval.upper)}" y1="${y}" y2="${y}"/>`;
    const mark =
      arm === "base"
        ? html`<circle cx="${cut(value)}" cy="${y}" r="5"/>`
        : html`<rect x="${cut(value)}" y="${y - 4.5}" width="9" height="9" transform="translate(-4.5)"/>`;
    return html`<g class="${arm}">${bar}${mark}</g>`;
  });
  const below =
    ground === "grid"
      ? SHARES.ticks.map((tick) => upright(tick, "grid"))
      : [html`<line class="track" x1="0%" x2="100%" y1="${height - 1}" y2="${height - 1}"/>`];
  const limit = needed === undefined ? NOTHING : upright(needed, "limit");
  return html`<svg class="shares${hollow ? " hollow" : ""}" width="100%" height="${height}" role="img">${told(said)}${below}${limit}${drawn}</svg>`;
}
