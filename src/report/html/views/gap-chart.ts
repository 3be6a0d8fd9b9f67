/** What both arms reach and the gap between them with its parts: all cases, by tag and grader; what the gap was on main as a ring. */
import type { Decision, Gap, GapSlice, MaybeDifference, MaybeEstimate } from "../../../decide/decision.ts";
import { testMeasure } from "../../decision-view.ts";
import { gapsOf } from "../../decision-words.ts";
import { formatCount, formatShare, pointsFigure } from "../../numbers.ts";
import { axisRow, intervalRow } from "../charts/interval-row.ts";
import { type Scale, scaleOver } from "../charts/scale.ts";
import { SHARES, shareRow } from "../charts/share-row.ts";
import { tickText } from "../charts/tick-text.ts";
import { differenceCell, english, pointsRange, rangeText } from "../figures.ts";
import { html, type Markup, NOTHING } from "../markup.ts";
import type { Strings } from "../strings/strings.ts";
import { section, type View } from "../view.ts";

/** What each arm has right; a side that nobody measured, or that an older summary does not tell, is absent. */
interface Rates {
  readonly base?: MaybeEstimate | undefined;
  readonly tuned?: MaybeEstimate | undefined;
}

interface Row {
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
}

export function gapView(view: View): Markup {
  const { t, suite } = view;
  const { decision, baseline } = suite;
  const { main, others } = gapsOf(decision);
  if (main === undefined) return section(view, "gap", t.sections.gap, html`<p class="note">${t.gap.none}</p>`);
  const change = baseline?.gapChange;
  const ghost = change === undefined || !main.total.available ? {} : { ghost: main.total.value - change.value };
  const slices = decision.slices ?? [];
  const sliceRows = (kind: GapSlice["kind"]) =>
    slices.filter((one) => one.kind === kind).map((slice) => sliceRow(slice, main, t));
  const all: Row = { ...pairRow(main, decision), head: html`${t.gap.all}`, name: t.gap.all, isSplit: true, ...ghost };
  const side = others.map((gap) => ({ ...pairRow(gap, decision), parts: { ...gap, format: NONE, ability: NONE } }));
  const wonText = main.total.available
    ? html`<p>${t.gap.won(main.tuned, formatCount(main.won), main.base, formatCount(main.lost), formatCount(main.same))} ${main.advice === "" ? NOTHING : english(main.advice, t)}</p>`
    : NOTHING;
  const ring =
    change === undefined
      ? NOTHING
      : html`<p class="note">○ ${t.gap.mainNote(t.points(pointsFigure(change.value)))}</p>`;
  const single = slices.length === 0 ? NOTHING : html`<p class="note">${t.gap.slices}</p>`;
  const named = html`${armMark("base")} ${main.base} ${armMark("fresh")} ${main.tuned}`;
  const parts = chart([all, ...sliceRows("tag")], main.margin, named, t);
  const byGrader = chart(sliceRows("grader"), main.margin, named, t);
  const pairs = chart(side, main.margin, NOTHING, t);
  return section(
    view,
    "gap",
    t.sections.gap,
    html`<p class="lead">${t.strip.gapOf(main.tuned, main.base)}</p>${wonText}${parts}${byGrader}${pairs}<p class="note">${t.gap.arms} ${t.gap.legend}</p>${ring}${single}`,
  );
}

const NONE: MaybeDifference = { available: false, why: "" };

/** Circle and square, as they are drawn. */
function armMark(arm: "base" | "fresh"): Markup {
  return html`<span class="arm ${arm}" aria-hidden="true">${arm === "base" ? "●" : "■"}</span>`;
}

/** Two targets on all cases. */
function pairRow(gap: Gap, decision: Decision): Row {
  const [base, tuned] = [testMeasure(decision, gap.base), testMeasure(decision, gap.tuned)];
  return {
    head: html`<span class="line">${armMark("base")} ${gap.base}</span><span class="line">${armMark("fresh")} ${gap.tuned}</span>`,
    name: `${gap.tuned} − ${gap.base}`,
    arms: gap,
    parts: gap,
    isSplit: false,
    strict: { base: base?.strict, tuned: tuned?.strict },
    lenient: { base: base?.lenient, tuned: tuned?.lenient },
  };
}

function sliceRow({ kind, name, base, tuned, ...parts }: GapSlice, main: Gap, t: Strings): Row {
  return {
    head: html`<small>${t.gap[kind]}</small> ${name}`,
    name: `${t.gap[kind]} ${name}`,
    arms: main,
    parts,
    isSplit: parts.format.available && parts.format.value !== 0,
    strict: { base, tuned },
    lenient: {},
  };
}

/**
 * Rows on two axes: shares from 0 to 100 %, and the gap. Graders and other pairs have charts of their own: they may lie far from the gap that is asked
 * about.
 * @param named which arms the marks are, where they are the same in every row
 */
function chart(rows: readonly Row[], margin: number, named: Markup, t: Strings): Markup {
  const scale = scaleOf(rows, margin);
  if (scale === undefined) return NOTHING;
  const limit = t.gap.marginAt(t.points(pointsFigure(-margin)));
  const halves = { ...SHARES, ticks: [0, 0.5, 1] };
  const shares = axisRow(halves, tickText(halves.ticks, { times: 100, after: " %" }));
  const points = axisRow(scale, tickText(scale.ticks, { times: 100, signed: true }));
  const axis = html`<tr class="axis"><td></td><td></td><td class="shares-at">${shares}<p class="ends only-narrow"><span></span><span>${t.money.right}</span></p></td><td></td><td>${points}<p class="ends"><span>← ${t.gap.worse}</span><span class="limit-name">┊ ${limit}</span><span>${t.gap.betterShort} →</span></p></td></tr>`;
  const head = html`<tr class="heads"><td></td><th scope="colgroup" colspan="2">${t.money.right} ${named}</th><th scope="colgroup" colspan="2">${t.gap.axis}</th></tr>`;
  return html`<table class="gaps arms"><colgroup><col class="name"><col class="rates"><col class="shares-at"><col class="figure"><col></colgroup><thead>${head}</thead><tbody>${rows.map((row) => rowsOf(row, scale, margin, t))}${axis}</tbody></table>`;
}

/** Holds every interval, 0 and the margin. */
function scaleOf(rows: readonly Row[], margin: number): Scale | undefined {
  const ends = rows.flatMap(({ parts, ghost }) => [
    ...(ghost === undefined ? [] : [ghost]),
    ...[parts.total, parts.format, parts.ability].flatMap((part) => (part.available ? [part.lower, part.upper] : [])),
  ]);
  return ends.length === 0 ? undefined : scaleOver([...ends, 0, -margin], 6);
}

interface Part {
  readonly difference: MaybeDifference;
  readonly size: "total" | "part";
  readonly head: Markup;
  readonly title: string;
  readonly rates: Rates;
}

function rowsOf(row: Row, scale: Scale, margin: number, t: Strings): Markup {
  const { name, parts, isSplit, strict, lenient, ghost } = row;
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
  return html`${shown.map((one) => partRow(one, row.arms, one.size === "total" ? ghost : undefined, { scale, margin, t }))}`;
}

/** One line: what each arm has right in figures and drawn, then the difference in figures and drawn. */
function partRow(
  { difference, size, head, title, rates }: Part,
  arms: Row["arms"],
  ghost: number | undefined,
  { scale, margin, t }: { readonly scale: Scale; readonly margin: number; readonly t: Strings },
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
        ...(size === "total" ? { limit: -margin } : {}),
        ...(ghost === undefined ? {} : { ghost }),
      })
    : NOTHING;
  return html`<tr class="${size}"><th scope="row">${head}</th><td class="rates">${figures}</td><td class="drawn shares-at">${shares}</td><td class="figure">${gapFigure(difference, margin, t)}</td><td class="drawn">${drawn}</td></tr>`;
}

/** The column's head has the unit. */
function gapFigure(difference: MaybeDifference, margin: number, t: Strings): Markup {
  if (!difference.available) return differenceCell(difference, t, margin);
  const range = `${pointsFigure(difference.lower, { apartFrom: -margin })}${t.to}${pointsFigure(difference.upper)}`;
  return html`<b>${pointsFigure(difference.value)}</b><small>${range} · n ${formatCount(difference.n)}</small>`;
}

/** "99.6 %, 98.2 to 100.0 %". */
function shareFigure({ value, interval }: Extract<MaybeEstimate, { available: true }>, t: Strings): string {
  return interval === undefined ? formatShare(value) : `${formatShare(value)}, ${rangeText(interval, "share", t)}`;
}

/** A gap that cannot be split has no rows for its parts. */
function unlessOneForm(part: MaybeDifference): MaybeDifference {
  return part.available ? part : NONE;
}
