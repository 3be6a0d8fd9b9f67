/** Requirements against targets as rows and columns: the same figures in the terminal and in the page. */
import type {
  Decision,
  Estimate,
  MaybeEstimate,
  RequirementResult,
  RequirementState,
  TargetMeasure,
} from "../decide/decision.ts";
import { formatEstimate, formatThreshold } from "./numbers.ts";
import { requirementLabel } from "./words.ts";

/** What one target shows in one row. */
export interface CellView {
  readonly value: string;
  readonly state?: RequirementState;
  /** "95.7 to 99.5 %"; absent where no interval exists. */
  readonly interval?: string;
  readonly n?: number;
}

export interface RowView {
  readonly label: string;
  /** "at least 90 %"; empty where nothing is required. */
  readonly needed: string;
  readonly notes: readonly string[];
  readonly confidence: number;
  /** By column; absent where the target has no such row. */
  readonly cells: readonly (CellView | undefined)[];
}

export interface ColumnView {
  readonly target: string;
  /** "best prompt", "prompt", "fine-tuned". */
  readonly role: string;
}

export interface Comparison {
  readonly columns: readonly ColumnView[];
  readonly rows: readonly RowView[];
}

export const quoted = (name: string) => `"${name}"`;

const DISPLAY_CONFIDENCE = 0.95;

export function cellOf(
  estimate: MaybeEstimate,
  state: RequirementState | undefined,
  threshold: number | undefined,
): CellView {
  const held = state === undefined ? {} : { state };
  if (!estimate.available) return { value: "unmeasured", ...held };
  const { figure, range } = formatEstimate(estimate, threshold);
  return {
    value: figure,
    ...held,
    ...(range === undefined ? {} : { interval: range }),
    n: estimate.n,
  };
}

function roleOf(decision: Decision, target: string, role: "prompt-only" | "fine-tuned"): string {
  if (role === "fine-tuned") return "fine-tuned";
  return target === decision.bestPrompt?.target ? "best prompt" : "prompt";
}

/** The targets that the verdict speaks of, best prompt first, the chosen tuned target next, then any other with a requirement. */
function targetsOf(decision: Decision): { readonly target: string; readonly role: "prompt-only" | "fine-tuned" }[] {
  const held = decision.requirements.map(({ target, role }) => ({ target, role }));
  const test = decision.measures.filter(({ split }) => split === "test");
  const all = held.length > 0 ? held : test.map(({ target, role }) => ({ target, role }));
  const rank = (target: string) => (target === decision.bestPrompt?.target ? 0 : target === decision.tuned ? 1 : 2);
  const chosen = all.filter(({ target }) => held.length > 0 || rank(target) < 2);
  return [...(chosen.length > 0 ? chosen : all)].sort((a, b) => rank(a.target) - rank(b.target));
}

const keyOf = ({ key, label }: RequirementResult) => `${key}\n${label}`;

function requirementRow(key: string, columns: readonly (readonly RequirementResult[])[]): RowView | undefined {
  const results = columns.map((list) => list.find((result) => keyOf(result) === key));
  const first = results.find((result) => result !== undefined);
  if (first === undefined) return undefined;
  const available = results.flatMap((result) => (result?.estimate.available === true ? [result.estimate] : []));
  return {
    label: requirementLabel(first),
    needed: formatThreshold(first.direction, first.threshold, first.unit),
    notes: first.blocking ? [] : ["not blocking"],
    confidence: confidenceOf(available),
    cells: results.map((result) =>
      result === undefined ? undefined : cellOf(result.estimate, result.state, result.threshold),
    ),
  };
}

function confidenceOf(estimates: readonly Estimate[]): number {
  for (const { interval } of estimates) if (interval !== undefined) return interval.confidence;
  return DISPLAY_CONFIDENCE;
}

function measuredRow(
  label: string,
  notes: readonly string[],
  measures: readonly (TargetMeasure | undefined)[],
  pick: (measure: TargetMeasure) => MaybeEstimate,
): RowView {
  const estimates = measures.map((measure) => (measure === undefined ? undefined : pick(measure)));
  return {
    label,
    needed: "",
    notes,
    confidence: confidenceOf(estimates.flatMap((estimate) => (estimate?.available === true ? [estimate] : []))),
    cells: estimates.map((estimate) => (estimate === undefined ? undefined : cellOf(estimate, undefined, undefined))),
  };
}

/** Requirements against targets; where nothing is required, what was measured. */
export function comparisonOf(decision: Decision): Comparison {
  const targets = targetsOf(decision);
  const columns = targets.map(({ target, role }) => ({ target, role: roleOf(decision, target, role) }));
  if (decision.requirements.length === 0) {
    const measures = targets.map(({ target }) => testMeasure(decision, target));
    return {
      columns,
      rows: [
        measuredRow("right", ["in strict form"], measures, ({ strict }) => strict),
        measuredRow("cost per 1,000", [], measures, ({ usdPer1k }) => usdPer1k),
        measuredRow("p95 latency", [], measures, ({ p95Ms }) => p95Ms),
      ],
    };
  }
  const results = targets.map(
    ({ target }) => decision.requirements.find((one) => one.target === target)?.results ?? [],
  );
  const keys = [...new Set(results.flat().map(keyOf))];
  return {
    columns,
    rows: keys.map((key) => requirementRow(key, results)).filter((row): row is RowView => row !== undefined),
  };
}

export function testMeasure(decision: Decision, target: string | undefined): TargetMeasure | undefined {
  return decision.measures.find((measure) => measure.target === target && measure.split === "test");
}
