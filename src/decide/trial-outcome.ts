/** What the decision takes one trial for, told beside the trial so that a reader of single answers sees the same. */
import type { LoadedSuite, Suite } from "../suite/suite.ts";
import type { TrialRecord } from "../suite/trial.ts";
import { absentBecause, formStatus, Status } from "./trial-status.ts";

type Told = "passed" | "failed" | "missing";

export interface TrialOutcome {
  readonly strict: Told;
  readonly lenient: Told;
  /** Why it is missing in strict form, or else in lenient form; absent where it is in neither. */
  readonly why?: string;
  /** The case is one that tuning must not break, and counts in no other figure. */
  readonly held?: true;
}

const TOLD: Readonly<Record<Status, Told>> = {
  [Status.passed]: "passed",
  [Status.failed]: "failed",
  [Status.missing]: "missing",
};

export function trialOutcome(
  { graders, requirement }: Pick<Suite | LoadedSuite, "graders" | "requirement">,
  { completion, grades, tags }: Pick<TrialRecord, "completion" | "grades" | "tags">,
): TrialOutcome {
  const tag = requirement.regression?.tag;
  const held = tag !== undefined && tags.includes(tag) ? ({ held: true } as const) : {};
  const absent = absentBecause(completion);
  if (absent !== undefined) return { strict: "missing", lenient: "missing", why: absent, ...held };
  const strict = formStatus(graders, grades, "strict");
  const lenient = formStatus(graders, grades, "lenient");
  const why = strict.why ?? lenient.why;
  return { strict: TOLD[strict.status], lenient: TOLD[lenient.status], ...(why === undefined ? {} : { why }), ...held };
}
