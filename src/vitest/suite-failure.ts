/** A criterion that does not hold, as an error whose only place is the suite's line: that is where a reader has to look, not at our code. */
import { resolve } from "node:path";
import type { LocatedCriterion } from "../report/ci/annotations.ts";
import { sentence } from "../report/words.ts";

const HOW = "npm run eval makes the calls; tests never do";

const WORDS: Readonly<Record<string, string>> = {
  fail: "",
  inconclusive: "inconclusive: ",
  incomplete: `incomplete (${HOW}): `,
  "cannot-measure": `not measured (${HOW}): `,
};

/** `cwd`: what the criterion's file is relative to. */
export function suiteFailure({ state, why, file, line }: LocatedCriterion, cwd: string): Error {
  const error = new Error(`${WORDS[state] ?? ""}${sentence(why)}`);
  error.name = "GateError";
  error.stack = `${error.name}: ${error.message}\n    at ${resolve(cwd, file)}:${line ?? 1}:1`;
  return error;
}
