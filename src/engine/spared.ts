/** Judges that are not asked of an answer, since a grader without a model has failed it already: what the trial comes to is settled. */
import { bothForms } from "../suite/before-grading.ts";
import type { Answer } from "../suite/completion.ts";
import type { Graded, Grader } from "../suite/grade.ts";
import { gradeWithoutText } from "./grade-answer.ts";
import type { PlannedGrader, SuitePlan } from "./plan.ts";

/** Grades one answer by one grader. */
type GradeOne = (planned: PlannedGrader) => Promise<Graded>;

/**
 * Grades an answer by all graders of a suite, those that ask nobody first, and spares judges what is settled.
 * @returns by name, in the suite's order
 */
export async function gradeByAll(
  plan: SuitePlan,
  answer: Answer,
  gradeOne: GradeOne,
): Promise<ReadonlyMap<string, Graded>> {
  const found = await gradeWithoutJudges(plan, gradeOne);
  const grades = new Map<string, Graded>();
  for (const planned of plan.graders) {
    const { name } = planned.grader;
    grades.set(name, found.get(name) ?? sparedOf(plan, planned.grader, answer, found) ?? (await gradeOne(planned)));
  }
  return grades;
}

/** The grades of those that ask nobody. */
export async function gradeWithoutJudges(
  { graders }: Pick<SuitePlan, "graders">,
  gradeOne: GradeOne,
): Promise<ReadonlyMap<string, Graded>> {
  const grades = new Map<string, Graded>();
  for (const planned of graders) {
    if (planned.grader.asks.length === 0) grades.set(planned.grader.name, await gradeOne(planned));
  }
  return grades;
}

/** Whether anything a grader says may be settled before it is asked. */
export function maySpare({ suite, graders }: Pick<SuitePlan, "suite" | "graders">, grader: Grader): boolean {
  if (grader.asks.length === 0 || grader.judgeFailed === true) return false;
  // Where a figure of this grader alone is asked for, each answer counts in it.
  const { quality } = suite.requirement;
  if (quality !== undefined && [quality].flat().some(({ grader: named }) => named === grader.name)) return false;
  return graders.some(({ grader: other }) => settles(other));
}

/**
 * The grade of a judge that need not be asked; undefined where it must be.
 *
 * A required grader must have failed the answer in both forms: the trial has then failed in both, whatever a judge would say. One that failed it in the strict
 * form alone leaves the lenient one open, and with it the parts of format and ability.
 * @param found grades of those that ask nobody
 */
export function sparedOf(
  plan: Pick<SuitePlan, "suite" | "graders">,
  grader: Grader,
  answer: Answer,
  found: ReadonlyMap<string, Graded>,
): Graded | undefined {
  // What no grader looks at has a grade of its own by every grader.
  if (!maySpare(plan, grader) || gradeWithoutText(grader, answer) !== undefined) return undefined;
  for (const { grader: other } of plan.graders) {
    if (!settles(other)) continue;
    const graded = found.get(other.name);
    if (graded === undefined || !isFailed(graded.strict, other) || !isFailed(graded.lenient, other)) continue;
    const why = `not judged: "${other.name}", which an answer must pass, failed it`;
    return bothForms({ kind: "spared", by: other.name, why });
  }
  return undefined;
}

function settles({ required, asks }: Grader): boolean {
  return required && asks.length === 0;
}

function isFailed(grade: Graded["strict"], { passAt }: Grader): boolean {
  return grade.kind === "declined" || (grade.kind === "scored" && grade.score < passAt);
}
