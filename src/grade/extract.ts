/**
 * From a text to the answer in it. An extractor says where the answer stands or why there is none; graders use two,
 * `strict` (exactly the demanded form) and `lenient` (the answer wherever it stands).
 */
import { canonicalJson } from "../suite/fingerprint.ts";
import type { JsonObject, JsonValue } from "../suite/json.ts";
import { mistake, sourceDigest } from "./common-options.ts";

/** `start` and `end` are UTF-16 offsets into the text; the answer stands between them. */
export type Extraction =
  | { readonly found: true; readonly answer: string; readonly start: number; readonly end: number }
  | { readonly found: false; readonly why: string };

/** A plain function is an extractor too; it then stands in the grade's key as the hash of its source. */
export interface Extractor {
  (text: string): Extraction;
  /** What it does, as JSON: part of the grade's key. */
  readonly describe?: JsonObject;
}

export interface ExtractOptions {
  /** Finds the answer only in the demanded form. */
  readonly strict?: Extractor;
  /** Finds the answer wherever it stands. */
  readonly lenient?: Extractor;
}

/** Attaches the description that stands in the grade's key. */
export function extractor(describe: JsonObject, extract: (text: string) => Extraction): Extractor {
  return Object.assign((text: string) => extract(text), { describe });
}

/** How an extractor stands in a grade's key. */
export function describeExtractor(extract: Extractor): JsonValue {
  return extract.describe ?? sourceDigest(extract);
}

/** The given extractors, or the defaults. */
export function chooseExtractors(
  kind: string,
  given: ExtractOptions | undefined,
  defaults: { readonly strict: Extractor; readonly lenient: Extractor },
): { readonly strict: Extractor; readonly lenient: Extractor } {
  for (const form of ["strict", "lenient"] as const) {
    const value: unknown = given?.[form];
    if (value !== undefined && typeof value !== "function") {
      throw mistake(
        kind,
        `extract.${form} is no extractor`,
        "Use wholeText(), afterMarker(...), or a function of a text.",
      );
    }
  }
  return { strict: given?.strict ?? defaults.strict, lenient: given?.lenient ?? defaults.lenient };
}

/** Whether two extractors do the same: a grader that has one for both forms has one form. */
export function isSameExtractor({
  strict,
  lenient,
}: {
  readonly strict: Extractor;
  readonly lenient: Extractor;
}): boolean {
  return canonicalJson(describeExtractor(strict)) === canonicalJson(describeExtractor(lenient));
}

/** The part of `text` between `start` and `end` without the white space around it. */
export function trimmedSpan(text: string, start: number, end: number): Extraction & { found: true } {
  const slice = text.slice(start, end);
  const answer = slice.trim();
  const from = start + (slice.length - slice.trimStart().length);
  return {
    found: true,
    answer,
    start: answer === "" ? start : from,
    end: answer === "" ? start : from + answer.length,
  };
}

/** The whole text is the answer, white space around it aside. */
export function wholeText(): Extractor {
  return extractor({ extract: "whole-text" }, (text) => trimmedSpan(text, 0, text.length));
}
