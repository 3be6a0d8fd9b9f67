/** How the suite stands against main and the release: what changed in the exam first. */
import { formatCount, pointsFigure } from "../../numbers.ts";
import { differenceCell, english } from "../figures.ts";
import { html, type Markup, NOTHING } from "../markup.ts";
import { section, type View } from "../view.ts";

export function baselineView(view: View): Markup {
  const { t, suite } = view;
  const { baseline } = suite;
  if (baseline === undefined) return NOTHING;
  const b = t.baseline;
  const exam =
    baseline.exam.length === 0
      ? NOTHING
      : html`<div class="alert"><b>${b.exam}</b><ul>${baseline.exam.map(({ text }) => html`<li>${english(text, t)}</li>`)}</ul></div>`;
  const rows = baseline.comparisons.map((one) => {
    const role = t.roles[one.role === "prompt" ? "best prompt" : "fine-tuned"];
    const least = one.smallestDetectable.available
      ? t.points(pointsFigure(one.smallestDetectable.value).replace("+", ""))
      : t.unmeasured;
    return html`<tr><th scope="row"><small>${role}</small>${one.target}</th><td>${b[one.against]}</td><td><b>${t.outcomes[one.state]}</b></td><td>${differenceCell({ available: true, ...one.difference }, t, one.margin)}</td><td>${formatCount(one.won)}</td><td>${formatCount(one.lost)}</td><td>${formatCount(one.same)}</td><td>${least}</td></tr>`;
  });
  const table =
    rows.length === 0
      ? NOTHING
      : html`<div class="scroll" tabindex="0"><table class="figures"><thead><tr><th></th><th scope="col">${b.against}</th><th scope="col">${b.state}</th><th scope="col">${b.difference}</th><th scope="col">${b.won}</th><th scope="col">${b.lost}</th><th scope="col">${b.same}</th><th scope="col">${b.detectable}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
  const { noRelease } = baseline;
  const unheld = noRelease === undefined ? NOTHING : html`<p class="alert">${english(noRelease, t)}</p>`;
  return section(
    view,
    "baseline",
    t.sections.baseline,
    html`${exam}<p>${english(baseline.why, t)}</p>${table}${unheld}`,
  );
}
