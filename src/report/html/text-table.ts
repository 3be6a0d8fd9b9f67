/** Each text once, as long as there is room. */

export interface TextTable {
  readonly texts: readonly string[];
  /** The text's position, and whether it was cut; `undefined` where there is no room. */
  readonly add: (text: string) => { readonly at: number; readonly cut: boolean } | undefined;
  /** Something found no room: what is there is not whole. */
  readonly overflowed: () => boolean;
}

/**
 * @param most UTF-16 units of all texts together
 * @param cutAt where a single text is cut; never inside a surrogate pair
 */
export function createTextTable(most: number, cutAt: number): TextTable {
  const texts: string[] = [];
  const positions = new Map<string, number>();
  let size = 0;
  let full = false;
  return {
    texts,
    add(text) {
      const cut = text.length > cutAt;
      const kept = cut ? beginning(text, cutAt) : text;
      const known = positions.get(kept);
      if (known !== undefined) return { at: known, cut };
      // Full once is full for good: a table with gaps here and there would say that short texts matter more.
      if (full || size + kept.length > most) {
        full = true;
        return undefined;
      }
      size += kept.length;
      positions.set(kept, texts.length);
      texts.push(kept);
      return { at: texts.length - 1, cut };
    },
    overflowed: () => full,
  };
}

function beginning(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? length - 1 : length);
}
