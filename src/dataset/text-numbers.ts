/** Numbers for texts, from 0 in the order in which they first came: a map from strings that lies outside of the heap, at some 20 bytes and the text itself. */
import { createTextColumn } from "./text-column.ts";

const FIRST_SLOTS = 256;

export interface TextNumbers {
  readonly size: () => number;
  /** The number of a text; what is new gets the next one. */
  readonly of: (text: string) => number;
  /** The number of a text that came before. */
  readonly find: (text: string) => number | undefined;
  /** The text of a number. */
  readonly at: (number: number) => string;
}

export function createTextNumbers(): TextNumbers {
  const texts = createTextColumn();
  let hashes = new Int32Array(FIRST_SLOTS / 2);
  /** Open addressing, half full at most: the number, 1 added. */
  let slots = new Uint32Array(FIRST_SLOTS);

  /** The slot of a text, or the free one where it belongs. */
  function slotOf(text: string, hash: number): number {
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = (slots[slot] ?? 0) - 1;
      if (number < 0 || (hashes[number] === hash && texts.at(number) === text)) return slot;
    }
  }

  function grow(): void {
    const before = hashes;
    hashes = new Int32Array(2 * before.length);
    hashes.set(before);
    slots = new Uint32Array(2 * slots.length);
    const mask = slots.length - 1;
    for (const [number, hash] of before.entries()) {
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
  }

  return {
    size: texts.size,
    of(text) {
      if (texts.size() === hashes.length) grow();
      const hash = hashOf(text);
      const slot = slotOf(text, hash);
      const known = slots[slot] ?? 0;
      if (known > 0) return known - 1;
      const number = texts.size();
      texts.add(text);
      hashes[number] = hash;
      slots[slot] = number + 1;
      return number;
    },
    find(text) {
      const known = slots[slotOf(text, hashOf(text))] ?? 0;
      return known === 0 ? undefined : known - 1;
    },
    at: texts.at,
  };
}

/** FNV-1a over units (Fowler, Noll, Vo), its bits mixed at the end so that the low ones tell as much as the high ones. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
