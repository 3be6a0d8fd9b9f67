/** Whether a pull request changes the baseline that it is compared with: then it sets its own bar, which must be said. */
import { execFileSync } from "node:child_process";
import type { Baseline, BaselineSuite, ExamChange } from "../decide/baseline/contract.ts";
import { toError } from "../errors.ts";
import { baselineText, parseBaseline } from "../report/baseline-file.ts";
import { countOf } from "../report/numbers.ts";
import type { BaselineInUse } from "./baseline-in-use.ts";

/**
 * On a pull request of GitHub Actions (GITHUB_BASE_REF is set) the file is held against the base branch: the first parent of the merge commit, else
 * the branch as fetched. Where the checkout has neither (fetch-depth 1) nothing is told.
 */
export function baselineChange(
  { baseline }: BaselineInUse,
  file: string,
  { env, cwd }: { readonly env: NodeJS.ProcessEnv; readonly cwd: string },
): readonly ExamChange[] {
  const branch = env.GITHUB_BASE_REF;
  if (baseline === undefined || branch === undefined || branch === "") return [];
  const before = shown("HEAD^1", file, cwd) ?? shown(`refs/remotes/origin/${branch}`, file, cwd);
  return before === undefined ? [] : changesOf(before, baseline, branch);
}

/** What differs from the text of the branch's file, main and release apart: a release that goes takes its anchor with it. */
export function changesOf(before: string, baseline: Baseline, branch: string): readonly ExamChange[] {
  if (before === baselineText(baseline)) return [];
  const told = (text: string): ExamChange => ({ kind: "baseline", text });
  let old: Baseline;
  try {
    old = parseBaseline(before, branch);
  } catch (thrown) {
    return [
      told(`the baseline itself differs from that of ${branch}, which cannot be read: ${toError(thrown).message}`),
    ];
  }
  const main = differs(old.main, baseline.main);
  const release = differs(old.release, baseline.release);
  const gone = old.release.length > 0 && baseline.release.length === 0;
  return [
    ...(main === undefined ? [] : [told(`the baseline itself differs from that of ${branch} (${main})`)]),
    ...(release === undefined
      ? []
      : [
          told(
            gone
              ? `the baseline of ${branch} has a release, and here its release section is gone (${release})`
              : `the release section of the baseline differs from that of ${branch} (${release})`,
          ),
        ]),
  ];
}

/** "2 lines of cases changed, 240 removed"; undefined where nothing differs. */
function differs(before: readonly BaselineSuite[], now: readonly BaselineSuite[]): string | undefined {
  const [old, own] = [linesOf(before), linesOf(now)];
  const changed = [...own].filter(([key, line]) => old.has(key) && old.get(key) !== line).length;
  const added = [...own.keys()].filter((key) => !old.has(key)).length;
  const removed = [...old.keys()].filter((key) => !own.has(key)).length;
  const counts = [
    [changed, "changed"],
    [added, "new"],
    [removed, "removed"],
  ] as const;
  const told = counts.flatMap(([count, what], at) => {
    if (count === 0) return [];
    const first = counts.slice(0, at).every(([earlier]) => earlier === 0);
    return [`${first ? countOf(count, "line of cases", "lines of cases") : count} ${what}`];
  });
  if (told.length > 0) return told.join(", ");
  const whole = (of: readonly BaselineSuite[]) => baselineText({ main: of, release: [] });
  return whole(before) === whole(now) ? undefined : "its keys of dataset, graders, thresholds or models";
}

/** What stands of each case, by suite and id. */
function linesOf(suites: readonly BaselineSuite[]): ReadonlyMap<string, string> {
  return new Map(
    suites.flatMap(({ suite, cases }) =>
      cases.map(({ id, fingerprint, prompt, tuned, mustPass }) => [
        JSON.stringify([suite, id]),
        JSON.stringify([fingerprint, prompt, tuned, mustPass]),
      ]),
    ),
  );
}

function shown(commit: string, file: string, cwd: string): string | undefined {
  try {
    return execFileSync("git", ["show", `${commit}:./${file}`], {
      cwd,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 5_000,
      maxBuffer: 1 << 28,
    });
  } catch {
    // No repository, no such commit in this checkout, or no such file there.
    return undefined;
  }
}
