/** What judges said of answers that people labelled: read from what is stored, so that agreement costs nothing to tell again. */
import type { Grade } from "../suite/grade.ts";
import type { ComparedLabel } from "../suite/labelled.ts";
import type { World } from "../suite/world.ts";
import { collectLabelled } from "./collect.ts";
import type { Ledger } from "./ledger.ts";
import type { SuitePlan } from "./plan.ts";

/** By grader, in the order of the labelled answers; graders that nobody measures are left out. */
export async function measuredJudges(
  plan: SuitePlan,
  ledger: Ledger,
  world: World,
): Promise<ReadonlyMap<string, readonly ComparedLabel[]>> {
  const measured = new Map<string, ComparedLabel[]>();
  for await (const { grader, label, target, fingerprint, graded } of collectLabelled(plan, ledger, world)) {
    const list = measured.get(grader.name) ?? [];
    measured.set(grader.name, list);
    const told = { person: label, question: fingerprint, ...(target === undefined ? {} : { target }) };
    list.push({ ...told, ...fateOf(graded.strict) });
  }
  return measured;
}

/** A judge that was not reached, or is not recorded, said nothing; one that could not tell said that. */
function fateOf(grade: Grade): Pick<ComparedLabel, "fate" | "judge"> {
  switch (grade.kind) {
    case "scored":
      return grade.answer === undefined ? { fate: "ruled" } : { fate: "judged", judge: grade.answer };
    case "ungraded": {
      const { reason } = grade;
      const replied = reason.startsWith("judge-") && reason !== "judge-failed";
      return { fate: replied || reason === "no-majority" ? "judged" : "open" };
    }
    case "declined":
    case "spared":
      return { fate: "ruled" };
  }
}
