/** Finds the line of a suite's source that a mistake is about: `defineSuite` knows no file, and the file's text knows no paths. */
import type { ConfigError } from "../errors.ts";

/** What to look for: a text in quotes (a name), or a key before its colon. */
export type Word = { readonly quoted: string } | { readonly key: string };

const anchors = new WeakMap<ConfigError, readonly Word[]>();

/** Notes the words that lead to a mistake, outermost first: the suite's name, the target's, the key. Returns the mistake. */
export function anchor(mistake: ConfigError, words: readonly Word[]): ConfigError {
  anchors.set(mistake, words);
  return mistake;
}

/** The line of a noted mistake in the source; undefined when none of its words is there. */
export function lineOf(mistake: ConfigError, source: string): number | undefined {
  return findLine(source, anchors.get(mistake) ?? []);
}

/**
 * The 1-based line of the last word that can be found, each looked for after the one before and then anywhere; undefined when none is there. A
 * guess by text: names put together by code are not found.
 */
export function findLine(text: string, words: readonly Word[]): number | undefined {
  const source = withoutComments(text);
  let at = 0;
  let line: number | undefined;
  for (const word of words) {
    // A target may be declared above the suite that lists it.
    const after = positionOf(source, word, at);
    const found = after < 0 ? positionOf(source, word, 0) : after;
    if (found < 0) continue;
    line = source.slice(0, found).split("\n").length;
    at = found + 1;
  }
  return line;
}

/** Texts in quotes, so that what looks like a comment in them is none; then the two kinds of comments. */
const QUOTED_OR_COMMENT = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|(\/\/[^\n]*|\/\*[\s\S]*?\*\/)/g;

/** Comments as blanks, every other character where it was: "is that enough, or…" says nothing of a key. */
function withoutComments(source: string): string {
  return source.replace(QUOTED_OR_COMMENT, (found, comment?: string) =>
    comment === undefined ? found : found.replace(/[^\n]/g, " "),
  );
}

function positionOf(source: string, word: Word, from: number): number {
  if ("quoted" in word) {
    const inner = JSON.stringify(word.quoted).slice(1, -1);
    return firstOf(["'", '"', "`"].map((quote) => source.indexOf(`${quote}${inner}${quote}`, from)));
  }
  const key = word.key.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  const pattern = new RegExp(`(?<![\\w$])${key}["'\`]?\\s*[:,(}]`, "g");
  pattern.lastIndex = from;
  return pattern.exec(source)?.index ?? -1;
}

function firstOf(positions: readonly number[]): number {
  const found = positions.filter((position) => position >= 0);
  return found.length === 0 ? -1 : Math.min(...found);
}
