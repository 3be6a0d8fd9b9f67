/** The gap on all cases and its parts, by grader and tag, on one axis in points; what it was on main as a ring. */
import type { Gap, GapSlice, MaybeDifference } from "../../../decide/decision.ts";
import { gapsOf } from "../../decision-words.ts";
import { formatCount, pointsFigure } from "../../numbers.ts";
import { axisRow, intervalRow } from "../charts/interval-row.ts";
import { type Scale, scaleOver } from "../charts/scale.ts";
import { differenceCell, english } from "../figures.ts";
import { html, type Markup, NOTHING } from "../markup.ts";
import { section, type View } from "../view.ts";

interface Row {
  readonly name: string;
  readonly kind: string;
  readonly parts: Pick<Gap, "total" | "format" | "ability">;
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
  const byTag = slices.filter(({ kind }) => kind === "tag").map((slice) => sliceRow(slice, view));
  const byGrader = slices.filter(({ kind }) => kind === "grader").map((slice) => sliceRow(slice, view));
  const side: Row[] = others.map((gap) => ({
    name: t.strip.gapOf(gap.tuned, gap.base),
    kind: "",
    parts: { total: gap.total, format: NONE, ability: NONE },
  }));
  const all: Row = { name: t.gap.all, kind: "", parts: main, ...ghost };
  const wonText = main.total.available
    ? html`<p>${t.gap.won(main.tuned, formatCount(main.won), main.base, formatCount(main.lost), formatCount(main.same))} ${main.advice === "" ? NOTHING : english(main.advice, t)}</p>`
    : NOTHING;
  const ring =
    change === undefined
      ? NOTHING
      : html`<p class="note">○ ${t.gap.mainNote(t.points(pointsFigure(change.value)))}</p>`;
  const single = slices.length === 0 ? NOTHING : html`<p class="note">${t.gap.slices}</p>`;
  return section(
    view,
    "gap",
    t.sections.gap,
    html`<p class="lead">${t.strip.gapOf(main.tuned, main.base)}, ${t.gap.axis}</p>${wonText}${chart([all, ...byTag], main, t.gap.better(main.tuned), view)}${chart([...byGrader, ...side], main, "", view)}<p class="note">${t.gap.legend}</p>${ring}${single}`,
  );
}

/** Rows on one axis. Graders and other pairs have an axis of their own: they may lie far from the gap that is asked about. */
function chart(rows: readonly Row[], { margin }: Gap, better: string, view: View): Markup {
  const { t } = view;
  const scale = scaleOf(rows, margin);
  if (scale === undefined) return NOTHING;
  const limit = t.gap.marginAt(t.points(pointsFigure(-margin)));
  const axis = html`<tr class="axis"><td></td><td></td><td>${axisRow(scale, (tick) => pointsFigure(tick).replace(/\.0$/, ""))}<p class="ends"><span>← ${t.gap.worse}</span><span class="limit-name">┊ ${limit}</span><span>${better === "" ? t.gap.betterShort : better} →</span></p></td></tr>`;
  return html`<table class="gaps"><tbody>${rows.map((row) => rowsOf(row, scale, margin, view))}${axis}</tbody></table>`;
}

const NONE: MaybeDifference = { available: false, why: "" };

function sliceRow({ kind, name, total, format, ability }: GapSlice, { t }: View): Row {
  return { name, kind: t.gap[kind], parts: { total, format, ability } };
}

/** Holds every interval, 0 and the margin. */
function scaleOf(rows: readonly Row[], margin: number): Scale | undefined {
  const ends = rows.flatMap(({ parts, ghost }) => [
    ...(ghost === undefined ? [] : [ghost]),
    ...[parts.total, parts.format, parts.ability].flatMap((part) => (part.available ? [part.lower, part.upper] : [])),
  ]);
  return ends.length === 0 ? undefined : scaleOver([...ends, 0, -margin], 8);
}

function rowsOf({ name, kind, parts, ghost }: Row, scale: Scale, margin: number, { t }: View): Markup {
  const one = (part: MaybeDifference, size: "total" | "part", title: Markup, label: string) => {
    if (!part.available && part.why === "") return NOTHING;
    const ring = ghost === undefined || size === "part" ? {} : { ghost };
    const limit = size === "total" ? { limit: -margin } : {};
    const drawn = part.available ? intervalRow({ scale, mark: { ...part, size }, label, ...limit, ...ring }) : NOTHING;
    return html`<tr class="${size}"><th scope="row">${title}</th><td>${differenceCell(part, t, margin)}</td><td class="drawn">${drawn}</td></tr>`;
  };
  const total = kind === "" ? html`${name}` : html`<small>${kind}</small> ${name}`;
  const split = kind === "" || (parts.format.available && parts.format.value !== 0);
  const shown = split
    ? html`${one(unlessOneForm(parts.format), "part", html`${t.gap.format}`, `${name}, ${t.gap.format}`)}${one(unlessOneForm(parts.ability), "part", html`${t.gap.ability}`, `${name}, ${t.gap.ability}`)}`
    : NOTHING;
  return html`${one(parts.total, "total", total, name)}${shown}`;
}

/** A gap that cannot be split has no rows for its parts. */
function unlessOneForm(part: MaybeDifference): MaybeDifference {
  return part.available ? part : NONE;
}
