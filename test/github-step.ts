/** The files that the runner of GitHub Actions reads of a step, and what it takes from them. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Environment of a step whose files lie in `folder`. */
export function stepEnv(folder: string): Readonly<Record<string, string>> {
  return {
    GITHUB_ACTIONS: "true",
    CI: "true",
    GITHUB_OUTPUT: join(folder, "output.txt"),
    GITHUB_STEP_SUMMARY: join(folder, "summary.md"),
  };
}

/** Outputs by name: of lines with one name the last. */
export function stepOutputs(folder: string): Readonly<Record<string, string>> {
  const lines = readFileSync(join(folder, "output.txt"), "utf8").trimEnd().split("\n");
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}

/** Empty where nothing was written. */
export function stepSummary(folder: string): string {
  const file = join(folder, "summary.md");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
