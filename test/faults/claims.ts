/** Which rows of the list a test claims: its title begins with `row 12:`, `rows 3, 4, 11:` or `rows 45 to 49:`. */
import { FAULTS } from "./rows.ts";

/** What marks a claim, for `vitest -t`, which sees the names of the groups before the title. */
export const CLAIM = String.raw`\brows? \d+(,| to|:)`;

/** The rows, ascending as written; none when the title claims none. Throws an `Error` for a row that the list does not have. */
export function claimedRows(title: string): readonly number[] {
  const text = /^rows? (\d+(?: to \d+)?(?:, \d+(?: to \d+)?)*):/.exec(title)?.[1];
  if (text === undefined) return [];
  const rows = text.split(", ").flatMap((part) => {
    const [first = 0, last = first] = part.split(" to ").map(Number);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  });
  const unknown = rows.find((row) => row < 1 || row > FAULTS.length);
  if (rows.length === 0 || unknown !== undefined) throw new Error(`no row ${unknown ?? text}: ${title}`);
  return rows;
}
