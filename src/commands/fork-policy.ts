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
  /** What GitHub Actions says that it checked out (GITHUB_REF), such as `refs/pull/12/merge`. */
  readonly ref?: string | undefined;
}

export interface ForkOutcome {
  readonly exitCode: number;
  /** Absent where the policy has nothing to say. */
  readonly first?: string;
  /** Passes here without a measure, which a merge queue takes. */
  readonly deferred?: true;
}

/**
 * What a maintainer does: a pull request from a branch of the repository has the key, and starts the workflow as any other does. A push of a branch alone
 * would start nothing. The key then stands beside the stranger's code, so reading it comes first.
 */
function maintainersWay(ref: string | undefined): string {
  const [, number = "NUMBER"] = /^refs\/pull\/(\d{1,9})\/merge$/.exec(ref ?? "") ?? [];
  const branch = `measure-${number}`;
  const read = `gh pr checkout ${number} && git diff origin/HEAD...HEAD`;
  const measure = `git push origin HEAD:refs/heads/${branch} && gh pr create --head ${branch} --fill`;
  return [
    `where a fork or Dependabot opened it, a maintainer reads the code first, since it will run beside the key (${read})`,
    `then measures what was read in a pull request from a branch of this repository, which is merged in place of this one (${measure})`,
  ].join(", ");
}

/** Also what is missing where every pull request says so. */
const GIVE_THE_KEY =
  "give the repository the provider's key as a secret (gh secret set NAME) and hand it on in the workflow, by a line under the step's env";

/** Only a run that could not be measured (exit 5) is ever touched, and only on `pull_request`: the queue's own run stays red. */
export function forkOutcome({ exitCode, event, mergeQueue, missingCalls, worst, ref }: ForkCheck): ForkOutcome {
  if (exitCode !== ExitCode.cannotMeasure) return { exitCode };
  const calls = `${missingCalls.toLocaleString("en")} ${missingCalls === 1 ? "call" : "calls"}, at most ${worst}`;
  const what = `NOT MEASURED: ${calls}`;
  if (event === "pull_request" && mergeQueue) {
    return {
      exitCode: ExitCode.pass,
      first: `${what}; will be measured in the merge queue, whose check is required too`,
      deferred: true,
    };
  }
  if (event === "pull_request") return { exitCode, first: `${what}; ${maintainersWay(ref)}; else ${GIVE_THE_KEY}` };
  return { exitCode, first: `${what}; ${GIVE_THE_KEY}` };
}
