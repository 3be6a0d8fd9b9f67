/** Where the options of a closed set occur in a text, be they written in full width or not. */
import { usualWidth } from "./width.ts";

export interface OptionSearch {
  /**
   * `word` (default): an option must not be part of a longer word; scripts written without spaces (Han, kana, Hangul, Thai …)
   * have no such boundary. `none`: an option counts wherever its characters stand.
   */
  readonly boundaries?: "word" | "none";
  /** Letter case does not count; default false. */
  readonly caseFold?: boolean;
}

export interface OptionOccurrence {
  readonly option: string;
  readonly start: number;
  readonly end: number;
}

const WORD = /[\p{L}\p{N}\p{M}_]/u;
const NO_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Whether two neighbouring characters belong to one word. */
function joined(a: string, b: string): boolean {
  return WORD.test(a) && WORD.test(b) && !NO_SPACES.test(a) && !NO_SPACES.test(b);
}

function characterBefore(text: string, at: number): string {
  const unit = text.charCodeAt(at - 1);
  return unit >= 0xdc00 && unit <= 0xdfff ? text.slice(Math.max(0, at - 2), at) : text.slice(Math.max(0, at - 1), at);
}

function characterAt(text: string, at: number): string {
  const point = text.codePointAt(at);
  return point === undefined ? "" : String.fromCodePoint(point);
}

/** Whether no word goes on across either end of a span. */
export function standsAlone(text: string, start: number, end: number): boolean {
  return (
    !joined(characterBefore(text, start), characterAt(text, start)) &&
    !joined(characterBefore(text, end), characterAt(text, end))
  );
}

/** Letter case aside, where that leaves every offset as it is (it does but for a handful of characters). */
export function foldInPlace(text: string): string {
  let folded = "";
  for (const character of text) {
    const lower = character.toLowerCase();
    folded += lower.length === character.length ? lower : character;
  }
  return folded;
}

/** Every occurrence, in the order of the text; one inside an occurrence of a longer option is left out. */
export function findOptions(text: string, options: readonly string[], search: OptionSearch = {}): OptionOccurrence[] {
  const fold = (value: string) => (search.caseFold === true ? foldInPlace(usualWidth(value)) : usualWidth(value));
  const haystack = fold(text);
  const byLength = [...options].sort((a, b) => b.length - a.length);
  const taken = new Uint8Array(text.length);
  const occurrences: OptionOccurrence[] = [];
  for (const option of byLength) {
    const needle = fold(option);
    if (needle === "") continue;
    for (let start = haystack.indexOf(needle); start >= 0; start = haystack.indexOf(needle, start + 1)) {
      const end = start + needle.length;
      if (taken[start] === 1 && taken[end - 1] === 1) continue;
      if (search.boundaries !== "none" && !standsAlone(haystack, start, end)) continue;
      taken.fill(1, start, end);
      occurrences.push({ option, start, end });
    }
  }
  return occurrences.sort((a, b) => a.start - b.start);
}
