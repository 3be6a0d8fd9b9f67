/** The questions that lead to the verdict with their answers, a line each: the reader's checklist. */
import type { ProcedureStep } from "../decide/decision.ts";
import type { Palette } from "./paint.ts";
import { displayWidth } from "./width.ts";
import { wrapHanging } from "./wrap.ts";

const ANSWERS: Readonly<Record<ProcedureStep["answer"], string>> = {
  yes: "yes",
  no: "no",
  open: "open",
  "not-asked": "not asked",
};

/** One line a question; why stands under "Why". Questions that were not asked are counted. */
export function procedureLines(steps: readonly ProcedureStep[], width: number, colors: Palette): string[] {
  const asked = steps.filter(({ answer }) => answer !== "not-asked");
  const left = steps.length - asked.length;
  const widest = Math.max(0, ...asked.map(({ question }) => displayWidth(question)));
  const lines = asked.flatMap(({ question, answer }, index) => {
    const gap = " ".repeat(widest - displayWidth(question) + 2);
    return wrapHanging(`  ${index + 1}. `, `${question}${gap}${ANSWERS[answer]}`, 5, width);
  });
  if (left > 0) lines.push(colors.faint(`     ${left} more not asked`));
  return [colors.strong("The way to the verdict"), ...lines];
}

/** Rows of a table: question, answer, why. */
export function procedureRows(steps: readonly ProcedureStep[]): readonly (readonly string[])[] {
  return steps.map(({ question, answer, why }) => [question, ANSWERS[answer], why]);
}
