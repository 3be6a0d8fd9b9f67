/** The target that a decision would put to work: what a gate has to answer for. */
import type { Decision } from "./decision.ts";

/** Its name: the best prompt where the verdict is to keep prompting or nothing is tuned, else the tuned one; undefined where there is neither. */
export function putToWork({ verdict, bestPrompt, tuned }: Decision): string | undefined {
  return verdict.kind === "KEEP_PROMPTING" ? bestPrompt?.target : (tuned ?? bestPrompt?.target);
}
