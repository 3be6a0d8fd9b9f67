/** `ctrf.json`: each criterion of a gate as a test, in the Common Test Report Format (ctrf.io). */
import type { CriterionState } from "../../decide/criteria-contract.ts";
import { sentence } from "../words.ts";
import type { LocatedCriterion } from "./annotations.ts";

type Status = "passed" | "failed" | "skipped" | "pending" | "other";

const STATUS: Readonly<Record<CriterionState, Status>> = {
  pass: "passed",
  waived: "skipped",
  fail: "failed",
  // Neither a pass nor a failure: what is not settled must not look like either.
  inconclusive: "other",
  incomplete: "other",
  "cannot-measure": "other",
  "no-comparison": "other",
};

export interface CtrfRun {
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly stop: number;
}

/** The whole document, keys in a fixed order. Criteria take no time of their own: `duration` is 0. */
export function renderCtrf(criteria: readonly LocatedCriterion[], { version, start, stop }: CtrfRun): string {
  const count = (status: Status) => criteria.filter(({ state }) => STATUS[state] === status).length;
  const report = {
    reportFormat: "CTRF",
    specVersion: "1.0.0",
    results: {
      tool: { name: "gapcheck", version },
      summary: {
        tests: criteria.length,
        suites: new Set(criteria.map(({ suite }) => suite)).size,
        passed: count("passed"),
        failed: count("failed"),
        pending: count("pending"),
        skipped: count("skipped"),
        other: count("other"),
        start,
        stop,
      },
      tests: criteria.map(({ suite, name, state, why, file, line }) => ({
        name: `${suite}: ${name}`.toWellFormed(),
        status: STATUS[state],
        duration: 0,
        suite: [suite.toWellFormed()],
        ...(why === "" ? {} : { message: sentence(why).toWellFormed() }),
        rawStatus: state,
        filePath: file,
        ...(line === undefined ? {} : { line }),
      })),
    },
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
