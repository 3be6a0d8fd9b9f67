/** Takes off what models wrap around a short answer: code fences, quotes, emphasis, a trailing period. */
import { type Extractor, extractor, trimmedSpan } from "./extract.ts";

const PAIRS: readonly (readonly [string, string])[] = [
  ["```", "```"],
  ["**", "**"],
  ["`", "`"],
  ["*", "*"],
  ["__", "__"],
  ['"', '"'],
  ["'", "'"],
  ["“", "”"],
  ["‘", "’"],
  ["「", "」"],
  ["『", "』"],
  ["«", "»"],
];
const TRAILING = [".", "。", "．"];

/** The whole text without code fences, quotes, emphasis and a trailing period, however they are nested. */
export function unwrapped(): Extractor {
  return extractor({ extract: "unwrapped" }, (text) => {
    let { start, end } = trimmedSpan(text, 0, text.length);
    for (;;) {
      const inner = innerSpan(text, start, end);
      if (inner === undefined) return { found: true, answer: text.slice(start, end), start, end };
      ({ start, end } = inner);
    }
  });
}

function innerSpan(text: string, start: number, end: number): { start: number; end: number } | undefined {
  const slice = text.slice(start, end);
  for (const [open, close] of PAIRS) {
    if (slice.length <= open.length + close.length || !slice.startsWith(open) || !slice.endsWith(close)) continue;
    let from = start + open.length;
    const to = end - close.length;
    if (open === "```") {
      const newline = text.indexOf("\n", from);
      if (newline >= 0 && newline < to && /^[\w+.-]*[ \t]*\r?$/.test(text.slice(from, newline))) from = newline + 1;
    }
    // "a" or "b" begins and ends with a quote without being quoted.
    if (text.slice(from, to).includes(close)) continue;
    return trimmedSpan(text, from, to);
  }
  if (slice.length > 1 && TRAILING.some((mark) => slice.endsWith(mark))) return trimmedSpan(text, start, end - 1);
  return undefined;
}
