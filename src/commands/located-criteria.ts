/** The criteria of the evaluated suites, each with its line in the suite file. */
import { readFileSync } from "node:fs";
import { relative, sep } from "node:path";
import { criteriaOf } from "../decide/criteria.ts";
import type { LocatedCriterion } from "../report/ci/annotations.ts";
import { findLine } from "../suite/anchor.ts";
import type { Evaluated } from "./evaluate.ts";

/** `files`: absolute path of each suite's file, by name. Paths in the result are relative to `cwd`, with forward slashes. */
export function locatedCriteria(
  evaluated: readonly Pick<Evaluated, "decision" | "gate" | "baseline">[],
  files: ReadonlyMap<string, string>,
  cwd: string,
): readonly LocatedCriterion[] {
  return evaluated.flatMap(({ decision, gate, baseline }) => {
    const file = files.get(decision.suite) ?? "";
    const source = sourceOf(file);
    return criteriaOf(decision, gate, baseline).map((criterion) => {
      const line = findLine(source, criterion.anchors);
      return {
        ...criterion,
        file: relative(cwd, file).split(sep).join("/"),
        ...(line === undefined ? {} : { line }),
      };
    });
  });
}

/** The file was read when the suite was loaded; gone meanwhile, it has no lines to point at. */
function sourceOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
