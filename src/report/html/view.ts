/** What every view of the page is given. */
import type { Decision } from "../../decide/decision.ts";
import type { SuiteSummary, SummaryRun } from "../summary.ts";
import { html, type Markup, NOTHING } from "./markup.ts";
import type { PageSuite, PageTotals } from "./page-data.ts";
import type { Strings } from "./strings/strings.ts";

export interface View {
  readonly suite: SuiteSummary;
  readonly run: SummaryRun;
  /** Single cases; absent where they were not read. */
  readonly cases?: PageSuite;
  /** Of all cases, shown or not; there whenever `cases` are. */
  readonly totals?: PageTotals;
  /** Anchor of the suite: unique in the page. */
  readonly anchor: string;
  readonly t: Strings;
}

/** A section with its heading; nothing where there is nothing to say. */
export function section(view: Pick<View, "anchor">, name: string, title: string, body: Markup): Markup {
  if (body.markup === "") return NOTHING;
  const id = `${view.anchor}-${name}`;
  return html`<section class="view ${name}" id="${id}" aria-labelledby="${id}-title"><h3 id="${id}-title">${title}</h3>${body}</section>`;
}

/** The targets that are compared at first: the best prompt, and the tuned target or else another prompt. */
export function pairOf(decision: Decision): { readonly base: string; readonly fresh: string } {
  const names = [...new Set(decision.measures.map(({ target }) => target))];
  const base = decision.bestPrompt?.target ?? names[0] ?? "";
  const fresh = decision.tuned ?? names.find((name) => name !== base) ?? base;
  return { base: base === fresh ? (names.find((name) => name !== fresh) ?? base) : base, fresh };
}
