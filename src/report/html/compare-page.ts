/** The page of two runs: what changed from one to the other, target by target and case by case. Nothing on it decides. */
import type { RunDifference } from "../../decide/run-comparison-contract.ts";
import { formatCount, formatShare, pointsFigure } from "../numbers.ts";
import type { SuiteSummary, Summary } from "../summary.ts";
import { meaningOf } from "../words.ts";
import { axisRow, intervalRow } from "./charts/interval-row.ts";
import { scaleOver } from "./charts/scale.ts";
import { tickText } from "./charts/tick-text.ts";
import { clientScript } from "./client-script.ts";
import { pageText } from "./document.ts";
import { differenceCell, english, pointsRange } from "./figures.ts";
import { html, type Markup, NOTHING } from "./markup.ts";
import type { PageSuite } from "./page-data.ts";
import type { Strings } from "./strings/strings.ts";
import { STYLE } from "./style.ts";
import { section } from "./view.ts";
import { runView } from "./views/provenance.ts";
import { verdictMark, verdictTone } from "./views/verdict-strip.ts";

export interface ComparedTarget {
  readonly target: string;
  readonly difference: RunDifference;
}

/** A suite that both runs have. */
export type ComparedSuite =
  | {
      readonly compared: true;
      readonly before: SuiteSummary;
      readonly after: SuiteSummary;
      readonly suite: PageSuite;
      readonly targets: readonly ComparedTarget[];
      /** Cases of either run that are not compared. */
      readonly left: number;
    }
  | { readonly compared: false; readonly name: string; readonly why: string };

export interface ComparedRuns {
  readonly first: Summary;
  readonly second: Summary;
  readonly suites: readonly ComparedSuite[];
  readonly texts: readonly string[];
}

export function renderComparison({ first, second, suites, texts }: ComparedRuns, t: Strings): string {
  const shown = suites.flatMap((one) => (one.compared ? [one] : []));
  const refused = suites.flatMap((one) => (one.compared ? [] : [one]));
  const links = shown.map(
    ({ after }, at) =>
      html`<li><a class="${verdictTone(after.decision.verdict)}" href="#suite-${at + 1}">${after.decision.suite}<small>${verdictMark(after.decision.verdict, t)}</small></a></li>`,
  );
  const ids = [first.run.id, second.run.id] as const;
  const not =
    refused.length === 0
      ? NOTHING
      : html`<div class="alert"><ul>${refused.map(({ name, why }) => html`<li><b>${name}</b>: ${english(why, t)}</li>`)}</ul></div>`;
  const articles = shown.map((one, at) => article(one, `suite-${at + 1}`, t));
  const body = html`<a class="skip" href="#suite-1">${t.skip}</a><header class="top"><h1>gapcheck</h1><p>${t.compare.title(...ids)}</p></header><nav class="suites" aria-label="${t.suites}"><ul>${links}</ul></nav><main><p class="lead intro">${t.compare.lead(...ids)}</p>${not}${articles}${runView(first.run, t, "run-before")}${runView(second.run, t, "run-after")}</main><footer></footer><dialog id="case" aria-labelledby="case-title"></dialog>`;
  return pageText({
    lang: t.lang,
    title: t.title(t.compare.title(...ids)),
    style: STYLE,
    body,
    script: clientScript(),
    data: {
      words: t.client,
      anchors: shown.map((_, at) => `suite-${at + 1}`),
      data: { suites: shown.map(({ suite }) => suite), texts, reduced: false },
    },
  });
}

function article(one: Extract<ComparedSuite, { compared: true }>, anchor: string, t: Strings): Markup {
  const { before, after, suite, targets, left } = one;
  const was = before.decision.verdict;
  const is = after.decision.verdict;
  const changed =
    meaningOf(was) === meaningOf(is)
      ? html`<span class="was">${t.compare.both} </span>`
      : html`<span class="was">${verdictMark(was, t)} → </span>`;
  const on = t.compare.on(formatCount(suite.cases.filter(({ split }) => split === "test").length));
  const leftOut = left === 0 ? NOTHING : html` ${t.compare.left(formatCount(left))}`;
  const cases = section(
    { anchor },
    "cases",
    t.sections.cases,
    html`<p class="lead needs-script">${t.casesView.lead}</p><p class="note no-script">${t.casesView.noScript}</p><div class="case-table" data-suite="${anchor}"></div>`,
  );
  return html`<article class="suite" id="${anchor}"><header class="${verdictTone(is)}"><h2>${suite.name}</h2><p class="verdict">${changed}${verdictMark(is, t)}</p><p class="note">${on}${leftOut}</p></header>${section({ anchor }, "gap", t.compare.change, changes(targets, t))}${cases}</article>`;
}

function changes(targets: readonly ComparedTarget[], t: Strings): Markup {
  const ends = targets.flatMap(({ difference: { change } }) => (change.available ? [change.lower, change.upper] : []));
  const scale = scaleOver([...ends, 0], 8);
  const rows = targets.map(({ target, difference }) => {
    const { before, after, change, won, lost, same, unpaired } = difference;
    const shares =
      before === undefined || after === undefined ? t.unmeasured : `${formatShare(before)} → ${formatShare(after)}`;
    const counts = `${t.client.lost} ${formatCount(lost)} · ${t.client.won} ${formatCount(won)} · ${t.client.same} ${formatCount(same)}`;
    const open = unpaired === 0 ? "" : ` · ${t.client.open} ${formatCount(unpaired)}`;
    const drawn = change.available
      ? intervalRow({
          scale,
          mark: { ...change, size: "total" },
          said: { title: target, desc: `${pointsFigure(change.value)}, ${pointsRange(change, t)}` },
        })
      : NOTHING;
    return html`<tr class="total"><th scope="row">${target}<small class="line">${shares}</small><small class="line">${counts}${open}</small></th><td class="figure">${differenceCell(change, t)}</td><td class="drawn">${drawn}</td></tr>`;
  });
  const axis = html`<tr class="axis"><td></td><td></td><td>${axisRow(scale, tickText(scale.ticks, { times: 100, signed: true }))}<p class="ends"><span>← ${t.gap.worse}</span><span>${t.gap.betterShort} →</span></p></td></tr>`;
  return html`<p class="lead">${t.gap.axis}</p><table class="gaps"><colgroup><col class="name"><col class="figure"><col></colgroup><tbody>${rows}${axis}</tbody></table>`;
}
