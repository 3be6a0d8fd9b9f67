/** What a run leaves for a CI system: JUnit and CTRF files in the run's folder, and on GitHub the job summary, outputs and annotations. */
import { join } from "node:path";
import type { Redact } from "../redact.ts";
import { type LocatedCriterion, renderAnnotations } from "../report/ci/annotations.ts";
import { renderCtrf } from "../report/ci/ctrf.ts";
import { renderJobSummary } from "../report/ci/job-summary.ts";
import { renderJunit } from "../report/ci/junit.ts";
import { renderStepOutput } from "../report/ci/step-output.ts";
import { mapStrings } from "../report/map-strings.ts";
import { renderMarkdown } from "../report/markdown.ts";
import type { Summary } from "../report/summary.ts";
import { writeWhole } from "../report/write-file.ts";
import { appendForGitHub, type Env } from "./github-files.ts";

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
  appendForGitHub(
    env.GITHUB_STEP_SUMMARY,
    renderJobSummary(summary, { exitCode, criteria, markdown, ...(first === undefined ? {} : { first }) }),
  );
  appendForGitHub(env.GITHUB_OUTPUT, renderStepOutput(summary, { exitCode, report }));
  return renderAnnotations(criteria);
}
