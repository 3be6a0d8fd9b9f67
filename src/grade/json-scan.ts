/**
 * Reads over JSON without building it: where a value ends and how deep it is nested, in one pass and without recursion, so that
 * neither a broken nor a hostile text costs more than its length.
 */

export type JsonScan =
  | { readonly ok: true; readonly end: number; readonly depth: number }
  /**
   * `at`: where it stops being JSON; `string`: where the string just before `at` opened, when one stands there; `open`: the
   * text ended inside the value.
   */
  | { readonly ok: false; readonly at: number; readonly string?: number; readonly open: boolean };

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const SPACE = /[ \t\n\r]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids raw control characters in strings
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const WORDS = ["true", "false", "null"];

function skip(expression: RegExp, text: string, at: number): number {
  expression.lastIndex = at;
  return expression.test(text) ? expression.lastIndex : at;
}

/** Offset behind the string that opens at `at`, or -1 with no closing quote, a raw control character or a bad escape. */
function endOfString(text: string, at: number): number {
  let i = at + 1;
  for (;;) {
    i = skip(PLAIN, text, i);
    const character = text[i];
    if (character === '"') return i + 1;
    if (character !== "\\") return -1;
    const escaped = text[i + 1];
    if (escaped === "u") {
      if (!/^[0-9a-fA-F]{4}$/.test(text.slice(i + 2, i + 6))) return -1;
      i += 6;
    } else if (escaped !== undefined && '"\\/bfnrt'.includes(escaped)) i += 2;
    else return -1;
  }
}

function endOfScalar(text: string, at: number): number {
  if (text[at] === '"') return endOfString(text, at);
  for (const word of WORDS) if (text.startsWith(word, at)) return at + word.length;
  const end = skip(NUMBER, text, at);
  return end > at ? end : -1;
}

/** Reads one JSON value that begins at `start` (white space before it aside). Accepts exactly what `JSON.parse` accepts. */
export function scanJson(text: string, start: number): JsonScan {
  const closers: ("}" | "]")[] = [];
  let depth = 0;
  let lastString: number | undefined;
  let at = skip(SPACE, text, start);
  const fail = (): JsonScan => {
    const open = at >= text.length || (text[at] === '"' && text.indexOf('"', at + 1) < 0);
    return lastString === undefined ? { ok: false, at, open } : { ok: false, at, string: lastString, open };
  };

  for (;;) {
    // A value is due at `at`.
    lastString = undefined;
    const character = text[at];
    let closed = false;
    if (character === "{" || character === "[") {
      closers.push(character === "{" ? "}" : "]");
      depth = Math.max(depth, closers.length);
      at = skip(SPACE, text, at + 1);
      if (text[at] === closers.at(-1)) {
        closers.pop();
        at += 1;
        closed = true;
      } else if (character === "[") continue;
    } else {
      const end = endOfScalar(text, at);
      if (character === '"') lastString = at;
      if (end < 0) return fail();
      at = end;
      closed = true;
    }

    // Behind a value: close what is complete, then go on with the next member.
    while (closed) {
      if (closers.length === 0) return { ok: true, end: at, depth };
      at = skip(SPACE, text, at);
      const next = text[at];
      if (next === closers.at(-1)) {
        closers.pop();
        lastString = undefined;
        at += 1;
      } else if (next === ",") {
        lastString = undefined;
        at = skip(SPACE, text, at + 1);
        closed = false;
      } else return fail();
    }

    if (closers.at(-1) === "}") {
      if (text[at] !== '"') return fail();
      const end = endOfString(text, at);
      lastString = at;
      if (end < 0) return fail();
      at = skip(SPACE, text, end);
      if (text[at] !== ":") return fail();
      at = skip(SPACE, text, at + 1);
    }
  }
}
