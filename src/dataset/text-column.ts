/**
 * Texts one behind the other in one block of bytes: a list of hundreds of thousands of strings would hold several times as much, and have the garbage
 * collector go through all of it again and again.
 */
const FIRST_ROOM = 256;
const WIDE = /[^\0-\xff]/;

export interface TextColumn {
  readonly size: () => number;
  readonly add: (text: string) => void;
  /** The text at a 0-based position, unit by unit as it was added, unpaired surrogates too. */
  readonly at: (index: number) => string;
}

export function createTextColumn(): TextColumn {
  let bytes = Buffer.alloc(FIRST_ROOM);
  /** Where each text ends, 1 added; negative where it is kept in two bytes a unit. */
  let ends = new Float64Array(FIRST_ROOM);
  let count = 0;
  const endOf = (index: number) => (index < 0 ? 0 : Math.abs(ends[index] ?? 1) - 1);
  return {
    size: () => count,
    add(text) {
      const wide = WIDE.test(text);
      const from = endOf(count - 1);
      const to = from + (wide ? 2 : 1) * text.length;
      if (to > bytes.length) bytes = Buffer.concat([bytes], Math.max(to, 2 * bytes.length));
      if (wide) bytes.write(text, from, "utf16le");
      else bytes.write(text, from, "latin1");
      if (count === ends.length) {
        const before = ends;
        ends = new Float64Array(2 * count);
        ends.set(before);
      }
      ends[count++] = wide ? -(to + 1) : to + 1;
    },
    at(index) {
      if (index >= count) throw new RangeError(`no text at ${index}: there are ${count}`);
      const encoding = (ends[index] ?? 0) < 0 ? "utf16le" : "latin1";
      return bytes.toString(encoding, endOf(index - 1), endOf(index));
    },
  };
}
