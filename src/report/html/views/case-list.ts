/** Where the script draws the table of cases; without it, where to look instead. */
import { html, type Markup } from "../markup.ts";
import { section, type View } from "../view.ts";

export function casesView(view: View): Markup {
  const { t, cases, anchor } = view;
  if (cases === undefined)
    return section(view, "cases", t.sections.cases, html`<p class="note">${t.casesView.notRead}</p>`);
  return section(
    view,
    "cases",
    t.sections.cases,
    html`<p class="lead needs-script">${t.casesView.lead}</p><p class="note no-script">${t.casesView.noScript}</p><div class="case-table" data-suite="${anchor}"></div>`,
  );
}
