/** Why, what would change it, and the way to the verdict. These sentences are the decision's own. */
import { sentence } from "../../words.ts";
import { english } from "../figures.ts";
import { html, type Markup, NOTHING } from "../markup.ts";
import type { Strings } from "../strings/strings.ts";
import { section, type View } from "../view.ts";

/** Nothing where there are none. */
export function sentences(texts: readonly string[], t: Strings): Markup {
  if (texts.length === 0) return NOTHING;
  return html`<ul>${texts.map((text) => html`<li>${english(sentence(text), t)}</li>`)}</ul>`;
}

export function reasonsView(view: View): Markup {
  const { t, suite } = view;
  const { verdict, procedure, warnings } = suite.decision;
  const list = (texts: readonly string[]) => sentences(texts, t);
  const asked = procedure.filter(({ answer }) => answer !== "not-asked");
  const way =
    asked.length === 0
      ? NOTHING
      : html`<ol class="steps">${asked.map(({ question, answer, why }) => html`<li class="${answer}"><span>${english(question, t)}</span> <b>${t.answers[answer]}</b>${why === "" ? NOTHING : html`<small>${english(sentence(why), t)}</small>`}</li>`)}</ol>`;
  return html`<div class="columns">${section(view, "why", t.sections.why, list(verdict.reasons.map(({ text }) => text)))}<div>${section(view, "change", t.sections.change, list(verdict.wouldChange))}${section(view, "way", t.sections.way, way)}</div>${section(view, "notes", t.sections.notes, list(warnings))}</div>`;
}
