/** The job summary of GitHub Actions: one screen that says what stopped the check and why, then the whole report behind a fold. */
import type { Gap } from "../../decide/decision.ts";
import { changedCases, EXAM_TITLE } from "../baseline-view.ts";
import { testMeasure } from "../decision-view.ts";
import { gapsOf, notMeasured } from "../decision-words.ts";
import { markdownBlock, markdownCode, markdownTable, markdownText } from "../escape-markdown.ts";
import { headline } from "../headline.ts";
import { countOf, formatCount, formatSpend, formatValue, pointsFigure } from "../numbers.ts";
import type { SuiteSummary, Summary } from "../summary.ts";
import { exitWords, OUTCOME_WORDS, resultWords, sentence, VERDICT_WORDS } from "../words.ts";
import { type LocatedCriterion, troubles } from "./annotations.ts";

/** GitHub drops the upload of a step beyond 1 MiB, and says nothing. Bytes of UTF-8, with room for what other tools add. */
export const MOST_BYTES = 1_000_000;

const MOST_TROUBLES = 20;
const CUT = "\n\nThe rest does not fit into a job summary: it stands in the report's own file.\n";

export interface JobSummaryParts {
  readonly exitCode: number;
  readonly criteria: readonly LocatedCriterion[];
  /** The whole report as Markdown. */
  readonly markdown: string;
  /** A sentence that belongs before everything else, such as what was not measured and where it will be. */
  readonly first?: string;
}

function gapCell(gap: Gap | undefined): string {
  if (gap === undefined) return "-";
  if (!gap.total.available) return "unmeasured";
  const { value, lower, upper } = gap.total;
  return `${pointsFigure(value)} (${pointsFigure(lower)} to ${pointsFigure(upper)})`;
}

function rateCell(suite: SuiteSummary, target: string | undefined): string {
  const strict = testMeasure(suite.decision, target)?.strict;
  if (strict === undefined) return "-";
  return strict.available
    ? `${markdownText(formatValue(strict.value, strict.unit))}, n=${formatCount(strict.n)}`
    : "unmeasured";
}

function wonLost(gap: Gap | undefined): string {
  return gap === undefined ? "-" : [gap.won, gap.lost, gap.same].map(formatCount).join(" / ");
}

/** Each deciding target against main. */
function changeCell({ baseline }: SuiteSummary): string {
  const compared = baseline?.comparisons.filter(({ against }) => against === "main") ?? [];
  if (baseline?.outcome === "no-comparison") return "no comparison";
  if (compared.length === 0) return "-";
  return compared
    .map(({ role, difference: { value, lower, upper } }) => {
      const figures = `${pointsFigure(value)} (${pointsFigure(lower)} to ${pointsFigure(upper)})`;
      return compared.length === 1 ? figures : `${role} ${figures}`;
    })
    .join("; ");
}

/** What makes this another exam than the baseline's: to be said before any figure. */
function examLines({ suites, baseline }: Summary): string[] {
  const changes = [
    ...(baseline?.exam ?? []).map(({ text }) => text),
    ...suites.flatMap(({ decision, baseline: own }) =>
      (own?.exam ?? []).map(({ text }) => `${decision.suite}: ${text}`),
    ),
  ];
  if (changes.length === 0) return [];
  return [[`**${EXAM_TITLE}**`, "", ...changes.map((text) => `- ${markdownText(sentence(text))}`)].join("\n")];
}

/** Each column's name beside what stands in it, so that no figure can stand under another's name. */
const COLUMNS: readonly (readonly [name: string, cell: (suite: SuiteSummary) => string])[] = [
  ["suite", ({ decision }) => markdownText(decision.suite) + (decision.example ? " (example data)" : "")],
  ["best prompt", (suite) => rateCell(suite, suite.decision.bestPrompt?.target)],
  ["fine-tuned", (suite) => rateCell(suite, suite.decision.tuned)],
  ["gap in points (95 %)", ({ decision }) => gapCell(gapsOf(decision).main)],
  ["won / lost / same", ({ decision }) => wonLost(gapsOf(decision).main)],
  ["change against main", changeCell],
  ["verdict", ({ decision }) => VERDICT_WORDS[decision.verdict.kind]],
  ["gate", ({ gate }) => `**${OUTCOME_WORDS[gate.outcome]}**`],
];

function suiteTable(suites: readonly SuiteSummary[]): string {
  return markdownTable(
    COLUMNS.map(([name]) => name),
    suites.map((suite) => COLUMNS.map(([, cell]) => cell(suite))),
  );
}

function troubleLines(criteria: readonly LocatedCriterion[]): string[] {
  const all = troubles(criteria);
  if (all.length === 0) return [];
  const lines = all.slice(0, MOST_TROUBLES).map(({ suite, name, state, why, file, line }) => {
    const place = markdownCode(line === undefined ? file : `${file}:${line}`);
    return `- **${markdownText(suite)}: ${markdownText(name)}** ${state} (${place}). ${markdownText(sentence(why))}`;
  });
  const more = all.length - MOST_TROUBLES;
  return [[...lines, ...(more > 0 ? [`- and ${countOf(more, "more criterion", "more criteria")}`] : [])].join("\n")];
}

/** Cases that pass less than on main where the check does not pass, worst first, and how to see the first of them again. */
function lostLines(suites: readonly SuiteSummary[]): string[] {
  const lines = suites.flatMap(({ decision, gate, baseline }) => {
    if (gate.outcome === "pass") return [];
    const compared = baseline?.comparisons.filter(({ against }) => against === "main") ?? [];
    return compared.flatMap(({ target, lostCases }) => {
      const [first] = lostCases;
      if (first === undefined) return [];
      const again = `npm run eval -- --suite ${shellWord(decision.suite)} --case ${shellWord(first.id)}`;
      const lost = `${markdownText(`"${target}"`)} moved down: ${markdownText(changedCases(lostCases))}`;
      return [`- **${markdownText(decision.suite)}**: ${lost}. The first again: ${markdownCode(again)}`];
    });
  });
  return lines.length === 0 ? [] : [lines.join("\n")];
}

/** A release that may not be compared, where the gate passes all the same: else it stands among what stopped the check. */
function unheldLine({ decision, gate, baseline }: SuiteSummary): string[] {
  if (gate.outcome !== "pass" || baseline?.noRelease === undefined) return [];
  return [markdownText(`${decision.suite}: ${baseline.noRelease}`)];
}

/** As a shell takes it for one word. */
function shellWord(text: string): string {
  return /^[\w.:/@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function factLines({ run, suites }: Summary): string {
  const { counts } = run;
  const had = counts.fromLedger + counts.stored;
  const missing = suites.flatMap(({ decision }) => notMeasured(decision).map((text) => `${decision.suite}: ${text}`));
  const lines = [
    `Cost ${markdownText(formatSpend(run.spend))}: ${countOf(counts.sent, "call")} sent, ${formatCount(had)} from the ledger or a recording.`,
    ...missing.map((text) => `Not measured, ${markdownText(sentence(text))}`),
    ...suites.flatMap(unheldLine),
    ...(run.stopped === undefined ? [] : [`Stopped: ${markdownText(sentence(run.stopped.message))}`]),
  ];
  return lines.map((line) => `- ${line}`).join("\n");
}

/** Cuts at a line's end, so that no mark-up is left open but the fold's own; `bytes` of UTF-8 and a sentence that says so. */
export function fitting(text: string, bytes: number): string {
  const buffer = Buffer.from(text.toWellFormed());
  if (buffer.length <= bytes) return buffer.toString();
  const end = buffer.subarray(0, Math.max(0, bytes)).lastIndexOf("\n");
  return buffer.subarray(0, Math.max(0, end)).toString() + CUT;
}

/** What stopped the check, the suites, the reasons and the cost, as Markdown. */
export function renderScreen(
  summary: Summary,
  { exitCode, criteria, first }: Pick<JobSummaryParts, "exitCode" | "criteria" | "first">,
): string {
  const [worst] = troubles(criteria);
  const [suite] = summary.suites;
  const result = resultWords({ ...summary, exitCode });
  const title = worst === undefined ? result : `${result}, ${worst.suite}: ${worst.name}`;
  const before = first ?? summary.notMeasured;
  const one =
    summary.suites.length === 1 && suite !== undefined ? [markdownText(sentence(headline(suite.decision)))] : [];
  return [
    `### gapcheck: ${markdownText(title)}`,
    ...(before === undefined ? [] : [`**${markdownText(sentence(before))}**`]),
    ...examLines(summary),
    ...one,
    suiteTable(summary.suites),
    ...troubleLines(criteria),
    ...lostLines(summary.suites),
    factLines(summary),
  ].join("\n\n");
}

/** At most `MOST_BYTES` of UTF-8, ending in a line feed. */
export function renderJobSummary(summary: Summary, parts: JobSummaryParts): string {
  const [open, close] = ["\n\n<details><summary>The whole report</summary>\n\n", "\n</details>\n"];
  const head = fitting(renderScreen(summary, parts), MOST_BYTES / 2);
  const room = MOST_BYTES - Buffer.byteLength(head + open + close) - Buffer.byteLength(CUT);
  return `${head}${open}${fitting(parts.markdown, room)}${close}`;
}

/** Of a run that ended without a summary: `message` is what the command said of it, secrets taken out. At most `MOST_BYTES` of UTF-8. */
export function renderFailedJobSummary(exitCode: number, message: string): string {
  const most = 20_000;
  const shown = message.length > most ? `${message.slice(0, most)}\n…` : message;
  return `### gapcheck: ${markdownText(exitWords(exitCode))}\n\n${markdownBlock(shown.trimEnd(), "text")}\n`;
}
