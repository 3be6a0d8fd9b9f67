/** Whether a pull request changes the baseline that it is compared with: then it sets its own bar, which must be said. */
import { execFileSync } from "node:child_process";
import type { ExamChange } from "../decide/baseline/contract.ts";
import { baselineText } from "../report/baseline-file.ts";
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
  if (before === undefined || before === baselineText(baseline)) return [];
  const old = new Set(before.split("\n"));
  const lines = baselineText(baseline)
    .split("\n")
    .filter((line) => line.includes('"fingerprint"') && !old.has(line) && !old.has(`${line},`));
  return [
    {
      kind: "baseline",
      text: `the baseline itself differs from that of ${branch} (${lines.length} of its lines of cases)`,
    },
  ];
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
