/** Rules by arm, the share of answers that hold each, as a heat map with its figures in it. */
import type { ItemRate, MaybeEstimate, TargetMeasure } from "../../../decide/decision.ts";
import { formatCount, formatShare, pointsFigure } from "../../numbers.ts";
import { rangeText } from "../figures.ts";
import { html, type Markup, NOTHING } from "../markup.ts";
import { pairOf, section, type View } from "../view.ts";

export function checklistView(view: View): Markup {
  const { t, suite } = view;
  const measures = suite.decision.measures.filter(({ split }) => split === "test");
  const { base, fresh } = pairOf(suite.decision);
  // The pair first: that is what is compared.
  const rank = ({ target }: TargetMeasure) => (target === base ? 0 : target === fresh ? 1 : 2);
  const arms = [...measures].sort((a, b) => rank(a) - rank(b));
  const graders = arms[0]?.byGrader ?? [];
  if (graders.length === 0) return NOTHING;
  const rows = graders.flatMap(({ grader }) => [graderRow(grader, arms, view), ...itemRows(grader, arms, view)]);
  const head = arms.flatMap(({ target }, at) => {
    const cell = html`<th scope="col">${at === 0 ? "A: " : at === 1 ? "B: " : ""}${target}</th>`;
    return at === 1 ? [cell, html`<th scope="col">${t.checklist.delta("B", "A")}</th>`] : [cell];
  });
  return section(
    view,
    "checklist",
    t.sections.checklist,
    html`<p class="lead">${t.checklist.lead}</p><div class="scroll" tabindex="0"><table class="figures heat"><thead><tr><th scope="col">${t.checklist.rule}</th>${head}</tr></thead><tbody>${rows}</tbody></table></div><p class="note">${t.checklist.noInterval}</p>`,
  );
}

function graderRow(grader: string, arms: readonly TargetMeasure[], view: View): Markup {
  const found = arms.map(({ byGrader }) => byGrader.find((one) => one.grader === grader)?.strict);
  const cells = found.map((estimate) => estimateCell(estimate, view));
  const [first, second] = found;
  const change = first?.available === true && second?.available === true ? second.value - first.value : undefined;
  const link = `#s=${view.anchor}&g=${encodeURIComponent(grader.toWellFormed())}`;
  return html`<tr class="grader"><th scope="row"><a href="${link}">${grader}</a> <small>${view.t.checklist.mean}</small></th>${withDelta(cells, change)}</tr>`;
}

function itemRows(grader: string, arms: readonly TargetMeasure[], view: View): Markup[] {
  const names = [
    ...new Set(arms.flatMap(({ items }) => items.filter((one) => one.grader === grader).map(({ item }) => item))),
  ];
  return names.map((item) => {
    const found = arms.map(({ items }) => items.find((one) => one.grader === grader && one.item === item));
    const cells = found.map(itemCell);
    const [first, second] = found.map((rate) =>
      rate === undefined || rate.n === 0 ? undefined : rate.passed / rate.n,
    );
    const change = first === undefined || second === undefined ? undefined : second - first;
    const link = `#s=${view.anchor}&i=${encodeURIComponent(JSON.stringify([grader, item]))}`;
    return html`<tr><th scope="row" class="item"><a href="${link}">${item}</a></th>${withDelta(cells, change)}</tr>`;
  });
}

function estimateCell(estimate: MaybeEstimate | undefined, { t }: View): Markup {
  if (estimate === undefined || !estimate.available) return html`<td class="none">${t.unmeasured}</td>`;
  const { value, interval, n } = estimate;
  const range = interval === undefined ? "" : `${rangeText(interval, "share", t)}, `;
  return html`<td class="heat-${level(value)}">${formatShare(value)}<small>${range}n ${formatCount(n)}</small></td>`;
}

function itemCell(rate: ItemRate | undefined): Markup {
  if (rate === undefined || rate.n === 0) return html`<td class="none">–</td>`;
  const share = rate.passed / rate.n;
  return html`<td class="heat-${level(share)}">${formatShare(share)}<small>${formatCount(rate.passed)}/${formatCount(rate.n)}</small></td>`;
}

/** The change stands behind the pair that it is of. */
function withDelta(cells: readonly Markup[], change: number | undefined): readonly Markup[] {
  const [first, second, ...others] = cells;
  if (first === undefined || second === undefined) return cells;
  const delta =
    change === undefined ? html`<td class="none">–</td>` : html`<td class="delta">${pointsFigure(change)}</td>`;
  return [first, second, delta, ...others];
}

/** Six steps of one hue; the figure in the cell says the same. */
function level(share: number): number {
  return Math.min(5, Math.max(0, Math.floor(share * 5.999)));
}
