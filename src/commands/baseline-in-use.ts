/** The baseline that a command compares with: from `--baseline`, else `reports/baseline.json`. */
import { relative, resolve, sep } from "node:path";
import type { Baseline, ExamChange } from "../decide/baseline/contract.ts";
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
  const gone = whole ? baseline.main.filter(({ suite }) => !suites.includes(suite)) : [];
  const exam = gone.map(({ suite }): ExamChange => ({ kind: "suites", text: `the suite "${suite}" is gone` }));
  return { file: relative(cwd, file).split(sep).join("/"), exam };
}
