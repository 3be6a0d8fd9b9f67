/** What every report shows of a decision, in an order for people: the same words in the terminal and in the page. */
import type {
  Decision,
  Estimate,
  Gap,
  MaybeEstimate,
  RequirementResult,
  RequirementState,
  TargetMeasure,
} from "../decide/decision.ts";
import {
  countOf,
  formatCount,
  formatInterval,
  formatPoints,
  formatShare,
  formatThreshold,
  formatValue,
} from "./numbers.ts";
import { requirementLabel, sentence } from "./words.ts";

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

function cellOf(estimate: MaybeEstimate, state: RequirementState | undefined, threshold: number | undefined): CellView {
  const held = state === undefined ? {} : { state };
  if (!estimate.available) return { value: "unmeasured", ...held };
  const apart = threshold === undefined ? {} : { apartFrom: threshold };
  const { interval } = estimate;
  return {
    value: formatValue(estimate.value, estimate.unit, apart),
    ...held,
    ...(interval === undefined ? {} : { interval: formatInterval(interval.lower, interval.upper, estimate.unit) }),
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

/** The gap that the verdict is about, and the others. */
export function gapsOf(decision: Decision): { readonly main: Gap | undefined; readonly others: readonly Gap[] } {
  const main =
    decision.gaps.find(({ base, tuned }) => tuned === decision.tuned && base === decision.bestPrompt?.target) ??
    decision.gaps.find(({ tuned }) => tuned === decision.tuned) ??
    decision.gaps[0];
  return { main, others: decision.gaps.filter((gap) => gap !== main) };
}

/** Scenario, cases, trials, and how the prompt was chosen: each a phrase of its own. */
export function factsOf(decision: Decision): string[] {
  const { cases, trials, bestPrompt } = decision;
  const clusters = testMeasure(decision, bestPrompt?.target ?? decision.tuned)?.clusters ?? cases.test;
  const grouped = clusters < cases.test ? ` in ${countOf(clusters, "cluster")}` : "";
  const facts = [
    decision.scenario,
    cases.test === 0 ? "no test cases" : `${countOf(cases.test, "test case")}${grouped} x ${countOf(trials, "trial")}`,
  ];
  if (bestPrompt === undefined) facts.push("no prompt-only target");
  else if (bestPrompt.how === "only") facts.push(`prompt ${quoted(bestPrompt.target)}, the only one`);
  else {
    const of = `best of ${formatCount(bestPrompt.candidates.length)}`;
    facts.push(`prompt ${quoted(bestPrompt.target)}, ${of}, chosen on ${countOf(cases.dev, "dev case")}`);
  }
  return facts;
}

/** "dev 97.0 %, of which about 2.1 points are the luck of the best of 5; test 95.5 %"; nothing for one prompt. */
export function optimismOf(decision: Decision): string | undefined {
  const choice = decision.bestPrompt;
  if (choice?.optimism === undefined) return undefined;
  const dev = choice.candidates.find(({ target }) => target === choice.target)?.dev;
  const test = testMeasure(decision, choice.target)?.strict;
  if (dev?.available !== true || test?.available !== true) return undefined;
  const luck = formatPoints(choice.optimism).replace(/^\+/, "");
  const count = formatCount(choice.candidates.length);
  return `${formatValue(dev.value, dev.unit)} on dev, of which about ${luck} may be the luck of the best of ${count}; ${formatValue(test.value, test.unit)} on test.`;
}

/** What the paired comparison shows, in words. */
export function gapStanding({ total, noninferior, superior, inferior, margin, tuned, base }: Gap): string | undefined {
  if (!total.available) return undefined;
  const bound = formatPoints(margin).replace(/^\+/, "");
  if (superior) return `${quoted(tuned)} is shown to be better than ${quoted(base)}.`;
  if (inferior) {
    const by = noninferior ? `, though by less than ${bound}` : "";
    return `${quoted(tuned)} is shown to be worse than ${quoted(base)}${by}.`;
  }
  if (noninferior)
    return `${quoted(tuned)} is not shown to be better; it is shown not to be worse by ${bound} or more.`;
  return `Neither better nor worse is shown; that ${quoted(tuned)} is worse by ${bound} or more is not ruled out.`;
}

/** Cases on which the two differ, and the smallest gap that could have been seen. */
export function gapNotes(gap: Gap): string[] {
  const { won, lost, same, unpaired, tuned, base, smallestDetectable, sameBase } = gap;
  const notes: string[] = [];
  if (gap.total.available) {
    const only = `${quoted(tuned)} alone is right on ${countOf(won, "case")}, ${quoted(base)} alone on ${formatCount(lost)}`;
    const apart = unpaired > 0 ? `; ${formatCount(unpaired)} could not be paired` : "";
    notes.push(`${only}; on ${formatCount(same)} they are alike${apart}.`);
  }
  if (smallestDetectable.available) {
    const least = formatPoints(smallestDetectable.value).replace(/^\+/, "");
    notes.push(`The smallest gap that these cases show with 80 % power is ${least}.`);
  }
  if (!sameBase) notes.push("The two do not share a base model: the gap is not that of tuning alone.");
  return notes;
}

function missingOf(measure: TargetMeasure): string {
  const { counts, missingReasons, missingBounds, target, split } = measure;
  const reasons = missingReasons.map(({ why, trials }) => `${formatCount(trials)} ${why}`).join(", ");
  const where = split === "dev" ? " on dev" : "";
  const head = `${formatCount(counts.missing)} of ${formatCount(counts.planned)} answers of ${quoted(target)}${where} are missing${reasons === "" ? "" : ` (${reasons})`}`;
  if (missingBounds === undefined) return `${head}.`;
  const { lower, upper } = missingBounds;
  return `${head}: ${formatShare(lower)} right if all of them were wrong, ${formatShare(upper)} if all were right.`;
}

/** What could not be measured, with the bounds it leaves. Targets that the verdict does not name are summed up in one sentence. */
export function notMeasured(decision: Decision): string[] {
  const notes: string[] = [];
  const { columns } = comparisonOf(decision);
  const shown = new Set(columns.map(({ target }) => target));
  const lacking = decision.measures.filter(({ counts }) => counts.missing > 0);
  const central = lacking.filter(({ target, split }) => shown.has(target) && split === "test");
  for (const measure of central) notes.push(missingOf(measure));
  const rest = lacking.filter((measure) => !central.includes(measure));
  const missing = rest.reduce((sum, { counts }) => sum + counts.missing, 0);
  const planned = rest.reduce((sum, { counts }) => sum + counts.planned, 0);
  if (missing > 0) {
    notes.push(`${formatCount(missing)} of ${formatCount(planned)} answers on dev or of other targets are missing.`);
  }
  const { main } = gapsOf(decision);
  if (main?.missingBounds !== undefined) {
    const { lower, upper } = main.missingBounds;
    notes.push(`Depending on the missing answers the gap is ${formatPoints(lower)} to ${formatPoints(upper)}.`);
  }
  const stands = decision.verdict.standsDespiteMissing;
  if (stands === true) notes.push("The verdict stands whatever the missing answers would have been.");
  if (stands === false) notes.push("The missing answers could change the verdict.");
  for (const { target, results } of decision.requirements) {
    if (!shown.has(target)) continue;
    for (const { estimate, label } of results) {
      if (!estimate.available) notes.push(sentence(`${label} of ${quoted(target)}: ${estimate.why}`));
      else if (estimate.interval === undefined) {
        notes.push(
          sentence(`${label} of ${quoted(target)} has no interval at n=${formatCount(estimate.n)}: ${estimate.method}`),
        );
      }
    }
  }
  return [...new Set(notes)];
}
