/**
 * Feeds the page with the records of a run while `cases.jsonl` is written, so that it need not be read again; or, where there is no room for all, only the
 * lines of the cases that are chosen.
 */
import type { CaseLine } from "./case-lines.ts";
import type { SuiteArms, SuiteFrame } from "./growing-cases.ts";
import type { PageData } from "./page-data.ts";
import { beginPage, PAGE_LIMITS, readCases, readChosen, wholePage } from "./read-cases.ts";
import { createSurvey } from "./survey-cases.ts";

export interface PageFeed {
  /** Takes the next record of the file. */
  readonly add: (record: CaseLine) => void;
  /** Whether the page has room for all that came, so that nothing is to be read. */
  readonly isWhole: () => boolean;
  /**
   * The same data as `readCases` would read. To be asked once.
   * @param file what was written
   * @throws {ConfigError} as `readCases`, where the file is to be read
   */
  readonly finished: (file: string, frames: readonly SuiteFrame[]) => Promise<PageData>;
}

/** @param planned records that come at most, 0 where nobody knows: of more than there is room for none is kept in vain, and of fewer none is surveyed */
export function createPageFeed(suites: readonly SuiteArms[], limits = PAGE_LIMITS, planned = 0): PageFeed {
  let begun = planned > limits.trials ? undefined : beginPage(suites, limits);
  const hasRoom = planned > 0 && planned <= limits.trials;
  const pairs = hasRoom ? undefined : onlyPairs(suites);
  const survey = pairs && createSurvey("cases.jsonl", pairs, limits);
  let line = 0;
  const isWhole = () => begun !== undefined && !begun.texts.overflowed();
  return {
    add(record) {
      line++;
      survey?.add(record, line);
      if (line > limits.trials || begun?.texts.overflowed() === true) begun = undefined;
      begun?.page.add(record, line);
    },
    isWhole,
    finished: async (file, frames) => {
      if (begun !== undefined && isWhole()) return wholePage(begun, frames);
      const isChosen = line > limits.trials && pairs !== undefined && areThose(frames, pairs);
      if (survey === undefined || !isChosen) return readCases(file, frames, limits);
      return readChosen(file, survey.finished(), frames, limits);
    },
  };
}

/**
 * Which cases are chosen rests on which two arms are compared at first, in whatever order. The decision tells that when all is written; of two arms it is
 * known before.
 */
function onlyPairs(suites: readonly SuiteArms[]): readonly SuiteFrame[] | undefined {
  if (suites.some(({ arms }) => arms.length > 2)) return undefined;
  return suites.map((suite) => ({ ...suite, base: 0, fresh: suite.arms.length - 1 }));
}

function areThose(frames: readonly SuiteFrame[], pairs: readonly SuiteFrame[]): boolean {
  const of = (all: readonly SuiteFrame[]) =>
    JSON.stringify(
      all.map(({ name, arms, base, fresh }) => [name, arms, Math.min(base, fresh), Math.max(base, fresh)]),
    );
  return of(frames) === of(pairs);
}
