/**
 * `reports/<run>/report.md`: every suite's verdict with its numbers and reasons, in GitHub Markdown. All but the last section is
 * the same for the same data. Texts from suites, models and providers are escaped.
 */
import type { Decision, Gap, MaybeDifference, RequirementResult } from "../decide/decision.ts";
import { CEILING_COLUMNS, ceilingRows, ceilingSentences } from "./ceiling-view.ts";
import { CURVE_COLUMNS, curveRows, curveSentences } from "./curve-view.ts";
import { testMeasure } from "./decision-view.ts";
import { factsOf, gapNotes, gapStanding, notMeasured, optimismOf } from "./decision-words.ts";
import { markdownCode, markdownTable, markdownText } from "./escape-markdown.ts";
import { headline } from "./headline.ts";
import { instrumentTitle } from "./instruments-view.ts";
import { judgeSentences } from "./judges-view.ts";
import { baselineText, examText } from "./markdown-baseline.ts";
import { instrumentText } from "./markdown-instruments.ts";
import { answerTable, estimateText, itemTable, measureTable, provenanceText } from "./markdown-measures.ts";
import { questionText } from "./markdown-questions.ts";
import { MONEY_COLUMNS, moneyRows, moneySentences } from "./money-view.ts";
import {
  formatCount,
  formatDuration,
  formatPoints,
  formatShare,
  formatSpend,
  formatThreshold,
  formatValue,
  pointsFigure,
} from "./numbers.ts";
import { judgesText } from "./run-lines.ts";
import type { SuiteSummary, Summary, SummaryRun } from "./summary.ts";
import { claimsOf } from "./terminal-claims.ts";
import { procedureRows } from "./terminal-procedure.ts";
import {
  exitWords,
  OUTCOME_WORDS,
  requirementLabel,
  resultWords,
  STATE_WORDS,
  sentence,
  VERDICT_WORDS,
  verdictMeans,
} from "./words.ts";

const UNIT_LEGEND =
  "Figures are followed by their 95 % interval and n, the number of cases; repeats of a case are never counted as more cases.";
const SPLIT_LEGEND =
  "Format is what a better prompt or structured output can close; ability is what only better weights, or a better prompt, close.";

function bullets(sentences: readonly string[]): string {
  return sentences.map((text) => `- ${markdownText(sentence(text))}`).join("\n");
}

function section(title: string, body: string): string[] {
  return body === "" ? [] : [`### ${title}`, body];
}

/** Each bound with the confidence it has: after Holm the one that shows "not met" has more than the other. */
function boundsText({ bounds, direction, unit, threshold }: RequirementResult): string {
  if (bounds === undefined) return "-";
  const { lower, upper, confidence, notMetConfidence = confidence, method } = bounds;
  const alike = notMetConfidence === confidence;
  const end = (words: string, value: number | undefined, showsMet: boolean) => {
    if (value === undefined) return [];
    const at = alike ? "" : ` at ${levelText(showsMet ? confidence : notMetConfidence)}`;
    return [`${words} ${formatValue(value, unit, { apartFrom: threshold })}${at}`];
  };
  const ends = [...end("at least", lower, direction === "at-least"), ...end("at most", upper, direction === "at-most")];
  return markdownText(`${ends.join(", ")}; ${alike ? `each at ${levelText(confidence)}, ` : ""}${method}`);
}

function levelText(confidence: number): string {
  return formatShare(confidence, { bare: true });
}

function requirementTable({ requirements }: Decision): string {
  const all = requirements.flatMap(({ target, results }) => results.map((result) => ({ target, result })));
  const labels = [...new Set(all.map(({ result }) => requirementLabel(result)))];
  // Targets side by side under each requirement: that is what people compare.
  all.sort((a, b) => labels.indexOf(requirementLabel(a.result)) - labels.indexOf(requirementLabel(b.result)));
  const rows = all.map(({ target, result }) => [
    markdownText(`${requirementLabel(result)}${result.blocking ? "" : " (not blocking)"}`),
    markdownText(formatThreshold(result.direction, result.threshold, result.unit)),
    markdownCode(target),
    estimateText(result.estimate, result.threshold),
    boundsText(result),
    `**${STATE_WORDS[result.state]}**`,
    markdownText(
      [result.why, result.advice?.text]
        .filter((text) => text !== undefined)
        .map(sentence)
        .join(" "),
    ),
  ]);
  if (rows.length === 0) return "";
  return markdownTable(["requirement", "needed", "target", "measured", "bounds that decide", "state", "why"], rows);
}

function gapText(gap: Gap): string {
  const part = (name: string, difference: MaybeDifference) => [
    name,
    ...(difference.available
      ? [
          markdownText(formatPoints(difference.value)),
          `${pointsFigure(difference.lower, { apartFrom: -gap.margin })} to ${pointsFigure(difference.upper)} points`,
          `${formatCount(difference.n)} cases`,
          markdownText(difference.method),
        ]
      : [markdownText(gap.total.available ? difference.why : `unmeasured: ${difference.why}`), "", "", ""]),
  ];
  const standing = gapStanding(gap);
  const notes = [...(standing === undefined ? [] : [standing]), gap.advice, ...gapNotes(gap)].filter(
    (note) => note !== "",
  );
  return [
    `${markdownCode(gap.tuned)} minus ${markdownCode(gap.base)}; the margin is ${markdownText(formatPoints(gap.margin).replace("+", ""))}.`,
    markdownTable(
      ["", "gap", "95 % interval", "paired", "method"],
      [
        part("total (strict form)", gap.total),
        part("of it format", gap.format),
        part("of it ability (lenient form)", gap.ability),
      ],
    ),
    bullets(notes),
    SPLIT_LEGEND,
  ].join("\n\n");
}

function choiceText(decision: Decision): string {
  const choice = decision.bestPrompt;
  if (choice === undefined) return "";
  if (choice.how === "only") return `${markdownCode(choice.target)} is the only prompt: there was nothing to choose.`;
  const rows = choice.candidates.map(({ target, dev }) => {
    const test = testMeasure(decision, target)?.strict;
    return [
      markdownCode(target) + (target === choice.target ? ", chosen" : ""),
      estimateText(dev),
      test === undefined ? "-" : estimateText(test),
    ];
  });
  const optimism = optimismOf(decision);
  return [
    markdownTable(["prompt", "on dev, where the choice was made", "on test, which decides"], rows),
    ...(optimism === undefined ? [] : [markdownText(optimism)]),
  ].join("\n\n");
}

function curveText({ curve }: Decision): string {
  if (curve === undefined) return "";
  return [textTable(CURVE_COLUMNS, curveRows(curve)), bullets(curveSentences(curve))].join("\n\n");
}

function ceilingText(decision: Decision): string {
  const sentences = ceilingSentences(decision);
  if (sentences.length === 0) return "";
  const { ceiling } = decision;
  const rows = ceiling === undefined ? [] : [textTable(CEILING_COLUMNS, ceilingRows(ceiling))];
  return [...rows, bullets(sentences)].join("\n\n");
}

function moneyText({ money }: Decision): string {
  if (money === undefined) return "";
  const rows = money.available ? [textTable(MONEY_COLUMNS, moneyRows(money))] : [];
  return [...rows, bullets(moneySentences(money))].join("\n\n");
}

function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return markdownTable(
    head,
    rows.map((row) => row.map((cell) => (cell === "" ? "" : markdownText(cell)))),
  );
}

function procedureText({ procedure }: Decision): string {
  if (procedure.length === 0) return "";
  const rows = procedureRows(procedure).map((row) => row.map((cell) => (cell === "" ? "" : markdownText(cell))));
  return markdownTable(["question", "answer", "why"], rows);
}

function suiteText({ decision, gate, baseline, provenance }: SuiteSummary): string[] {
  const { verdict, example, description, gaps, instruments, questions } = decision;
  const mark = example ? " (example data)" : "";
  return [
    `## ${markdownText(decision.suite)}: ${VERDICT_WORDS[verdict.kind]}${mark}`,
    ...(baseline === undefined ? [] : [examText(baseline.exam)]),
    `**${markdownText(verdictMeans(verdict))}**`,
    `**${markdownText(sentence(headline(decision)))}**`,
    markdownText(
      [...(description === undefined ? [] : [description]), factsOf(decision).join(" · ")].map(sentence).join(" "),
    ),
    `Gate: ${OUTCOME_WORDS[gate.outcome]} (${exitWords(gate.exitCode)}). ${markdownText(gate.why === "" ? "" : sentence(gate.why))}`.trimEnd(),
    ...section("Against the baseline", baselineText(baseline)),
    ...section("Why", bullets(verdict.reasons.map(({ text }) => text))),
    ...section("The way to the verdict", procedureText(decision)),
    ...section("What would change it", bullets(verdict.wouldChange)),
    ...section("Not measured", bullets(notMeasured(decision))),
    ...section("Warnings", bullets(decision.warnings)),
    ...section("The four questions", questionText(questions)),
    ...section("Requirements", requirementTable(decision)),
    ...section("Gap", gaps.map(gapText).join("\n\n")),
    ...section("Prompt ceiling", ceilingText(decision)),
    ...section("Learning curve", curveText(decision)),
    ...section("Money", moneyText(decision)),
    ...section("Beside the gap", bullets(claimsOf(decision))),
    ...section(instruments === undefined ? "" : instrumentTitle(instruments), instrumentText(instruments)),
    ...section("Judges", bullets(judgeSentences(decision))),
    ...section("How the prompt was chosen", choiceText(decision)),
    ...section("All figures on test", `${measureTable(decision)}\n\n${UNIT_LEGEND}`),
    ...section("Checklist items, strict form", itemTable(decision)),
    ...section("Answers", decision.measures.length === 0 ? "" : answerTable(decision)),
    ...section("Where the figures come from", provenanceText(provenance)),
  ];
}

function overview(suites: readonly SuiteSummary[]): string[] {
  if (suites.length < 2) return [];
  const rows = suites.map(({ decision, gate }) => [
    markdownText(decision.suite) + (decision.example ? " (example data)" : ""),
    `**${VERDICT_WORDS[decision.verdict.kind]}**`,
    markdownText(headline(decision)),
    OUTCOME_WORDS[gate.outcome],
  ]);
  return [markdownTable(["suite", "verdict", "the one number", "gate"], rows)];
}

function runText({
  id,
  startedAt,
  wallMs,
  command,
  version,
  node,
  gitCommit,
  counts,
  judgeCalls,
  spend,
  notices,
  stopped,
}: SummaryRun): string[] {
  const lines = [
    `- run ${markdownCode(id)}, started ${markdownText(startedAt)}, took ${formatDuration(wallMs)}`,
    `- command ${markdownCode(command)}`,
    `- gapcheck ${markdownText(version)}, Node ${markdownText(node)}${gitCommit === undefined ? "" : `, commit ${markdownCode(gitCommit)}`}`,
    `- calls: ${formatCount(counts.planned)} planned, ${formatCount(counts.fromLedger)} from the ledger, ${formatCount(counts.stored)} recorded, ${formatCount(counts.sent)} sent, ${formatCount(counts.retried)} sent again, ${formatCount(counts.failed)} failed, ${formatCount(counts.maybePaidTwice)} perhaps paid twice`,
    ...(judgeCalls === undefined ? [] : [`- judges: ${judgesText(judgeCalls)}`]),
    `- cost: ${markdownText(formatSpend(spend))}`,
    ...(stopped === undefined ? [] : [`- stopped: ${markdownText(sentence(stopped.message))}`]),
    ...notices.map(({ level, text }) => `- ${level}: ${markdownText(sentence(text))}`),
  ];
  return ["## This run", lines.join("\n")];
}

/** The whole report as GitHub Markdown, ending in a line feed. */
export function renderMarkdown(summary: Summary): string {
  const { run, notMeasured, baseline, suites } = summary;
  const blocks = [
    "# gapcheck",
    `Result: **${resultWords(summary)}**`,
    ...(notMeasured === undefined ? [] : [markdownText(sentence(notMeasured))]),
    ...(baseline === undefined ? [] : [examText(baseline.exam)]),
    ...overview(suites),
    ...suites.flatMap(suiteText),
    ...runText(run),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}
