/** The four closing questions, on a page of their own when printed. */
import type { Fact } from "../../../decide/decision.ts";
import { factText } from "../../questions-view.ts";
import { english } from "../figures.ts";
import { html, type Markup, NOTHING } from "../markup.ts";
import { section, type View } from "../view.ts";

export function questionsView(view: View): Markup {
  const { t, suite } = view;
  const questions = suite.decision.questions ?? [];
  if (questions.length === 0) return NOTHING;
  const cards = questions.map(({ key, facts }) =>
    card(
      t.questions[key],
      facts.map((fact) => ({ label: english(fact.label, t), said: [english(answerOf(fact), t)] })),
    ),
  );
  return section(view, "questions", t.sections.questions, html`<div class="cards">${cards}</div>`);
}

export function card(
  title: string,
  facts: readonly { readonly label: Markup; readonly said: readonly Markup[] }[],
): Markup {
  const items = facts.map(
    ({ label, said }) => html`<li><small>${label}</small>${said.map((one) => html`<span>${one}</span>`)}</li>`,
  );
  return html`<article><h4>${title}</h4><ul>${items}</ul></article>`;
}

/** A fact without its label. */
export function answerOf(fact: Fact): string {
  return factText(fact).slice(fact.label.length + 2);
}
