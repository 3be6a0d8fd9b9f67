/**
 * What a check says where nothing can be bought: pull requests of forks and of Dependabot get no key. What the ledger answers is decided as ever;
 * where an answer is missing, the check is red and says what to run, unless a merge queue measures the same commit anyway before it lands.
 */
import { ExitCode } from "../errors.ts";

export interface ForkCheck {
  /** As the run would end without this policy. */
  readonly exitCode: number;
  /** The event of GitHub Actions, such as `pull_request` or `merge_group`; undefined elsewhere. */
  readonly event: string | undefined;
  /** Every pull request passes a merge queue that runs this check with a key. */
  readonly mergeQueue: boolean;
  /** Calls that the ledger does not hold. */
  readonly missingCalls: number;
  /** Their price at worst, in words: "$0.41". */
  readonly worst: string;
}

export interface ForkOutcome {
  readonly exitCode: number;
  /** Absent where the policy has nothing to say. */
  readonly first?: string;
}

/** Only a run that could not be measured (exit 5) is ever touched, and only on `pull_request`: the queue's own run stays red. */
export function forkOutcome({ exitCode, event, mergeQueue, missingCalls, worst }: ForkCheck): ForkOutcome {
  if (exitCode !== ExitCode.cannotMeasure) return { exitCode };
  const calls = `${missingCalls.toLocaleString("en")} ${missingCalls === 1 ? "call" : "calls"}, at most ${worst}`;
  const what = `NOT MEASURED: ${calls}`;
  if (event === "pull_request" && mergeQueue) {
    return {
      exitCode: ExitCode.pass,
      first: `${what}; will be measured in the merge queue, whose check is required too`,
    };
  }
  if (event === "pull_request") {
    const how =
      "a maintainer runs the check on a branch of this repository, where the key is: gh pr checkout NUMBER && git push origin HEAD:measure";
    return { exitCode, first: `${what}; ${how}` };
  }
  return { exitCode, first: `${what}; give this event the provider's key` };
}
