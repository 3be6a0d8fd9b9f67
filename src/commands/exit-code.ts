/** One exit code for a run: a signal first, then why it stopped, then what the gates say. */
import type { GateResult } from "../decide/decision.ts";
import { combineExit } from "../decide/gate.ts";
import type { RunOutcome } from "../engine/outcome.ts";
import { ExitCode } from "../errors.ts";

/** What a stop means; undefined when every call was made, so that the gates decide. */
function exitOfStop({ stopped, notices }: RunOutcome): number | undefined {
  switch (stopped?.reason) {
    case undefined:
      return undefined;
    case "budget":
    case "deadline":
      return ExitCode.inconclusive;
    case "account":
      return notices.some(({ code }) => code === "key-missing") ? ExitCode.cannotMeasure : ExitCode.incomplete;
    case "storage":
      return ExitCode.incomplete;
    case "interrupted":
      return ExitCode.interrupted;
    case "terminated":
      return ExitCode.terminated;
  }
}

export function exitOfRun(signal: number | undefined, outcome: RunOutcome, gates: readonly GateResult[]): number {
  return signal ?? exitOfStop(outcome) ?? combineExit(gates);
}
