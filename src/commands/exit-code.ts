/** One exit code for a run: a signal first, then why it stopped, then a model that cannot be asked, then what the gates say. */
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

/** A model that the provider does not know, or does not allow with this key: the suite or the account is to be mended, not the run. */
function namesWrongModel({ endedTargets = [] }: RunOutcome): boolean {
  return endedTargets.some(({ code }) => code === "unknown-model" || code === "forbidden");
}

export function exitOfRun(signal: number | undefined, outcome: RunOutcome, gates: readonly GateResult[]): number {
  const stopped = signal ?? exitOfStop(outcome);
  if (stopped !== undefined) return stopped;
  const exit = combineExit(gates);
  return exit === ExitCode.incomplete && namesWrongModel(outcome) ? ExitCode.usage : exit;
}

/** Of a machine that made its share of the calls and decides nothing; `missing` calls of it have no answer. */
export function exitOfShard(signal: number | undefined, outcome: RunOutcome, missing: number): number {
  const stopped = signal ?? exitOfStop(outcome);
  if (stopped !== undefined) return stopped;
  if (missing === 0) return ExitCode.pass;
  return namesWrongModel(outcome) ? ExitCode.usage : ExitCode.incomplete;
}
