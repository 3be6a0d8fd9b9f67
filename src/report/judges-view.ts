/** What is known of a suite's judges, in sentences for the terminal and the Markdown. */
import type { Decision, JudgeReport, SpeakingAnswers } from "../decide/decision.ts";
import { countOf, formatCount } from "./numbers.ts";

/** One sentence a fact; nothing where no model grades. */
export function judgeSentences({ judges }: Decision): string[] {
  if (judges === undefined) return [];
  return [...judges.graders.flatMap(graderSentences), ...judges.speaking.map(speakingSentence)];
}

function graderSentences({ grader, judges, answers, canaries }: JudgeReport): string[] {
  const models = judges.map(({ model, family }) => `${model}, ${family === undefined ? "family unknown" : family}`);
  const { judged, spared, ruled, open } = answers;
  const others = [
    ...(spared > 0 ? [`${formatCount(spared)} spared since another grader had failed them`] : []),
    ...(ruled > 0 ? [`${formatCount(ruled)} settled by rule (refused, empty, cut, short)`] : []),
    ...(open > 0 ? [`${formatCount(open)} without a verdict`] : []),
  ];
  const tried =
    canaries === undefined
      ? []
      : [
          canaries.passed.length === 0
            ? `"${grader}" passes none of ${countOf(canaries.asked, "text")} that ${canaries.asked === 1 ? "tries" : "try"} to steer it.`
            : `"${grader}" is UNTRUSTED: it passes ${canaries.passed.length} of ${countOf(canaries.asked, "text")} that try to steer it.`,
        ];
  return [`"${grader}" (${models.join("; ")}) judged ${[countOf(judged, "answer"), ...others].join(", ")}.`, ...tried];
}

function speakingSentence({ target, answers, signs, cases }: SpeakingAnswers): string {
  const told = signs.map(({ sign, answers: count }) => `${sign}: ${formatCount(count)}`).join(", ");
  const speak = answers === 1 ? "speaks" : "speak";
  const first = cases.map((id) => `"${id}"`).join(", ");
  return `${countOf(answers, "answer")} of "${target}" ${speak} to whoever grades it (${told}; first in ${first}): look before you trust a judge there; no grade changes by it.`;
}
