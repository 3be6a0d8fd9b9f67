/** Puts text that others wrote into GitHub Markdown as text: no mark-up, no mention, no reference, no image, no broken table. */
import { escapeToLine } from "./escape.ts";

/** Stands invisibly between the parts of what GitHub would turn into a link. */
const APART = "&#8203;";

const ENTITY: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "|": "&#124;",
  $: "&#36;",
  "\\": "&#92;",
};

/** Mark-up, and what GitHub turns into links after the Markdown is read, where a backslash no longer counts. */
const SPECIAL = /[&<>|$\\`*_{}[\]~@]|#(?=\w)|GH-(?=\d)|:(?=\/\/)|www(?=\.)/gi;

function tamed(special: string): string {
  const entity = ENTITY[special];
  if (entity !== undefined) return entity;
  return /^[@#:]$|^\w/.test(special) && special !== "_" ? special + APART : `\\${special}`;
}

/**
 * Text for a paragraph, a list item or a table cell, on one line. Pipes and backslashes become entities, since a table is cut
 * into cells before escapes are read; `@name`, `#12`, `GH-12`, addresses and bare links are taken apart.
 */
export function markdownText(text: string): string {
  return escapeToLine(text)
    .replace(SPECIAL, tamed)
    .replace(/^\s+|\s+$/g, "")
    .replace(/^(?:[-+=#](?!\d)|\d{1,9}(?=[.)](?:\s|$)))/, (mark) => `&#${mark.codePointAt(0)};${mark.slice(1)}`);
}

/** The longest run of backticks in a text. */
function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}

/**
 * Text in fixed width, within a line. Where a code span could not hold it (a pipe or a backslash would cut a table), as
 * escaped text.
 */
export function markdownCode(text: string): string {
  const line = escapeToLine(text);
  if (line.trim() === "" || /[|\\]/.test(line)) return markdownText(line);
  const fence = "`".repeat(longestRun(line) + 1);
  const padding = /^[` ]|[` ]$/.test(line) ? " " : "";
  return `${fence}${padding}${line}${padding}${fence}`;
}

/** Text of several lines as a code block, within a fence longer than any run of backticks inside. */
export function markdownBlock(text: string, language = ""): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  const safe = text
    .split(/\r\n|\r|\n/)
    .map((line) => line.split("\t").map(escapeToLine).join("\t"))
    .join("\n");
  return `${fence}${language.replace(/[^\w-]/g, "")}\n${safe}\n${fence}`;
}

/**
 * A table: the first row is the head. Cells are Markdown already. `align` holds one letter a column: l, r or c. As wide as its longest row, since GitHub
 * drops what goes beyond the head without a word: a cell more than the head has stands under no name, and is seen.
 */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[], align = ""): string {
  const width = Math.max(head.length, ...rows.map(({ length }) => length));
  const line = (cells: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, index) => cells[index] ?? "").join(" | ")} |`;
  const rule = Array.from({ length: width }, (_, index) =>
    align[index] === "r" ? "---:" : align[index] === "c" ? ":---:" : "---",
  );
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}
