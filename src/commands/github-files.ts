/**
 * The files that a step of GitHub Actions hands to the runner, as far as a run that has no summary yet can tell: that it began, and what ended it. Written
 * in one go, since who tells of a sudden end has no time to wait for a disk.
 */
import { appendFileSync } from "node:fs";
import { StorageError, toError } from "../errors.ts";
import { renderFailedJobSummary } from "../report/ci/job-summary.ts";
import { renderBegunStepOutput, renderFailedStepOutput } from "../report/ci/step-output.ts";

export type Env = Readonly<Record<string, string | undefined>>;

/** Throws StorageError when the file cannot be written; does nothing where none is named. */
export function appendForGitHub(file: string | undefined, text: string): void {
  if (file === undefined || file === "") return;
  try {
    appendFileSync(file, text);
  } catch (thrown) {
    throw new StorageError(`what GitHub reads could not be written: ${toError(thrown).message}`, {
      file,
      fix: "Check that the file named by GITHUB_STEP_SUMMARY or GITHUB_OUTPUT can be written.",
      cause: thrown,
    });
  }
}

/**
 * Outputs that stand until others replace them: of two lines with one name the runner takes the later. A process that is killed, where nothing of it
 * runs any more, leaves `result=stopped` and not nothing, which a later step could take for anything. Throws StorageError before anything is bought.
 */
export function tellGitHubOfBegin(env: Env): void {
  if (env.GITHUB_ACTIONS === "true") appendForGitHub(env.GITHUB_OUTPUT, renderBegunStepOutput());
}

/**
 * Of a run that an error, a signal or the watchdog ended: outputs and job summary, so that a step after it need not guess. `message`: what the command
 * said, secrets taken out. Throws StorageError.
 */
export function tellGitHubOfFailure(
  { exitCode, message }: { readonly exitCode: number; readonly message: string },
  env: Env,
): void {
  if (env.GITHUB_ACTIONS !== "true") return;
  appendForGitHub(env.GITHUB_OUTPUT, renderFailedStepOutput(exitCode));
  appendForGitHub(env.GITHUB_STEP_SUMMARY, renderFailedJobSummary(exitCode, message));
}
