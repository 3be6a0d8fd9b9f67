/** `gapcheck report`: writes the page of a run anew, from what its folder holds. Calls nothing, decides nothing. */
import { join, relative } from "node:path";
import { ExitCode } from "../errors.ts";
import { escapeToLine } from "../report/escape.ts";
import { readSummary } from "../report/summary.ts";
import { openFile } from "./open-file.ts";
import { stringsFor, writePage } from "./page.ts";
import { runNamed } from "./run-named.ts";
import { realWorld } from "./world.ts";

export interface ReportFlags {
  readonly open?: boolean;
  readonly lang?: string;
}

/** Throws ConfigError and StorageError for `report-error.ts`. */
export async function report(name: string | undefined, flags: ReportFlags): Promise<number> {
  const { cwd } = realWorld();
  const strings = stringsFor(flags.lang);
  const folder = await runNamed(name, cwd);
  const summary = await readSummary(join(folder, "summary.json"));
  const file = await writePage(folder, summary, strings);
  process.stdout.write(`${escapeToLine(relative(cwd, file) || file)}\n`);
  if (flags.open === true) await openFile(file);
  return ExitCode.pass;
}
