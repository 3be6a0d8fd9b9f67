/** The four closing questions as Markdown. */
import type { Question } from "../decide/decision.ts";
import { markdownText } from "./escape-markdown.ts";
import { factText } from "./questions-view.ts";
import { sentence } from "./words.ts";

/** Empty where none was asked. */
export function questionText(questions: readonly Question[] | undefined): string {
  return (questions ?? [])
    .map(({ question, facts }) => {
      const lines = facts.map((fact) => `- ${markdownText(sentence(factText(fact)))}`);
      return [`**${markdownText(question)}**`, lines.join("\n")].join("\n\n");
    })
    .join("\n\n");
}
