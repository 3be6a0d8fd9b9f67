/**
 * What every trial of a suite came to, kept in columns: a few bytes a trial, so that hundreds of thousands of trials
 * cost neither time nor memory. Texts of answers are not kept.
 */
import { ConfigError } from "../errors.ts";
import type { Split } from "../suite/case.ts";
import type { LoadedSuite, Suite } from "../suite/suite.ts";
import type { TrialRecord } from "../suite/trial.ts";
import type { Look } from "./anytime.ts";
import { type CaseColumns, createCaseColumns } from "./case-columns.ts";
import { createJudgeTally, type JudgeTally } from "./judge-tally.ts";
import { NO_NUMBERS, type NumberColumn, resizedNumbers, withNumber } from "./number-column.ts";
import { addDetails, emptyDetails, growDetails, type TrialDetails } from "./trial-details.ts";
import { absentBecause, formStatus, isNotMeasurable, Status, scoreOf } from "./trial-status.ts";

const FIRST_ROOM = 256;

/** Distinct reasons kept by target and split; what comes after them is counted as one. */
const MOST_REASONS = 200;
const OTHER_REASON = "other reasons";

/** One grader's scores; position is slot x trials + trial - 1. */
export interface GraderColumns {
  strict: NumberColumn;
  lenient: NumberColumn;
}

export interface ItemTally {
  readonly grader: string;
  readonly item: string;
  /** Smallest position seen in a grade's list of items. */
  position: number;
  passed: number;
  n: number;
}

export interface SplitTally {
  readonly reasons: Map<string, number>;
  /** By reason, what a grader threw on the first case in the order of the dataset. */
  readonly thrown: Map<string, { readonly at: number; readonly case: string; readonly message: string }>;
  readonly items: Map<string, ItemTally>;
}

/** One target's trials; position is slot x trials + trial - 1. */
export interface TargetColumns {
  /** `Status`, or 0 where no record came. */
  strict: Uint8Array;
  lenient: Uint8Array;
  flaw: Uint8Array;
  /** 1 where the completion is an answer. */
  answered: Uint8Array;
  /** 1 where the cost is an estimate. */
  estimated: Uint8Array;
  latencyMs: NumberColumn;
  usd: NumberColumn;
  inputTokens: NumberColumn;
  outputTokens: NumberColumn;
  /** In the order of the suite's graders. */
  readonly graders: readonly GraderColumns[];
  readonly modelIds: Set<string>;
  readonly costUnknown: Map<string, number>;
  readonly tallies: Readonly<Record<Split | "held", SplitTally>>;
  /** What instruments read beside. */
  readonly details: TrialDetails;
  /** Trials that were not called, or lacked a key. */
  notMeasurable: number;
  records: number;
}

export interface Observations {
  readonly suite: Suite | LoadedSuite;
  readonly trials: number;
  readonly cases: CaseColumns;
  /** Test cases planned, where they are looked at as they come in; absent where there is one look. */
  readonly plannedTestCases?: number;
  /** In the order of the suite's targets. */
  readonly targets: readonly TargetColumns[];
  /**
   * Takes one trial. Records may come in any order; the figures do not depend on it.
   * @throws Error for a target or trial that the suite does not have, a trial told twice, or two cases under one position.
   */
  readonly add: (record: TrialRecord) => void;
  /** Slots of a split in the order of the dataset; the same list until a record adds a case. */
  readonly slots: (split: Split) => readonly number[];
  /** Slots of the cases that tuning must not break, of both splits: nothing was chosen by them. */
  readonly held: () => readonly number[];
  /** What became of the answers that judges were to grade. */
  readonly judged: JudgeTally;
  /** Whether the grader at a position tells the forms apart: it says so itself, or gave a grade a form to some answer. */
  readonly hasForms: (grader: number) => boolean;
  /** How many clusters the cases in these slots come from. */
  readonly clusterCount: (slots: readonly number[]) => number;
  /** What statistics must know of the cases in these slots. */
  readonly frame: (slots: readonly number[]) => Frame;
}

/** Weights and clusters of a list of cases, where they matter. */
export interface Frame {
  /** Absent where all are equal. */
  readonly weights?: readonly number[];
  /** Absent where no two cases share a cluster. */
  readonly clusters?: readonly string[];
  /** Present where the slots are of test cases that are looked at as they come in. Dev cases, and those that tuning must not break, are all there at once. */
  readonly look?: Look;
}

/** What is known of the cases before the first comes. */
export interface Expected {
  /** At most so many, so that room is made once. */
  readonly cases?: number;
  /** Test cases there will be, where those told so far may be looked at before: every figure then holds at every look. */
  readonly plannedTestCases?: number;
}

/**
 * @throws ConfigError when no grader is required: every trial would pass.
 */
export function createObservations(
  suite: Suite | LoadedSuite,
  { cases: expected = FIRST_ROOM, plannedTestCases }: Expected = {},
): Observations {
  const { graders, targets, trials } = suite;
  if (!graders.some((grader) => grader.required)) {
    throw new ConfigError(
      "no-required-grader",
      `suite "${suite.name}": no grader is required, so every answer would pass`,
      {
        fix: "Leave out `required: false` on at least one grader.",
      },
    );
  }
  const cases = createCaseColumns(expected, suite.requirement.regression?.tag);
  let capacity = Math.max(1, expected);
  const columns = targets.map(() => emptyTarget(capacity, trials, graders.length));
  const judged = createJudgeTally(graders);
  const forms = graders.map(({ hasForms }) => hasForms);
  const targetOfName = new Map(targets.map((target, position) => [target.name, position]));
  let ordered: Readonly<Record<Split | "held", readonly number[]>> | undefined;

  function slotOf(record: TrialRecord): number {
    const slot = cases.slotOf(record);
    if (slot >= capacity) {
      capacity *= 2;
      for (const target of columns) growTarget(target, capacity, trials);
    }
    return slot;
  }

  function add(record: TrialRecord): void {
    const position = targetOfName.get(record.target);
    const target = position === undefined ? undefined : columns[position];
    if (target === undefined) throw new Error(`suite "${suite.name}" has no target "${record.target}"`);
    if (!Number.isInteger(record.trial) || record.trial < 1 || record.trial > trials) {
      throw new Error(`trial ${record.trial} of case "${record.caseId}": the suite has trials 1 to ${trials}`);
    }
    const known = cases.size();
    const slot = slotOf(record);
    if (cases.size() > known) ordered = undefined;
    const at = slot * trials + record.trial - 1;
    const size = capacity * trials;
    if (target.strict[at] !== 0) {
      throw new Error(`trial ${record.trial} of case "${record.caseId}" on "${record.target}" was told twice`);
    }
    target.records += 1;
    judged.add(record);
    // What is told of a split leaves out the cases that count nowhere else.
    const tally = cases.isHeld(slot) ? target.tallies.held : target.tallies[record.split];
    const { completion } = record;
    addDetails(target.details, record, { at, slot, trials, slots: capacity }, graders);
    if (completion.kind !== "answer") {
      target.strict[at] = Status.missing;
      target.lenient[at] = Status.missing;
      if (isNotMeasurable(completion)) target.notMeasurable += 1;
      count(tally.reasons, absentBecause(completion) ?? "no answer");
      return;
    }
    target.answered[at] = 1;
    const strict = formStatus(graders, record.grades, "strict");
    const lenient = formStatus(graders, record.grades, "lenient");
    target.strict[at] = strict.status;
    target.lenient[at] = lenient.status;
    target.flaw[at] = strict.flaw;
    if (strict.why !== undefined) {
      count(tally.reasons, strict.why);
      const first = tally.thrown.get(strict.why);
      const place = record.caseIndex * trials + record.trial;
      if (strict.thrown !== undefined && place < (first?.at ?? Number.POSITIVE_INFINITY)) {
        tally.thrown.set(strict.why, { at: place, case: record.caseId, message: strict.thrown });
      }
    }
    for (const [index, grader] of graders.entries()) {
      const graded = record.grades.get(grader.name);
      const scores = target.graders[index];
      if (graded === undefined || scores === undefined) continue;
      if (graded.hasForms === true) forms[index] = true;
      scores.strict = withFigure(scores.strict, at, scoreOf(graded.strict), size);
      scores.lenient = withFigure(scores.lenient, at, scoreOf(graded.lenient), size);
      if (graded.strict.kind === "scored") countItems(tally.items, grader.name, graded.strict.items ?? []);
    }
    target.latencyMs = withFigure(target.latencyMs, at, completion.latencyMs, size);
    target.inputTokens = withFigure(target.inputTokens, at, completion.usage?.input, size);
    target.outputTokens = withFigure(target.outputTokens, at, completion.usage?.output, size);
    if (completion.modelId !== undefined) target.modelIds.add(completion.modelId);
    if (record.cost.known) {
      target.usd = withFigure(target.usd, at, record.cost.usd, size);
      if (record.cost.estimated === true) target.estimated[at] = 1;
    } else {
      count(target.costUnknown, record.cost.why);
    }
  }

  function slots(which: Split | "held"): readonly number[] {
    if (ordered === undefined) {
      const all = Array.from({ length: cases.size() }, (_, slot) => slot);
      all.sort((a, b) => cases.indexAt(a) - cases.indexAt(b));
      const of = (split: Split) => all.filter((slot) => cases.splitAt(slot) === split && !cases.isHeld(slot));
      ordered = { dev: of("dev"), test: of("test"), held: all.filter(cases.isHeld) };
    }
    return ordered[which];
  }

  function lookOf(of: readonly number[]): Look | undefined {
    if (plannedTestCases === undefined) return undefined;
    if (!of.some((slot) => cases.splitAt(slot) === "test" && !cases.isHeld(slot))) return undefined;
    return slots("test").length < plannedTestCases ? "early" : "last";
  }

  function clusterCount(of: readonly number[]): number {
    const seen = new Uint8Array(cases.clusterLimit());
    let count = 0;
    for (const slot of of) {
      const cluster = cases.clusterAt(slot);
      if (seen[cluster] === 0) count += 1;
      seen[cluster] = 1;
    }
    return count;
  }

  const frames = new WeakMap<readonly number[], Frame>();
  function frame(of: readonly number[]): Frame {
    const known = frames.get(of);
    if (known !== undefined) return known;
    const look = lookOf(of);
    const first = cases.weightAt(of[0] ?? 0);
    const made: Frame = {
      ...(look === undefined ? {} : { look }),
      ...(of.every((slot) => cases.weightAt(slot) === first) ? {} : { weights: of.map(cases.weightAt) }),
      ...(clusterCount(of) === of.length ? {} : { clusters: of.map((slot) => String(cases.clusterAt(slot))) }),
    };
    if (look === "early" && (made.weights ?? made.clusters) !== undefined) {
      throw new Error(`suite "${suite.name}": no bound for cases with weights or clusters holds at every look`);
    }
    frames.set(of, made);
    return made;
  }

  return {
    suite,
    trials,
    cases,
    ...(plannedTestCases === undefined ? {} : { plannedTestCases }),
    targets: columns,
    add,
    slots,
    held: () => slots("held"),
    judged,
    clusterCount,
    hasForms: (grader) => forms[grader] === true,
    frame,
  };
}

function emptyTarget(slots: number, trials: number, graders: number): TargetColumns {
  const size = slots * trials;
  const tally = (): SplitTally => ({ reasons: new Map(), thrown: new Map(), items: new Map() });
  return {
    strict: new Uint8Array(size),
    lenient: new Uint8Array(size),
    flaw: new Uint8Array(size),
    answered: new Uint8Array(size),
    estimated: new Uint8Array(size),
    latencyMs: NO_NUMBERS,
    usd: NO_NUMBERS,
    inputTokens: NO_NUMBERS,
    outputTokens: NO_NUMBERS,
    graders: Array.from({ length: graders }, () => ({ strict: NO_NUMBERS, lenient: NO_NUMBERS })),
    modelIds: new Set(),
    costUnknown: new Map(),
    tallies: { dev: tally(), test: tally(), held: tally() },
    details: emptyDetails(),
    notMeasurable: 0,
    records: 0,
  };
}

function growTarget(target: TargetColumns, slots: number, trials: number): void {
  const size = slots * trials;
  growDetails(target.details, slots, trials);
  target.strict = grownBytes(target.strict, size);
  target.lenient = grownBytes(target.lenient, size);
  target.flaw = grownBytes(target.flaw, size);
  target.answered = grownBytes(target.answered, size);
  target.estimated = grownBytes(target.estimated, size);
  target.latencyMs = resizedNumbers(target.latencyMs, size);
  target.usd = resizedNumbers(target.usd, size);
  target.inputTokens = resizedNumbers(target.inputTokens, size);
  target.outputTokens = resizedNumbers(target.outputTokens, size);
  for (const scores of target.graders) {
    scores.strict = resizedNumbers(scores.strict, size);
    scores.lenient = resizedNumbers(scores.lenient, size);
  }
}

function withFigure(column: NumberColumn, at: number, figure: number | undefined, size: number): NumberColumn {
  return figure === undefined ? column : withNumber(column, at, figure, size);
}

function grownBytes(from: Uint8Array, size: number): Uint8Array {
  const to = new Uint8Array(size);
  to.set(from);
  return to;
}

function count(tally: Map<string, number>, why: string): void {
  const key = tally.has(why) || tally.size < MOST_REASONS ? why : OTHER_REASON;
  tally.set(key, (tally.get(key) ?? 0) + 1);
}

function countItems(
  tally: Map<string, ItemTally>,
  grader: string,
  items: readonly { readonly name: string; readonly passed: boolean }[],
): void {
  for (const [position, item] of items.entries()) {
    const key = JSON.stringify([grader, item.name]);
    const known = tally.get(key);
    const entry = known ?? { grader, item: item.name, position, passed: 0, n: 0 };
    if (known === undefined) tally.set(key, entry);
    entry.position = Math.min(entry.position, position);
    entry.n += 1;
    if (item.passed) entry.passed += 1;
  }
}
