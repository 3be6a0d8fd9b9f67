/** The verdicts of two runs beside each other, and what changed of the targets that they rest on. */
import type { RunDifference } from "../../../decide/run-comparison-contract.ts";
import { formatCount, formatShare, pointsFigure } from "../../numbers.ts";
import type { ComparedTarget, RunsView, SuiteOfRun } from "../compare-view.ts";
import { casesText, confidenceText, english, joined, pointsRange } from "../figures.ts";
import { html, type Markup, NOTHING } from "../markup.ts";
import type { Strings } from "../strings/strings.ts";
import { bigPoints, exampleMark, factsText, verdictFigures, verdictTone, verdictWords } from "./verdict-strip.ts";

export function twoStrips(before: SuiteOfRun, after: SuiteOfRun, t: Strings): Markup {
  const { decision } = after.suite;
  return html`<header><h2 class="suite-name">${decision.suite}${exampleMark(decision, t)}</h2><div class="runs">${strip(before, t.compare.before, t)}${strip(after, t.compare.after, t)}</div></header>`;
}

function strip({ suite, run }: SuiteOfRun, name: string, t: Strings): Markup {
  const { decision } = suite;
  return html`<section class="${verdictTone(decision.verdict)}"><div><p class="which"><b>${name}</b> <time datetime="${run.startedAt}">${run.id}</time></p>${verdictWords(suite, t)}<p class="facts">${factsText(decision, t)}</p></div>${verdictFigures(suite, t)}</section>`;
}

/** The change of each target that a verdict rests on, large, with what it is over. */
export function changeStrip({ targets, merged, t }: RunsView): Markup {
  const shown = merged.deciding.flatMap((name) => targets.filter(({ target }) => target === name));
  return html`<div class="moved">${shown.map((one) => number(one, t))}</div><p class="note">${coverage(merged, t)}</p>`;
}

function number({ target, difference }: ComparedTarget, t: Strings): Markup {
  const { before, after, change, won, lost } = difference;
  const open = missingText(difference, t);
  const name = html`<p class="name">${t.compare.changeOf(target)}</p>`;
  if (!change.available || !before.available || !after.available) {
    const why = change.available ? NOTHING : english(change.why, t);
    return html`<div class="number">${name}<p class="figure none">${t.unmeasured}</p><p class="range">${why}</p>${open}</div>`;
  }
  const counts = `${t.compare.client.lost} ${formatCount(lost)} · ${t.compare.client.won} ${formatCount(won)}`;
  return html`<div class="number">${name}<p class="figure">${bigPoints(pointsFigure(change.value), t)}</p><p class="range">${confidenceText(change.confidence, t)} ${pointsRange(change, t)} · ${casesText(change.n, t)}</p>${open}<p class="range">${formatShare(before.value)} → ${formatShare(after.value)} · ${counts}</p></div>`;
}

/** Right below the change, which is of the answered cases alone: how much is missing, and what it leaves open. */
function missingText({ won, lost, same, unpaired, missing, missingBounds }: RunDifference, t: Strings): Markup {
  if (missingBounds === undefined) return NOTHING;
  const paired = won + lost + same;
  const counts = [paired, paired + unpaired, missing.before, missing.after].map(formatCount);
  const [answered = "", all = "", before = "", after = ""] = counts;
  return html`<p class="range open">${t.compare.missing(answered, all, before, after, pointsRange(missingBounds, t))}</p>`;
}

/** On which cases the two are compared, and which are not. */
function coverage({ suite, cases, onlyBefore, onlyAfter }: RunsView["merged"], t: Strings): string {
  const test = suite.cases.filter(({ split, left }) => split === "test" && left === undefined).length;
  const left = [
    ...(cases.edited === 0 ? [] : [t.compare.edited(cases.edited, formatCount(cases.edited))]),
    ...(cases.new === 0 ? [] : [t.compare.new(cases.new, formatCount(cases.new))]),
    ...(cases.gone === 0 ? [] : [t.compare.gone(cases.gone, formatCount(cases.gone))]),
  ];
  return joined([
    t.compare.on(formatCount(test)),
    ...(left.length === 0 ? [] : [t.compare.left(left), t.compare.ownCases]),
    ...(onlyBefore.length === 0 ? [] : [t.compare.onlyBefore(onlyBefore)]),
    ...(onlyAfter.length === 0 ? [] : [t.compare.onlyAfter(onlyAfter)]),
  ]);
}
