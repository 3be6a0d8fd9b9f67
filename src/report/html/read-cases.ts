/**
 * From `cases.jsonl` to the data of the page. Numbers of the trials are kept as long as there is room, then only of the cases that people look
 * at first; texts likewise. Lines are read one by one, so that memory follows the page's size and not the file's.
 */
import { readCaseLines } from "./case-lines.ts";
import { createGrowingPage, type GrowingPage, type SuiteArms, type SuiteFrame } from "./growing-cases.ts";
import type { PageData } from "./page-data.ts";
import { createSurvey, isLookedAt } from "./survey-cases.ts";
import { createTextTable, type TextTable } from "./text-table.ts";

/** Raw texts in the page, UTF-16 units, beyond which only some are kept: larger pages take seconds to open. */
export const MOST_TEXT = 15_000_000;
/** Where texts are cut then. */
export const CUT_AT = 8_192;
/** Trials in the page, beyond which only some cases are kept: a page of more opens slowly, and making it would take memory without end. */
export const MOST_TRIALS = 20_000;

export interface PageLimits {
  /** UTF-16 units. */
  readonly texts: number;
  readonly trials: number;
}

export const PAGE_LIMITS: PageLimits = { texts: MOST_TEXT, trials: MOST_TRIALS };

/**
 * @param frames suites that the page shows; lines of others are left out
 * @throws {ConfigError} when the file is missing or damaged
 */
export async function readCases(
  file: string,
  frames: readonly SuiteFrame[],
  limits: PageLimits = PAGE_LIMITS,
): Promise<PageData> {
  const survey = createSurvey(file, frames, limits.trials);
  let begun: Begun | undefined = beginPage(frames, limits);
  let count = 0;
  for await (const { line, record } of readCaseLines(file)) {
    survey.add(record, line);
    if (++count > limits.trials) begun = undefined;
    begun?.page.add(record, line);
  }
  if (begun !== undefined)
    return begun.texts.overflowed() ? withFewerTexts(file, begun, frames, limits) : wholePage(begun, frames);
  const { reader, totals } = survey.finished();
  begun = beginPage(frames, limits);
  for await (const { line, record } of readCaseLines(file, reader())) begun.page.add(record, line);
  const data = begun.texts.overflowed()
    ? await withFewerTexts(file, begun, frames, limits, reader())
    : wholePage(begun, frames);
  return { ...data, totals };
}

/** A page of all cases with all texts, and whether that finds room. */
export interface Begun {
  readonly page: GrowingPage;
  readonly texts: TextTable;
}

export function beginPage(suites: readonly SuiteArms[], { texts: most }: Pick<PageLimits, "texts">): Begun {
  const texts = createTextTable(most, Number.POSITIVE_INFINITY);
  return { page: createGrowingPage(suites, texts), texts };
}

export function wholePage({ page, texts }: Begun, frames: readonly SuiteFrame[]): PageData {
  return { ...page.finished(frames), texts: texts.texts, reduced: false };
}

/** The same cases anew, with texts only where people look first, and cut. */
async function withFewerTexts(
  file: string,
  { page }: Begun,
  frames: readonly SuiteFrame[],
  limits: PageLimits,
  isWanted?: (line: number) => boolean,
): Promise<PageData> {
  const { suites, totals } = page.finished(frames);
  const lookedAt = new Map(
    suites.map((suite) => [
      suite.name,
      new Set(suite.cases.filter(({ arms }) => isLookedAt(arms, suite)).map(({ id }) => id)),
    ]),
  );
  const texts = createTextTable(limits.texts, CUT_AT);
  const again = createGrowingPage(frames, texts, (suite, id) => lookedAt.get(suite)?.has(id) === true);
  for await (const { line, record } of readCaseLines(file, isWanted)) again.add(record, line);
  return { suites: again.finished(frames).suites, totals, texts: texts.texts, reduced: true };
}
