/** What is needed against what each target reaches, with the state in words. */
import type { Decision, RequirementResult } from "../../../decide/decision.ts";
import { formatValue } from "../../numbers.ts";
import { requirementLabel } from "../../words.ts";
import { shareRow } from "../charts/share-row.ts";
import { english, figureCell, thresholdText } from "../figures.ts";
import { html, type Markup, NOTHING } from "../markup.ts";
import type { Strings } from "../strings/strings.ts";
import { type Place, section, type View } from "../view.ts";

const SIGNS = { MET: "✓", NOT_MET: "✕", AT_THRESHOLD: "≈", UNDECIDED: "?" } as const;

/** One arm and what it reaches. */
export interface RequirementColumn {
  readonly name: string;
  readonly role: keyof Strings["roles"];
  readonly arm: "base" | "fresh";
  readonly results: readonly RequirementResult[];
}

export function requirementsView(view: View): Markup {
  const { bestPrompt, tuned } = view.suite.decision;
  const rank = ({ name }: RequirementColumn) => (name === bestPrompt?.target ? 0 : name === tuned ? 1 : 2);
  const columns = requirementColumns(view.suite.decision).sort((a, b) => rank(a) - rank(b));
  return requirementsTable(
    view,
    columns.map((column, at) => ({ ...column, arm: at === 0 ? "base" : "fresh" })),
  );
}

/** As they stand in the decision. */
export function requirementColumns({ requirements, bestPrompt }: Decision): RequirementColumn[] {
  return requirements.map(({ target, role, results }) => {
    const as = role === "fine-tuned" ? "fine-tuned" : target === bestPrompt?.target ? "best prompt" : "prompt";
    return { name: target, role: as, arm: "fresh", results };
  });
}

export function requirementsTable(view: Place, columns: readonly RequirementColumn[]): Markup {
  const { t } = view;
  const keys = [...new Set(columns.flatMap(({ results }) => results.map(keyOf)))];
  if (keys.length === 0) return NOTHING;
  const head = columns.map(({ name, role }) => html`<th scope="col"><small>${t.roles[role]}</small>${name}</th>`);
  const rows = keys.map((key) => {
    const cells = columns.map(({ name, arm, results }) => ({
      ...{ name, arm },
      result: results.find((one) => keyOf(one) === key),
    }));
    return rowOf(cells, t);
  });
  return section(
    view,
    "requirements",
    t.sections.requirements,
    html`<div class="scroll" tabindex="0"><table class="figures"><thead><tr><th scope="col">${t.requirements.what}</th><th scope="col">${t.requirements.needed}</th>${head}</tr></thead><tbody>${rows}</tbody></table></div>`,
  );
}

const keyOf = ({ key, label }: RequirementResult) => `${key}\n${label}`;

interface Cell extends Pick<RequirementColumn, "name" | "arm"> {
  readonly result: RequirementResult | undefined;
}

function rowOf(cells: readonly Cell[], t: Strings): Markup {
  const results = cells.flatMap(({ result }) => (result === undefined ? [] : [result]));
  const [first] = results;
  if (first === undefined) return NOTHING;
  const shown = cells.map(({ name, arm, result }) => {
    // On a narrow page cells stand below each other, each with its arm.
    const whose = html`<span class="only-narrow">${name}</span>`;
    if (result === undefined) return html`<td class="none">${whose}–</td>`;
    const bar = first.unit === "share" ? drawn(result, arm, t) : NOTHING;
    const why = result.state === "MET" ? NOTHING : html`<small class="reason">${english(result.why, t)}</small>`;
    return html`<td>${whose}<div class="state ${result.state}"><span aria-hidden="true">${SIGNS[result.state]}</span> ${t.states[result.state]}</div>${figureCell(result.estimate, t, result.threshold)}${bar}${why}</td>`;
  });
  // Two runs may ask for different ones.
  const needed = new Set(results.map((one) => thresholdText(one.direction, one.threshold, one.unit, t)));
  const blocking = first.blocking ? NOTHING : html`<small>${t.requirements.notBlocking}</small>`;
  return html`<tr><th scope="row">${english(requirementLabel(first), t)}${blocking}</th><td>${[...needed].join(" → ")}</td>${shown}</tr>`;
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
