/**
 * One number a trial or a case, 0 or above, in the narrowest array that holds all of them exactly, and in none where nobody tells one: most suites
 * have no cost, scores of 0 and 1, and counts of tokens. A reader asks `column[at] ?? ABSENT`.
 */

/** Stands in a column where there is no figure. */
export const ABSENT = -1;

export type NumberColumn = Int8Array | Int32Array | Float64Array;

export const NO_NUMBERS: NumberColumn = new Int8Array(0);

/**
 * The column with a value in its place: the same one where it had room, else a wider one.
 *
 * @param size positions that there are; `at` is one of them.
 */
export function withNumber(column: NumberColumn, at: number, value: number, size: number): NumberColumn {
  const bytes = Math.max(column.BYTES_PER_ELEMENT, bytesFor(value));
  let room = column;
  if (column.length === 0 || bytes > column.BYTES_PER_ELEMENT) {
    room = emptyColumn(bytes, size);
    room.set(column);
  }
  room[at] = value;
  return room;
}

/** The column with room for so many positions, not fewer than it had. */
export function resizedNumbers(column: NumberColumn, size: number): NumberColumn {
  if (column.length === 0) return column;
  const to = emptyColumn(column.BYTES_PER_ELEMENT, size);
  to.set(column);
  return to;
}

function emptyColumn(bytes: number, size: number): NumberColumn {
  const column = bytes === 1 ? new Int8Array(size) : bytes === 4 ? new Int32Array(size) : new Float64Array(size);
  return column.fill(ABSENT);
}

function bytesFor(value: number): 1 | 4 | 8 {
  if ((value << 24) >> 24 === value && !Object.is(value, -0)) return 1;
  return (value | 0) === value && !Object.is(value, -0) ? 4 : 8;
}
