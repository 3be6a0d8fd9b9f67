/** The page's views for two runs where they stand beside each other: reasons, requirements, questions, judges. */
import type { Question } from "../../../decide/decision.ts";
import type { RunsView, SuiteOfRun } from "../compare-view.ts";
import { english } from "../figures.ts";
import { html, type Markup, NOTHING } from "../markup.ts";
import { armName } from "../merge-runs.ts";
import type { Strings } from "../strings/strings.ts";
import { section } from "../view.ts";
import { factsOfTwo } from "./facts.ts";
import { judgeFacts } from "./judge.ts";
import { answerOf, card } from "./questions.ts";
import { sentences } from "./reasons.ts";
import { type RequirementColumn, requirementColumns, requirementsTable } from "./requirements.ts";

export function reasonsOfTwo(view: RunsView): Markup {
  const { t, before, after } = view;
  const told = ({ suite }: SuiteOfRun) => suite.decision.verdict.reasons.map(({ text }) => text);
  const warned = ({ suite }: SuiteOfRun) => suite.decision.warnings;
  return html`${section(view, "why", t.sections.why, beside(told(before), told(after), t))}${section(view, "notes", t.sections.notes, beside(warned(before), warned(after), t))}`;
}

/** What both runs say stands once. */
function beside(before: readonly string[], after: readonly string[], t: Strings): Markup {
  if (before.length + after.length === 0) return NOTHING;
  if (before.join("\n") === after.join("\n")) {
    return html`<h4>${t.compare.both}</h4>${sentences(after, t)}`;
  }
  const column = (name: string, texts: readonly string[]) =>
    html`<div><h4>${name}</h4>${texts.length === 0 ? html`<p class="note">${t.compare.nothing}</p>` : sentences(texts, t)}</div>`;
  return html`<div class="columns">${column(t.compare.before, before)}${column(t.compare.after, after)}</div>`;
}

/** Targets that a verdict rests on, before and after. */
export function requirementsOfTwo(view: RunsView): Markup {
  const { t, before, after } = view;
  const column = ({ suite }: SuiteOfRun, target: string, name: string, arm: "base" | "fresh"): RequirementColumn[] =>
    requirementColumns(suite.decision)
      .filter((one) => one.name === target)
      .map((one) => ({ ...one, name: armName(target, name), arm }));
  const columns = view.merged.deciding.flatMap((target) => [
    ...column(before, target, t.compare.before, "base"),
    ...column(after, target, t.compare.after, "fresh"),
  ]);
  return requirementsTable(view, columns);
}

/** Each question with the facts of both runs: once where they are the same. */
export function questionsOfTwo(view: RunsView): Markup {
  const { t } = view;
  const [before, after] = [view.before, view.after].map(({ suite }) => suite.decision.questions ?? []);
  const keys = [...new Set([...(before ?? []), ...(after ?? [])].map(({ key }) => key))];
  if (keys.length === 0) return NOTHING;
  const cards = keys.map((key) => {
    const [was, is] = [before, after].map((all) => answers(all, key));
    const labels = [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])];
    const facts = labels.map((label) => {
      const [a, b] = [was?.get(label), is?.get(label)];
      const told = (run: string, text: string | undefined) =>
        text === undefined ? [] : [html`<small class="run">${run}</small> ${english(text, t)}`];
      const said = a === b ? [english(a ?? "", t)] : [...told(t.compare.before, a), ...told(t.compare.after, b)];
      return { label: english(label, t), said };
    });
    return card(t.questions[key], facts);
  });
  return section(view, "questions", t.sections.questions, html`<div class="cards">${cards}</div>`);
}

function answers(questions: readonly Question[] | undefined, key: Question["key"]): ReadonlyMap<string, string> {
  const facts = questions?.find((one) => one.key === key)?.facts ?? [];
  return new Map(facts.map((fact) => [fact.label, answerOf(fact)]));
}

export function judgesOfTwo(view: RunsView): Markup {
  const { t } = view;
  const [before, after] = [judgeFacts(view.before, t), judgeFacts(view.after, t)];
  const body =
    before.length + after.length === 0 ? html`<p class="note">${t.compare.noJudge}</p>` : factsOfTwo(before, after, t);
  return section(view, "judge", t.sections.judge, body);
}
