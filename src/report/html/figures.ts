/** Figures with interval and n in the words of the page's language. */
import type { MaybeDifference, MaybeEstimate } from "../../decide/decision.ts";
import { formatCount, formatEstimate, formatInterval, formatShare, formatThreshold, pointsFigure } from "../numbers.ts";
import { html, type Markup } from "./markup.ts";
import type { Strings } from "./strings/strings.ts";

/** What a decision says in English in the language of the page; a text that its book does not have stays English, and is marked as such. */
export function english(text: string, { say }: Strings): Markup {
  const said = say(text);
  return said === undefined ? html`<span lang="en">${proseOf(text)}</span>` : proseOf(said);
}

/** What stands between backquotes is code, as it would be typed. */
export function proseOf(text: string): Markup {
  const parts = text.split("`");
  // An odd backquote belongs to the text.
  if (parts.length % 2 === 0) return html`${text}`;
  return html`${parts.map((part, at) => (at % 2 === 0 ? html`${part}` : html`<code>${part}</code>`))}`;
}

/** One after the other; Chinese has no blank between sentences. */
export function joined(sentences: readonly string[]): string {
  return sentences.join(" ").replaceAll("。 ", () => "。");
}

export function casesText(count: number, t: Strings): string {
  return t.cases(count, formatCount(count));
}

/** "95.7 to 99.5 %". */
export function rangeText(
  { lower, upper }: { readonly lower: number; readonly upper: number },
  unit: Parameters<typeof formatInterval>[2],
  t: Strings,
): string {
  return formatInterval(lower, upper, unit).replace(" to ", () => t.to);
}

/** "-1.4 to +2.5 points"; `margin` keeps the lower end on its side of it. */
export function pointsRange(
  { lower, upper }: { readonly lower: number; readonly upper: number },
  t: Strings,
  margin?: number,
): string {
  const low = pointsFigure(lower, margin === undefined ? {} : { apartFrom: -margin });
  return t.points(`${low}${t.to}${pointsFigure(upper)}`);
}

export function thresholdText(
  direction: "at-least" | "at-most",
  threshold: number,
  unit: Parameters<typeof formatThreshold>[2],
  t: Strings,
): string {
  const value = formatThreshold(direction, threshold, unit).replace(/^at (?:least|most) /, "");
  return direction === "at-least" ? t.atLeast(value) : t.atMost(value);
}

/** The figure, and below it its interval and n; why it is not there where it is not. */
export function figureCell(estimate: MaybeEstimate, t: Strings, apartFrom?: number): Markup {
  if (!estimate.available) {
    return html`<span class="none">${t.unmeasured}</span><small>${english(estimate.why, t)}</small>`;
  }
  const { figure, range } = formatEstimate(estimate, apartFrom);
  const ends = range === undefined ? "" : `${range.replace(" to ", () => t.to)} · `;
  return html`<b>${figure}</b><small>${ends}n ${formatCount(estimate.n)}</small>`;
}

export function differenceCell(difference: MaybeDifference, t: Strings, margin?: number): Markup {
  if (!difference.available) {
    return html`<span class="none">${t.unmeasured}</span><small>${english(difference.why, t)}</small>`;
  }
  const { value, n } = difference;
  return html`<b>${pointsFigure(value)}</b><small>${pointsRange(difference, t, margin)} · n ${formatCount(n)}</small>`;
}

export function confidenceText(confidence: number, t: Strings): string {
  return t.interval(formatShare(confidence, { bare: true }));
}
