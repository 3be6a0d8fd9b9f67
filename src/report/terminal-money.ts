/** Money, learning curve and prompt ceiling on a terminal: a small table where it fits, then sentences. */
import type { Decision } from "../decide/decision.ts";
import { CEILING_COLUMNS, ceilingRows, ceilingSentences } from "./ceiling-view.ts";
import { CURVE_COLUMNS, curveRows, curveSentences } from "./curve-view.ts";
import { MONEY_COLUMNS, moneyRows, moneySentences } from "./money-view.ts";
import type { Palette } from "./paint.ts";
import { table, tableWidth } from "./table.ts";
import { wrapHanging } from "./wrap.ts";

export function moneyLines({ money }: Decision, width: number, colors: Palette): string[] {
  if (money === undefined) return [];
  const rows = money.available ? [MONEY_COLUMNS, ...moneyRows(money)] : [];
  return block("Money", rows, moneySentences(money), width, colors);
}

export function curveLines({ curve }: Decision, width: number, colors: Palette): string[] {
  if (curve === undefined) return [];
  return block("Learning curve", [CURVE_COLUMNS, ...curveRows(curve)], curveSentences(curve), width, colors);
}

export function ceilingLines(decision: Decision, width: number, colors: Palette): string[] {
  const sentences = ceilingSentences(decision);
  if (sentences.length === 0) return [];
  const { ceiling } = decision;
  const rows = ceiling === undefined ? [] : [CEILING_COLUMNS, ...ceilingRows(ceiling)];
  return block("Prompt ceiling", rows, sentences, width, colors);
}

/** Rows that do not fit are told one cell a line. */
function block(
  title: string,
  rows: readonly (readonly string[])[],
  sentences: readonly string[],
  width: number,
  colors: Palette,
): string[] {
  const [head = [], ...body] = rows;
  const columns = head.map(() => ({}));
  const fits = tableWidth(columns, rows, { indent: 2 }) <= width;
  const told = fits
    ? table(columns, rows, { indent: 2 }).map((line) => line.trimEnd())
    : body.flatMap((row) =>
        row.flatMap((cell, at) => {
          const label = head[at] ?? "";
          // What has no heading is a drawing, and needs the width.
          return label === "" ? [] : wrapHanging(at === 0 ? "  " : "    ", `${label} ${cell}`, 6, width);
        }),
      );
  return [colors.strong(title), ...told, ...sentences.flatMap((sentence) => wrapHanging("  ", sentence, 2, width))];
}
