/** A decision as a person reads it in a terminal: the verdict first, then the numbers, then the reason. */
import type { Decision } from "../decide/decision.ts";
import { disarmCommands } from "./ci-commands.ts";
import { comparisonOf } from "./decision-view.ts";
import { factsOf, gapsOf, notMeasured, optimismOf } from "./decision-words.ts";
import { escapeToLine } from "./escape.ts";
import { judgeSentences } from "./judges-view.ts";
import { mapStrings } from "./map-strings.ts";
import { type Palette, palette } from "./paint.ts";
import { claimsOf } from "./terminal-claims.ts";
import { gapLines } from "./terminal-gap.ts";
import { instrumentLines } from "./terminal-instruments.ts";
import { ceilingLines, curveLines, moneyLines } from "./terminal-money.ts";
import { procedureLines } from "./terminal-procedure.ts";
import { questionLines } from "./terminal-questions.ts";
import { comparisonLines } from "./terminal-table.ts";
import { displayWidth } from "./width.ts";
import { VERDICT_WORDS, verdictMeans } from "./words.ts";
import { wrap, wrapHanging } from "./wrap.ts";

export interface TerminalOptions {
  /** Columns of the terminal; texts stay readable from 40 on and use at most 100. */
  readonly width: number;
  readonly color: boolean;
}

const LEAST = 20;
const MOST = 100;
const TEXT_INDENT = 5;

/** Columns that a report uses of a terminal of `width` columns. */
export function layoutWidth(width: number): number {
  return Number.isFinite(width) ? Math.max(LEAST, Math.min(MOST, Math.floor(width))) : 80;
}

function headLines(decision: Decision, width: number, colors: Palette): string[] {
  const verdict = VERDICT_WORDS[decision.verdict.kind];
  const paint = colors.verdict(decision.verdict.kind);
  const label = decision.example ? " · EXAMPLE DATA" : "";
  const space = width - displayWidth(decision.suite) - displayWidth(label) - displayWidth(verdict);
  const lines =
    space >= 2
      ? [`${colors.strong(decision.suite)}${label}${" ".repeat(space)}${paint(verdict)}`]
      : [...wrap(decision.suite + label, width).map(colors.strong), paint(verdict)];
  lines.push(...wrap(verdictMeans(decision.verdict), width));
  if (decision.description !== undefined) lines.push(...wrap(decision.description, width).map(colors.faint));
  lines.push(...wrap(factsOf(decision).join(" · "), width).map(colors.faint));
  return lines;
}

/** A label with its sentences: in one line where there is one, else as a list below the label. */
function section(label: string, sentences: readonly string[], width: number, colors: Palette): string[] {
  const [first, ...others] = sentences;
  if (first === undefined) return [];
  if (others.length === 0) {
    return wrapHanging(`${label}  `, first, TEXT_INDENT, width).map((line, index) =>
      index === 0 ? colors.strong(label) + line.slice(label.length) : line,
    );
  }
  return [colors.strong(label), ...sentences.flatMap((sentence) => wrapHanging("  - ", sentence, 4, width))];
}

/**
 * The decision in lines of at most `width` display columns, ending in a line feed. Texts from the suite and from models are
 * escaped; no line is a command for a CI runner; colours only repeat what the words say.
 */
export function renderDecision(decision: Decision, { width, color }: TerminalOptions): string {
  const columns = layoutWidth(width);
  const colors = palette(color);
  const safe = mapStrings(decision, escapeToLine);
  const { main, others } = gapsOf(safe);
  const optimism = optimismOf(safe);
  const { reasons, wouldChange } = safe.verdict;
  // The sentence on the gap says again what stands in the gap's own block right above.
  const repeats = (text: string) => main !== undefined && main.advice !== "" && text.endsWith(main.advice);
  const told = reasons.map(({ text }) => text);
  const why = told.some((text) => !repeats(text)) ? told.filter((text) => !repeats(text)) : told;
  const blocks: string[][] = [
    headLines(safe, columns, colors),
    comparisonLines(comparisonOf(safe), columns, colors),
    main === undefined ? [] : gapLines(main, columns, colors),
    others.flatMap((gap) => gapLines(gap, columns, colors, true)),
    ceilingLines(safe, columns, colors),
    curveLines(safe, columns, colors),
    moneyLines(safe, columns, colors),
    safe.procedure.length === 0 ? [] : procedureLines(safe.procedure, columns, colors),
    [
      ...section("Why", why, columns, colors),
      ...section("What would change it", wouldChange, columns, colors),
      ...section("Beside the gap", claimsOf(safe), columns, colors),
      ...section("Not measured", notMeasured(safe), columns, colors),
      ...section("Judges", judgeSentences(safe), columns, colors),
      ...section("Chosen prompt", optimism === undefined ? [] : [optimism], columns, colors),
      ...section(safe.warnings.length === 1 ? "Warning" : "Warnings", safe.warnings, columns, colors),
    ],
    instrumentLines(safe.instruments, columns, colors),
    questionLines(safe.questions, columns, colors),
  ];
  const lines = blocks
    .filter((block) => block.length > 0)
    .flatMap((block, index) => (index === 0 ? block : ["", ...block]));
  return disarmCommands(`${lines.join("\n")}\n`);
}
