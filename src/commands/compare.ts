/** `gapcheck compare`: the page of two runs, with what changed on the cases that both hold alike. Calls nothing, decides nothing. */
import { join, relative, sep } from "node:path";
import { compareRuns, gradersDiffer, nothingInCommon, type RunCase } from "../decide/run-comparison.ts";
import { ConfigError, ExitCode } from "../errors.ts";
import { compareLines } from "../report/compare-lines.ts";
import { escapeToLine } from "../report/escape.ts";
import { tallyOf } from "../report/html/client/case-outcome.js";
import { renderComparison } from "../report/html/compare-page.ts";
import { type ComparedSuite, type ComparedTarget, restingOn, type SuiteOfRun } from "../report/html/compare-view.ts";
import { type MergedTexts, mergeSuites, mergeTexts } from "../report/html/merge-runs.ts";
import { framesOf } from "../report/html/page.ts";
import type { PageData, PageSuite } from "../report/html/page-data.ts";
import { PAGE_LIMITS, readCases } from "../report/html/read-cases.ts";
import type { Strings } from "../report/html/strings/strings.ts";
import { readSummary, type SuiteSummary, type Summary } from "../report/summary.ts";
import { writeWhole } from "../report/write-file.ts";
import { openFile } from "./open-file.ts";
import { stringsFor } from "./page.ts";
import type { ReportFlags } from "./report.ts";
import { runNamed } from "./run-named.ts";
import { realWorld } from "./world.ts";

interface Run {
  readonly summary: Summary;
  readonly data: PageData;
}

/**
 * Throws ConfigError where nothing can be compared.
 * @param first the run before
 * @param second the run after; the page is written into its folder
 */
export async function compare(first: string, second: string, flags: ReportFlags): Promise<number> {
  const { cwd } = realWorld();
  const strings = stringsFor(flags.lang);
  const folders = [await runNamed(first, cwd), await runNamed(second, cwd)] as const;
  const [before, after] = await Promise.all(folders.map(readRun));
  if (before === undefined || after === undefined) throw new Error("two runs were read");
  const merged = mergeTexts(before.data, after.data);
  const suites = before.summary.suites.flatMap((suite) => compareSuite(suite, before, after, merged, strings));
  refuseNone(suites, before, after);
  const pages = { before: address(folders[1], join(folders[0], "report.html")), after: "report.html" };
  const page = renderComparison(
    {
      ...{ first: before.summary, second: after.summary, suites, pages },
      texts: merged.texts,
      reduced: before.data.reduced || after.data.reduced,
    },
    strings,
  );
  const file = join(folders[1], `compared-with-${before.summary.run.id}.html`);
  await writeWhole(file, page);
  process.stdout.write(
    `${[...suites.flatMap(compareLines), relative(cwd, file) || file].map(escapeToLine).join("\n")}\n`,
  );
  if (flags.open === true) await openFile(file);
  return ExitCode.pass;
}

/** Of a file, as a link from a folder. */
function address(from: string, file: string): string {
  return relative(from, file).split(sep).map(encodeURIComponent).join("/");
}

async function readRun(folder: string): Promise<Run> {
  const summary = await readSummary(join(folder, "summary.json"));
  // Cases are paired over both runs: one that is left out of a page would be missing from the other too.
  const limits = { ...PAGE_LIMITS, texts: PAGE_LIMITS.texts / 2, trials: Number.POSITIVE_INFINITY };
  return { summary, data: await readCases(join(folder, "cases.jsonl"), framesOf(summary), limits) };
}

/** Nothing for a suite that only one run has. */
function compareSuite(
  before: SuiteSummary,
  first: Run,
  second: Run,
  { moved }: MergedTexts,
  t: Strings,
): readonly ComparedSuite[] {
  const name = before.decision.suite;
  const after = second.summary.suites.find(({ decision }) => decision.suite === name);
  const mine = first.data.suites.find((suite) => suite.name === name);
  const other = second.data.suites.find((suite) => suite.name === name);
  if (after === undefined || mine === undefined || other === undefined) return [];
  const both = { before: suiteOf(before, first), after: suiteOf(after, second) };
  const refused = (why: string): readonly ComparedSuite[] => [{ ...both, found: { compared: false, why } }];
  const changed = gradersDiffer(changedGraders(before, after));
  if (changed !== undefined) return refused(changed);
  const merged = mergeSuites(mine, other, t.compare, moved, restingOn(before, after));
  if (merged === undefined) {
    const targets = mine.arms.some((arm) => other.arms.includes(arm));
    return refused(nothingInCommon(mine.cases, other.cases, targets));
  }
  const targets = merged.targets.map(
    (target, at): ComparedTarget => ({ target, difference: differenceOf(merged.suite, at) }),
  );
  return [{ ...both, found: { compared: true, merged, targets } }];
}

function suiteOf(suite: SuiteSummary, { summary, data }: Run): SuiteOfRun {
  const at = data.suites.findIndex(({ name }) => name === suite.decision.suite);
  return { suite, run: summary.run, totals: data.totals[at] };
}

/** Names of graders that are not the same on both sides, by kind, version and arguments. */
function changedGraders(before: SuiteSummary, after: SuiteSummary): readonly string[] {
  const keyOf = ({ provenance }: SuiteSummary) =>
    new Map(
      provenance.graders.map(({ name, ...rest }) => [name, JSON.stringify([rest.kind, rest.version, rest.argsHash])]),
    );
  const mine = keyOf(before);
  const other = keyOf(after);
  return [...new Set([...mine.keys(), ...other.keys()])].filter((name) => mine.get(name) !== other.get(name));
}

/** On test cases that both hold alike. */
function differenceOf({ cases }: PageSuite, target: number): ComparedTarget["difference"] {
  return compareRuns(
    cases
      .filter(({ split, left }) => split === "test" && left === undefined)
      .map(
        ({ id, arms, weight = 1, cluster = id }): RunCase => ({
          before: tallyOf(arms[target * 2]),
          after: tallyOf(arms[target * 2 + 1]),
          weight,
          cluster,
        }),
      ),
  );
}

function refuseNone(suites: readonly ComparedSuite[], before: Run, after: Run): void {
  if (suites.some(({ found }) => found.compared)) return;
  const names = (run: Run) => run.summary.suites.map(({ decision }) => `"${decision.suite}"`).join(", ") || "none";
  if (suites.length > 0) {
    const all = suites.flatMap((one) => (one.found.compared ? [] : [`${nameOf(one)}: ${one.found.why}`]));
    throw new ConfigError("nothing-to-compare", `Nothing can be compared. ${all.join(" ")}`, {
      fix: "Compare two runs of the same suite, graded alike.",
    });
  }
  throw new ConfigError(
    "nothing-to-compare",
    `The two runs have no suite in common: ${names(before)} and ${names(after)}.`,
    { fix: "Name two runs of the same suite." },
  );
}

function nameOf({ after }: ComparedSuite): string {
  return after.suite.decision.suite;
}
