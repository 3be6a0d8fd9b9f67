/** What every view of two runs is given: the arms of both beside each other, before and after. */
import type { TargetMeasure } from "../../decide/decision.ts";
import type { RunDifference } from "../../decide/run-comparison-contract.ts";
import { formatCount } from "../numbers.ts";
import type { SuiteSummary, SummaryRun } from "../summary.ts";
import { armName, type MergedSuite } from "./merge-runs.ts";
import type { PageTotals } from "./page-data.ts";
import { type ArmRole, type ArmsView, type Place, pairOf } from "./view.ts";

export interface ComparedTarget {
  readonly target: string;
  readonly difference: RunDifference;
}

/** One suite in one of the runs. */
export interface SuiteOfRun {
  readonly suite: SuiteSummary;
  readonly run: SummaryRun;
  /** Of all its cases; absent where they were not read. */
  readonly totals?: PageTotals | undefined;
}

/** A suite that both runs have. */
export interface ComparedSuite {
  readonly before: SuiteOfRun;
  readonly after: SuiteOfRun;
  readonly found:
    | { readonly compared: true; readonly merged: MergedSuite; readonly targets: readonly ComparedTarget[] }
    | { readonly compared: false; readonly why: string };
}

export interface RunsView extends ArmsView, Pick<ComparedSuite, "before" | "after"> {
  readonly merged: MergedSuite;
  readonly targets: readonly ComparedTarget[];
}

export function runsView(
  place: Place,
  { before, after }: Pick<ComparedSuite, "before" | "after">,
  { merged, targets }: Pick<RunsView, "merged" | "targets">,
): RunsView {
  const { t } = place;
  const names = { before: t.compare.before, after: t.compare.after };
  const arms = new Map<string, { readonly number: number; readonly role: ArmRole }>();
  const measures: TargetMeasure[] = [];
  const numbered = [...merged.targets, ...merged.onlyBefore, ...merged.onlyAfter];
  for (const [at, target] of numbered.entries()) {
    for (const [{ suite }, name, role] of [
      [before, names.before, "base"],
      [after, names.after, "fresh"],
    ] as const) {
      const arm = armName(target, name);
      const own = suite.decision.measures.filter((one) => one.target === target);
      if (own.length > 0) arms.set(arm, { number: at + 1, role });
      measures.push(...own.map((one) => ({ ...one, target: arm })));
    }
  }
  const trials = [before, after].map(({ suite }) => suite.decision.trials);
  return {
    ...place,
    ...{ before, after, merged, targets, measures, arms },
    pairs: merged.deciding.map((target) => [armName(target, names.before), armName(target, names.after)] as const),
    trials: { text: [...new Set(trials)].map((count) => formatCount(count)).join(" → "), most: Math.max(...trials) },
    cases: merged.suite,
    totals: merged.totals,
  };
}

/** What the verdicts rest on: best prompt and chosen tuned target, of the later run first. */
export function restingOn(before: SuiteSummary, after: SuiteSummary): readonly string[] {
  const pairs = [after, before].map(({ decision }) => pairOf(decision));
  return [...new Set([...pairs.map(({ base }) => base), ...pairs.map(({ fresh }) => fresh)])];
}
