/** Lays out rows of cells in columns that start at equal offsets, whatever script the cells are written in. */
import { displayWidth, pad, truncate } from "./width.ts";

/** Colours a text that is laid out already; the identity where no colour is wanted. */
export type Paint = (text: string) => string;

/** One or more texts side by side with their own colour; a bare string is one text without colour. */
export type Cell = string | readonly { readonly text: string; readonly paint?: Paint }[];

export interface Column {
  readonly align?: "left" | "right";
  /** Columns wider than this are cut; default: as wide as the widest cell. */
  readonly most?: number;
  readonly least?: number;
}

export interface TableOptions {
  /** Spaces between columns; default 2. */
  readonly gap?: number;
  /** Spaces before the first column; default 0. */
  readonly indent?: number;
}

function textOf(cell: Cell | undefined): string {
  if (cell === undefined) return "";
  return typeof cell === "string" ? cell : cell.map(({ text }) => text).join("");
}

function widthsOf(columns: readonly Column[], rows: readonly (readonly Cell[])[]): number[] {
  return columns.map(({ most, least }, index) => {
    const widest = rows.reduce((width, row) => Math.max(width, displayWidth(textOf(row[index]))), 0);
    return Math.min(Math.max(widest, least ?? 0), most ?? Number.POSITIVE_INFINITY);
  });
}

/** Display width of the widest line that `table` would give. */
export function tableWidth(columns: readonly Column[], rows: readonly (readonly Cell[])[], options: TableOptions = {}) {
  const widths = widthsOf(columns, rows);
  const inner = widths.reduce((sum, width) => sum + width, 0) + (options.gap ?? 2) * Math.max(0, widths.length - 1);
  return (options.indent ?? 0) + inner;
}

/** The lines of a table, without spaces at their ends. Cells hold one line each; a missing cell is empty. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  options: TableOptions = {},
): string[] {
  const widths = widthsOf(columns, rows);
  const gap = " ".repeat(options.gap ?? 2);
  return rows.map((row) => {
    const last = row.findLastIndex((cell) => textOf(cell) !== "");
    const cells = columns.slice(0, last + 1).map(({ align }, index) => {
      const width = widths[index] ?? 0;
      const cell = row[index];
      const text = textOf(cell);
      if (displayWidth(text) > width) return pad(truncate(text, width), width);
      const painted =
        cell === undefined || typeof cell === "string"
          ? text
          : cell.map((part) => (part.paint === undefined ? part.text : part.paint(part.text))).join("");
      const fill = " ".repeat(width - displayWidth(text));
      return align === "right" ? fill + painted : index === last ? painted : painted + fill;
    });
    return (" ".repeat(options.indent ?? 0) + cells.join(gap)).trimEnd();
  });
}
