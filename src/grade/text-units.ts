/** Parts of a text that people count: words, lines, bullets, headings in angle brackets, and so on. */
import { countSentences } from "./sentences.ts";

const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}_][\p{L}\p{N}\p{M}_]*/gu;

/**
 * Runs of letters, digits and underscores; in scripts without spaces between words (Han, kana) each character counts as one.
 * An apostrophe or hyphen divides: "don't" is two.
 */
function words(text: string): number {
  return countMatches(text, WORD);
}

/** Lines that are not blank. */
function lines(text: string): number {
  return text.split("\n").filter((line) => line.trim() !== "").length;
}

/** Blocks divided by one or more blank lines. */
export function paragraphsOf(text: string): string[] {
  return text
    .split(/\n[^\S\n]*\n/)
    .map((block) => block.trim())
    .filter((block) => block !== "");
}

/** Markdown bullets: lines that begin with `*` (not `**`) or `-`. */
function bullets(text: string): number {
  return countMatches(text, /^[^\S\n]*(?:\*[^*\n]|-).*$/gmu);
}

/** `*emphasis*` and `**strong emphasis**`, not empty and within one line. */
function highlights(text: string): number {
  const single = [...text.matchAll(/\*([^\n*]*)\*/g)].filter((match) => match[1]?.trim() !== "");
  const double = [...text.matchAll(/\*\*([^\n*]*)\*\*/g)].filter((match) => match[1]?.trim() !== "");
  return single.length + double.length;
}

/** `[…]` within one line. */
function placeholders(text: string): number {
  return between(text, "[", "]").length;
}

/** `<<…>>` within one line, not empty. */
function titles(text: string): number {
  return between(text, "<<", ">>").filter((title) => /[^\s<>]/.test(title)).length;
}

/** What stands between an opening and the next closing mark of the same line. */
function between(text: string, opening: string, closing: string): string[] {
  const found: string[] = [];
  for (const line of text.split("\n")) {
    for (let open = line.indexOf(opening); open >= 0; ) {
      const close = line.indexOf(closing, open + opening.length);
      if (close < 0) break;
      found.push(line.slice(open + opening.length, close));
      open = line.indexOf(opening, close + closing.length);
    }
  }
  return found;
}

/** Words all in capitals, `I` among them; a hyphenated word counts once. */
function capitalWords(text: string): number {
  const found = text.match(/[\p{L}\p{N}\p{M}_]+(?:[-/.'’&][\p{L}\p{N}\p{M}_]+)*/gu) ?? [];
  return found.filter((word) => /\p{Lu}/u.test(word) && word === word.toUpperCase()).length;
}

function countMatches(text: string, expression: RegExp): number {
  return text.match(expression)?.length ?? 0;
}

const UNITS = {
  characters: (text: string) => [...text].length,
  letters: (text: string) => countMatches(text, /\p{L}/gu),
  words,
  sentences: countSentences,
  lines,
  paragraphs: (text: string) => paragraphsOf(text).length,
  bullets,
  highlights,
  placeholders,
  titles,
  commas: (text: string) => countMatches(text, /,/g),
  capitalWords,
} as const;

export type TextUnit = keyof typeof UNITS;

export const TEXT_UNITS: readonly TextUnit[] = Object.keys(UNITS).filter((key): key is TextUnit =>
  Object.hasOwn(UNITS, key),
);

/** How many of a unit a text has. */
export function countUnit(text: string, unit: TextUnit): number {
  return UNITS[unit](text);
}
