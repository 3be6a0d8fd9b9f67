/** Full-width and half-width forms: a keyboard set to Chinese or Japanese writes `Ａ` where another writes `A`. */

/** U+3000 is the space of that width; the block from U+FF01 holds the rest. */
const OTHER_WIDTH = /[\u3000\uFF01-\uFFEE]/gu;

/**
 * Each such character in its usual width, by NFKC, and every offset as it is. Other compatibility forms stay: `x²` is not `x2`, and `①` is not `1`.
 */
export function usualWidth(text: string): string {
  return text.replace(OTHER_WIDTH, (character) => {
    const usual = character.normalize("NFKC");
    return usual.length === character.length ? usual : character;
  });
}
