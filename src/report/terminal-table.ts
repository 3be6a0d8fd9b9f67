/** Requirements against targets on a terminal: columns side by side where they fit, else one below the other. */
import type { CellView, Comparison, RowView } from "./decision-view.ts";
import { quoted } from "./decision-view.ts";
import { formatCount, formatShare } from "./numbers.ts";
import type { Palette } from "./paint.ts";
import { type Cell, type Column, table, tableWidth } from "./table.ts";
import { displayWidth, pad, truncate } from "./width.ts";
import { STATE_WORDS } from "./words.ts";
import { wrap, wrapHanging } from "./wrap.ts";

/** Names and labels longer than this are cut (names) or wrapped (labels): the figures matter more. */
const NAME_MOST = 24;
const LABEL_MOST = 24;

interface Part {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

function intervalLabel(row: RowView): string {
  return `  ${formatShare(row.confidence, { bare: true })} interval`;
}

const nOf = ({ n }: CellView) => (n === undefined ? "" : `n=${formatCount(n)}`);

/** "95.7 to 99.5 %, n=200"; in two parts where it must be narrow. */
function intervalParts(cell: CellView): readonly [string, string] {
  if (cell.n === undefined) return ["", ""];
  return [cell.interval ?? "none", nOf(cell)];
}

function valueParts(cell: CellView, valueWidth: number, colors: Palette): Part[] {
  if (cell.state === undefined) return [{ text: cell.value }];
  return [
    { text: `${pad(cell.value, valueWidth)}  ` },
    { text: STATE_WORDS[cell.state], paint: colors.state(cell.state) },
  ];
}

function sideBySide({ columns, rows }: Comparison, colors: Palette, joined: boolean): [Column[], Cell[][]] {
  const needed = rows.some((row) => row.needed !== "");
  const valueWidths = columns.map((_, index) =>
    rows.reduce((width, { cells }) => {
      const cell = cells[index];
      return cell?.state === undefined ? width : Math.max(width, displayWidth(cell.value));
    }, 0),
  );
  const lines: Cell[][] = [
    [
      "",
      ...columns.map(({ role }) => [{ text: role, paint: colors.strong }]),
      needed ? [{ text: "needed", paint: colors.strong }] : "",
    ],
    ["", ...columns.map(({ target }) => truncate(quoted(target), NAME_MOST))],
  ];
  for (const row of rows) {
    const labels: Cell[] = wrap(row.label, LABEL_MOST).map((text) => [{ text, paint: colors.strong }]);
    // A label of two lines is read whole before its interval, which every stack waits for.
    const before = labels.slice(1).map((): Cell => "");
    const stacks: Cell[][] = columns.map((_, index) => {
      const cell = row.cells[index];
      if (cell === undefined) return ["-"];
      const [interval, n] = intervalParts(cell);
      const value: Cell = valueParts(cell, valueWidths[index] ?? 0, colors);
      if (interval === "") return [value];
      return joined ? [value, ...before, `${interval}, ${n}`] : [value, ...before, interval, n];
    });
    const intervals = row.cells.some((cell) => cell?.n !== undefined);
    // The label of the interval stands in its line; notes come below, so the figures keep their place.
    if (intervals) labels.push([{ text: intervalLabel(row), paint: colors.faint }]);
    labels.push(...row.notes.map((note) => `  ${note}`));
    const height = Math.max(labels.length, ...stacks.map((stack) => stack.length));
    for (let index = 0; index < height; index += 1) {
      lines.push([labels[index] ?? "", ...stacks.map((stack) => stack[index] ?? ""), index === 0 ? row.needed : ""]);
    }
  }
  return [[{}, ...columns.map(() => ({})), {}], lines];
}

/** A short name for each target: its role, or its own name where two share a role. */
function shortNames({ columns }: Comparison): string[] {
  const unique = new Set(columns.map(({ role }) => role)).size === columns.length;
  return columns.map(({ role, target }) => (unique ? role : quoted(target)));
}

function stacked(comparison: Comparison, width: number, colors: Palette): string[] {
  const { columns, rows } = comparison;
  const names = shortNames(comparison).map((name) => truncate(name, Math.max(4, width - 24)));
  const roleWidth = Math.max(...columns.map(({ role }) => displayWidth(role)));
  const lines = columns.flatMap(({ role, target }) => {
    const start = `${pad(role, roleWidth)}  `;
    return wrapHanging(start, quoted(target), displayWidth(start), width);
  });
  const confidence = rows[0] === undefined ? "" : intervalLabel(rows[0]).trim();
  if (confidence !== "") lines.push(...wrap(`below each figure its ${confidence}`, width).map(colors.faint));
  const nameWidth = Math.max(...names.map(displayWidth));
  const values = rows.flatMap(({ cells }) => cells.map((cell) => displayWidth(cell?.value ?? "")));
  const valueWidth = Math.min(Math.max(0, ...values), Math.max(6, width - nameWidth - 18));
  for (const row of rows) {
    const head = [row.label, ...row.notes].join(", ");
    const needed = row.needed === "" ? head : `${head}: needed ${row.needed}`;
    lines.push(...wrap(needed, width).map(colors.strong));
    for (const [index, name] of names.entries()) {
      const cell = row.cells[index];
      if (cell === undefined) continue;
      const parts = valueParts(cell, valueWidth, colors);
      const text = parts.map((part) => (part.paint === undefined ? part.text : part.paint(part.text))).join("");
      lines.push(`  ${pad(name, nameWidth)}  ${text}`.trimEnd());
      const [interval, n] = intervalParts(cell);
      const before = " ".repeat(nameWidth + 4);
      if (n !== "") lines.push(...wrapHanging(before, `${interval}, ${n}`, before.length, width));
    }
  }
  return lines;
}

/** Lines of at most `width` columns (from 40 on): as many targets side by side as fit, the others in further tables, or all of them stacked. */
export function comparisonLines(comparison: Comparison, width: number, colors: Palette): string[] {
  const { columns, rows } = comparison;
  if (columns.length === 0 || rows.length === 0) return [];
  for (let many = columns.length; many > 0; many -= 1) {
    // Fewer than two targets side by side is no comparison: a stack shows them together.
    if (many === 1 && columns.length > 1) break;
    for (const joined of [true, false]) {
      const chunks = chunksOf(comparison, many).map((chunk) => sideBySide(chunk, colors, joined));
      if (chunks.every(([heads, lines]) => tableWidth(heads, lines) <= width)) {
        return chunks.flatMap(([heads, lines], index) => [...(index === 0 ? [] : [""]), ...table(heads, lines)]);
      }
    }
  }
  return stacked(comparison, width, colors);
}

function chunksOf({ columns, rows }: Comparison, size: number): Comparison[] {
  const chunks: Comparison[] = [];
  for (let from = 0; from < columns.length; from += size) {
    chunks.push({
      columns: columns.slice(from, from + size),
      rows: rows.map((row) => ({ ...row, cells: row.cells.slice(from, from + size) })),
    });
  }
  return chunks;
}
