/** From a verdict and a policy to an exit code. */
import { ExitCode } from "../errors.ts";
import type { GatePolicy, VerdictKind } from "../suite/requirement.ts";
import type { Decision, GateResult, MissedToday } from "./decision.ts";
import { DEFAULT_MAX_MISSING, type Deciding, missingAnswers } from "./validity.ts";

export const DEFAULT_ACCEPT: readonly VerdictKind[] = ["KEEP_PROMPTING", "CONFIRMED"];

const EXIT: Readonly<Record<GateResult["outcome"], ExitCode>> = {
  pass: ExitCode.pass,
  fail: ExitCode.gateFailed,
  inconclusive: ExitCode.inconclusive,
  incomplete: ExitCode.incomplete,
  "cannot-measure": ExitCode.cannotMeasure,
  "no-comparison": ExitCode.usage,
};

export function exitOf(outcome: GateResult["outcome"]): ExitCode {
  return EXIT[outcome];
}

const MISSED_TODAY: readonly MissedToday[] = ["format-first", "cheaper-first", "never-pays", "too-dear"];

/**
 * Holds a decision against a policy. What was not measured is told first: no policy makes a run pass whose answers are
 * missing. `format-first` and its like fail although the verdict is to keep prompting: the product misses a requirement today.
 */
export function gate(decision: Decision, policy: GatePolicy): GateResult {
  const { verdict } = decision;
  const told = (outcome: GateResult["outcome"], why: string): GateResult => {
    return { suite: decision.suite, verdict: verdict.kind, outcome, exitCode: EXIT[outcome], why };
  };
  const [headline] = verdict.reasons;
  const why = headline?.text ?? "";
  const unmeasured = verdict.reasons.find(({ code }) => code === "not-measurable");
  if (unmeasured !== undefined) return told("cannot-measure", unmeasured.text);
  const [missing] = missingAnswers(decision.measures, restsOn(decision), policy.maxMissing ?? DEFAULT_MAX_MISSING);
  if (missing !== undefined) return told("incomplete", missing.text);
  if (verdict.kind === "INCONCLUSIVE") {
    return policy.onInconclusive === "pass"
      ? told("pass", `Let pass although inconclusive: ${why}`)
      : told("inconclusive", why);
  }
  if (MISSED_TODAY.some((missed) => verdict.reasons.some(({ code }) => code === missed))) return told("fail", why);
  const pass = passWords(decision);
  const accepted = (policy.accept ?? DEFAULT_ACCEPT).includes(verdict.kind);
  return told(accepted ? "pass" : "fail", accepted ? (pass ?? why) : why);
}

/** A pass in one short sentence; failures tell their numbers. */
function passWords({ verdict, bestPrompt, tuned, requirements }: Decision): string | undefined {
  const own = requirements.find(({ target }) => target === bestPrompt?.target)?.results ?? [];
  const which = own.every(({ blocking }) => blocking) ? "every requirement" : "every blocking requirement";
  switch (verdict.reasons[0]?.code) {
    case "all-met":
      return `The prompt "${bestPrompt?.target ?? ""}" meets ${which}.`;
    case "need-met-rest-at-threshold":
      return `The prompt "${bestPrompt?.target ?? ""}" satisfies the need and is shown to miss nothing.`;
    case "tuned-meets-and-better":
      return `"${tuned ?? ""}" meets what the best prompt misses.`;
    default:
      return undefined;
  }
}

/**
 * One exit code for several suites, by what a person must know first: a suite that failed (1), then one that is incomplete
 * (4), one that could not be measured (5), one without a comparison that was asked for (2), one that is inconclusive (3), and 0 only if all passed. No suite at all cannot
 * be measured.
 */
export function combineExit(results: readonly Pick<GateResult, "outcome">[]): ExitCode {
  const order = ["fail", "incomplete", "cannot-measure", "no-comparison", "inconclusive", "pass"] as const;
  const first = order.find((outcome) => results.some((result) => result.outcome === outcome));
  return EXIT[first ?? "cannot-measure"];
}

/** What the decision rests on: the chosen targets on test, and all candidates on dev where there was a choice. */
function restsOn({ bestPrompt, tuned, measures }: Decision): Deciding[] {
  const test = [bestPrompt?.target, tuned].flatMap((target) =>
    target === undefined ? [] : [{ target, split: "test" as const }],
  );
  const prompts =
    bestPrompt !== undefined && bestPrompt.how !== "only" ? bestPrompt.candidates.map(({ target }) => target) : [];
  const tunes = [...new Set(measures.filter(({ role }) => role === "fine-tuned").map(({ target }) => target))];
  const chosenTunes = tunes.length > 1 ? tunes : [];
  return [...test, ...[...prompts, ...chosenTunes].map((target) => ({ target, split: "dev" as const }))];
}
