/**
 * Texts one behind the other in blocks of bytes: a list of hundreds of thousands of strings would hold several times as much, and have the garbage
 * collector go through all of it again and again.
 */
import { createByteColumn } from "./byte-column.ts";

const FIRST_ROOM = 256;
const WIDE = /[^\0-\xff]/;

export interface TextColumn {
  readonly size: () => number;
  readonly add: (text: string) => void;
  /** The text at a 0-based position, unit by unit as it was added, unpaired surrogates too. */
  readonly at: (index: number) => string;
  /** UTF-16 units of that text. */
  readonly lengthAt: (index: number) => number;
}

/** @param options as of `createByteColumn` */
export function createTextColumn(options: { readonly spills?: boolean } = {}): TextColumn {
  const bytes = createByteColumn(options);
  /** Where each text ends, 1 added; negative where it is kept in two bytes a unit. */
  let ends = new Float64Array(FIRST_ROOM);
  let count = 0;
  const isWide = (index: number) => (ends[index] ?? 0) < 0;
  const endOf = (index: number) => (index < 0 ? 0 : Math.abs(ends[index] ?? 1) - 1);
  const demand = (index: number) => {
    if (index < 0 || index >= count) throw new RangeError(`no text at ${index}: there are ${count}`);
  };
  return {
    size: () => count,
    add(text) {
      const wide = WIDE.test(text);
      bytes.write(text, wide ? "utf16le" : "latin1");
      if (count === ends.length) {
        const before = ends;
        ends = new Float64Array(2 * count);
        ends.set(before);
      }
      ends[count++] = wide ? -(bytes.size() + 1) : bytes.size() + 1;
    },
    at(index) {
      demand(index);
      return bytes.text(endOf(index - 1), endOf(index), isWide(index) ? "utf16le" : "latin1");
    },
    lengthAt(index) {
      demand(index);
      return (endOf(index) - endOf(index - 1)) / (isWide(index) ? 2 : 1);
    },
  };
}
