/** What is needed against what each target reaches, with the state in words. */
import type { RequirementResult } from "../../../decide/decision.ts";
import { formatValue } from "../../numbers.ts";
import { requirementLabel } from "../../words.ts";
import { shareRow } from "../charts/share-row.ts";
import { english, figureCell, thresholdText } from "../figures.ts";
import { html, type Markup, NOTHING } from "../markup.ts";
import type { Strings } from "../strings/strings.ts";
import { pairOf, section, type View } from "../view.ts";

const SIGNS = { MET: "✓", NOT_MET: "✕", AT_THRESHOLD: "≈", UNDECIDED: "?" } as const;

export function requirementsView(view: View): Markup {
  const { t, suite } = view;
  const { requirements, bestPrompt, tuned } = suite.decision;
  if (requirements.length === 0) return NOTHING;
  const rank = (target: string) => (target === bestPrompt?.target ? 0 : target === tuned ? 1 : 2);
  const columns = [...requirements].sort((a, b) => rank(a.target) - rank(b.target));
  const keys = [...new Set(columns.flatMap(({ results }) => results.map(keyOf)))];
  const head = columns.map(({ target, role }) => {
    const as = role === "fine-tuned" ? "fine-tuned" : target === bestPrompt?.target ? "best prompt" : "prompt";
    return html`<th scope="col"><small>${t.roles[as]}</small>${target}</th>`;
  });
  const rows = keys.map((key) => {
    const cells = columns.map(({ target, results }) => ({
      target,
      result: results.find((one) => keyOf(one) === key),
    }));
    const first = cells.find(({ result }) => result !== undefined)?.result;
    return first === undefined ? NOTHING : rowOf(first, cells, view);
  });
  return section(
    view,
    "requirements",
    t.sections.requirements,
    html`<div class="scroll" tabindex="0"><table class="figures"><thead><tr><th scope="col">${t.requirements.what}</th><th scope="col">${t.requirements.needed}</th>${head}</tr></thead><tbody>${rows}</tbody></table></div>`,
  );
}

const keyOf = ({ key, label }: RequirementResult) => `${key}\n${label}`;

function rowOf(
  first: RequirementResult,
  cells: readonly { readonly target: string; readonly result: RequirementResult | undefined }[],
  { t, suite }: View,
): Markup {
  const { base } = pairOf(suite.decision);
  const shown = cells.map(({ target, result }, index) => {
    // On a narrow page cells stand below each other, each with its arm.
    const whose = html`<span class="only-narrow">${target}</span>`;
    if (result === undefined) return html`<td class="none">${whose}–</td>`;
    const arm = suite.decision.requirements.length > 0 && index === 0 && base !== "" ? "base" : "fresh";
    const bar = first.unit === "share" ? drawn(result, arm, t) : NOTHING;
    const why = result.state === "MET" ? NOTHING : html`<small class="reason">${english(result.why, t)}</small>`;
    return html`<td>${whose}<div class="state ${result.state}"><span aria-hidden="true">${SIGNS[result.state]}</span> ${t.states[result.state]}</div>${figureCell(result.estimate, t, result.threshold)}${bar}${why}</td>`;
  });
  const blocking = first.blocking ? NOTHING : html`<small>${t.requirements.notBlocking}</small>`;
  return html`<tr><th scope="row">${english(requirementLabel(first), t)}${blocking}</th><td>${thresholdText(first.direction, first.threshold, first.unit, t)}</td>${shown}</tr>`;
}

function drawn(result: RequirementResult, arm: "base" | "fresh", t: Strings): Markup {
  const { estimate, threshold, direction, unit } = result;
  const figure = estimate.available ? formatValue(estimate.value, unit, { apartFrom: threshold }) : t.unmeasured;
  const said = {
    title: requirementLabel(result),
    desc: `${figure}; ${t.requirements.needed}: ${thresholdText(direction, threshold, unit, t)}`,
  };
  return shareRow({ marks: [{ estimate, arm }], needed: threshold, said });
}
