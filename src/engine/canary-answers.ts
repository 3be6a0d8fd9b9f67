/** What is put before judges to see whether they can be steered: the canaries of each grader, as answers to the first case. */
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
