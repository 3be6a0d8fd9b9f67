/** Where sentences end: a simple rule that can be told in a sentence, not a trained model. */

/** Never the end of a sentence; those that may be one (`etc.`, `U.S.`, `Inc.`) are told by the small letter behind them. */
const ABBREVIATIONS = new Set(
  "mr mrs ms dr prof st mt gen sen rep col sgt capt lt rev hon messrs vs cf approx e.g i.e p.s p.p.s".split(" "),
);

/** Abbreviations only before a number, as in `No. 5`. */
const BEFORE_NUMBER = new Set(
  "no nos fig figs vol p pp ch sec art jan feb mar apr jun jul aug sep sept oct nov dec".split(" "),
);

/** A period or its like, what closes behind it, then white space or the end; CJK stops need no white space. */
const STOP = /(?:(?<![.!?…])[.!?…]+["'”’»)\]*_]*(?=\s|$))|(?:[。！？]+["'”’」』）]*)/gu;

/**
 * Number of sentences. A sentence ends with `.`, `!`, `?`, `…` (and closing quotes or brackets) before white space, or with `。！？`;
 * not after an abbreviation (`Mr.`, `e.g.`), a single initial (`J.`), or where a period is followed by a small letter. What
 * stands after the last end counts as one more. A line end alone ends no sentence.
 */
export function countSentences(text: string): number {
  let count = 0;
  let from = 0;
  for (const stop of text.matchAll(STOP)) {
    const end = stop.index + stop[0].length;
    if (stop[0].startsWith(".") && !endsSentence(text, from, stop.index, end, stop[0])) continue;
    count += 1;
    from = end;
  }
  return /[\p{L}\p{N}]/u.test(text.slice(from)) ? count + 1 : count;
}

function endsSentence(text: string, from: number, at: number, end: number, stop: string): boolean {
  const word = /[^\s("'“‘[*_]*$/u.exec(text.slice(Math.max(from, at - 40), at))?.[0] ?? "";
  const next = /\S/u.exec(text.slice(end, end + 40))?.[0] ?? "";
  if (/\p{Ll}/u.test(next)) return false;
  if (stop.length > 1 && !/^\.["'”’»)\]*_]*$/u.test(stop)) return true;
  if (next === "") return true;
  const before = word.toLowerCase();
  if (/\d/.test(next) && BEFORE_NUMBER.has(before)) return false;
  return !ABBREVIATIONS.has(before) && !/^\p{Lu}$/u.test(word);
}
