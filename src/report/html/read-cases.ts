/**
 * From `cases.jsonl` to the data of the page. Trials and texts are kept as long as there is room, those of cases that people look at longest; of the
 * others a row. Lines are read one by one, so that memory follows the page's size and not the file's.
 */
import { readCaseLines } from "./case-lines.ts";
import { createGrowingPage, type GrowingPage, type SuiteArms, type SuiteFrame } from "./growing-cases.ts";
import type { PageData } from "./page-data.ts";
import { createNames, type PageNames } from "./page-names.ts";
import { createSurvey, rankOf, type Surveyed, type SurveyLimits } from "./survey-cases.ts";
import { createTextTable, type TextTable } from "./text-table.ts";

/** Raw texts in the page, UTF-16 units, beyond which only some are kept: larger pages take seconds to open. */
export const MOST_TEXT = 15_000_000;
/** Where texts are cut then. */
export const CUT_AT = 8_192;
/** Trials in the page, beyond which only some cases are shown in full: a page of more opens slowly, and making it would take memory without end. */
export const MOST_TRIALS = 20_000;
/** UTF-16 units of the rows of other cases: some fifty thousand. */
export const MOST_ROWS = 4_000_000;

export interface PageLimits extends SurveyLimits {
  /** UTF-16 units. */
  readonly texts: number;
}

export const PAGE_LIMITS: PageLimits = { texts: MOST_TEXT, trials: MOST_TRIALS, rows: MOST_ROWS };

/**
 * @param frames suites that the page shows; lines of others are left out
 * @throws {ConfigError} when the file is missing or damaged
 */
export async function readCases(
  file: string,
  frames: readonly SuiteFrame[],
  limits: PageLimits = PAGE_LIMITS,
): Promise<PageData> {
  const survey = createSurvey(file, frames, limits);
  let begun: Begun | undefined = beginPage(frames, limits);
  let count = 0;
  for await (const { line, record } of readCaseLines(file)) {
    survey.add(record, line);
    if (++count > limits.trials) begun = undefined;
    begun?.page.add(record, line);
  }
  if (begun !== undefined)
    return begun.texts.overflowed()
      ? withFewerTexts(begun, frames, limits, () => readCaseLines(file))
      : wholePage(begun, frames);
  return readChosen(file, survey.finished(), frames, limits);
}

/**
 * The cases that a survey of all records of a file has chosen.
 *
 * @throws {ConfigError} as `readCases`
 */
export async function readChosen(
  file: string,
  { reader, last, totals, rows, names }: Surveyed,
  frames: readonly SuiteFrame[],
  limits: PageLimits = PAGE_LIMITS,
): Promise<PageData> {
  const known = (suite: string) => names.get(suite) ?? createNames();
  const begun = beginPage(frames, limits, known);
  const lines = () => readCaseLines(file, { isWanted: reader(), last });
  for await (const { line, record } of lines()) begun.page.add(record, line);
  const data = begun.texts.overflowed()
    ? await withFewerTexts(begun, frames, limits, lines, known)
    : wholePage(begun, frames);
  return { ...data, suites: data.suites.map((suite) => ({ ...suite, rows: rows.get(suite.name) ?? [] })), totals };
}

/** A page of all cases with all texts, and whether that finds room. */
export interface Begun {
  readonly page: GrowingPage;
  readonly texts: TextTable;
}

export function beginPage(
  suites: readonly SuiteArms[],
  { texts: most }: Pick<PageLimits, "texts">,
  names?: (suite: string) => PageNames,
): Begun {
  const texts = createTextTable(most, Number.POSITIVE_INFINITY);
  return { page: createGrowingPage(suites, texts, names === undefined ? {} : { names }), texts };
}

export function wholePage({ page, texts }: Begun, frames: readonly SuiteFrame[]): PageData {
  return { ...page.finished(frames), texts: texts.texts, reduced: false };
}

/** The same cases anew, with cut texts: of those where people look first, then of those with a wrong answer, then of others, while there is room. */
async function withFewerTexts(
  { page }: Begun,
  frames: readonly SuiteFrame[],
  limits: PageLimits,
  lines: () => ReturnType<typeof readCaseLines>,
  names?: (suite: string) => PageNames,
): Promise<PageData> {
  const { suites, totals } = page.finished(frames);
  const ranks = new Map(
    suites.map((suite) => [suite.name, new Map(suite.cases.map(({ id, arms }) => [id, rankOf(arms, suite)]))]),
  );
  const texts = createTextTable(limits.texts, CUT_AT);
  const again = createGrowingPage(frames, texts, {
    keepsTexts: (suite, id) => ranks.get(suite)?.get(id) === 0,
    ...(names === undefined ? {} : { names }),
  });
  for await (const { line, record } of lines()) again.add(record, line);
  for (const rank of [1, 2]) {
    if (texts.overflowed()) break;
    for await (const { line, record } of lines()) {
      if (ranks.get(record.suite)?.get(record.caseId) === rank) again.addTexts(record, line);
      if (texts.overflowed()) break;
    }
  }
  return { suites: again.finished(frames).suites, totals, texts: texts.texts, reduced: true };
}
