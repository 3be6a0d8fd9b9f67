/**
 * Where the lines of a recording stand, by what they answer, in about 40 bytes a line: names are not kept, only hashes of them. Whoever
 * asks compares the line itself, so two names of one hash are never taken for each other.
 */

/** Where a line stands in its file. */
export interface LinePlace {
  /** Bytes from the start of the file. */
  readonly offset: number;
  /** Bytes, without the line's end. */
  readonly length: number;
  /** 1-based. */
  readonly line: number;
}

export interface LineIndex {
  /** Lines that were added. */
  readonly size: () => number;
  readonly add: (key: string, place: LinePlace) => void;
  /** Where the lines stand, in the order in which they were added. */
  readonly places: () => Generator<LinePlace>;
  /** The first line added under a key of this hash that `matches`, by reading it, confirms. */
  readonly find: <T>(key: string, matches: (place: LinePlace) => T | undefined) => T | undefined;
}

const FIRST_ROWS = 1024;

/** The hash of a key; exchangeable so that tests can make keys collide. */
export type KeyHash = (key: string) => readonly [number, number];

export function createLineIndex(hash: KeyHash = hashOf): LineIndex {
  let size = 0;
  let offsets = new Float64Array(FIRST_ROWS);
  let lengths = new Uint32Array(FIRST_ROWS);
  let lines = new Uint32Array(FIRST_ROWS);
  /** The hash of each row, two words. */
  let hashes = new Uint32Array(2 * FIRST_ROWS);
  /** Open addressing: rows counted from 1, 0 where a slot is free; at most half of the slots are taken. */
  let slots = new Uint32Array(2 * FIRST_ROWS);

  function place(row: number): void {
    const mask = slots.length - 1;
    let slot = (hashes[2 * row] ?? 0) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = row + 1;
  }

  function grow(): void {
    offsets = copied(offsets, new Float64Array(2 * size));
    lengths = copied(lengths, new Uint32Array(2 * size));
    lines = copied(lines, new Uint32Array(2 * size));
    hashes = copied(hashes, new Uint32Array(4 * size));
    slots = new Uint32Array(4 * size);
    for (let row = 0; row < size; row++) place(row);
  }

  return {
    size: () => size,
    add: (key, { offset, length, line }) => {
      if (size === offsets.length) grow();
      const [first, second] = hash(key);
      offsets[size] = offset;
      lengths[size] = length;
      lines[size] = line;
      hashes[2 * size] = first;
      hashes[2 * size + 1] = second;
      place(size);
      size += 1;
    },
    *places() {
      for (let row = 0; row < size; row++) {
        const [offset = 0, length = 0, line = 0] = [offsets[row], lengths[row], lines[row]];
        yield { offset, length, line };
      }
    },
    find: (key, matches) => {
      const [first, second] = hash(key);
      const mask = slots.length - 1;
      for (let slot = first & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
        const row = (slots[slot] ?? 0) - 1;
        if (hashes[2 * row] !== first || hashes[2 * row + 1] !== second) continue;
        const [offset = 0, length = 0, line = 0] = [offsets[row], lengths[row], lines[row]];
        const found = matches({ offset, length, line });
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}

function copied<T extends Float64Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** Two independent words of a text: multiplicative hashing of its UTF-16 units, then Murmur3's finaliser. */
function hashOf(text: string): readonly [number, number] {
  let first = 0x811c9dc5;
  let second = 0x9e3779b9;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    first = Math.imul(first ^ unit, 0x01000193);
    second = Math.imul(second ^ unit, 0x85ebca6b) + 0x27d4eb2f;
  }
  return [mixed(first), mixed(second)];
}

function mixed(word: number): number {
  let value = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
