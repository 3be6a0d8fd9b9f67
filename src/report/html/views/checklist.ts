/** Rules by arm, the share of answers that hold each, as a heat map with its figures in it. */
import type { ItemRate, MaybeEstimate, TargetMeasure } from "../../../decide/decision.ts";
import { formatCount, formatShare, pointsFigure } from "../../numbers.ts";
import { rangeText } from "../figures.ts";
import { html, type Markup, NOTHING } from "../markup.ts";
import { type ArmsView, armMeasure, section } from "../view.ts";

/** Two arms and the change between them, or an arm that stands alone. */
type Group = readonly TargetMeasure[];

/**
 * Pairs first: they are what is compared.
 * @param heads mark a pair's columns and the change between them; `named`: the arms' names say them already
 * @param others arms of no pair
 */
export function checklistView(
  view: ArmsView,
  heads: { readonly base: string; readonly fresh: string; readonly named: boolean },
  others: readonly TargetMeasure[] = [],
): Markup {
  const { t, pairs } = view;
  const paired = pairs.map(
    (pair): Group =>
      [...new Set(pair)].flatMap((arm) => {
        const found = armMeasure(view, arm);
        return found === undefined ? [] : [found];
      }),
  );
  const groups = [...paired, ...others.map((one) => [one])].filter((group) => group.length > 0);
  const graders = groups[0]?.[0]?.byGrader ?? [];
  if (graders.length === 0) return NOTHING;
  const { base, fresh, named } = heads;
  const names = groups.flatMap((group) => {
    const isPair = group.length > 1;
    const mark = (at: number) => (isPair && !named ? `${at === 0 ? base : fresh}: ` : "");
    return [
      ...group.map(({ target }, at) => `${mark(at)}${target}`),
      ...(isPair ? [t.checklist.delta(fresh, base)] : []),
    ];
  });
  const head = names.map((name) => html`<th scope="col">${name}</th>`);
  const rows = graders.flatMap(({ grader }) => [
    graderRow(grader, groups, names, view),
    ...itemRows(grader, groups, names, view),
  ]);
  return section(
    view,
    "checklist",
    t.sections.checklist,
    html`<p class="lead">${t.checklist.lead}</p><div class="scroll" tabindex="0"><table class="figures heat"><thead><tr><th scope="col">${t.checklist.rule}</th>${head}</tr></thead><tbody>${rows}</tbody></table></div><p class="note">${t.checklist.noInterval}</p>`,
  );
}

function graderRow(grader: string, groups: readonly Group[], names: readonly string[], view: ArmsView): Markup {
  const cells = groups.map((group) => {
    const found = group.map(({ byGrader }) => byGrader.find((one) => one.grader === grader)?.strict);
    const [first, second] = found;
    const change = first?.available === true && second?.available === true ? second.value - first.value : undefined;
    return withDelta(
      found.map((estimate) => estimateCell(estimate, view)),
      change,
    );
  });
  const link = `#s=${view.anchor}&g=${encodeURIComponent(grader.toWellFormed())}`;
  return html`<tr class="grader"><th scope="row"><a href="${link}">${grader}</a> <small>${view.t.checklist.mean}</small></th>${drawn(cells.flat(), names)}</tr>`;
}

function itemRows(grader: string, groups: readonly Group[], heads: readonly string[], view: ArmsView): Markup[] {
  const all = groups.flatMap((group) => group.flatMap(({ items }) => items));
  const names = [...new Set(all.filter((one) => one.grader === grader).map(({ item }) => item))];
  return names.map((item) => {
    const cells = groups.map((group) => {
      const found = group.map(({ items }) => items.find((one) => one.grader === grader && one.item === item));
      const [first, second] = found.map((rate) =>
        rate === undefined || rate.n === 0 ? undefined : rate.passed / rate.n,
      );
      const change = first === undefined || second === undefined ? undefined : second - first;
      return withDelta(found.map(itemCell), change);
    });
    const link = `#s=${view.anchor}&i=${encodeURIComponent(JSON.stringify([grader, item]))}`;
    return html`<tr><th scope="row" class="item"><a href="${link}">${item}</a></th>${drawn(cells.flat(), heads)}</tr>`;
  });
}

interface Cell {
  readonly kind: string;
  readonly text: Markup;
}

/** A narrow page has no heads: each cell says what it is of. */
function drawn(cells: readonly Cell[], names: readonly string[]): Markup[] {
  return cells.map(({ kind, text }, at) => html`<td class="${kind}" data-name="${names[at] ?? ""}">${text}</td>`);
}

function estimateCell(estimate: MaybeEstimate | undefined, { t }: ArmsView): Cell {
  if (estimate === undefined || !estimate.available) return { kind: "none", text: html`${t.unmeasured}` };
  const { value, interval, n } = estimate;
  const range = interval === undefined ? "" : `${rangeText(interval, "share", t)}, `;
  return {
    kind: `heat-${level(value)}`,
    text: html`${formatShare(value)}<small>${range}n ${formatCount(n)}</small>`,
  };
}

function itemCell(rate: ItemRate | undefined): Cell {
  if (rate === undefined || rate.n === 0) return { kind: "none", text: html`–` };
  const share = rate.passed / rate.n;
  return {
    kind: `heat-${level(share)}`,
    text: html`${formatShare(share)}<small>${formatCount(rate.passed)}/${formatCount(rate.n)}</small>`,
  };
}

/** The change stands behind the pair that it is of. */
function withDelta(cells: readonly Cell[], change: number | undefined): readonly Cell[] {
  if (cells.length < 2) return cells;
  const delta: Cell =
    change === undefined ? { kind: "none", text: html`–` } : { kind: "delta", text: html`${pointsFigure(change)}` };
  return [...cells, delta];
}

/** Six steps of one hue; the figure in the cell says the same. */
function level(share: number): number {
  return Math.min(5, Math.max(0, Math.floor(share * 5.999)));
}
