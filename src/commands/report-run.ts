/** A run's `summary.json` and `report.md`, and what happens when the disk does not take them. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import type { RunOutcome } from "../engine/outcome.ts";
import { StorageError } from "../errors.ts";
import type { Redact } from "../redact.ts";
import { mapStrings } from "../report/map-strings.ts";
import { renderMarkdown } from "../report/markdown.ts";
import type { RunFolder } from "../report/run-folder.ts";
import { type Summary, writeSummary } from "../report/summary.ts";
import { SUMMARY_SCHEMA_ID } from "../report/summary-schema.ts";
import { writeWhole } from "../report/write-file.ts";
import { commandLine } from "./command-line.ts";
import type { Evaluated } from "./evaluate.ts";
import { packageVersion } from "./version.ts";

export interface FinishedRun {
  readonly folder: RunFolder;
  readonly startedAt: Date;
  /** Of the repository that the run was started in, where there is one. */
  readonly gitCommit?: string;
  readonly outcome: RunOutcome;
  readonly evaluated: readonly Evaluated[];
  readonly exitCode: number;
  readonly notMeasured?: string;
  readonly baseline?: NonNullable<Summary["baseline"]>;
}

/** The commit that is checked out, where there is one. Asked beside other work: to start a process takes as long as to read a small suite. */
export function gitCommit(cwd: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    // Not a repository, or no git: the commit is a convenience.
    execFile("git", ["rev-parse", "HEAD"], { cwd, encoding: "utf8", timeout: 5_000 }, (error, stdout) => {
      const commit = stdout.trim();
      resolve(error === null && commit !== "" ? commit : undefined);
    });
  });
}

/** The summary of a run, secrets taken out. */
export function summaryOf(run: FinishedRun, redact: Redact): Summary {
  const { folder, outcome, evaluated, exitCode, gitCommit: commit } = run;
  // Texts are cleaned before they are laid out: a secret broken over two lines would not be found any more.
  return mapStrings<Summary>(
    {
      schema: SUMMARY_SCHEMA_ID,
      exitCode,
      ...(run.notMeasured === undefined ? {} : { notMeasured: run.notMeasured }),
      run: {
        id: folder.id,
        startedAt: run.startedAt.toISOString(),
        wallMs: Math.round(outcome.wallMs),
        command: commandLine(process.argv.slice(2)),
        version: packageVersion(),
        node: process.version,
        ...(commit === undefined ? {} : { gitCommit: commit }),
        counts: outcome.counts,
        ...(outcome.judgeCalls === undefined ? {} : { judgeCalls: outcome.judgeCalls }),
        spend: outcome.spend,
        notices: outcome.notices,
        ...(outcome.stopped === undefined ? {} : { stopped: outcome.stopped }),
      },
      ...(run.baseline === undefined ? {} : { baseline: run.baseline }),
      suites: evaluated,
    },
    redact,
  );
}

/** Writes summary and report, whole or not at all; returns the report's path. Throws StorageError. */
export async function writeReport(folder: RunFolder, summary: Summary, redact: Redact): Promise<string> {
  await writeSummary(join(folder.path, "summary.json"), summary, redact);
  const markdown = join(folder.path, "report.md");
  await writeWhole(markdown, renderMarkdown(summary));
  return markdown;
}

/**
 * Does what writes files, one after the other, and remembers the first that could not: what a run found out is told all the same, on the
 * terminal. Anything but a StorageError is thrown on.
 */
export function keepTrouble(): {
  readonly attempt: <Result>(write: () => Promise<Result>) => Promise<Result | undefined>;
  readonly trouble: () => StorageError | undefined;
} {
  let first: StorageError | undefined;
  return {
    attempt: async (write) => {
      if (first !== undefined) return undefined;
      try {
        return await write();
      } catch (thrown) {
        if (!(thrown instanceof StorageError)) throw thrown;
        first = thrown;
        return undefined;
      }
    },
    trouble: () => first,
  };
}
