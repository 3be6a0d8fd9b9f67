/** Rows of a chart: what two arms reach and the difference between them with its parts, on one scale. */
import type { Gap, MaybeDifference, MaybeEstimate } from "../../../decide/decision.ts";
import { formatCount, formatShare, pointsFigure } from "../../numbers.ts";
import { axisRow, intervalRow } from "../charts/interval-row.ts";
import { type Scale, scaleOver } from "../charts/scale.ts";
import { SHARES, shareRow } from "../charts/share-row.ts";
import { tickText } from "../charts/tick-text.ts";
import { differenceCell, pointsRange, rangeText } from "../figures.ts";
import { html, type Markup, NOTHING } from "../markup.ts";
import type { Strings } from "../strings/strings.ts";

/** What each arm has right; a side that nobody measured, or that an older summary does not tell, is absent. */
interface Rates {
  readonly base?: MaybeEstimate | undefined;
  readonly tuned?: MaybeEstimate | undefined;
}

export interface GapRow {
  readonly head: Markup;
  /** As plain text. */
  readonly name: string;
  readonly arms: Pick<Gap, "base" | "tuned">;
  readonly parts: Pick<Gap, "total" | "format" | "ability">;
  /** Parts have rows of their own, also where format explains nothing. */
  readonly isSplit: boolean;
  readonly strict: Rates;
  readonly lenient: Rates;
  readonly ghost?: number;
  /** Below which a difference counts as worse; absent where nothing is decided. */
  readonly margin?: number | undefined;
  /** Of the same as the row above, in another run. */
  readonly joined?: boolean;
}

export const NO_PART: MaybeDifference = { available: false, why: "" };

/** Circle and square, as they are drawn. */
export function armMark(arm: "base" | "fresh"): Markup {
  return html`<span class="arm ${arm}" aria-hidden="true">${arm === "base" ? "●" : "■"}</span>`;
}

/**
 * Rows on two axes: shares from 0 to 100 %, and the gap. Graders and other pairs have charts of their own: they may lie far from the gap that is asked
 * about.
 * @param named which arms the marks are, where they are the same in every row
 */
export function gapChart(rows: readonly GapRow[], named: Markup, t: Strings): Markup {
  const scale = scaleOf(rows);
  if (scale === undefined) return NOTHING;
  const margins = [...new Set(rows.flatMap(({ margin }) => (margin === undefined ? [] : [pointsFigure(-margin)])))];
  const limit =
    margins.length === 0
      ? NOTHING
      : html`<span class="limit-name">┊ ${t.gap.marginAt(t.points(margins.join(" → ")))}</span>`;
  const halves = { ...SHARES, ticks: [0, 0.5, 1] };
  const shares = axisRow(halves, tickText(halves.ticks, { times: 100, after: " %" }));
  const points = axisRow(scale, tickText(scale.ticks, { times: 100, signed: true }));
  const axis = html`<tr class="axis"><td></td><td></td><td class="shares-at">${shares}<p class="ends only-narrow"><span></span><span>${t.money.right}</span></p></td><td></td><td>${points}<p class="ends"><span>← ${t.gap.worse}</span>${limit}<span>${t.gap.betterShort} →</span></p></td></tr>`;
  const head = html`<tr class="heads"><td></td><th scope="colgroup" colspan="2">${t.money.right} ${named}</th><th scope="colgroup" colspan="2">${t.gap.axis}</th></tr>`;
  return html`<table class="gaps arms"><colgroup><col class="name"><col class="rates"><col class="shares-at"><col class="figure"><col></colgroup><thead>${head}</thead><tbody>${rows.map((row) => rowsOf(row, scale, t))}${axis}</tbody></table>`;
}

/** Holds every interval, 0 and the margins. */
function scaleOf(rows: readonly GapRow[]): Scale | undefined {
  const margins = rows.flatMap(({ margin }) => (margin === undefined ? [] : [-margin]));
  const ends = rows.flatMap(({ parts, ghost }) => [
    ...(ghost === undefined ? [] : [ghost]),
    ...[parts.total, parts.format, parts.ability].flatMap((part) => (part.available ? [part.lower, part.upper] : [])),
  ]);
  return ends.length === 0 ? undefined : scaleOver([...ends, 0, ...margins], 6);
}

interface Part {
  readonly difference: MaybeDifference;
  readonly size: "total" | "part";
  readonly head: Markup;
  readonly title: string;
  readonly rates: Rates;
}

function rowsOf(row: GapRow, scale: Scale, t: Strings): Markup {
  const { name, parts, isSplit, strict, lenient } = row;
  const part = (key: "format" | "ability", rates: Rates): Part => ({
    difference: unlessOneForm(parts[key]),
    size: "part",
    head: html`${t.gap[key]}`,
    title: `${name}, ${t.gap[key]}`,
    rates,
  });
  const shown: readonly Part[] = [
    { difference: parts.total, size: "total", head: row.head, title: name, rates: strict },
    ...(isSplit ? [part("format", {}), part("ability", lenient)] : []),
  ];
  return html`${shown.map((one) => partRow(one, row, scale, t))}`;
}

/** One line: what each arm has right in figures and drawn, then the difference in figures and drawn. */
function partRow(
  { difference, size, head, title, rates }: Part,
  { arms, ghost, margin, joined }: GapRow,
  scale: Scale,
  t: Strings,
): Markup {
  if (!difference.available && difference.why === "") return NOTHING;
  const marks = (["base", "tuned"] as const).flatMap((side) => {
    const estimate = rates[side];
    const arm = side === "base" ? ("base" as const) : ("fresh" as const);
    return estimate?.available === true ? [{ estimate, arm, target: arms[side] }] : [];
  });
  const told = marks.map(({ estimate, target }) => `${target}: ${shareFigure(estimate, t)}`);
  const figures = marks.map(
    ({ estimate: { value, interval }, arm, target }) =>
      html`<span class="rate">${armMark(arm)}<span class="sr">${target}: </span> <b>${formatShare(value)}</b> <small>${interval === undefined ? "" : rangeText(interval, "share", t)}</small></span>`,
  );
  const shares =
    marks.length === 0
      ? NOTHING
      : shareRow({ marks, ground: "grid", hollow: size === "part", said: { title, desc: told.join("; ") } });
  const drawn = difference.available
    ? intervalRow({
        scale,
        mark: { ...difference, size },
        said: { title, desc: `${pointsFigure(difference.value)}, ${pointsRange(difference, t, margin)}` },
        ...(size === "total" && margin !== undefined ? { limit: -margin } : {}),
        ...(size === "total" && ghost !== undefined ? { ghost } : {}),
      })
    : NOTHING;
  return html`<tr class="${size}${joined === true && size === "total" ? " joined" : ""}"><th scope="row">${head}</th><td class="rates">${figures}</td><td class="drawn shares-at">${shares}</td><td class="figure">${gapFigure(difference, margin, t)}</td><td class="drawn">${drawn}</td></tr>`;
}

/** The column's head has the unit. */
function gapFigure(difference: MaybeDifference, margin: number | undefined, t: Strings): Markup {
  if (!difference.available) return differenceCell(difference, t, margin);
  const range = `${pointsFigure(difference.lower, margin === undefined ? {} : { apartFrom: -margin })}${t.to}${pointsFigure(difference.upper)}`;
  return html`<b>${pointsFigure(difference.value)}</b><small>${range} · n ${formatCount(difference.n)}</small>`;
}

/** "99.6 %, 98.2 to 100.0 %". */
function shareFigure({ value, interval }: Extract<MaybeEstimate, { available: true }>, t: Strings): string {
  return interval === undefined ? formatShare(value) : `${formatShare(value)}, ${rangeText(interval, "share", t)}`;
}

/** A gap that cannot be split has no rows for its parts. */
function unlessOneForm(part: MaybeDifference): MaybeDifference {
  return part.available ? part : NO_PART;
}
