/**
 * Texts one behind the other in one block of bytes: a list of hundreds of thousands of strings would hold several times as much, and have the garbage
 * collector go through all of it again and again.
 */
const FIRST_ROOM = 256;
const WIDE = /[^\0-\xff]/;
/** Units made a string at once. */
const PIECE = 4_096;

export interface TextColumn {
  readonly size: () => number;
  readonly add: (text: string) => void;
  /** The text at a 0-based position, unit by unit as it was added, unpaired surrogates too. */
  readonly at: (index: number) => string;
  /** UTF-16 units of that text. */
  readonly lengthAt: (index: number) => number;
}

export function createTextColumn(): TextColumn {
  let bytes = new Uint8Array(FIRST_ROOM);
  /** Where each text ends, 1 added; negative where it is kept in two bytes a unit. */
  let ends = new Float64Array(FIRST_ROOM);
  let count = 0;
  const isWide = (index: number) => (ends[index] ?? 0) < 0;
  const endOf = (index: number) => (index < 0 ? 0 : Math.abs(ends[index] ?? 1) - 1);
  return {
    size: () => count,
    add(text) {
      const wide = WIDE.test(text);
      const from = endOf(count - 1);
      const to = from + (wide ? 2 : 1) * text.length;
      if (to > bytes.length) {
        const before = bytes;
        bytes = new Uint8Array(Math.max(to, 2 * before.length));
        bytes.set(before);
      }
      for (let unit = 0, place = from; unit < text.length; unit++) {
        const code = text.charCodeAt(unit);
        bytes[place++] = code & 0xff;
        if (wide) bytes[place++] = code >>> 8;
      }
      if (count === ends.length) {
        const before = ends;
        ends = new Float64Array(2 * count);
        ends.set(before);
      }
      ends[count++] = wide ? -(to + 1) : to + 1;
    },
    at(index) {
      if (index >= count) throw new RangeError(`no text at ${index}: there are ${count}`);
      const own = bytes.subarray(endOf(index - 1), endOf(index));
      return textOf(isWide(index) ? joined(own) : own);
    },
    lengthAt: (index) => (endOf(index) - endOf(index - 1)) / (isWide(index) ? 2 : 1),
  };
}

/** Two bytes a unit, the lower one first. */
function joined(bytes: Uint8Array): Uint16Array {
  return Uint16Array.from({ length: bytes.length / 2 }, (_, unit) => {
    return (bytes[2 * unit] ?? 0) | ((bytes[2 * unit + 1] ?? 0) << 8);
  });
}

function textOf(units: Uint8Array | Uint16Array): string {
  let text = "";
  for (let from = 0; from < units.length; from += PIECE)
    text += String.fromCharCode(...units.subarray(from, from + PIECE));
  return text;
}
