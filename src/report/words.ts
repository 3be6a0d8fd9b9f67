/** The words in which every report says the same things: verdicts, states, roles, ends of a run. */
import type {
  GateResult,
  MissedToday,
  RequirementResult,
  RequirementState,
  Verdict,
  VerdictClaim,
} from "../decide/decision.ts";
import type { RecordedFrom } from "../suite/model.ts";
import type { VerdictKind } from "../suite/requirement.ts";

/** The verdict as a heading. */
export const VERDICT_WORDS: Readonly<Record<VerdictKind, string>> = {
  KEEP_PROMPTING: "KEEP PROMPTING",
  FINE_TUNE_JUSTIFIED: "FINE-TUNING JUSTIFIED",
  CONFIRMED: "FINE-TUNE CONFIRMED",
  REJECTED: "FINE-TUNE REJECTED",
  NOT_FEASIBLE: "NOT FEASIBLE",
  INCONCLUSIVE: "INCONCLUSIVE",
};

/** What a sentence on a verdict goes by: "keep prompting" alone would say that the prompt is enough. */
export type Meaning = VerdictKind | MissedToday;

const MEANS: Readonly<Record<VerdictKind, string>> = {
  KEEP_PROMPTING: "Prompting is enough: do not pay for fine-tuning.",
  FINE_TUNE_JUSTIFIED: "Prompting falls short of what is needed: fine-tuning is worth trying.",
  CONFIRMED: "The fine-tuned model does what prompting does not: use it.",
  REJECTED: "The fine-tuned model falls short: do not use it.",
  NOT_FEASIBLE: "Prompting falls short, and nobody trains and serves what would be tuned.",
  INCONCLUSIVE: "No decision yet, either way: what is missing stands below.",
};

const MEANS_THOUGH_MISSED: Readonly<Record<MissedToday, string>> = {
  "format-first": "Stay with prompting for now: a cheaper step than fine-tuning comes first.",
  "cheaper-first": "The prompt falls short, but something cheaper than fine-tuning comes first.",
  "too-dear":
    "Fine-tuning is expected to cost more a request than is allowed: stay with the prompt, though it falls short.",
  "never-pays": "Fine-tuning does not pay for itself: stay with the prompt, though it falls short.",
};

/** The verdict's kind, or why prompting is kept although it falls short. */
export function meaningOf({ kind, reasons }: Verdict): Meaning {
  if (kind !== "KEEP_PROMPTING") return kind;
  const isMissed = (code: string): code is MissedToday => Object.hasOwn(MEANS_THOUGH_MISSED, code);
  return reasons.map(({ code }) => code).find(isMissed) ?? kind;
}

/** The verdict in one sentence that needs no other knowledge. */
export function verdictMeans(verdict: Verdict): string {
  const means = { ...MEANS, ...MEANS_THOUGH_MISSED }[meaningOf(verdict)];
  return verdict.claim === undefined ? means : `${means} ${claimWords(verdict.claim)}`;
}

/** Whether a verdict on a tuned model speaks for the checkpoint that was measured or for what it was made by. */
function claimWords(claim: VerdictClaim): string {
  return claim.of === "recipe"
    ? `The claim is of this recipe, "${claim.recipe}", by ${claim.seeds} seeds.`
    : "The claim is of this checkpoint, not of a recipe.";
}

export const STATE_WORDS: Readonly<Record<RequirementState, string>> = {
  MET: "MET",
  NOT_MET: "NOT MET",
  AT_THRESHOLD: "AT THRESHOLD",
  UNDECIDED: "UNDECIDED",
};

export const OUTCOME_WORDS: Readonly<Record<GateResult["outcome"], string>> = {
  pass: "pass",
  fail: "fail",
  inconclusive: "inconclusive",
  incomplete: "incomplete",
  "cannot-measure": "cannot measure",
  "no-comparison": "no comparison",
};

const EXIT_WORDS: Readonly<Record<number, string>> = {
  0: "pass",
  1: "gate failed",
  2: "usage or configuration",
  3: "inconclusive",
  4: "incomplete",
  5: "cannot measure",
  129: "hung up",
  130: "interrupted",
  143: "terminated",
};

/** "exit code 3: inconclusive". */
export function exitWords(code: number): string {
  return `exit code ${code}: ${EXIT_WORDS[code] ?? "failed"}`;
}

/** The same of a run. One that was not measured here did not pass, though its exit code lets the check be green. */
export function resultWords(run: { readonly exitCode: number; readonly notMeasured?: string }): string {
  return isDeferred(run) ? `exit code ${run.exitCode}: not measured` : exitWords(run.exitCode);
}

/** Left to another run that measures it: exit code 0, and no result. */
export function isDeferred(run: { readonly exitCode: number; readonly notMeasured?: string }): boolean {
  return run.exitCode === 0 && run.notMeasured !== undefined;
}

/** A requirement's label, with what its figures are per where neither label nor unit says so. */
export function requirementLabel({ label, unit }: Pick<RequirementResult, "label" | "unit">): string {
  return unit === "usd-per-1k" && !/1,?000|1k/i.test(label) ? `${label} per 1,000` : label;
}

/** A sentence ends in a full stop, also where a part of it came from elsewhere. */
export function sentence(text: string): string {
  return /[.!?。！？]$/u.test(text) ? text : `${text}.`;
}

/** "recorded from openai, 2026-11-20 to 2026-11-29 (../recordings/words.jsonl)". */
export function recordedFrom({ file, provider, days }: RecordedFrom): string {
  const from = provider === undefined ? "recorded" : `recorded from ${provider}`;
  return `${from}, ${days === undefined ? "on a day that it does not tell" : daysText(days, "to")} (${file})`;
}

/** "2026-11-29", or both days with a word between. */
export function daysText({ first, last }: NonNullable<RecordedFrom["days"]>, to: string): string {
  return first === last ? first : `${first} ${to} ${last}`;
}
