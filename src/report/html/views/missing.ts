/** What has no answer or no grade, by class, with the bounds it leaves; and how wrong answers went wrong. */
import type { TargetMeasure } from "../../../decide/decision.ts";
import { formatCount, formatShare } from "../../numbers.ts";
import { english } from "../figures.ts";
import { html, type Markup, NOTHING } from "../markup.ts";
import { type ArmsView, section } from "../view.ts";

/** @param said what missing answers mean for what is decided or compared */
export function missingView(view: ArmsView, said: readonly Markup[]): Markup {
  const { t, measures } = view;
  const list = said.length === 0 ? NOTHING : html`<ul>${said.map((text) => html`<li>${text}</li>`)}</ul>`;
  const shown = measures.filter(isTold);
  if (shown.length === 0) return section(view, "missing", t.sections.missing, html`${list}<p>${t.missing.none}</p>`);
  const m = t.missing;
  const head = [m.arm, m.split, m.planned, m.missing, m.reasons, m.bounds, m.declined, m.empty, m.cut, m.unparsed];
  return section(
    view,
    "missing",
    t.sections.missing,
    html`${list}<div class="scroll" tabindex="0"><table class="figures"><thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${shown.map((one) => rowOf(one, view))}</tbody></table></div>`,
  );
}

function isTold({ counts }: TargetMeasure): boolean {
  return counts.missing + counts.declined + counts.empty + counts.cut + counts.unparsed > 0;
}

function rowOf({ target, split, counts, missingReasons, missingBounds }: TargetMeasure, { t }: ArmsView): Markup {
  const reasons = missingReasons.map(({ why, trials }) => html`<li>${formatCount(trials)} × ${english(why, t)}</li>`);
  const bounds =
    missingBounds === undefined ? "–" : `${formatShare(missingBounds.lower)}${t.to}${formatShare(missingBounds.upper)}`;
  const flaws = [counts.declined, counts.empty, counts.cut, counts.unparsed].map(
    (count) => html`<td>${formatCount(count)}</td>`,
  );
  return html`<tr><th scope="row">${target}</th><td>${t.client[split]}</td><td>${formatCount(counts.planned)}</td><td>${formatCount(counts.missing)}</td><td><ul class="plain">${reasons}</ul></td><td>${bounds}</td>${flaws}</tr>`;
}
