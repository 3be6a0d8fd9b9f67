/** Facts as a table: of one run, or of two with what differs marked. */
import { html, type Markup } from "../markup.ts";
import type { Strings } from "../strings/strings.ts";

export interface Fact {
  readonly name: string;
  readonly value: Markup;
}

export function factTable(facts: readonly Fact[]): Markup {
  const rows = facts.map(({ name, value }) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`);
  return html`<table class="facts"><tbody>${rows}</tbody></table>`;
}

/** A fact of two runs together. */
export interface JointFact extends Fact {
  readonly differs: boolean;
}

/** What is the same in both stands once. A fact of one run alone differs too. */
export function factsOfTwo(
  before: readonly Fact[],
  after: readonly Fact[],
  t: Strings,
  joint: readonly JointFact[] = [],
): Markup {
  const names = [...new Set([...before, ...after].map(({ name }) => name))];
  const rows = names.map((name) => {
    const [was, is] = [before, after].map((facts) =>
      facts.filter((one) => one.name === name).map(({ value }) => value),
    );
    const same = (was ?? []).map(({ markup }) => markup).join() === (is ?? []).map(({ markup }) => markup).join();
    // Of several judges each has a line.
    const lines = (values: readonly Markup[] = []) =>
      values.length < 2 ? values : values.map((value) => html`<div>${value}</div>`);
    if (same) return html`<tr><th scope="row">${name}</th><td colspan="2">${lines(was)}</td></tr>`;
    const cell = (values: readonly Markup[] = []) =>
      html`<td class="differs">${values.length === 0 ? html`–` : lines(values)}</td>`;
    return html`<tr><th scope="row">${name}</th>${cell(was)}${cell(is)}</tr>`;
  });
  for (const { name, value, differs } of joint) {
    const cell = differs ? html`<td class="differs" colspan="2">${value}</td>` : html`<td colspan="2">${value}</td>`;
    rows.push(html`<tr><th scope="row">${name}</th>${cell}</tr>`);
  }
  return html`<div class="scroll" tabindex="0"><table class="facts two"><colgroup><col class="name"><col><col></colgroup><thead><tr><td></td><th scope="col">${t.compare.before}</th><th scope="col">${t.compare.after}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

/** A row of a table, by the name in front. */
export interface NamedRow {
  readonly name: string;
  readonly cells: readonly Markup[];
}

export function namedTable(head: readonly string[], rows: readonly NamedRow[]): Markup {
  const body = rows.map(
    ({ name, cells }) => html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  );
  return tableOf(head, body);
}

/** Rows that are the same in both runs stand once; of others both stand, with the cells that differ marked. */
export function namedTableOfTwo(
  head: readonly string[],
  before: readonly NamedRow[],
  after: readonly NamedRow[],
  t: Strings,
): Markup {
  const names = [...new Set([...before, ...after].map(({ name }) => name))];
  const body = names.flatMap((name) => {
    const [was, is] = [before, after].map((rows) => rows.find((one) => one.name === name)?.cells);
    const isOther = (at: number) => was?.[at]?.markup !== is?.[at]?.markup;
    if (was !== undefined && is !== undefined && !was.some((_, at) => isOther(at))) {
      const cells = was.map((cell) => html`<td>${cell}</td>`);
      return [html`<tr><th scope="row">${name}<small>${t.compare.both}</small></th>${cells}</tr>`];
    }
    const row = (cells: readonly Markup[] | undefined, run: string) => {
      const shown =
        cells === undefined
          ? html`<td class="differs" colspan="${head.length - 1}">–</td>`
          : html`${cells.map((cell, at) => html`<td${isOther(at) ? html` class="differs"` : html``}>${cell}</td>`)}`;
      return html`<tr><th scope="row">${name}<small>${run}</small></th>${shown}</tr>`;
    };
    return [row(was, t.compare.before), row(is, t.compare.after)];
  });
  return tableOf(head, body);
}

function tableOf(head: readonly string[], body: readonly Markup[]): Markup {
  return html`<div class="scroll" tabindex="0"><table class="figures words"><thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${body}</tbody></table></div>`;
}
