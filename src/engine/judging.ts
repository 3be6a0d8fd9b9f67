/** Grades that need a judge: kept by their key, so that a judge is asked once, and asked again when anything changes that it would see. */
import type { LoadedCase } from "../suite/case.ts";
import type { Answer, Completion } from "../suite/completion.ts";
import type { Graded } from "../suite/grade.ts";
import type { Message, Model, Parameters } from "../suite/model.ts";
import { type GradeOptions, gradeBy, gradeWithoutText } from "./grade-answer.ts";
import { callIdentity, callKey, effectiveParameters, gradeKey, promptText } from "./keys.ts";
import type { Ledger } from "./ledger.ts";
import type { PlannedGrader, SuitePlan } from "./plan.ts";

/** One question to a judge, as a call. */
export interface JudgeCall {
  readonly key: string;
  /** With its paths resolved. */
  readonly model: Model;
  readonly messages: readonly Message[];
  readonly parameters: Parameters;
  /** The attempt, 1-based: it takes the place of the trial. */
  readonly trial: number;
}

/** The call behind a grader's `ask`. */
export function judgeCall(
  plan: Pick<SuitePlan, "judges">,
  asked: Model,
  messages: readonly Message[],
  options: { readonly parameters?: Parameters; readonly attempt?: number } = {},
): JudgeCall {
  const model = plan.judges.get(asked) ?? asked;
  const parameters = effectiveParameters(model, options.parameters);
  const trial = options.attempt ?? 1;
  return {
    key: callKey(callIdentity(model, parameters), promptText(messages), trial),
    model,
    messages,
    parameters,
    trial,
  };
}

/** A question that cannot be asked now; the grader makes it `judge-failed`. */
export function notAsked(why: string): Completion {
  return { kind: "failure", code: "not-recorded", retry: "final", scope: "call", message: why };
}

/** The grade of an answer: the kept one, or a new one, which is kept if it is one. */
export async function gradeKept(
  planned: PlannedGrader,
  one: LoadedCase,
  answer: Answer,
  ledger: Ledger,
  options: GradeOptions & { readonly keep: boolean },
): Promise<Graded> {
  const { grader, identity } = planned;
  if (identity === undefined || gradeWithoutText(grader, answer) !== undefined) {
    return gradeBy(grader, one, answer, options);
  }
  const key = gradeKey(identity, answer, one.fingerprint);
  const before = ledger.grade(key);
  if (before !== undefined) return before;
  const graded = await gradeBy(grader, one, answer, options);
  if (options.keep && isGraded(graded)) await ledger.keepGrade(key, graded);
  return graded;
}

/** What could not be graded is never kept: it is tried anew. */
function isGraded({ strict, lenient }: Graded): boolean {
  return strict.kind !== "ungraded" && lenient.kind !== "ungraded";
}
