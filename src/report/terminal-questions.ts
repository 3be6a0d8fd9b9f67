/** The four closing questions on a terminal. */
import type { Question } from "../decide/decision.ts";
import type { Palette } from "./paint.ts";
import { factText } from "./questions-view.ts";
import { wrap, wrapHanging } from "./wrap.ts";

/** Lines of at most `width` columns. Texts are escaped by the caller. */
export function questionLines(questions: readonly Question[] | undefined, width: number, colors: Palette): string[] {
  return (questions ?? []).flatMap(({ question, facts }) => [
    ...wrap(question, width).map(colors.strong),
    ...facts.flatMap((fact) => wrapHanging("  - ", factText(fact), 4, width)),
  ]);
}
