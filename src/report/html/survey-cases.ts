/**
 * Which cases a page holds when there are too many for one: first where the two arms that are compared differ, waver or lack an answer, then
 * where any trial did not pass, then the others, each in the order of the dataset. The first are shown in full, those after them as rows, until there
 * is no room for these either. Keeps no case, and no more rows than the page has room for, so that memory does not grow with their number.
 */
import { ConfigError } from "../../errors.ts";
import type { CaseLine } from "./case-lines.ts";
import { caseOutcome, isUnstable, tallyOf } from "./client/case-outcome.js";
import { rowText } from "./client/case-row.js";
import { MARKS, type SuiteFrame } from "./growing-cases.ts";
import { createListedCases, inOrder, type ListedCases, rowsInOrder, type Stretch } from "./listed-cases.ts";
import type { PageArm, PageTotals, Rows } from "./page-data.ts";
import { createNames, type PageNames } from "./page-names.ts";
import { createTotals, type GrowingTotals } from "./page-totals.ts";

/** Rooms of a page, of all suites together. */
export interface SurveyLimits {
  /** Shown in full. */
  readonly trials: number;
  /** UTF-16 units of rows. */
  readonly rows: number;
}

export interface Survey {
  readonly add: (record: CaseLine, line: number) => void;
  /** @throws {ConfigError} where the records did not come in the order in which a run writes them */
  readonly finished: () => Surveyed;
}

export interface Surveyed {
  /** Whether the page holds a line; to be asked in rising order, by one reader at a time. */
  readonly reader: () => (line: number) => boolean;
  /** The last line that it holds; 0 where it holds none. */
  readonly last: number;
  /** By position as the frames. */
  readonly totals: readonly PageTotals[];
  /** By suite: cases that are shown as rows, in the order of the dataset. */
  readonly rows: ReadonlyMap<string, Rows>;
  /** Names to which the rows point, by suite. */
  readonly names: ReadonlyMap<string, PageNames>;
}

interface SurveyedSuite {
  readonly frame: SuiteFrame;
  readonly totals: GrowingTotals;
  /** By rank, the most important first; no more than could ever find room. */
  readonly ranked: readonly { trials: number; rows: number; readonly cases: ListedCases }[];
  readonly names: PageNames;
  trials: number;
  lastIndex: number;
}

interface OpenCase {
  readonly suite: SurveyedSuite;
  readonly id: string;
  readonly split: "dev" | "test" | "held";
  readonly tags: readonly number[];
  readonly arms: PageArm[];
  /** Positions, by arm; absent where nothing fails. */
  readonly graders: (Set<number> | undefined)[];
  readonly items: (Set<number> | undefined)[];
  readonly first: number;
  last: number;
}

export function createSurvey(file: string, frames: readonly SuiteFrame[], limits: SurveyLimits): Survey {
  const suites = new Map(frames.map((frame) => [frame.name, surveyedSuite(frame)]));
  let open: OpenCase | undefined;
  let disorder: number | undefined;
  const close = () => {
    if (open !== undefined) take(open, limits);
    open = undefined;
  };
  return {
    add(record, line) {
      const suite = suites.get(record.suite);
      if (suite === undefined) return;
      if (open?.suite !== suite || open.id !== record.caseId) {
        close();
        const { caseIndex = suite.lastIndex + 1 } = record;
        // A case in two places would be counted twice.
        if (caseIndex <= suite.lastIndex) disorder ??= line;
        suite.lastIndex = caseIndex;
        open = openCase(suite, record, line);
      }
      open.last = line;
      const arm = suite.frame.arms.indexOf(record.target);
      if (arm < 0) return;
      suite.totals.addGrades(record);
      open.arms[arm]?.t.push({ n: line, s: MARKS[record.outcome.strict], l: MARKS[record.outcome.lenient] });
      takeFailed(open, arm, record);
    },
    finished() {
      close();
      if (disorder !== undefined) throw disordered(file, disorder);
      const all = [...suites.values()];
      const rooms = shareOut(
        all.map(({ trials }) => trials),
        limits.trials,
      );
      const full = all.map((suite, at) => stretchesInFull(suite, rooms[at] ?? 0));
      const left = full.map((stretches) => stretches.map(({ of, to }) => ({ of, from: to, to: of.size() })));
      const rowRooms = shareOut(left.map(rowUnits), limits.rows);
      const chosen = full.flat();
      return {
        reader: () => readerOf(chosen),
        last: Math.max(0, ...chosen.map(({ of, from, to }) => (to > from ? of.linesAt(to - 1).last : 0))),
        totals: all.map(({ totals }) => totals.finished()),
        rows: new Map(
          all.map(({ frame }, at) => [frame.name, rowsInOrder(stretchesOfRows(left[at] ?? [], rowRooms[at] ?? 0))]),
        ),
        names: new Map(all.map(({ frame, names }) => [frame.name, names])),
      };
    },
  };
}

function surveyedSuite(frame: SuiteFrame): SurveyedSuite {
  const ranked = [0, 1, 2].map(() => ({ trials: 0, rows: 0, cases: createListedCases() }));
  const totals = createTotals(frame.arms.length);
  return { frame, totals, ranked, names: createNames(), trials: 0, lastIndex: -1 };
}

function openCase(suite: SurveyedSuite, { caseId, split, outcome, tags }: CaseLine, line: number): OpenCase {
  const { arms } = suite.frame;
  return {
    suite,
    id: caseId,
    split: outcome.held === true ? "held" : split,
    tags: [...new Set(tags)].map((tag) => suite.names.tags.of(tag)),
    arms: arms.map(() => ({ t: [] })),
    graders: [],
    items: [],
    first: line,
    last: line,
  };
}

/** By which graders and items an answer fails, as the page's filters ask. */
function takeFailed({ suite: { names }, graders, items }: OpenCase, arm: number, { grades }: CaseLine): void {
  for (const { grader, strict } of grades) {
    const at = names.graders.of(grader);
    if (strict.kind === "declined" || (strict.score ?? 1) < 1) addTo(graders, arm, at);
    for (const { name, passed } of strict.items ?? []) {
      const item = names.items.of([grader, name]);
      if (!passed) addTo(items, arm, item);
    }
  }
}

function addTo(arms: (Set<number> | undefined)[], arm: number, at: number): void {
  const own = arms[arm] ?? new Set();
  arms[arm] = own.add(at);
}

function disordered(file: string, line: number): ConfigError {
  return new ConfigError("cases-damaged", "This line is not in the order in which a run writes them.", {
    place: { file, line },
    fix: "Run `gapcheck run --offline`: it writes the answers anew from the ledger and calls nothing.",
  });
}

function take({ suite, id, split, tags, arms, graders, items, first, last }: OpenCase, limits: SurveyLimits): void {
  suite.totals.addCase({ split, arms }, suite.frame);
  const trials = last - first + 1;
  suite.trials += trials;
  const rank = suite.ranked[rankOf(arms, suite.frame)];
  if (rank === undefined || (rank.trials >= limits.trials && rank.rows >= limits.rows)) return;
  const marks = (form: "s" | "l") => arms.map(({ t }) => t.map((trial) => trial[form]).join(""));
  const row = rowText({
    ...{ lines: [first, last], split, tags, id },
    strict: marks("s"),
    lenient: marks("l"),
    graders: arms.map((_, arm) => [...(graders[arm] ?? [])]),
    items: arms.map((_, arm) => [...(items[arm] ?? [])]),
  });
  rank.trials += trials;
  // What is shown in full may take the room of a row first.
  if (rank.trials > limits.trials) rank.rows += row.length;
  rank.cases.add({ first, last }, row);
}

/** 0 for what people look at first, 2 for what passes everywhere. */
export function rankOf(arms: readonly PageArm[], pair: SuiteFrame): number {
  if (isLookedAt(arms, pair)) return 0;
  return arms.every(({ t }) => t.every(({ s }) => s === "p")) ? 2 : 1;
}

/** Won, lost, unstable or with something missing, in the pair that is compared at first. */
export function isLookedAt(arms: readonly PageArm[], { base, fresh }: SuiteFrame): boolean {
  const pair = [arms[base], arms[fresh]];
  return (
    caseOutcome(arms[base], arms[fresh]) !== "same" || pair.some((arm) => isUnstable(arm) || tallyOf(arm).missing > 0)
  );
}

/** Room for each of several sizes: what the small ones do not need is shared by the others, in equal parts. */
export function shareOut(sizes: readonly number[], room: number): readonly number[] {
  const rooms = sizes.map(() => 0);
  const rising = sizes.map((size, at) => ({ size, at })).sort((a, b) => a.size - b.size);
  let left = room;
  for (const [done, { size, at }] of rising.entries()) {
    const own = Math.min(size, Math.floor(left / (sizes.length - done)));
    rooms[at] = own;
    left -= own;
  }
  return rooms;
}

/** Full once is full for good, so that what is shown of a rank is its beginning; the first case is shown whatever its size. */
function stretchesInFull({ ranked }: SurveyedSuite, room: number): readonly Stretch[] {
  let left = room;
  let some = false;
  return ranked.map(({ cases: of }) => {
    const fits = (at: number) => {
      const { first, last } = of.linesAt(at);
      left -= last - first + 1;
      const is = left >= 0 || !some;
      some = true;
      return is;
    };
    return { of, from: 0, to: endOf(0, of.size(), fits) };
  });
}

/** Of each stretch the beginning for which there is room, of the most important first. */
function stretchesOfRows(stretches: readonly Stretch[], room: number): readonly Stretch[] {
  let left = room;
  return stretches.map(({ of, from, to }) => {
    const fits = (at: number) => {
      left -= of.rowLengthAt(at);
      return left >= 0;
    };
    return { of, from, to: endOf(from, to, fits) };
  });
}

/** The first position that does not fit, or `to`. What is full stays full: `fits` is asked for the rest in vain. */
function endOf(from: number, to: number, fits: (at: number) => boolean): number {
  let at = from;
  while (at < to && fits(at)) at++;
  return at;
}

/** UTF-16 units of all rows. */
function rowUnits(stretches: readonly Stretch[]): number {
  let units = 0;
  for (const { of, from, to } of stretches) for (let at = from; at < to; at++) units += of.rowLengthAt(at);
  return units;
}

function readerOf(chosen: readonly Stretch[]): (line: number) => boolean {
  const cases = inOrder(chosen);
  let next = cases.next();
  return (line) => {
    while (next.done !== true && next.value.last < line) next = cases.next();
    return next.done !== true && next.value.first <= line;
  };
}
