/** Feeds the page with the records of a run while `cases.jsonl` is written, so that it need not be read again. */
import type { CaseLine } from "./case-lines.ts";
import type { SuiteArms, SuiteFrame } from "./growing-cases.ts";
import type { PageData } from "./page-data.ts";
import { beginPage, PAGE_LIMITS, wholePage } from "./read-cases.ts";

export interface PageFeed {
  /** Takes the next record of the file. */
  readonly add: (record: CaseLine) => void;
  /** The same data as `readCases` would read; `undefined` where there was no room for all, so that what the page holds has to be chosen. */
  readonly finished: (frames: readonly SuiteFrame[]) => PageData | undefined;
}

export function createPageFeed(suites: readonly SuiteArms[], limits = PAGE_LIMITS): PageFeed {
  let begun: ReturnType<typeof beginPage> | undefined = beginPage(suites, limits);
  let line = 0;
  return {
    add(record) {
      if (++line > limits.trials || begun?.texts.overflowed() === true) begun = undefined;
      begun?.page.add(record, line);
    },
    finished: (frames) => (begun === undefined || begun.texts.overflowed() ? undefined : wholePage(begun, frames)),
  };
}
