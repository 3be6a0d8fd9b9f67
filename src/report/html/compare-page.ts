/** The page of two runs: the views of a run for both beside each other, and what changed case by case. Nothing on it decides. */
import { formatCount } from "../numbers.ts";
import type { Summary } from "../summary.ts";
import { clientScript } from "./client-script.ts";
import { type ComparedSuite, type RunsView, runsView } from "./compare-view.ts";
import { pageText } from "./document.ts";
import { english, joined } from "./figures.ts";
import { html, type Markup, NOTHING } from "./markup.ts";
import type { PageSuite } from "./page-data.ts";
import type { Strings } from "./strings/strings.ts";
import { STYLE } from "./style.ts";
import { type Place, section } from "./view.ts";
import { checklistView } from "./views/checklist.ts";
import type { JointFact } from "./views/facts.ts";
import { missingView } from "./views/missing.ts";
import { costCharts } from "./views/money.ts";
import { provenanceOfTwo, runsFacts } from "./views/provenance.ts";
import { changeBounds, changesView, gapsView } from "./views/run-changes.ts";
import { stabilityView } from "./views/stability.ts";
import { judgesOfTwo, questionsOfTwo, reasonsOfTwo, requirementsOfTwo } from "./views/two-runs.ts";
import { changeStrip, twoStrips } from "./views/two-strips.ts";
import { verdictMark, verdictTone } from "./views/verdict-strip.ts";

export interface ComparedRuns {
  readonly first: Summary;
  readonly second: Summary;
  /** Suites of both. */
  readonly suites: readonly ComparedSuite[];
  readonly texts: readonly string[];
  /** Texts were left out or cut. */
  readonly reduced: boolean;
  /** Addresses of the pages of both runs, as seen from this one. */
  readonly pages: { readonly before: string; readonly after: string };
}

export function renderComparison(runs: ComparedRuns, t: Strings): string {
  const { first, second, suites, texts, reduced } = runs;
  const anchors = suites.map((_, at) => `suite-${at + 1}`);
  const links = suites.map(({ before, after }, at) => {
    const [was, is] = [before, after].map(({ suite }) => suite.decision.verdict);
    if (was === undefined || is === undefined) return NOTHING;
    const changed = was.kind === is.kind ? NOTHING : html`<small>${verdictMark(was, t)} →</small>`;
    return html`<li><a class="${verdictTone(is)}" href="#${anchors[at] ?? ""}">${after.suite.decision.suite}${changed}<small>${verdictMark(is, t)}</small></a></li>`;
  });
  const ids = [first.run.id, second.run.id] as const;
  const articles = suites.map((one, at) => article(one, { anchor: anchors[at] ?? "", t }, reduced));
  const body = html`<a class="skip" href="#${anchors[0] ?? "run"}">${t.skip}</a><header class="top"><h1>gapcheck</h1><p>${t.compare.title(...ids)}</p></header><nav class="suites" aria-label="${t.suites}"><ul>${links}</ul></nav><main><section class="intro"><p class="lead">${joined([t.compare.lead(...ids), t.compare.own])} ${ownPages(runs, t)}</p>${alone(runs, t)}</section>${articles}${runsFacts(first.run, second.run, t)}</main><footer></footer><dialog id="case" aria-labelledby="case-title"></dialog>`;
  const none: Omit<PageSuite, "name"> = { arms: [], base: 0, fresh: 0, tags: [], graders: [], items: [], cases: [] };
  const shown = suites.map(({ found }): PageSuite => (found.compared ? found.merged.suite : { name: "", ...none }));
  return pageText({
    lang: t.lang,
    title: t.title(t.compare.title(...ids)),
    style: STYLE,
    body,
    script: clientScript(),
    data: {
      words: { ...t.client, ...t.compare.client },
      anchors,
      data: { suites: shown.map(withoutFingerprints), texts, reduced },
    },
  });
}

function withoutFingerprints(suite: PageSuite): PageSuite {
  return { ...suite, cases: suite.cases.map(({ fingerprint: _, ...rest }) => rest) };
}

/** What each run says by itself stands on its own page. */
function ownPages({ pages }: ComparedRuns, t: Strings): Markup {
  return html`<a href="${pages.before}">${t.compare.ownBefore}</a> · <a href="${pages.after}">${t.compare.ownAfter}</a>`;
}

/** Suites that only one of the runs has. */
function alone({ first, second }: ComparedRuns, t: Strings): Markup {
  const names = ({ suites }: Summary) => suites.map(({ decision }) => decision.suite);
  const lacking = (of: Summary, other: Summary) => names(of).filter((name) => !names(other).includes(name));
  const [gone, fresh] = [lacking(first, second), lacking(second, first)];
  const told = [
    ...(gone.length === 0 ? [] : [t.compare.suitesBefore(gone)]),
    ...(fresh.length === 0 ? [] : [t.compare.suitesAfter(fresh)]),
  ];
  return told.length === 0 ? NOTHING : html`<p class="note">${joined(told)}</p>`;
}

function article({ before, after, found }: ComparedSuite, place: Place, reduced: boolean): Markup {
  const { anchor, t } = place;
  const strips = twoStrips(before, after, t);
  if (!found.compared) {
    const sources = provenanceOfTwo(place, before.suite, after.suite, []);
    return html`<article class="suite" id="${anchor}">${strips}<p class="alert">${english(found.why, t)}</p>${sources}</article>`;
  }
  const view = { ...runsView(place, { before, after }, found), reduced };
  const marks = { base: t.compare.before, fresh: t.compare.after, named: true };
  const cost = costCharts(view, { lead: t.compare.moneyLead, joins: "targets" });
  const parts = [
    strips,
    changeStrip(view),
    reasonsOfTwo(view),
    changesView(view),
    gapsView(view),
    requirementsOfTwo(view),
    questionsOfTwo(view),
    casesOfTwo(view),
    stabilityView(view),
    checklistView(view, marks),
    section(place, "money", t.sections.money, html`${cost}<p class="note">${t.compare.noMoney}</p>`),
    missingView(view, changeBounds(view)),
    judgesOfTwo(view),
    provenanceOfTwo(view, before.suite, after.suite, promptFacts(view)),
  ];
  return html`<article class="suite" id="${anchor}">${parts}</article>`;
}

function casesOfTwo({ anchor, t, reduced }: RunsView): Markup {
  const some = reduced === true ? html`<p class="note">${t.casesView.reduced}</p>` : NOTHING;
  return section(
    { anchor },
    "cases",
    t.sections.cases,
    html`<p class="lead needs-script">${t.compare.casesLead}</p>${some}<p class="note no-script">${t.compare.noScript}</p><div class="case-table" data-suite="${anchor}"></div>`,
  );
}

/** Whether targets were asked the same: no summary tells, the cases do. Those that were are told together. */
function promptFacts({ merged, t }: RunsView): readonly JointFact[] {
  const other = merged.prompts.filter(({ differ }) => differ > 0);
  const unknown = merged.prompts.filter(({ of }) => of === 0);
  const same = merged.prompts.filter(({ differ, of }) => differ === 0 && of > 0);
  const fact = (name: string, value: string, differs: boolean) => ({ name, value: html`${value}`, differs });
  return [
    ...other.map(({ target, differ, of }) =>
      fact(t.compare.promptOf(target), t.compare.promptsDiffer(formatCount(differ), formatCount(of)), true),
    ),
    ...(same.length === 0
      ? []
      : [fact(t.compare.prompts, t.compare.promptsSame(same.map(({ target }) => target)), false)]),
    ...unknown.map(({ target }) => fact(t.compare.promptOf(target), t.compare.promptsUnknown, false)),
  ];
}
