/** Where the script draws the table of cases; without it, where to look instead; and what the page has no room for. */
import { formatCount } from "../../numbers.ts";
import { html, type Markup, NOTHING } from "../markup.ts";
import { section, type View } from "../view.ts";

export function casesView(view: View): Markup {
  const { t, cases, totals, anchor } = view;
  if (cases === undefined)
    return section(view, "cases", t.sections.cases, html`<p class="note">${t.casesView.notRead}</p>`);
  const all = totals?.cases ?? cases.cases.length;
  const some =
    all === cases.cases.length
      ? NOTHING
      : html`<p class="note">${t.casesView.some(formatCount(cases.cases.length), formatCount(all))}</p>`;
  return section(
    view,
    "cases",
    t.sections.cases,
    html`<p class="lead needs-script">${t.casesView.lead}</p>${some}<p class="note no-script">${t.casesView.noScript}</p><div class="case-table" data-suite="${anchor}"></div>`,
  );
}
