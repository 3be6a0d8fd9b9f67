/** Shares of both arms on one line from 0 to 100 %, what is needed as a mark: a circle is the base, a square the other arm. */
import type { MaybeEstimate } from "../../../decide/decision.ts";
import { html, type Markup } from "../markup.ts";
import { percentAt } from "./scale.ts";

export interface ShareMark {
  readonly estimate: MaybeEstimate;
  readonly arm: "base" | "fresh";
}

export function shareRow(marks: readonly ShareMark[], needed: number | undefined, label: string): Markup {
  const step = 18;
  const height = marks.length * step + 4;
  const cut = (share: number) => percentAt(Math.min(1, Math.max(0, share)));
  const drawn = marks.map(({ estimate, arm }, index) => {
    if (!estimate.available) return html``;
    const y = index * step + step / 2 + 2;
    const { value, interval } = estimate;
    const bar =
      interval === undefined
        ? html``
        : html`<line class="bar" x1="${cut(interval.lower)}" x2="${cut(interval.upper)}" y1="${y}" y2="${y}"/>`;
    const mark =
      arm === "base"
        ? html`<circle cx="${cut(value)}" cy="${y}" r="5"/>`
        : html`<svg x="${cut(value)}" y="${y}" overflow="visible"><rect x="-4.5" y="-4.5" width="9" height="9"/></svg>`;
    return html`<g class="${arm}">${bar}${mark}</g>`;
  });
  const line =
    needed === undefined
      ? html``
      : html`<line class="limit" x1="${cut(needed)}" x2="${cut(needed)}" y1="0" y2="${height}"/>`;
  return html`<svg class="shares" width="100%" height="${height}" role="img" aria-label="${label}"><line class="track" x1="0%" x2="100%" y1="${height - 1}" y2="${height - 1}"/>${line}${drawn}</svg>`;
}
