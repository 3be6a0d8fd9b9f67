/** What each target has right before and after, and the gap of each run, all rows of a chart on one scale. */
import type { GapSlice } from "../../../decide/decision.ts";
import { gapsOf } from "../../decision-words.ts";
import { formatCount } from "../../numbers.ts";
import type { ComparedTarget, RunsView, SuiteOfRun } from "../compare-view.ts";
import { pointsRange } from "../figures.ts";
import { html, type Markup } from "../markup.ts";
import type { Strings } from "../strings/strings.ts";
import { section } from "../view.ts";
import { pairRow, sliceRow } from "./gap-chart.ts";
import { armMark, type GapRow, gapChart, NO_PART } from "./gap-rows.ts";

export function changesView(view: RunsView): Markup {
  const { t, targets } = view;
  const { deciding } = view.merged;
  // What a verdict rests on first.
  const rank = ({ target }: ComparedTarget) => (deciding.includes(target) ? deciding.indexOf(target) : deciding.length);
  const rows = [...targets].sort((a, b) => rank(a) - rank(b)).map((one) => changeRow(one, t));
  const named = html`${armMark("base")} ${t.compare.before} ${armMark("fresh")} ${t.compare.after}`;
  const chart = gapChart(rows, named, t);
  return section(view, "change", t.compare.change, html`<p class="lead">${t.compare.changeLead}</p>${chart}`);
}

function changeRow({ target, difference }: ComparedTarget, t: Strings): GapRow {
  const { before, after, change, won, lost, same, unpaired } = difference;
  const words = t.compare.client;
  const counts = [
    `${words.lost} ${formatCount(lost)}`,
    `${words.won} ${formatCount(won)}`,
    `${t.client.same} ${formatCount(same)}`,
    ...(unpaired === 0 ? [] : [`${t.client.open} ${formatCount(unpaired)}`]),
  ].join(" · ");
  return {
    head: html`${target}<small class="line">${counts}</small>`,
    name: target,
    arms: { base: t.compare.before, tuned: t.compare.after },
    parts: { total: change, format: NO_PART, ability: NO_PART },
    isSplit: false,
    strict: { base: before, tuned: after },
    lenient: {},
  };
}

/** The gap of each run below that of the other: all cases, by tag and by grader. */
export function gapsView(view: RunsView): Markup {
  const { t, before, after } = view;
  const runs = [ownGap(before, t.compare.before), ownGap(after, t.compare.after)];
  const known = runs.flatMap((own) => (own.main === undefined ? [] : [{ ...own, main: own.main }]));
  if (known.length === 0) return section(view, "gap", t.sections.gap, html`<p class="note">${t.gap.none}</p>`);
  const all = known.map(({ main, name, suite }): GapRow => {
    const row = pairRow(main, suite.decision);
    return {
      ...row,
      head: html`<small class="run">${name}</small>${row.head}`,
      name: `${name}, ${row.name}`,
      isSplit: true,
    };
  });
  const slices = (kind: GapSlice["kind"]): readonly GapRow[] => {
    const own = known.flatMap(({ main, name, suite }) =>
      (suite.decision.slices ?? []).filter((each) => each.kind === kind).map((slice) => ({ slice, main, name })),
    );
    return [...new Set(own.map(({ slice }) => slice.name))].flatMap((each) =>
      own
        .filter(({ slice }) => slice.name === each)
        .map(({ slice, main, name }, at) => {
          const row = sliceRow(slice, main, t);
          const head = html`${row.head}<small class="run">${name}</small>`;
          return { ...row, head, name: `${name}, ${row.name}`, isSplit: false, joined: at > 0 };
        }),
    );
  };
  const missing = runs
    .filter(({ main }) => main === undefined)
    .map(({ name }) => html`<p class="note">${name}: ${t.gap.none}</p>`);
  const marks = html`${armMark("base")} ${t.roles["best prompt"]} ${armMark("fresh")} ${t.roles["fine-tuned"]}`;
  return section(
    view,
    "gap",
    t.sections.gap,
    html`<p class="lead">${t.compare.gapLead}</p>${missing}${gapChart([...all, ...slices("tag")], marks, t)}${gapChart(slices("grader"), marks, t)}<p class="note">${t.gap.arms} ${t.gap.legend} ${t.compare.gapUntold}</p>`,
  );
}

function ownGap({ suite }: SuiteOfRun, name: string) {
  return { suite, name, main: gapsOf(suite.decision).main };
}

/** What missing answers leave open of each change; nothing where none is missing. */
export function changeBounds({ targets, t }: RunsView): readonly Markup[] {
  return targets.flatMap(({ target, difference: { missingBounds } }) => {
    if (missingBounds === undefined) return [];
    return [html`${t.compare.bounds(target, boundsText(missingBounds, t))}`];
  });
}

function boundsText({ lower, upper }: { readonly lower: number; readonly upper: number }, t: Strings): string {
  return pointsRange({ lower, upper }, t);
}
