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
import type { PageArm, PageTotals } from "./page-data.ts";
import { createNames, type PageNames } from "./page-names.ts";
import { createTotals, type GrowingTotals } from "./page-totals.ts";

/** The lines of one case, one behind the other, 1-based. */
interface LinesOfCase {
  readonly first: number;
  readonly last: number;
  readonly row: string;
}

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
  readonly rows: ReadonlyMap<string, readonly string[]>;
  /** Names to which the rows point, by suite. */
  readonly names: ReadonlyMap<string, PageNames>;
}

interface SurveyedSuite {
  readonly frame: SuiteFrame;
  readonly totals: GrowingTotals;
  /** By rank, the most important first; no more than could ever find room. */
  readonly ranked: readonly { trials: number; rows: number; readonly cases: LinesOfCase[] }[];
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
      const bySuite = all.map((suite, at) => chosenOf(suite, rooms[at] ?? 0));
      const chosen = bySuite.flat().sort((a, b) => a.first - b.first);
      const left = all.map(({ ranked }, at) => {
        const own = new Set(bySuite[at]);
        return ranked.flatMap(({ cases }) => cases.filter((one) => !own.has(one)));
      });
      const rowRooms = shareOut(
        left.map((cases) => cases.reduce((sum, { row }) => sum + row.length, 0)),
        limits.rows,
      );
      return {
        reader: () => readerOf(chosen),
        last: chosen.at(-1)?.last ?? 0,
        totals: all.map(({ totals }) => totals.finished()),
        rows: new Map(all.map(({ frame }, at) => [frame.name, rowsOf(left[at] ?? [], rowRooms[at] ?? 0)])),
        names: new Map(all.map(({ frame, names }) => [frame.name, names])),
      };
    },
  };
}

function surveyedSuite(frame: SuiteFrame): SurveyedSuite {
  const ranked = [0, 1, 2].map(() => ({ trials: 0, rows: 0, cases: [] }));
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
  rank.cases.push({ first, last, row });
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
function chosenOf({ ranked }: SurveyedSuite, room: number): readonly LinesOfCase[] {
  const chosen: LinesOfCase[] = [];
  let left = room;
  for (const one of ranked.flatMap(({ cases }) => cases)) {
    left -= one.last - one.first + 1;
    if (left < 0 && chosen.length > 0) break;
    chosen.push(one);
  }
  return chosen;
}

/** Those that find room, as they stand in the dataset. */
function rowsOf(cases: readonly LinesOfCase[], room: number): readonly string[] {
  let left = room;
  const shown = cases.filter(({ row }) => {
    left -= row.length;
    return left >= 0;
  });
  return shown.sort((a, b) => a.first - b.first).map(({ row }) => row);
}

function readerOf(chosen: readonly LinesOfCase[]): (line: number) => boolean {
  let at = 0;
  return (line) => {
    while ((chosen[at]?.last ?? Number.POSITIVE_INFINITY) < line) at++;
    return (chosen[at]?.first ?? Number.POSITIVE_INFINITY) <= line;
  };
}
