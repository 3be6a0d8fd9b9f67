/** Format: which step of the checklist fails, whether a form that cannot be left would do, and whether answers stay the same when asked again. */
import { runConsistency } from "../../stats/run-consistency.ts";
import { targetColumns } from "../case-values.ts";
import type { MaybeEstimate } from "../decision.ts";
import { unavailable } from "../estimate.ts";
import { metricEstimate } from "../measure.ts";
import { ABSENT } from "../number-column.ts";
import type { Observations } from "../observations.ts";
import { readArm } from "./arms.ts";
import { estimateOver } from "./case-shares.ts";
import type { Finding, InstrumentRow, Readings } from "./contract.ts";
import { readSteps } from "./steps.ts";
import { columnsOf, type Subject, type Subjects } from "./subjects.ts";

export function readFormat(subjects: Subjects): Readings {
  const columns = columnsOf(subjects, ["constrained-output"]);
  const steps = readSteps(subjects, columns);
  const arm = readArm(subjects, "constrained-output");
  const again = readAgain(subjects, columns);
  const unlisted: Finding = {
    code: "no-checklist",
    text: "Not measured: which step of an answer fails, and which first. A `checklist` of the steps as grader measures it.",
  };
  return {
    rows: [...steps.rows, ...again.rows],
    changes: arm.changes,
    findings: [...(steps.rows.length === 0 ? [unlisted] : []), ...steps.findings, ...arm.findings, ...again.findings],
  };
}

/** Stability over the trials of a case: all right, the same text, the same answer. */
function readAgain(subjects: Subjects, columns: readonly Subject[]): Omit<Readings, "changes"> {
  const { observations, slots, form } = subjects;
  const { suite, trials } = observations;
  if (trials < 2) {
    const text =
      "Not measured: whether all of k answers are right, and whether they stay the same. More than 1 trial a case, `trials: 3`, measures it.";
    return { rows: [], findings: [{ code: "one-trial", text }] };
  }
  const k = Math.min(trials, suite.requirement.stability?.allOf ?? trials);
  const row = (key: string, label: string, cell: (subject: Subject) => MaybeEstimate): InstrumentRow => ({
    key,
    label,
    cells: columns.map(cell),
  });
  return {
    rows: [
      row("all-of-k", `${k} of ${k} right`, ({ position }) =>
        metricEstimate(observations, position, slots, { kind: "all", form, k }),
      ),
      row("same-text", `same text, ${trials} of ${trials}`, ({ position }) =>
        identical(observations, position, slots, "text"),
      ),
      row("same-answer", `same answer, ${trials} of ${trials}`, ({ position }) =>
        identical(observations, position, slots, "answer"),
      ),
    ],
    findings: [],
  };
}

/**
 * Share of the cases whose answers are all equal, as returned (TARr@N) or as extracted by the required graders (TARa@N; Atil et al. 2024).
 * A case that lacks an answer is left out: what it would have been cannot be told.
 */
export function identical(
  observations: Observations,
  position: number,
  slots: readonly number[],
  of: "text" | "answer",
): MaybeEstimate {
  const { details } = targetColumns(observations, position);
  const { trials } = observations;
  if (trials < 2) return unavailable("one trial agrees with nothing");
  if (of === "answer" && details.extracted === 0) {
    return unavailable(
      "no required grader tells the answer that it compared; one that extracts an answer, such as `choice` or `finalAnswer`, measures it",
    );
  }
  const marks = details[of];
  const values = slots.map((slot) => {
    const own = Array.from({ length: trials }, (_, trial) => marks[slot * trials + trial] ?? ABSENT);
    if (own.includes(ABSENT)) return ABSENT;
    const { totalAgreement } = runConsistency(own.map(String));
    return totalAgreement.defined ? totalAgreement.value : ABSENT;
  });
  const lack = `fewer than ${trials} answers`;
  return estimateOver(observations, slots, values, { none: `every case has ${lack}`, left: lack });
}
