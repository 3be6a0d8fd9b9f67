/** How many terminal columns a text takes: Chinese two, combining marks none, an emoji sequence two. Pads and cuts by it. */

/** East Asian Wide and Fullwidth (Unicode Standard Annex 11) outside of emoji, which have a property of their own. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x3247],
  [0x3250, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1aff0, 0x1b2ff],
  [0x1d300, 0x1d376],
  [0x1f200, 0x1f2ff],
  [0x20000, 0x3fffd],
];

const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });
const PLAIN = /^[\x20-\x7e]*$/;
const EMOJI = /\p{Emoji_Presentation}|\p{Emoji}\ufe0f/u;
const ASKED_AS_TEXT = /^.\ufe0e/u;
/** Marks, formatting and control characters, and the vowels and finals that join a Hangul syllable. */
const WITHOUT_WIDTH =
  /[\p{Mn}\p{Me}\p{Cf}\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u1160-\u11ff\ud7b0-\ud7ff]/u;

/** The user-perceived characters of a text, in order; one that would take more than two columns comes in its parts. */
export function graphemes(text: string): string[] {
  if (PLAIN.test(text)) return [...text];
  const found: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    if (segment.length > 2 && graphemeWidth(segment) > 2) found.push(...segment);
    else found.push(segment);
  }
  return found;
}

function isWide(codePoint: number): boolean {
  let low = 0;
  let high = WIDE.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [from, to] = WIDE[middle] ?? [0, 0];
    if (codePoint < from) high = middle - 1;
    else if (codePoint > to) low = middle + 1;
    else return true;
  }
  return false;
}

function graphemeWidth(grapheme: string): number {
  if (PLAIN.test(grapheme)) return grapheme.length;
  if (EMOJI.test(grapheme) && !ASKED_AS_TEXT.test(grapheme)) return 2;
  let width = 0;
  for (const character of grapheme) {
    if (WITHOUT_WIDTH.test(character)) continue;
    width += isWide(character.codePointAt(0) ?? 0) ? 2 : 1;
  }
  return width;
}

/**
 * Terminal columns of one line of text without control sequences. Characters whose width depends on the terminal's
 * language ("ambiguous" in Annex 11) count one, as the annex says for want of a context.
 */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const grapheme of graphemes(text)) width += graphemeWidth(grapheme);
  return width;
}

/** Fills with spaces up to `width` columns; a text that is wider stays as it is. */
export function pad(text: string, width: number, side: "left" | "right" = "left"): string {
  const fill = " ".repeat(Math.max(0, width - displayWidth(text)));
  return side === "left" ? text + fill : fill + text;
}

/** The longest beginning that fits `width` columns, never half a character. */
export function takeColumns(text: string, width: number): string {
  let taken = "";
  let used = 0;
  for (const grapheme of graphemes(text)) {
    const next = graphemeWidth(grapheme);
    if (used + next > width) break;
    taken += grapheme;
    used += next;
  }
  return taken;
}

/** Cuts to `width` columns and says so with an ellipsis. */
export function truncate(text: string, width: number): string {
  if (width <= 0) return "";
  return displayWidth(text) <= width ? text : `${takeColumns(text, width - 1)}…`;
}
