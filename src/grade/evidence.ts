/** Whether the words that a judge quotes stand in the answer: a verdict on an answer that was not read quotes nothing of it. */
import { withoutInvisible } from "./invisible.ts";

/** Letters and digits that a quotation holds at least, or all that the answer has: one letter stands in every text. */
export const SHORTEST_QUOTE = 2;

/**
 * Why a quotation is no evidence, in words; undefined where it stands in the answer. Both are compared in Unicode's composed form (NFC), every run of white
 * space as one space and none at the ends, characters that are not seen left out; letter case and everything else count.
 */
export function evidenceProblem(quote: string | undefined, answer: string): string | undefined {
  const wanted = comparable(quote ?? "");
  if (wanted === "") return "the verdict quotes nothing of the answer";
  const text = comparable(answer);
  if (!text.includes(wanted)) return "what the verdict quotes does not stand in the answer";
  if (weightOf(wanted) < Math.min(SHORTEST_QUOTE, weightOf(text))) {
    return `the verdict quotes fewer than ${SHORTEST_QUOTE} letters or digits`;
  }
  return undefined;
}

function comparable(text: string): string {
  return withoutInvisible(text.toWellFormed().normalize("NFC")).replace(/\s+/gu, " ").trim();
}

function weightOf(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}
