/** How a suite stands against the baseline, for `report.md`. */
import type { BaselineResult } from "../decide/baseline/contract.ts";
import { BASELINE_WORDS, comparisonNotes, comparisonText, EXAM_TITLE, resultNotes } from "./baseline-view.ts";
import { markdownText } from "./escape-markdown.ts";
import { sentence } from "./words.ts";

const bullets = (texts: readonly string[], indent = "") =>
  texts.map((text) => `${indent}- ${markdownText(sentence(text))}`).join("\n");

/** What changed in the exam: said before anything else of a suite. */
export function examText(exam: BaselineResult["exam"]): string {
  return exam.length === 0 ? "" : `**${EXAM_TITLE}**\n\n${bullets(exam.map(({ text }) => text))}`;
}

export function baselineText(result: BaselineResult | undefined): string {
  if (result === undefined) return "";
  const compared = result.comparisons.map(
    (one) => `${bullets([comparisonText(one)])}\n${bullets(comparisonNotes(one), "  ")}`,
  );
  return [
    `**${BASELINE_WORDS[result.outcome]}** ${markdownText(result.why)}`,
    compared.join("\n"),
    bullets(resultNotes(result)),
  ]
    .filter((block) => block !== "")
    .join("\n\n");
}
