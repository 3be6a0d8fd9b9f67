/** Where the script draws the table of cases; without it, where to look instead; and what the page has no room for. */
import { formatCount } from "../../numbers.ts";
import { joined } from "../figures.ts";
import { html, type Markup, NOTHING } from "../markup.ts";
import { section, type View } from "../view.ts";

export function casesView(view: View): Markup {
  const { t, cases, totals, reduced, anchor } = view;
  if (cases === undefined)
    return section(view, "cases", t.sections.cases, html`<p class="note">${t.casesView.notRead}</p>`);
  const full = cases.cases.length;
  const listed = full + (cases.rows?.length ?? 0);
  const all = totals?.cases ?? listed;
  const said = [
    ...(all > listed ? [t.casesView.some(formatCount(listed), formatCount(all))] : []),
    ...(listed > full ? [t.casesView.full(formatCount(full), formatCount(listed))] : []),
    ...(reduced === true ? [t.casesView.reduced] : []),
  ];
  const some = said.length === 0 ? NOTHING : html`<p class="note">${joined(said)}</p>`;
  return section(
    view,
    "cases",
    t.sections.cases,
    html`<p class="lead needs-script">${t.casesView.lead}</p>${some}<p class="note no-script">${t.casesView.noScript}</p><div class="case-table" data-suite="${anchor}"></div>`,
  );
}
