/**
 * Which cases a page holds when there are too many for one: first where the two arms that are compared differ, waver or lack an answer, then
 * where any trial did not pass, then the others, each in the order of the dataset. Keeps no case, so that memory does not grow with their number.
 */
import { ConfigError } from "../../errors.ts";
import type { CaseLine } from "./case-lines.ts";
import { caseOutcome, isUnstable, tallyOf } from "./client/case-outcome.js";
import { MARKS, type SuiteFrame } from "./growing-cases.ts";
import type { PageArm, PageTotals } from "./page-data.ts";
import { createTotals, type GrowingTotals } from "./page-totals.ts";

/** The lines of one case, one behind the other, 1-based. */
interface LinesOfCase {
  readonly first: number;
  readonly last: number;
}

export interface Survey {
  readonly add: (record: CaseLine, line: number) => void;
  /** @throws {ConfigError} where the records did not come in the order in which a run writes them */
  readonly finished: () => Surveyed;
}

export interface Surveyed {
  /** Whether the page holds a line; to be asked in rising order, by one reader at a time. */
  readonly reader: () => (line: number) => boolean;
  /** By position as the frames. */
  readonly totals: readonly PageTotals[];
}

interface SurveyedSuite {
  readonly frame: SuiteFrame;
  readonly totals: GrowingTotals;
  /** By rank, the most important first; no more than could ever find room. */
  readonly ranked: readonly { trials: number; readonly cases: LinesOfCase[] }[];
  trials: number;
  lastIndex: number;
}

interface OpenCase {
  readonly suite: SurveyedSuite;
  readonly id: string;
  readonly split: "dev" | "test" | "held";
  readonly arms: PageArm[];
  readonly first: number;
  last: number;
}

/** @param most trials that the page has room for, of all suites together */
export function createSurvey(file: string, frames: readonly SuiteFrame[], most: number): Survey {
  const suites = new Map(frames.map((frame) => [frame.name, surveyedSuite(frame)]));
  let open: OpenCase | undefined;
  let disorder: number | undefined;
  const close = () => {
    if (open !== undefined) take(open, most);
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
    },
    finished() {
      close();
      if (disorder !== undefined) throw disordered(file, disorder);
      const all = [...suites.values()];
      const rooms = shareOut(
        all.map(({ trials }) => trials),
        most,
      );
      const chosen = all.flatMap((suite, at) => chosenOf(suite, rooms[at] ?? 0)).sort((a, b) => a.first - b.first);
      return { reader: () => readerOf(chosen), totals: all.map(({ totals }) => totals.finished()) };
    },
  };
}

function surveyedSuite(frame: SuiteFrame): SurveyedSuite {
  const ranked = [0, 1, 2].map(() => ({ trials: 0, cases: [] }));
  return { frame, totals: createTotals(frame.arms.length), ranked, trials: 0, lastIndex: -1 };
}

function openCase(suite: SurveyedSuite, { caseId, split, outcome }: CaseLine, line: number): OpenCase {
  const arms = suite.frame.arms.map(() => ({ t: [] }));
  return { suite, id: caseId, split: outcome.held === true ? "held" : split, arms, first: line, last: line };
}

function disordered(file: string, line: number): ConfigError {
  return new ConfigError("cases-damaged", "This line is not in the order in which a run writes them.", {
    place: { file, line },
    fix: "Run `gapcheck run --offline`: it writes the answers anew from the ledger and calls nothing.",
  });
}

function take({ suite, split, arms, first, last }: OpenCase, most: number): void {
  suite.totals.addCase({ split, arms }, suite.frame);
  const trials = last - first + 1;
  suite.trials += trials;
  const rank = suite.ranked[rankOf(arms, suite.frame)];
  if (rank === undefined || rank.trials >= most) return;
  rank.trials += trials;
  rank.cases.push({ first, last });
}

function rankOf(arms: readonly PageArm[], pair: SuiteFrame): number {
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

function readerOf(chosen: readonly LinesOfCase[]): (line: number) => boolean {
  let at = 0;
  return (line) => {
    while ((chosen[at]?.last ?? Number.POSITIVE_INFINITY) < line) at++;
    return (chosen[at]?.first ?? Number.POSITIVE_INFINITY) <= line;
  };
}
