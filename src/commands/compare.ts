/** `gapcheck compare`: what changed between two runs, on the cases that both hold alike. Calls nothing, decides nothing. */
import { join, relative } from "node:path";
import { compareRuns, type RunCase } from "../decide/run-comparison.ts";
import { ConfigError, ExitCode } from "../errors.ts";
import { escapeToLine } from "../report/escape.ts";
import { tallyOf } from "../report/html/client/case-outcome.js";
import { type ComparedSuite, type ComparedTarget, renderComparison } from "../report/html/compare-page.ts";
import { mergedTexts, mergeSuites } from "../report/html/merge-runs.ts";
import { framesOf } from "../report/html/page.ts";
import type { PageArm, PageData, PageSuite } from "../report/html/page-data.ts";
import { PAGE_LIMITS, readCases } from "../report/html/read-cases.ts";
import type { Strings } from "../report/html/strings/strings.ts";
import { countOf, formatCount, formatPoints, pointsFigure } from "../report/numbers.ts";
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
  const suites = before.summary.suites.flatMap((suite) => compareSuite(suite, before, after, strings));
  refuseNone(suites, before, after);
  const texts = mergedTexts(before.data, after.data);
  const page = renderComparison({ first: before.summary, second: after.summary, suites, texts }, strings);
  const file = join(folders[1], `compared-with-${before.summary.run.id}.html`);
  await writeWhole(file, page);
  process.stdout.write(`${[...suites.flatMap(linesOf), relative(cwd, file) || file].map(escapeToLine).join("\n")}\n`);
  if (flags.open === true) await openFile(file);
  return ExitCode.pass;
}

async function readRun(folder: string): Promise<Run> {
  const summary = await readSummary(join(folder, "summary.json"));
  // Cases are paired over both runs: one that is left out of a page would be missing from the other too.
  const limits = { ...PAGE_LIMITS, trials: Number.POSITIVE_INFINITY };
  return { summary, data: await readCases(join(folder, "cases.jsonl"), framesOf(summary), limits) };
}

/** Nothing for a suite that only one run has. */
function compareSuite(before: SuiteSummary, first: Run, second: Run, t: Strings): readonly ComparedSuite[] {
  const name = before.decision.suite;
  const after = second.summary.suites.find(({ decision }) => decision.suite === name);
  const mine = first.data.suites.find((suite) => suite.name === name);
  const other = second.data.suites.find((suite) => suite.name === name);
  if (after === undefined || mine === undefined || other === undefined) return [];
  const changed = changedGraders(before, after);
  if (changed.length > 0) {
    const why = `Graders differ (${changed.join(", ")}), so right means something else in each run. Grade the older answers again: gapcheck run --offline with the suite as it is.`;
    return [{ compared: false, name, why }];
  }
  const merged = mergeSuites(mine, other, t.compare, first.data.texts.length);
  if (merged === undefined) {
    return [
      { compared: false, name, why: "The two runs have no target, or no case with the same content, in common." },
    ];
  }
  const targets = merged.targets.map(
    (target, at): ComparedTarget => ({ target, difference: differenceOf(merged.suite, at) }),
  );
  return [{ compared: true, before, after, suite: merged.suite, targets, left: merged.left }];
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

/** On test cases. */
function differenceOf({ cases }: PageSuite, target: number): ComparedTarget["difference"] {
  return compareRuns(
    cases
      .filter(({ split }) => split === "test")
      .map(
        ({ id, arms, weight = 1, cluster = id }): RunCase => ({
          before: known(arms[target * 2]),
          after: known(arms[target * 2 + 1]),
          weight,
          cluster,
        }),
      ),
  );
}

function known(arm: PageArm | undefined): number | undefined {
  const tally = tallyOf(arm);
  return tally.known === 0 ? undefined : tally.passed / tally.known;
}

function refuseNone(suites: readonly ComparedSuite[], before: Run, after: Run): void {
  if (suites.some(({ compared }) => compared)) return;
  const names = (run: Run) => run.summary.suites.map(({ decision }) => `"${decision.suite}"`).join(", ") || "none";
  const [first] = suites;
  if (first !== undefined && !first.compared) {
    const all = suites.flatMap((one) => (one.compared ? [] : [`${one.name}: ${one.why}`]));
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

function linesOf(one: ComparedSuite): readonly string[] {
  if (!one.compared) return [`${one.name}: not compared. ${one.why}`];
  const cases = one.suite.cases.filter(({ split }) => split === "test").length;
  const left = one.left === 0 ? "" : `; ${countOf(one.left, "case")} of one run alone or changed left out`;
  const targets = one.targets.map(({ target, difference: { change, won, lost } }) =>
    change.available
      ? `  ${target}: ${formatPoints(change.value)} (95 % interval ${pointsFigure(change.lower)} to ${pointsFigure(change.upper)}, n=${formatCount(change.n)}), won ${formatCount(won)}, lost ${formatCount(lost)}`
      : `  ${target}: not measured: ${change.why}`,
  );
  return [`${one.suite.name}, on ${countOf(cases, "test case")} that both runs hold alike${left}`, ...targets];
}
