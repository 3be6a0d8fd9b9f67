/** Trials of one case held against each other: how many cases waver, which, and where both arms do. */
import { formatCount } from "../../numbers.ts";
import { isUnstable } from "../client/case-outcome.js";
import { figureCell, proseOf } from "../figures.ts";
import { html, type Markup, NOTHING } from "../markup.ts";
import type { PageArm, PageCase, PageTotals } from "../page-data.ts";
import { type ArmsView, armMeasure, section } from "../view.ts";

/** Cases drawn; the table of cases has all. */
const MOST_DRAWN = 40;

export function stabilityView(view: ArmsView): Markup {
  const { t, trials, cases, totals } = view;
  const title = t.sections.stability;
  if (trials.most < 2) return section(view, "stability", title, html`<p class="note">${proseOf(t.stability.one)}</p>`);
  if (cases === undefined || totals === undefined) return NOTHING;
  const test = cases.cases.filter(({ split, left }) => split === "test" && left === undefined);
  const pair = [...new Set([cases.base, cases.fresh])];
  const unstable = test
    .filter(({ arms }) => pair.some((arm) => isUnstable(arms[arm])))
    .map((one) => ({ one, flips: pair.reduce((sum, arm) => sum + flipsOf(one.arms[arm]), 0) }))
    .sort((a, b) => b.flips - a.flips || (a.one.id < b.one.id ? -1 : 1));
  const both = unstable.filter(({ one }) => pair.every((arm) => isUnstable(one.arms[arm])));
  const bothText =
    totals.unstableInBoth === 0 || pair.length < 2
      ? t.stability.noneBoth
      : t.stability.both(formatCount(totals.unstableInBoth));
  const links = both
    .slice(0, MOST_DRAWN)
    .map(
      ({ one }) =>
        html`<li><a href="#s=${view.anchor}&amp;c=${encodeURIComponent(wellFormed(one.id))}">${one.id}</a></li>`,
    );
  const list = pair.length < 2 || links.length === 0 ? NOTHING : html`<ul class="inline">${links}</ul>`;
  return section(
    view,
    "stability",
    title,
    html`<p class="lead">${t.stability.lead(trials.text)}</p><div class="scroll" tabindex="0"><table class="figures narrow"><thead>${head(view)}</thead><tbody>${[...new Set(view.pairs.flat())].map((arm) => armRow(arm, totals, view))}</tbody></table></div><p>${bothText}</p>${list}${strip(
      { held: unstable.map(({ one }) => one), all: totals.unstable },
      pair,
      view,
    )}`,
  );
}

const NO_CASE = { always: 0, mixed: 0, never: 0, open: 0 };

function wellFormed(text: string): string {
  return text.toWellFormed();
}

function head({ t, trials }: ArmsView): Markup {
  const passHat = Array.from(
    { length: trials.most },
    (_, at) => html`<th scope="col">${t.stability.passHat(formatCount(at + 1))}</th>`,
  );
  return html`<tr><th scope="col">${t.stability.arm}</th><th scope="col">${t.stability.always}</th><th scope="col">${t.stability.mixed}</th><th scope="col">${t.stability.never}</th><th scope="col">${t.stability.open}</th>${passHat}</tr>`;
}

function armRow(name: string, totals: PageTotals, view: ArmsView): Markup {
  const { t, cases } = view;
  const { always, mixed, never, open } = totals.arms[cases?.arms.indexOf(name) ?? -1] ?? NO_CASE;
  const hats = armMeasure(view, name)?.passHat ?? [];
  return html`<tr><th scope="row">${name}</th><td>${formatCount(always)}</td><td>${formatCount(mixed)}</td><td>${formatCount(never)}</td><td>${formatCount(open)}</td>${hats.map((hat) => html`<td>${figureCell(hat, t)}</td>`)}</tr>`;
}

/** Changes from one known trial to the next. */
export function flipsOf(arm: PageArm | undefined): number {
  const known = (arm?.t ?? []).filter(({ s }) => s !== "m");
  return known.filter(({ s }, at) => at > 0 && s !== known[at - 1]?.s).length;
}

/** `held`: unstable cases that the page holds, of `all` there are. */
function strip(
  { held, all }: { readonly held: readonly PageCase[]; readonly all: number },
  pair: readonly number[],
  { t, cases, anchor }: ArmsView,
): Markup {
  if (all === 0) return html`<p class="note">${t.stability.noneAny}</p>`;
  const names = pair.map((arm) => html`<th scope="col">${cases?.arms[arm] ?? ""}</th>`);
  const drawn = held.slice(0, MOST_DRAWN);
  const rows = drawn.map((one) => {
    const cells = pair.map((arm) => html`<td>${squares(one.arms[arm])}</td>`);
    const flips = pair.reduce((sum, arm) => sum + flipsOf(one.arms[arm]), 0);
    return html`<tr><th scope="row"><a href="#s=${anchor}&amp;c=${encodeURIComponent(wellFormed(one.id))}">${one.id}</a></th>${cells}<td>${formatCount(flips)}</td></tr>`;
  });
  const more =
    all > drawn.length
      ? html`<p class="note">${t.stability.shown(formatCount(drawn.length), formatCount(all))}</p>`
      : NOTHING;
  return html`<div class="scroll" tabindex="0"><table class="figures narrow strips"><thead><tr><th scope="col">${t.stability.case}</th>${names}<th scope="col">${t.stability.flips}</th></tr></thead><tbody>${rows}</tbody></table></div><p class="note">${t.stability.legend}</p>${more}`;
}

const MARKS = { p: "■", f: "□", m: "·" } as const;

/** A square a trial: full, empty, or a dot where it is missing. */
function squares(arm: PageArm | undefined): Markup {
  const marks = (arm?.t ?? []).map(({ s }) => html`<span class="mark ${s}">${MARKS[s]}</span>`);
  return html`<span class="marks">${marks}</span>`;
}
