/** Extractors for answers inside a longer text: between marks, after a marker, the last number, the only option. */
import { mistake } from "./common-options.ts";
import { type Extraction, type Extractor, extractor, trimmedSpan } from "./extract.ts";
import { findLastNumber, type NumberStyle } from "./number-text.ts";
import { findOptions, type OptionSearch } from "./options-in-text.ts";

/**
 * What stands between two marks, as in `[answer]B<eoa>`.
 *
 * @param options `whole` (default true): the text must be exactly mark, answer, mark, white space around it aside;
 *   false: the last such pair in the text counts.
 */
export function between(open: string, close: string, options: { readonly whole?: boolean } = {}): Extractor {
  if (open === "" || close === "") {
    throw mistake("between", "a mark is empty", "Give both marks, as in between('[answer]', '<eoa>').");
  }
  const whole = options.whole ?? true;
  return extractor({ extract: "between", open, close, whole }, (text) => {
    if (whole) {
      const { answer, start, end } = trimmedSpan(text, 0, text.length);
      const fits = answer.length >= open.length + close.length && answer.startsWith(open) && answer.endsWith(close);
      if (!fits) return { found: false, why: `the text is not exactly ${open}…${close}` };
      const inner = trimmedSpan(text, start + open.length, end - close.length);
      return inner.answer.includes(open) || inner.answer.includes(close)
        ? { found: false, why: `${open} or ${close} stands more than once` }
        : inner;
    }
    const to = text.lastIndexOf(close);
    const from = to < 0 ? -1 : text.lastIndexOf(open, to - open.length);
    if (to - open.length < 0 || from < 0) return { found: false, why: `no ${open}…${close} in the text` };
    return trimmedSpan(text, from + open.length, to);
  });
}

/**
 * What stands after the last of the markers, to the end of the text (or, with `line`, of the line).
 *
 * @param markers one or several, as in `####`, `A:` or `Answer:`; letter case counts
 */
export function afterMarker(markers: string | readonly string[], options: { readonly line?: boolean } = {}): Extractor {
  const list = typeof markers === "string" ? [markers] : markers;
  if (list.length === 0 || list.some((marker) => marker === "")) {
    throw mistake("afterMarker", "a marker is empty", "Name at least one marker, as in afterMarker('####').");
  }
  const line = options.line ?? false;
  return extractor({ extract: "after-marker", markers: list, line }, (text) => {
    const from = endOfLastMarker(text, list);
    if (from === undefined) return { found: false, why: `no ${list.join(" or ")} in the text` };
    const newline = line ? text.indexOf("\n", from) : -1;
    const answer = trimmedSpan(text, from, newline < 0 ? text.length : newline);
    return answer.answer === "" ? { found: false, why: `nothing after ${list.join(" or ")}` } : answer;
  });
}

/** Offset behind the marker that stands last; of two that begin together, the longer. A marker that begins with a letter does not stand inside a word. */
export function endOfLastMarker(text: string, markers: readonly string[]): number | undefined {
  let best: { readonly at: number; readonly end: number } | undefined;
  for (const marker of markers) {
    const at = lastStanding(text, marker);
    if (at < 0) continue;
    const end = at + marker.length;
    if (best === undefined || end > best.end || (end === best.end && at < best.at)) best = { at, end };
  }
  return best?.end;
}

/** "A:" is no marker in "USA:". */
function lastStanding(text: string, marker: string): number {
  const word = /^[\p{L}\p{N}]/u.test(marker);
  let at = text.lastIndexOf(marker);
  // Of scripts that put no space between words every place will do.
  while (
    word &&
    at > 0 &&
    /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}_]$/u.test(text.slice(at - 1, at))
  ) {
    at = at === 0 ? -1 : text.lastIndexOf(marker, at - 1);
  }
  return at;
}

/** The last number of the text; `findLastNumber` says what counts as one. */
export function lastNumber(style: NumberStyle = {}): Extractor {
  return extractor({ extract: "last-number", decimalMark: style.decimalMark ?? "." }, (text) => {
    const last = findLastNumber(text, style);
    if (!last.found) return last;
    const { start, end } = last.number;
    return { found: true, answer: text.slice(start, end), start, end };
  });
}

/**
 * The one option of a closed set that occurs in the text, however often. None, or two different ones: not found. An option
 * inside a longer one ("correct" in "incorrect") does not occur there. Full width does not count: `Ａ` is `A`.
 */
export function onlyOption(options: readonly string[], search: OptionSearch = {}): Extractor {
  const describe = {
    extract: "only-option",
    version: 2,
    options,
    boundaries: search.boundaries ?? "word",
    caseFold: search.caseFold ?? false,
  };
  return extractor(describe, (text): Extraction => {
    const occurrences = findOptions(text, options, search);
    const distinct = new Set(occurrences.map((occurrence) => occurrence.option));
    const [first] = occurrences;
    if (first === undefined) return { found: false, why: "none of the options occurs" };
    if (distinct.size > 1) {
      return { found: false, why: `${distinct.size} different options occur: ${[...distinct].slice(0, 5).join(", ")}` };
    }
    return { found: true, answer: first.option, start: first.start, end: first.end };
  });
}
