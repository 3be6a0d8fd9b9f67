/** `reports/<run>/report.html`: verdict, numbers and reasons of every suite, and every case, from the summary and the answers of a run. */
import type { TargetMeasure } from "../../decide/decision.ts";
import { notMeasured } from "../decision-words.ts";
import type { SuiteSummary, Summary } from "../summary.ts";
import { clientScript } from "./client-script.ts";
import { pagePieces } from "./document.ts";
import { english } from "./figures.ts";
import type { SuiteFrame } from "./growing-cases.ts";
import { html, type Markup, NOTHING } from "./markup.ts";
import type { PageData, PageSuite } from "./page-data.ts";
import type { Strings } from "./strings/strings.ts";
import { STYLE } from "./style.ts";
import { pairOf, type View, viewOf } from "./view.ts";
import { baselineView, examView } from "./views/baseline.ts";
import { casesView } from "./views/case-list.ts";
import { checklistView } from "./views/checklist.ts";
import { curveView } from "./views/curve.ts";
import { gapView } from "./views/gap-chart.ts";
import { judgeView } from "./views/judge.ts";
import { missingView } from "./views/missing.ts";
import { moneyView } from "./views/money.ts";
import { provenanceView, runView } from "./views/provenance.ts";
import { questionsView } from "./views/questions.ts";
import { reasonsView } from "./views/reasons.ts";
import { requirementsView } from "./views/requirements.ts";
import { stabilityView } from "./views/stability.ts";
import { gateMark, verdictMark, verdictStrip, verdictTone } from "./views/verdict-strip.ts";

/** What `readCases` has to know of each suite. */
export function framesOf({ suites }: Summary): readonly SuiteFrame[] {
  return suites.map(({ decision }) => {
    const arms = [...new Set(decision.measures.map(({ target }) => target))];
    const { base, fresh } = pairOf(decision);
    return {
      name: decision.suite,
      arms,
      base: Math.max(0, arms.indexOf(base)),
      fresh: Math.max(0, arms.indexOf(fresh)),
    };
  });
}

/** The page as one text; as `piecesOfPage`. */
export function renderPage(summary: Summary, data: PageData | undefined, t: Strings): string {
  return [...piecesOfPage(summary, data, t)].join("");
}

/**
 * The page in pieces, in their order.
 * @param data of the same run, by `readCases`; without it the page shows no single case
 */
export function piecesOfPage(summary: Summary, data: PageData | undefined, t: Strings): Iterable<string> {
  const { run, suites } = summary;
  const views = suites.map((suite, at): View => {
    const found = data?.suites.findIndex(({ name }) => name === suite.decision.suite) ?? -1;
    const [cases, totals] = [data?.suites[found], data?.totals[found]];
    const shown = cases === undefined || totals === undefined ? {} : { cases, totals, reduced: data?.reduced === true };
    return viewOf(suite, { run, anchor: `suite-${at + 1}`, t, ...shown });
  });
  const body = html`<a class="skip" href="#${views[0]?.anchor ?? "run"}">${t.skip}</a><header class="top"><h1>gapcheck</h1><p><time datetime="${run.startedAt}">${run.id}</time></p></header>${navigation(views)}<main>${examOfRun(summary, t)}${views.map(suiteMarkup)}${runView(run, t)}</main><footer></footer><dialog id="case" aria-labelledby="case-title"></dialog>`;
  return pagePieces({
    lang: t.lang,
    title: t.title(run.id),
    style: STYLE,
    body,
    script: clientScript(),
    data: clientData(data, t, suites),
  });
}

/** A baseline that differs from the branch's, and suites that are gone, belong to no suite of the page. */
function examOfRun({ baseline }: Summary, t: Strings): Markup {
  const alert = examView(baseline?.exam ?? [], t);
  return alert.markup === "" ? NOTHING : html`<section class="intro">${alert}</section>`;
}

/** By position as the suites of the page, also where a suite has no answers. */
function clientData(data: PageData | undefined, t: Strings, suites: readonly SuiteSummary[]): unknown {
  const shown = suites.map(({ decision }) => data?.suites.find(({ name }) => name === decision.suite));
  const empty: Omit<PageSuite, "name"> = { arms: [], base: 0, fresh: 0, tags: [], graders: [], items: [], cases: [] };
  return {
    words: t.client,
    anchors: suites.map((_, at) => `suite-${at + 1}`),
    data: {
      suites: shown.map((suite) => (suite === undefined ? { name: "", ...empty } : withoutFingerprints(suite))),
      texts: data?.texts ?? [],
      reduced: data?.reduced ?? false,
    },
  };
}

function withoutFingerprints(suite: PageSuite): PageSuite {
  return { ...suite, cases: suite.cases.map(({ fingerprint: _, ...rest }) => rest) };
}

function navigation(views: readonly View[]): Markup {
  const links = views.map(({ suite, anchor, t }) => {
    const { suite: name, verdict } = suite.decision;
    const gate = suite.gate.outcome === "pass" ? NOTHING : html`<small>${gateMark(suite.gate, t)}</small>`;
    return html`<li><a class="${verdictTone(verdict)}" href="#${anchor}">${name}<small>${verdictMark(verdict, t)}</small>${gate}</a></li>`;
  });
  return html`<nav class="suites" aria-label="${views[0]?.t.suites ?? ""}"><ul>${links}</ul></nav>`;
}

function suiteMarkup(view: View): Markup {
  const parts = [
    verdictStrip(view),
    reasonsView(view),
    requirementsView(view),
    gapView(view),
    questionsView(view),
    baselineView(view),
    casesView(view),
    stabilityView(view),
    checklistView(view, { base: "A", fresh: "B", named: false }, unpaired(view)),
    moneyView(view),
    curveView(view),
    missingView(
      view,
      notMeasured(view.suite.decision).map((text) => english(text, view.t)),
    ),
    judgeView(view),
    provenanceView(view),
  ];
  return html`<article class="suite" id="${view.anchor}">${parts}</article>`;
}

/** Arms beside the pair, on test cases. */
function unpaired({ measures, pairs }: View): readonly TargetMeasure[] {
  const paired = new Set(pairs.flat());
  return measures.filter(({ target, split }) => split === "test" && !paired.has(target));
}
