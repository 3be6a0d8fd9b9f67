/** What every view of the page is given. */
import type { Decision, TargetMeasure } from "../../decide/decision.ts";
import { formatCount } from "../numbers.ts";
import type { SuiteSummary, SummaryRun } from "../summary.ts";
import { html, type Markup, NOTHING } from "./markup.ts";
import type { PageSuite, PageTotals } from "./page-data.ts";
import type { Strings } from "./strings/strings.ts";

export interface Place {
  /** Anchor of the suite: unique in the page. */
  readonly anchor: string;
  readonly t: Strings;
}

/** The base (a circle), what is held against it (a square), or neither. */
export type ArmRole = "base" | "fresh" | "other";

/** Arms beside each other: the targets of a run, or each target of two runs. */
export interface ArmsView extends Place {
  /** Of every split; `target` is the arm's name. */
  readonly measures: readonly TargetMeasure[];
  /** Arms that are held against each other, base first. The first pair is the one of the table of cases. */
  readonly pairs: readonly (readonly [base: string, fresh: string])[];
  /** Arms of one number are one target. */
  readonly arms: ReadonlyMap<string, { readonly number: number; readonly role: ArmRole }>;
  /** Trials a case, as text; how many passes in a row are told. */
  readonly trials: { readonly text: string; readonly most: number };
  /** Single cases; absent where they were not read. */
  readonly cases?: PageSuite;
  /** Of all cases, shown or not; there whenever `cases` are. */
  readonly totals?: PageTotals;
  /** Texts of cases were left out or cut. */
  readonly reduced?: boolean;
}

export interface View extends ArmsView {
  readonly suite: SuiteSummary;
  readonly run: SummaryRun;
}

/** The view of one suite of a run. */
export function viewOf(
  suite: SuiteSummary,
  { run, ...rest }: Place & Pick<View, "run"> & Pick<ArmsView, "cases" | "totals" | "reduced">,
): View {
  const { measures, trials } = suite.decision;
  const { base, fresh } = pairOf(suite.decision);
  const arms = measures
    .filter(({ split }) => split === "test")
    .map(({ target }, at) => {
      const role: ArmRole = target === base ? "base" : target === fresh ? "fresh" : "other";
      return [target, { number: at + 1, role }] as const;
    });
  const shown = { measures, pairs: [[base, fresh]] as const, arms: new Map(arms) };
  return { ...rest, ...shown, trials: { text: formatCount(trials), most: trials }, suite, run };
}

/** Figures of an arm on test cases. */
export function armMeasure({ measures }: ArmsView, arm: string): TargetMeasure | undefined {
  return measures.find(({ target, split }) => split === "test" && target === arm);
}

/** A section with its heading; nothing where there is nothing to say. */
export function section(view: Pick<Place, "anchor">, name: string, title: string, body: Markup): Markup {
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
