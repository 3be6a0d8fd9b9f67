/** What is known of a suite's judges, in sentences for the terminal and the Markdown. */
import type { Agreement, Decision, JudgeReport, SpeakingAnswers } from "../decide/decision.ts";
import { countOf, formatCount, formatShare } from "./numbers.ts";

/** One sentence a fact; nothing where no model grades. */
export function judgeSentences({ judges }: Decision): string[] {
  if (judges === undefined) return [];
  return [...judges.graders.flatMap(graderSentences), ...judges.speaking.map(speakingSentence)];
}

function graderSentences({ grader, judges, answers, canaries, agreement }: JudgeReport): string[] {
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
  return [
    `"${grader}" (${models.join("; ")}) judged ${[countOf(judged, "answer"), ...others].join(", ")}.`,
    ...tried,
    agreementSentence(grader, agreement),
  ];
}

/** Raw agreement, kappa and the rates by label, or that nobody measured it. */
function agreementSentence(grader: string, agreement: Agreement | undefined): string {
  if (agreement === undefined) return `"${grader}" was never calibrated: no answers that people labelled (\`people\`).`;
  const { labelled, compared, agreed, noLabel, ruled, open, raw, kappa, byLabel, byTarget } = agreement;
  const left = [
    ...(noLabel > 0 ? [`${formatCount(noLabel)} without a label of the judge`] : []),
    ...(ruled > 0 ? [`${formatCount(ruled)} settled by rule`] : []),
    ...(open > 0 ? [`${formatCount(open)} not judged`] : []),
  ];
  const over = [countOf(labelled, "labelled answer"), ...left].join(", ");
  if (!raw.available) return `"${grader}" was never calibrated: ${raw.why} (${over}).`;
  const shares = [
    ...byLabel.map(({ label, people, agreed: same }) => `${label} ${formatCount(same)} of ${formatCount(people)}`),
    ...byTarget.map(
      ({ target, compared: n, agreed: same }) => `by "${target}" ${formatCount(same)} of ${formatCount(n)}`,
    ),
  ];
  const beyond = kappa.available
    ? `a kappa of ${formatKappa(kappa.value)} (95 % interval ${formatKappa(kappa.lower)} to ${formatKappa(kappa.upper)})`
    : `no kappa, since ${kappa.why}`;
  return `"${grader}" agrees with people on ${formatCount(agreed)} of ${formatCount(compared)} (${formatShare(raw.value)}, 95 % interval ${formatShare(raw.lower)} to ${formatShare(raw.upper)}), ${beyond}: ${over}; ${shares.join(", ")}; ${requiredWords(agreement)}.`;
}

function requiredWords({ needed, lower, enough }: Agreement): string {
  if (needed === undefined) return "no agreement is required, so it decides nothing";
  const least = lower === undefined ? "none is shown" : `${formatKappa(lower)} is shown`;
  return `${formatKappa(needed)} is required, ${least} with 95 % confidence: it ${enough ? "may decide" : "decides nothing"}`;
}

/** 0.8234 -> "0.82". */
export function formatKappa(value: number): string {
  return value.toFixed(2);
}

function speakingSentence({ target, answers, signs, cases }: SpeakingAnswers): string {
  const told = signs.map(({ sign, answers: count }) => `${sign}: ${formatCount(count)}`).join(", ");
  const speak = answers === 1 ? "speaks" : "speak";
  const first = cases.map((id) => `"${id}"`).join(", ");
  return `${countOf(answers, "answer")} of "${target}" ${speak} to whoever grades it (${told}; first in ${first}): look before you trust a judge there; no grade changes by it.`;
}
