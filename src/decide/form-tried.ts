/** Whether what is missing in form alone may still be had without tuning. */
import type { LoadedSuite, Suite } from "../suite/suite.ts";
import type { SweepEvidence } from "./sweep-contract.ts";

/**
 * Whether output that cannot leave the form was tried with prompts, or is waived with its reason: by a rung of the ladder that is stated, an arm, a
 * prompt that sends a schema, or a sweep's rung. The best prompt of all that were tried misses still, so that way is at its end.
 */
export function isFormTried(suite: Suite | LoadedSuite, sweep: SweepEvidence | undefined): boolean {
  return (
    suite.ladder?.["structured-output"] !== undefined ||
    sweep?.rungs.includes("structured-output") === true ||
    suite.targets.some(
      ({ role, arm, parameters, model }) =>
        role === "prompt-only" &&
        (arm === "constrained-output" || parameters.schema !== undefined || model.parameters.schema !== undefined),
    )
  );
}
