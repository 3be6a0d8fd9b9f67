/** What is put before judges beside real answers: canaries, as answers to the first case, to see whether they can be steered; and answers that people labelled, to see whether they agree. */
import type { LoadedCase } from "../suite/case.ts";
import type { Answer } from "../suite/completion.ts";
import { deepFreeze } from "../suite/deep-freeze.ts";
import type { Canary } from "../suite/grade.ts";
import { type PlannedGrader, type SuitePlan, selectedCases } from "./plan.ts";

export interface CanaryAnswer {
  readonly planned: PlannedGrader;
  readonly case: LoadedCase;
  readonly canary: Canary;
  readonly answer: Answer;
}

/** An answer that a person labelled, to be judged. */
export interface LabelledTask {
  readonly planned: PlannedGrader;
  readonly case: LoadedCase;
  readonly label: string;
  readonly target?: string;
  readonly answer: Answer;
}

/** What people labelled, of all graders. */
export function* labelledAnswers({ graders }: SuitePlan): Generator<LabelledTask> {
  for (const planned of graders) {
    for (const { case: one, answer, label, target } of planned.people) {
      deepFreeze(one);
      yield {
        planned,
        case: one,
        label,
        ...(target === undefined ? {} : { target }),
        answer: { kind: "answer", text: answer, finish: "stop" },
      };
    }
  }
}

/** Nothing where no grader has canaries; the data is then not read. */
export async function* canaryAnswers(plan: SuitePlan): AsyncGenerator<CanaryAnswer> {
  const tried = plan.graders.filter(({ grader }) => grader.canaries !== undefined);
  if (tried.length === 0) return;
  for await (const one of selectedCases(plan)) {
    deepFreeze(one);
    for (const planned of tried) {
      for (const canary of planned.grader.canaries ?? []) {
        yield { planned, case: one, canary, answer: { kind: "answer", text: canary.text, finish: "stop" } };
      }
    }
    return;
  }
}
