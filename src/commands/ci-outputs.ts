/** What a run leaves for a CI system: JUnit and CTRF files in the run's folder, and on GitHub the job summary, outputs and annotations. */
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { StorageError, toError } from "../errors.ts";
import type { Redact } from "../redact.ts";
import { type LocatedCriterion, renderAnnotations } from "../report/ci/annotations.ts";
import { renderCtrf } from "../report/ci/ctrf.ts";
import { renderFailedJobSummary, renderJobSummary } from "../report/ci/job-summary.ts";
import { renderJunit } from "../report/ci/junit.ts";
import { renderFailedStepOutput, renderStepOutput } from "../report/ci/step-output.ts";
import { mapStrings } from "../report/map-strings.ts";
import { renderMarkdown } from "../report/markdown.ts";
import type { Summary } from "../report/summary.ts";
import { writeWhole } from "../report/write-file.ts";

type Env = Readonly<Record<string, string | undefined>>;

export interface CiRun {
  /** Secrets taken out. */
  readonly summary: Summary;
  readonly criteria: readonly LocatedCriterion[];
  readonly exitCode: number;
  /** Of the report, relative to where the command ran. */
  readonly report: string;
  readonly redact: Redact;
  /** Belongs before everything else. */
  readonly first?: string;
}

/** `junit.xml` and `ctrf.json` in the run's folder. Throws StorageError. */
export async function writeTestReports(folder: string, { summary, criteria, redact }: CiRun): Promise<void> {
  const clean = mapStrings(criteria, redact);
  const start = Date.parse(summary.run.startedAt);
  const { version, wallMs } = summary.run;
  await writeWhole(join(folder, "junit.xml"), renderJunit(clean));
  await writeWhole(join(folder, "ctrf.json"), renderCtrf(clean, { version, start, stop: start + wallMs }));
}

/**
 * On GitHub Actions: appends to the files that GITHUB_STEP_SUMMARY and GITHUB_OUTPUT name, and returns the lines of annotations to print. Elsewhere
 * does nothing. Throws StorageError when such a file cannot be written.
 */
export async function tellGitHub(run: CiRun, env: Env): Promise<readonly string[]> {
  if (env.GITHUB_ACTIONS !== "true") return [];
  const criteria = mapStrings(run.criteria, run.redact);
  const { summary, exitCode, report, first } = run;
  const markdown = renderMarkdown(summary);
  await append(
    env.GITHUB_STEP_SUMMARY,
    renderJobSummary(summary, { exitCode, criteria, markdown, ...(first === undefined ? {} : { first }) }),
  );
  await append(env.GITHUB_OUTPUT, renderStepOutput(summary, { exitCode, report }));
  return renderAnnotations(criteria);
}

/**
 * On GitHub Actions, of a run that an error ended: the same two files, so that a step after it need not guess. `message`: what the command said, secrets
 * taken out. Throws StorageError as `tellGitHub` does.
 */
export async function tellGitHubOfFailure(
  { exitCode, message }: { readonly exitCode: number; readonly message: string },
  env: Env,
): Promise<void> {
  if (env.GITHUB_ACTIONS !== "true") return;
  await append(env.GITHUB_OUTPUT, renderFailedStepOutput(exitCode));
  await append(env.GITHUB_STEP_SUMMARY, renderFailedJobSummary(exitCode, message));
}

async function append(file: string | undefined, text: string): Promise<void> {
  if (file === undefined || file === "") return;
  try {
    await appendFile(file, text);
  } catch (thrown) {
    throw new StorageError(`what GitHub reads could not be written: ${toError(thrown).message}`, {
      file,
      fix: "Check that the file named by GITHUB_STEP_SUMMARY or GITHUB_OUTPUT can be written.",
      cause: thrown,
    });
  }
}
