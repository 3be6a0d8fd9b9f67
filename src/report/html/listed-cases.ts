/** Cases of one rank in the order of the dataset, in columns: where each stands in `cases.jsonl`, and its row. Many rows lie in a scratch file until they are written. */
import { createTextColumn } from "../../dataset/text-column.ts";
import type { Rows } from "./page-data.ts";

const FIRST_ROOM = 256;

/** Of a case, the first and the last line of `cases.jsonl`, 1-based. */
export interface CaseLines {
  readonly first: number;
  readonly last: number;
}

export interface ListedCases {
  readonly size: () => number;
  readonly add: (lines: CaseLines, row: string) => void;
  readonly linesAt: (at: number) => CaseLines;
  readonly rowAt: (at: number) => string;
  /** UTF-16 units. */
  readonly rowLengthAt: (at: number) => number;
}

export function createListedCases(): ListedCases {
  const rows = createTextColumn({ spills: true });
  /** First and last line of each. */
  let lines = new Int32Array(2 * FIRST_ROOM);
  return {
    size: rows.size,
    add({ first, last }, row) {
      const at = 2 * rows.size();
      if (at === lines.length) {
        const before = lines;
        lines = new Int32Array(2 * before.length);
        lines.set(before);
      }
      lines[at] = first;
      lines[at + 1] = last;
      rows.add(row);
    },
    linesAt: (at) => ({ first: lines[2 * at] ?? 0, last: lines[2 * at + 1] ?? 0 }),
    rowAt: rows.at,
    rowLengthAt: rows.lengthAt,
  };
}

/** Cases of a list from one 0-based position up to another. */
export interface Stretch {
  readonly of: ListedCases;
  readonly from: number;
  readonly to: number;
}

/** All cases of several stretches as they stand in the dataset. */
export function* inOrder(
  stretches: readonly Stretch[],
): Generator<CaseLines & { readonly of: ListedCases; readonly at: number }> {
  const open = stretches
    .filter(({ from, to }) => from < to)
    .map(({ of, from, to }) => ({ of, to, at: from, lines: of.linesAt(from) }));
  while (open.length > 0) {
    const next = open.reduce((one, other) => (other.lines.first < one.lines.first ? other : one));
    yield { of: next.of, at: next.at, ...next.lines };
    next.at++;
    if (next.at < next.to) next.lines = next.of.linesAt(next.at);
    else open.splice(open.indexOf(next), 1);
  }
}

/** Rows of several stretches as they stand in the dataset. */
export function rowsInOrder(stretches: readonly Stretch[]): Rows {
  return {
    length: stretches.reduce((sum, { from, to }) => sum + Math.max(0, to - from), 0),
    *[Symbol.iterator]() {
      for (const { of, at } of inOrder(stretches)) yield of.rowAt(at);
    },
  };
}
