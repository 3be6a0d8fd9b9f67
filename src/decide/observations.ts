/**
 * What every trial of a suite came to, kept in columns: a few bytes a trial, so that hundreds of thousands of trials
 * cost neither time nor memory. Texts of answers are not kept.
 */
import { ConfigError } from "../errors.ts";
import type { Split } from "../suite/case.ts";
import type { LoadedSuite, Suite } from "../suite/suite.ts";
import type { TrialRecord } from "../suite/trial.ts";
import type { Look } from "./anytime.ts";
import { createJudgeTally, type JudgeTally } from "./judge-tally.ts";
import { addDetails, emptyDetails, growDetails, type TrialDetails } from "./trial-details.ts";
import { absentBecause, formStatus, isNotMeasurable, Status, scoreOf } from "./trial-status.ts";

/** Stands in a column where there is no figure. All figures kept are 0 or above. */
export const ABSENT = -1;

const FIRST_ROOM = 256;

/** Distinct reasons kept by target and split; what comes after them is counted as one. */
const MOST_REASONS = 200;
const OTHER_REASON = "other reasons";

/** Cases in order of arrival; a case's position here is its slot. */
export interface CaseColumns {
  readonly ids: string[];
  readonly indexes: number[];
  /** Position in `clusterNames`. */
  readonly clusters: number[];
  readonly weights: number[];
  readonly splits: Split[];
  /** Whether the case is one that tuning must not break, and counts nowhere else. */
  readonly held: boolean[];
  readonly tags: (readonly string[])[];
  /** By slot, the id of the first case with the same input; only of those that repeat one. */
  readonly repeats: Map<number, string>;
}

/** One grader's scores; position is slot x trials + trial - 1. */
export interface GraderColumns {
  readonly strict: Float64Array;
  readonly lenient: Float64Array;
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
  latencyMs: Float64Array;
  usd: Float64Array;
  inputTokens: Float64Array;
  outputTokens: Float64Array;
  /** In the order of the suite's graders. */
  graders: GraderColumns[];
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
  readonly clusterNames: readonly string[];
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
  const heldTag = suite.requirement.regression?.tag;
  const cases: CaseColumns = {
    ids: [],
    indexes: [],
    clusters: [],
    weights: [],
    splits: [],
    tags: [],
    held: [],
    repeats: new Map(),
  };
  let slotOfIndex = new Int32Array(expected).fill(ABSENT);
  const clusterNames: string[] = [];
  const clusterOfName = new Map<string, number>();
  let capacity = Math.max(1, expected);
  const columns = targets.map(() => emptyTarget(capacity, trials, graders.length));
  const judged = createJudgeTally(graders);
  const forms = graders.map(({ hasForms }) => hasForms);
  const targetOfName = new Map(targets.map((target, position) => [target.name, position]));
  let ordered: Readonly<Record<Split | "held", readonly number[]>> | undefined;

  function slotOf(record: TrialRecord): number {
    const known = slotOfIndex[record.caseIndex] ?? ABSENT;
    if (known !== ABSENT) {
      if (cases.ids[known] !== record.caseId) {
        throw new Error(`case ${record.caseIndex} is both "${cases.ids[known]}" and "${record.caseId}"`);
      }
      return known;
    }
    const slot = cases.ids.length;
    if (record.caseIndex >= slotOfIndex.length) {
      const before = slotOfIndex;
      slotOfIndex = new Int32Array(2 * record.caseIndex + 1).fill(ABSENT);
      slotOfIndex.set(before);
    }
    slotOfIndex[record.caseIndex] = slot;
    let cluster = clusterOfName.get(record.cluster);
    if (cluster === undefined) {
      cluster = clusterNames.length;
      clusterNames.push(record.cluster);
      clusterOfName.set(record.cluster, cluster);
    }
    cases.ids.push(record.caseId);
    cases.indexes.push(record.caseIndex);
    cases.clusters.push(cluster);
    cases.weights.push(record.weight);
    cases.splits.push(record.split);
    cases.held.push(heldTag !== undefined && record.tags.includes(heldTag));
    cases.tags.push(record.tags);
    if (record.repeats !== undefined) cases.repeats.set(slot, record.repeats);
    ordered = undefined;
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
    const slot = slotOf(record);
    const at = slot * trials + record.trial - 1;
    if (target.strict[at] !== 0) {
      throw new Error(`trial ${record.trial} of case "${record.caseId}" on "${record.target}" was told twice`);
    }
    target.records += 1;
    judged.add(record);
    // What is told of a split leaves out the cases that count nowhere else.
    const tally = cases.held[slot] === true ? target.tallies.held : target.tallies[record.split];
    const { completion } = record;
    addDetails(target.details, record, { at, slot, trials }, graders);
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
      scores.strict[at] = scoreOf(graded.strict) ?? ABSENT;
      scores.lenient[at] = scoreOf(graded.lenient) ?? ABSENT;
      if (graded.strict.kind === "scored") countItems(tally.items, grader.name, graded.strict.items ?? []);
    }
    if (completion.latencyMs !== undefined) target.latencyMs[at] = completion.latencyMs;
    if (completion.usage !== undefined) {
      target.inputTokens[at] = completion.usage.input;
      target.outputTokens[at] = completion.usage.output;
    }
    if (completion.modelId !== undefined) target.modelIds.add(completion.modelId);
    if (record.cost.known) {
      target.usd[at] = record.cost.usd;
      if (record.cost.estimated === true) target.estimated[at] = 1;
    } else {
      count(target.costUnknown, record.cost.why);
    }
  }

  function slots(which: Split | "held"): readonly number[] {
    if (ordered === undefined) {
      const all = cases.ids.map((_, slot) => slot);
      all.sort((a, b) => (cases.indexes[a] ?? 0) - (cases.indexes[b] ?? 0));
      const of = (split: Split) => all.filter((slot) => cases.splits[slot] === split && cases.held[slot] !== true);
      ordered = { dev: of("dev"), test: of("test"), held: all.filter((slot) => cases.held[slot] === true) };
    }
    return ordered[which];
  }

  function lookOf(of: readonly number[]): Look | undefined {
    if (plannedTestCases === undefined) return undefined;
    if (!of.some((slot) => cases.splits[slot] === "test" && cases.held[slot] !== true)) return undefined;
    return slots("test").length < plannedTestCases ? "early" : "last";
  }

  const frames = new WeakMap<readonly number[], Frame>();
  function frame(of: readonly number[]): Frame {
    const known = frames.get(of);
    if (known !== undefined) return known;
    const weights = of.map((slot) => cases.weights[slot] ?? 1);
    const clusters = of.map((slot) => cases.clusters[slot] ?? 0);
    const look = lookOf(of);
    const made: Frame = {
      ...(look === undefined ? {} : { look }),
      ...(weights.every((weight) => weight === weights[0]) ? {} : { weights }),
      ...(new Set(clusters).size === clusters.length ? {} : { clusters: clusters.map(String) }),
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
    clusterNames,
    ...(plannedTestCases === undefined ? {} : { plannedTestCases }),
    targets: columns,
    add,
    slots,
    held: () => slots("held"),
    judged,
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
    latencyMs: absent(size),
    usd: absent(size),
    inputTokens: absent(size),
    outputTokens: absent(size),
    graders: Array.from({ length: graders }, () => ({ strict: absent(size), lenient: absent(size) })),
    modelIds: new Set(),
    costUnknown: new Map(),
    tallies: { dev: tally(), test: tally(), held: tally() },
    details: emptyDetails(slots, trials),
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
  target.latencyMs = grown(target.latencyMs, size);
  target.usd = grown(target.usd, size);
  target.inputTokens = grown(target.inputTokens, size);
  target.outputTokens = grown(target.outputTokens, size);
  target.graders = target.graders.map((scores) => ({
    strict: grown(scores.strict, size),
    lenient: grown(scores.lenient, size),
  }));
}

function absent(size: number): Float64Array {
  return new Float64Array(size).fill(ABSENT);
}

function grown(from: Float64Array, size: number): Float64Array {
  const to = absent(size);
  to.set(from);
  return to;
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
