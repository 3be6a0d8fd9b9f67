/** One cell of a CSV file that a spreadsheet shows as text and never runs as a formula (CWE-1236). */

/** The first characters that spreadsheets take for the begin of a formula, also in full width. */
const FORMULA = /^[\s\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;

/**
 * A cell as RFC 4180 has it: quoted where it must be. A number stays a number; a text that begins like a formula gets an
 * apostrophe before it. Lone halves of surrogate pairs become U+FFFD, since the file is UTF-8.
 */
export function csvCell(value: string | number): string {
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  const text = value.toWellFormed();
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$|^'/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
