/** Writes `report.html` into the folder of a run: from the summary, and from the answers as they came or as they lie there. */
import { join } from "node:path";
import { ConfigError } from "../errors.ts";
import { framesOf, piecesOfPage } from "../report/html/page.ts";
import type { PageFeed } from "../report/html/page-feed.ts";
import { readCases } from "../report/html/read-cases.ts";
import { en } from "../report/html/strings/en.ts";
import type { Strings } from "../report/html/strings/strings.ts";
import { zh } from "../report/html/strings/zh.ts";
import type { Summary } from "../report/summary.ts";
import { writeWholeLines } from "../report/write-file.ts";

const LANGUAGES: Readonly<Record<string, Strings>> = { en, zh };

/** @throws {ConfigError} for a language that there is none of */
export function stringsFor(language = "en"): Strings {
  const strings = LANGUAGES[language];
  if (strings !== undefined) return strings;
  const known = Object.keys(LANGUAGES).join(", ");
  throw new ConfigError("unknown-language", `The page is not written in "${language}".`, {
    fix: `Take one of: ${known}.`,
  });
}

/**
 * @param feed of the run that has just ended; without it the answers are read from the folder
 * @returns the page's path
 * @throws {ConfigError} when the answers are missing or damaged; StorageError when the page cannot be written
 */
export async function writePage(folder: string, summary: Summary, strings: Strings, feed?: PageFeed): Promise<string> {
  const frames = framesOf(summary);
  const cases = join(folder, "cases.jsonl");
  const data = await (feed === undefined ? readCases(cases, frames) : feed.finished(cases, frames));
  const file = join(folder, "report.html");
  await writeWholeLines(file, piecesOfPage(summary, data, strings), { end: "" });
  return file;
}
