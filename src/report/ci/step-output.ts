/** What a step of GitHub Actions hands to the next: lines for the file that GITHUB_OUTPUT names. */
import type { Summary } from "../summary.ts";
import { isDeferred } from "../words.ts";

/** Words of the exit codes, closed: a workflow may compare with them. */
const RESULTS: Readonly<Record<number, string>> = {
  0: "pass",
  1: "fail",
  2: "usage",
  3: "inconclusive",
  4: "incomplete",
  5: "cannot-measure",
};

/** By a signal, or killed. */
const STOPPED = "stopped";

/** Exit code 0 all the same: a merge queue will measure it, and who reads the outputs must not take it for a pass. */
const NOT_MEASURED = "not-measured";

export interface StepOutput {
  readonly exitCode: number;
  /** Relative to where the command ran. */
  readonly report: string;
}

/**
 * `result`, `exit-code`, `verdict` (of each suite, `name=KIND`, separated by commas, names URL-encoded), `cost-usd` (settled) and `report`. Values hold
 * no line feed, so that no text can add an output of its own.
 */
export function renderStepOutput(summary: Summary, { exitCode, report }: StepOutput): string {
  const { suites, run } = summary;
  const verdicts = suites.map(
    ({ decision }) => `${encodeURIComponent(decision.suite.toWellFormed())}=${decision.verdict.kind}`,
  );
  return linesOf({
    result: isDeferred({ ...summary, exitCode }) ? NOT_MEASURED : resultOf(exitCode),
    "exit-code": String(exitCode),
    verdict: verdicts.join(","),
    "cost-usd": run.spend.settledUsd.toFixed(4),
    report: report.replace(/[\r\n]/g, " "),
  });
}

/** The same outputs of a run that ended without a summary: no verdict, no report, and what it cost is not known. */
export function renderFailedStepOutput(exitCode: number): string {
  return withoutSummary(resultOf(exitCode), String(exitCode));
}

/** The same outputs of a run that has only begun: what is left of it where the process is killed. */
export function renderBegunStepOutput(): string {
  return withoutSummary(STOPPED, "");
}

function withoutSummary(result: string, exitCode: string): string {
  return linesOf({ result, "exit-code": exitCode, verdict: "", "cost-usd": "", report: "" });
}

function resultOf(exitCode: number): string {
  return RESULTS[exitCode] ?? STOPPED;
}

function linesOf(outputs: Readonly<Record<string, string>>): string {
  return Object.entries(outputs)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
}
