/** One trial as the decision sees it: passed, failed or missing, in both forms, with the reason in words. */
import type { Completion, FailureCode } from "../suite/completion.ts";
import type { Grade, Graded, Grader, UngradedReason } from "../suite/grade.ts";
import type { NotCalled } from "../suite/trial.ts";

/** 0 is kept for a trial that never arrived. */
export const Status = { passed: 1, failed: 2, missing: 3 } as const;
export type Status = (typeof Status)[keyof typeof Status];

/** Why a failed trial failed, where the grader can tell; by rising precedence. */
export const Flaw = { none: 0, unparsed: 1, cut: 2, empty: 3, declined: 4 } as const;
export type Flaw = (typeof Flaw)[keyof typeof Flaw];

/** The parts of a grader that decide whether a trial passes. */
export type GraderRule = Pick<Grader, "name" | "required" | "passAt">;

export interface FormStatus {
  readonly status: Status;
  readonly flaw: Flaw;
  /** Present exactly when `status` is missing. */
  readonly why?: string;
  /** What the grader threw, on one line and cut; only where that is why. */
  readonly thrown?: string;
}

/** Characters kept of what a grader threw. */
const MOST_THROWN = 160;

const FAILURE_WORDS: Readonly<Record<FailureCode, string>> = {
  "rate-limited": "rate limit of the provider",
  overloaded: "provider overloaded",
  unreachable: "provider not reachable",
  "connection-lost": "connection lost",
  timeout: "no answer in time",
  "server-error": "error of the provider's server",
  "cut-off": "answer cut off on the way",
  "not-an-answer": "reply was not an answer",
  "too-large": "answer too large",
  "bad-encoding": "answer in a broken encoding",
  "redirect-refused": "redirect refused",
  "prompt-too-long": "prompt too long for the model",
  "bad-request": "request refused as invalid",
  "key-missing": "API key missing",
  "key-rejected": "API key rejected",
  forbidden: "access to the model forbidden",
  "unknown-model": "model unknown to the provider",
  "out-of-money": "account out of money",
  "not-recorded": "not in the recording",
  "prompt-changed": "recorded for another prompt",
  "answer-changed": "recorded for another answer",
  aborted: "call stopped before its answer",
  threw: "model code threw an error",
};

const UNGRADED_WORDS: Readonly<Record<UngradedReason, string>> = {
  "judge-unparsed": "the judge gave no verdict",
  "judge-no-evidence": "the judge quoted nothing that stands in the answer",
  "judge-cannot-tell": "the judge could not tell",
  "judge-failed": "the judge did not answer",
  "no-majority": "the judges found no majority",
  "grader-threw": "the grader threw an error",
  "grader-timeout": "the grader ran out of time",
  "missing-expected": "the case lacks what the grader needs",
};

/** Why no grade could be given to a completion that is no answer; `undefined` for an answer. */
export function absentBecause(completion: Completion | NotCalled): string | undefined {
  if (completion.kind === "not-called") return completion.why;
  return completion.kind === "failure" ? FAILURE_WORDS[completion.code] : undefined;
}

/** No answer was tried at all, or could not be for want of a key: nothing that the model or the network did. */
export function isNotMeasurable(completion: Completion | NotCalled): boolean {
  return completion.kind === "not-called" || (completion.kind === "failure" && completion.code === "key-missing");
}

/** Score of a grade in [0, 1]; a declined answer scores 0; `undefined` where nobody can tell, or nobody was asked. */
export function scoreOf(grade: Grade | undefined): number | undefined {
  if (grade === undefined || grade.kind === "ungraded" || grade.kind === "spared") return undefined;
  return grade.kind === "declined" ? 0 : grade.score;
}

/**
 * Whether an answered trial passed in one form. Every required grader must pass; one that failed decides, whatever the
 * others say; otherwise one that could not grade leaves the trial missing.
 */
export function formStatus(
  graders: readonly GraderRule[],
  grades: ReadonlyMap<string, Graded>,
  form: "strict" | "lenient",
): FormStatus {
  let flaw: Flaw = Flaw.none;
  let failed = false;
  let why: string | undefined;
  let thrown: string | undefined;
  for (const grader of graders) {
    if (!grader.required) continue;
    const grade = grades.get(grader.name)?.[form];
    const score = scoreOf(grade);
    if (score === undefined) {
      if (why === undefined) thrown = thrownBy(grader.name, grade);
      why ??= ungradedBecause(grader.name, grade);
    } else if (score < grader.passAt) {
      failed = true;
      const seen = flawOf(grade);
      if (seen > flaw) flaw = seen;
    }
  }
  if (failed) return { status: Status.failed, flaw };
  if (why !== undefined)
    return { status: Status.missing, flaw: Flaw.none, why, ...(thrown === undefined ? {} : { thrown }) };
  return { status: Status.passed, flaw: Flaw.none };
}

function ungradedBecause(grader: string, grade: Grade | undefined): string {
  const words = grade?.kind === "ungraded" ? UNGRADED_WORDS[grade.reason] : "the answer was not graded";
  return `not graded by "${grader}": ${words}`;
}

function thrownBy(grader: string, grade: Grade | undefined): string | undefined {
  if (grade?.kind !== "ungraded" || grade.reason !== "grader-threw") return undefined;
  const line = grade.why.replace(/\s+/gu, " ").trim();
  const own = `${grader} threw: `;
  const text = line.startsWith(own) ? line.slice(own.length) : line;
  return text.length > MOST_THROWN ? `${text.slice(0, MOST_THROWN - 1)}…` : text;
}

function flawOf(grade: Grade | undefined): Flaw {
  if (grade?.kind === "declined") return Flaw.declined;
  return grade?.kind === "scored" && grade.flaw !== undefined ? Flaw[grade.flaw] : Flaw.none;
}
