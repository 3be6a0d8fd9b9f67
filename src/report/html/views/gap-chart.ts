/** What both arms reach and the gap between them with its parts: all cases, by tag and grader; what the gap was on main as a ring. */
import type { Decision, Gap, GapSlice } from "../../../decide/decision.ts";
import { testMeasure } from "../../decision-view.ts";
import { gapsOf } from "../../decision-words.ts";
import { formatCount, pointsFigure } from "../../numbers.ts";
import { english } from "../figures.ts";
import { html, type Markup, NOTHING } from "../markup.ts";
import type { Strings } from "../strings/strings.ts";
import { section, type View } from "../view.ts";
import { armMark, type GapRow, gapChart, NO_PART } from "./gap-rows.ts";

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
  const all: GapRow = {
    ...pairRow(main, decision),
    head: html`${t.gap.all}`,
    name: t.gap.all,
    isSplit: true,
    ...ghost,
  };
  const side = others.map((gap) => ({
    ...pairRow(gap, decision),
    parts: { ...gap, format: NO_PART, ability: NO_PART },
    margin: main.margin,
  }));
  const wonText = main.total.available
    ? html`<p>${t.gap.won(main.tuned, formatCount(main.won), main.base, formatCount(main.lost), formatCount(main.same))} ${main.advice === "" ? NOTHING : english(main.advice, t)}</p>`
    : NOTHING;
  const ring =
    change === undefined
      ? NOTHING
      : html`<p class="note">○ ${t.gap.mainNote(t.points(pointsFigure(change.value)))}</p>`;
  const single = slices.length === 0 ? NOTHING : html`<p class="note">${t.gap.slices}</p>`;
  const named = html`${armMark("base")} ${main.base} ${armMark("fresh")} ${main.tuned}`;
  const parts = gapChart([all, ...sliceRows("tag")], named, t);
  const byGrader = gapChart(sliceRows("grader"), named, t);
  const pairs = gapChart(side, NOTHING, t);
  return section(
    view,
    "gap",
    t.sections.gap,
    html`<p class="lead">${t.strip.gapOf(main.tuned, main.base)}</p>${wonText}${parts}${byGrader}${pairs}<p class="note">${t.gap.arms} ${t.gap.legend}</p>${ring}${single}`,
  );
}

/** Two targets on all cases. */
export function pairRow(gap: Gap, decision: Decision): GapRow {
  const [base, tuned] = [testMeasure(decision, gap.base), testMeasure(decision, gap.tuned)];
  return {
    head: html`<span class="line">${armMark("base")} ${gap.base}</span><span class="line">${armMark("fresh")} ${gap.tuned}</span>`,
    name: `${gap.tuned} − ${gap.base}`,
    arms: gap,
    parts: gap,
    margin: gap.margin,
    isSplit: false,
    strict: { base: base?.strict, tuned: tuned?.strict },
    lenient: { base: base?.lenient, tuned: tuned?.lenient },
  };
}

export function sliceRow({ kind, name, base, tuned, ...parts }: GapSlice, main: Gap, t: Strings): GapRow {
  return {
    head: html`<small>${t.gap[kind]}</small> ${name}`,
    name: `${t.gap[kind]} ${name}`,
    arms: main,
    parts,
    margin: main.margin,
    isSplit: parts.format.available && parts.format.value !== 0,
    strict: { base, tuned },
    lenient: {},
  };
}
