/** The four closing questions, on a page of their own when printed. */
import { factText } from "../../questions-view.ts";
import { english } from "../figures.ts";
import { html, type Markup, NOTHING } from "../markup.ts";
import { section, type View } from "../view.ts";

export function questionsView(view: View): Markup {
  const { t, suite } = view;
  const questions = suite.decision.questions ?? [];
  if (questions.length === 0) return NOTHING;
  const cards = questions.map(({ key, facts }) => {
    const items = facts.map((fact) => {
      const [label, ...rest] = splitLabel(factText(fact), fact.label);
      return html`<li><small>${english(label, t)}</small><span>${english(rest.join(""), t)}</span></li>`;
    });
    return html`<article><h4>${t.questions[key]}</h4><ul>${items}</ul></article>`;
  });
  return section(view, "questions", t.sections.questions, html`<div class="cards">${cards}</div>`);
}

function splitLabel(text: string, label: string): readonly [string, string] {
  return [label, text.slice(label.length + 2)];
}
