/** How the suite stands against main and the release: what changed in the exam first. */
import type { ExamChange } from "../../../decide/baseline/contract.ts";
import { formatCount, pointsFigure } from "../../numbers.ts";
import { sentence } from "../../words.ts";
import { differenceCell, english } from "../figures.ts";
import { html, type Markup, NOTHING } from "../markup.ts";
import type { Strings } from "../strings/strings.ts";
import { section, type View } from "../view.ts";

/** What changed in the exam, of a suite or of the whole run; nothing where nothing did. */
export function examView(exam: readonly ExamChange[], t: Strings): Markup {
  if (exam.length === 0) return NOTHING;
  const items = exam.map(({ text }) => html`<li>${english(sentence(text), t)}</li>`);
  return html`<div class="alert"><b>${t.baseline.exam}</b><ul>${items}</ul></div>`;
}

export function baselineView(view: View): Markup {
  const { t, suite } = view;
  const { baseline } = suite;
  if (baseline === undefined) return NOTHING;
  const b = t.baseline;
  const exam = examView(baseline.exam, t);
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
