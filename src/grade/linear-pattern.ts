/** Patterns whose search takes time linear in the text, whatever the pattern: no answer can hang a grader. */
import { RE2JS } from "re2js";
import { ConfigError, toError } from "../errors.ts";
import { toRe2, UntranslatablePattern } from "./js-pattern.ts";

/** UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface LinearPattern {
  readonly source: string;
  readonly test: (text: string) => boolean;
  /** The first match at or after `from`. */
  readonly find: (text: string, from?: number) => Span | undefined;
  /** The first matches that do not overlap, from the left, `limit` at most: each costs one search of the text. */
  readonly all: (text: string, limit: number) => Span[];
}

export interface PatternOptions {
  readonly caseFold?: boolean;
  /** `.` matches line ends too. */
  readonly dotAll?: boolean;
  /** `^` and `$` match at line ends too. */
  readonly multiline?: boolean;
}

/**
 * Compiles a pattern in JavaScript's notation.
 *
 * @param where names the pattern's place for the message, as in `checklist: item "asks"`
 * @throws ConfigError when the notation is wrong or asks for what no linear search can do
 */
export function linearPattern(source: string, where: string, options: PatternOptions = {}): LinearPattern {
  const shown = source.length > 120 ? `${source.slice(0, 120)}…` : source;
  const fail = (why: string, fix: string, cause?: unknown): ConfigError =>
    new ConfigError("pattern", `${where}: the pattern ${shown} ${why}`, { fix, cause });
  if (!isJavaScript(source)) {
    throw fail(
      "is no regular expression",
      "Mend the pattern; it is read as JavaScript reads `new RegExp(pattern, 'u')`.",
    );
  }
  let compiled: RE2JS;
  try {
    const flags =
      (options.caseFold === true ? RE2JS.CASE_INSENSITIVE : 0) | (options.multiline === true ? RE2JS.MULTILINE : 0);
    compiled = RE2JS.compile(toRe2(source, options.dotAll === true), flags);
  } catch (error) {
    const what = error instanceof UntranslatablePattern ? error.message : toError(error).message;
    throw fail(
      `cannot be searched in linear time: ${what.slice(0, 160)}`,
      "Write it without lookaround, backreferences and repeats above 1,000; split it in two items, or use a custom function.",
      error,
    );
  }
  // RE2 knows \n alone as the end of a line, JavaScript four; each is one character, so places stay.
  const lined =
    options.multiline === true ? (text: string) => text.replace(/[\r\u2028\u2029]/g, "\n") : (text: string) => text;
  const find = (text: string, from = 0): Span | undefined => {
    if (from > text.length) return undefined;
    const matcher = compiled.matcher(lined(text));
    return matcher.find(from) ? { start: matcher.start(), end: matcher.end() } : undefined;
  };
  return {
    source,
    test: (text) => compiled.test(lined(text)),
    find,
    all: (text, limit) => {
      const spans: Span[] = [];
      const matcher = compiled.matcher(lined(text));
      while (spans.length < limit && matcher.find()) spans.push({ start: matcher.start(), end: matcher.end() });
      return spans;
    },
  };
}

/** Unicode notation, or the older one that lets punctuation be escaped without need. */
function isJavaScript(source: string): boolean {
  for (const flags of ["u", ""]) {
    try {
      new RegExp(source, flags);
      return true;
    } catch {}
  }
  return false;
}
