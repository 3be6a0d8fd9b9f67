/** Writes a run's `summary.json` and `report.md`. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { RunOutcome } from "../engine/outcome.ts";
import type { Redact } from "../redact.ts";
import { mapStrings } from "../report/map-strings.ts";
import { renderMarkdown } from "../report/markdown.ts";
import type { RunFolder } from "../report/run-folder.ts";
import { type Summary, writeSummary } from "../report/summary.ts";
import { SUMMARY_SCHEMA_ID } from "../report/summary-schema.ts";
import { writeWhole } from "../report/write-file.ts";
import type { Evaluated } from "./evaluate.ts";
import { packageVersion } from "./version.ts";

export interface FinishedRun {
  readonly folder: RunFolder;
  readonly startedAt: Date;
  readonly cwd: string;
  readonly outcome: RunOutcome;
  readonly evaluated: readonly Evaluated[];
  readonly exitCode: number;
}

function gitCommit(cwd: string): string | undefined {
  try {
    const commit = execFileSync("git", ["rev-parse", "HEAD"], {
      cwd,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 5_000,
    }).trim();
    return commit === "" ? undefined : commit;
  } catch {
    // Not a repository, or no git: the commit is a convenience.
    return undefined;
  }
}

/** The files are written whole, secrets taken out; returns the summary as written and the report's path. Throws StorageError. */
export async function reportRun(
  run: FinishedRun,
  redact: Redact,
): Promise<{ readonly summary: Summary; readonly markdown: string }> {
  const { folder, outcome, evaluated, exitCode } = run;
  const commit = gitCommit(run.cwd);
  // Texts are cleaned before they are laid out: a secret broken over two lines would not be found any more.
  const summary = mapStrings<Summary>(
    {
      schema: SUMMARY_SCHEMA_ID,
      exitCode,
      run: {
        id: folder.id,
        startedAt: run.startedAt.toISOString(),
        wallMs: Math.round(outcome.wallMs),
        command: ["gapcheck", ...process.argv.slice(2)].join(" "),
        version: packageVersion(),
        node: process.version,
        ...(commit === undefined ? {} : { gitCommit: commit }),
        counts: outcome.counts,
        spend: outcome.spend,
        notices: outcome.notices,
        ...(outcome.stopped === undefined ? {} : { stopped: outcome.stopped }),
      },
      suites: evaluated,
    },
    redact,
  );
  await writeSummary(join(folder.path, "summary.json"), summary, redact);
  const markdown = join(folder.path, "report.md");
  await writeWhole(markdown, renderMarkdown(summary));
  return { summary, markdown };
}
