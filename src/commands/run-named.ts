/** The folder of a run that a person names: its id, a path, or nothing for the latest. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { ConfigError } from "../errors.ts";
import { latestRun } from "../report/run-folder.ts";

/** @throws {ConfigError} when there is no such run */
export async function runNamed(name: string | undefined, cwd: string): Promise<string> {
  const reports = join(cwd, "reports");
  if (name === undefined) {
    const latest = await latestRun(reports);
    if (latest !== undefined) return join(reports, latest);
    throw new ConfigError("no-run", "There is no run yet: reports/latest names none.", {
      place: { file: join(reports, "latest") },
      fix: "Run `gapcheck run` first, or name the folder of a run.",
    });
  }
  const folder = [join(reports, name), resolve(cwd, name)].find((path) => existsSync(join(path, "summary.json")));
  if (folder !== undefined) return folder;
  throw new ConfigError(
    "no-such-run",
    `There is no run "${name}": neither reports/${name} nor ${name} holds a summary.json.`,
    {
      fix: "Name a folder of reports/, such as 2026-11-24T10-02-11Z.",
    },
  );
}
