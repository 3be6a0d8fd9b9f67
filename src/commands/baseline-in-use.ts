/** The baseline that a command compares with: from `--baseline`, else `reports/baseline.json`. */
import { relative, resolve, sep } from "node:path";
import type { Baseline, BaselineSuite, ExamChange } from "../decide/baseline/contract.ts";
import { ConfigError } from "../errors.ts";
import { readBaseline } from "../report/baseline-file.ts";
import type { SelectionOptions } from "./selection.ts";

export interface BaselineFlags extends SelectionOptions {
  /** Instead of `reports/baseline.json`. */
  readonly baseline?: string;
  /** A comparison that cannot be made ends with exit code 2. */
  readonly ci?: boolean;
}

export interface BaselineInUse {
  /** Absolute. */
  readonly file: string;
  /** Absent where there is no file. */
  readonly baseline?: Baseline;
  /** Only some cases were asked for: nothing is compared. */
  readonly filtered: boolean;
}

const STANDARD = "reports/baseline.json";

export function baselineFile({ baseline }: BaselineFlags, cwd: string): string {
  return resolve(cwd, baseline ?? STANDARD);
}

/** Throws ConfigError for a file that was named and is not there, and for one that is damaged. */
export async function baselineInUse(flags: BaselineFlags, cwd: string): Promise<BaselineInUse> {
  const file = baselineFile(flags, cwd);
  const baseline = await readBaseline(file);
  if (baseline === undefined && flags.baseline !== undefined) {
    throw new ConfigError("no-baseline", "no comparison: there is no such baseline", {
      place: { file },
      fix: "Write it on main with gapcheck baseline --update, or name the right file with --baseline.",
    });
  }
  const filtered = flags.limit !== undefined || flags.case !== undefined;
  return { file, filtered, ...(baseline === undefined ? {} : { baseline }) };
}

/** For the summary: the file, and suites of the baseline that are no longer there. */
export function baselineTold(
  { file, baseline }: BaselineInUse,
  suites: readonly string[],
  { cwd, whole }: { readonly cwd: string; readonly whole: boolean },
): { readonly file: string; readonly exam: readonly ExamChange[] } | undefined {
  if (baseline === undefined) return undefined;
  return { file: relative(cwd, file).split(sep).join("/"), exam: whole ? suitesGone(baseline, suites) : [] };
}

/**
 * Suites that the baseline holds and that are no longer there, renamed ones among them: nothing is compared with them any more. One that stands in the
 * release takes its anchor with it.
 */
export function suitesGone({ main, release }: Baseline, suites: readonly string[]): readonly ExamChange[] {
  const names = new Set([...main, ...release].map(({ suite }) => suite).filter((suite) => !suites.includes(suite)));
  const has = (of: readonly BaselineSuite[], name: string) => of.some(({ suite }) => suite === name);
  return [...names].map((name): ExamChange => {
    const text = has(release, name)
      ? `the suite "${name}" is gone, and the release holds it: nothing is held against that any more; where it was renamed, what its cases lost is forgotten (npx gapcheck baseline --release freezes anew)`
      : `the suite "${name}" is gone`;
    return { kind: "suites", text };
  });
}

/** Whether all suites were asked for: only then does one that is missing mean that it is gone. */
export function asksForAll(files: readonly string[], { suite }: Pick<BaselineFlags, "suite">): boolean {
  return files.length === 0 && suite === undefined;
}
