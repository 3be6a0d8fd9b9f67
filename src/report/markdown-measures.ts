/** Figures of every target as Markdown tables: on test, by checklist item, what is missing, and where all of it comes from. */
import type { Decision, ItemRate, MaybeEstimate, TargetMeasure } from "../decide/decision.ts";
import { quoted } from "./decision-view.ts";
import { missingReasonsText } from "./decision-words.ts";
import { markdownCode, markdownTable, markdownText } from "./escape-markdown.ts";
import { formatCount, formatEstimate, formatInterval, formatShare } from "./numbers.ts";
import type { Provenance } from "./summary.ts";
import { recordedFrom } from "./words.ts";

/** "98.5 % (95.7 to 99.5 %), n=200"; with the reason where there is none. */
export function estimateText(estimate: MaybeEstimate, threshold?: number): string {
  if (!estimate.available) return markdownText(`unmeasured: ${estimate.why}`);
  const { n, clusters } = estimate;
  const { figure, range: ends } = formatEstimate(estimate, threshold);
  const range = ends === undefined ? " (no interval)" : ` (${ends})`;
  const grouped = clusters === undefined || clusters >= n ? "" : ` in ${formatCount(clusters)} clusters`;
  return markdownText(`${figure}${range}, n=${formatCount(n)}${grouped}`);
}

function onTest({ measures }: Decision): readonly TargetMeasure[] {
  return measures.filter(({ split }) => split === "test");
}

/** One row per figure, one column per target. Rows that no target has are left out. */
export function measureTable(decision: Decision): string {
  const measures = onTest(decision);
  if (measures.length === 0) return "No target was measured on test cases.";
  const most = Math.max(0, ...measures.map(({ passHat }) => passHat.length));
  const graders = [...new Set(measures.flatMap(({ byGrader }) => byGrader.map(({ grader }) => grader)))];
  const byGrader = (form: "strict" | "lenient") =>
    graders.map((grader): [string, (measure: TargetMeasure) => MaybeEstimate | undefined] => [
      `mean score of ${grader}, ${form}`,
      (measure) => measure.byGrader.find((one) => one.grader === grader)?.[form],
    ]);
  const rows: [string, (measure: TargetMeasure) => MaybeEstimate | undefined][] = [
    ["right, strict form", ({ strict }) => strict],
    ["right, lenient form", ({ lenient }) => lenient],
    ...Array.from({ length: most }, (_, index): [string, (measure: TargetMeasure) => MaybeEstimate | undefined] => [
      `pass^${index + 1}: all ${index + 1} of ${index + 1} right`,
      ({ passHat }) => passHat[index],
    ]),
    ...byGrader("strict"),
    ...byGrader("lenient"),
    ["cost per 1,000 requests", ({ usdPer1k }) => usdPer1k],
    ["cost per right answer", ({ usdPerSuccess }) => usdPerSuccess],
    ["p95 latency", ({ p95Ms }) => p95Ms],
    ["median latency", ({ medianMs }) => medianMs],
    ["input per request", ({ inputTokens }) => inputTokens],
    ["output per request", ({ outputTokens }) => outputTokens],
  ];
  const cells = rows.map(([label, pick]) => [
    markdownText(label),
    ...measures.map((measure) => {
      const estimate = pick(measure);
      return estimate === undefined ? "-" : estimateText(estimate);
    }),
  ]);
  return markdownTable(["", ...measures.map(({ target, role }) => `${markdownCode(target)}, ${role}`)], cells);
}

/** Share of answers that satisfy each checklist item; an empty text where no grader has items. */
export function itemTable(decision: Decision): string {
  const measures = onTest(decision);
  const keyOf = ({ grader, item }: ItemRate) => JSON.stringify([grader, item]);
  const items = new Map(measures.flatMap((measure) => measure.items.map((rate) => [keyOf(rate), rate] as const)));
  if (items.size === 0) return "";
  const rows = [...items].map(([key, { grader, item }]) => [
    markdownText(grader),
    markdownText(item),
    ...measures.map((measure) => {
      const rate = measure.items.find((one) => keyOf(one) === key);
      if (rate === undefined || rate.n === 0) return "-";
      return `${formatShare(rate.passed / rate.n)}: ${formatCount(rate.passed)} of ${formatCount(rate.n)} answers`;
    }),
  ]);
  return markdownTable(["grader", "item", ...measures.map(({ target }) => markdownCode(target))], rows);
}

function boundsOf({ missingBounds }: TargetMeasure): string {
  return missingBounds === undefined ? "" : formatInterval(missingBounds.lower, missingBounds.upper, "share");
}

/** What became of every answer, and how far the missing ones could move the share of right ones. */
export function answerTable({ measures }: Decision): string {
  const head = [
    "target",
    "cases",
    "answers",
    "right",
    "not right",
    "of these declined",
    "empty",
    "cut off",
    "not in form",
    "missing",
  ];
  const rows = measures.map((measure) => {
    const { target, split, cases, counts } = measure;
    return [
      markdownCode(target),
      `${formatCount(cases)} ${split}`,
      ...[counts.planned, counts.passed, counts.failed, counts.declined, counts.empty, counts.cut].map(formatCount),
      formatCount(counts.unparsed),
      formatCount(counts.missing),
      markdownText(missingReasonsText(measure)),
      boundsOf(measure),
    ];
  });
  return markdownTable([...head, "why missing", "right, if all missing were wrong to right"], rows, "llrrrrrrrrll");
}

/** Files, graders, models and prices that the figures rest on. */
export function provenanceText({ file, datasetFingerprint, graders, models }: Provenance): string {
  const lines = [
    `- suite ${markdownCode(file)}, dataset ${markdownCode(datasetFingerprint)}`,
    ...graders.map(
      ({ name, kind, version, argsHash }) =>
        `- grader ${markdownCode(name)}: ${markdownText(kind)} version ${version}, arguments ${markdownCode(argsHash)}`,
    ),
    ...models.map(({ target, provider, asked, returned, priceAsOf, priceSource, recording }) => {
      const price =
        priceAsOf === undefined
          ? "no price known"
          : `price of ${priceAsOf}${priceSource === undefined ? "" : ` (${priceSource})`}`;
      const names = returned.length === 0 ? "nothing" : returned.map(quoted).join(", ");
      const from = recording === undefined ? "" : `; ${recordedFrom(recording)}`;
      return `- target ${markdownCode(target)}: ${markdownText(`${provider} ${quoted(asked)}, returned ${names}; ${price}${from}`)}`;
    }),
  ];
  return lines.join("\n");
}
