/**
 * A JSON parser (RFC 8259) for data that a verdict rests on. It refuses what `JSON.parse` lets through with another meaning: a key given
 * twice (the last one wins there, silently), integers whose digits a double changes, half of a surrogate pair, and depths that exhaust the stack.
 */
import type { JsonValue } from "./json.ts";

/** Why a text is not acceptable JSON; `offset` is 0-based, in UTF-16 units of the text. */
export interface JsonMistake {
  readonly code: "json-syntax" | "json-duplicate-key" | "json-number" | "json-surrogate" | "json-too-deep";
  readonly message: string;
  readonly fix: string;
  readonly offset: number;
}

export type ParsedJson =
  | { readonly ok: true; readonly value: JsonValue }
  | { readonly ok: false; readonly mistake: JsonMistake };

/** Deepest nesting that is accepted: no case needs it, and every later walk over the value stays within the stack. */
export const DEEPEST = 100;

export interface JsonOptions {
  /** Texts may hold halves of surrogate pairs: what a model wrote is kept as it is. Default false. */
  readonly halves?: boolean;
}

/**
 * Parses one JSON text. Objects have a null prototype, so that `__proto__` and `constructor` are keys like any other. Never throws.
 */
export function parseJson(text: string, { halves = false }: JsonOptions = {}): ParsedJson {
  const reader = createReader(text, halves);
  try {
    return { ok: true, value: reader.whole() };
  } catch (thrown) {
    if (thrown instanceof Rejected) return { ok: false, mistake: thrown.mistake };
    throw thrown;
  }
}

/** Unwinds the recursion; never leaves this file. */
class Rejected extends Error {
  readonly mistake: JsonMistake;

  constructor(mistake: JsonMistake) {
    super(mistake.message);
    this.mistake = mistake;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** What may stand in a text as it is (no quote, backslash or control character); also matches nothing, so that `test` always leaves `lastIndex` where the plain part ends. */
const PLAIN = /[ !#-[\]-\uffff]*/y;
const WORDS: readonly (readonly [string, boolean | null])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
];
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

function createReader(text: string, halves: boolean): { readonly whole: () => JsonValue } {
  let at = 0;

  function reject(code: JsonMistake["code"], message: string, fix: string, offset = at): never {
    throw new Rejected({ code, message, fix, offset });
  }

  function unexpected(wanted: string): never {
    const code = text.codePointAt(at);
    const found = code === undefined ? "the end" : showChar(code);
    reject("json-syntax", `expected ${wanted} but found ${found}`, "Correct the JSON here.");
  }

  function skipBlanks(): void {
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code !== 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) return;
      at++;
    }
  }

  function whole(): JsonValue {
    skipBlanks();
    const value = readValue(1);
    skipBlanks();
    if (at < text.length) unexpected("the end");
    return value;
  }

  function readValue(depth: number): JsonValue {
    switch (text[at]) {
      case "{":
        return readObject(depth);
      case "[":
        return readArray(depth);
      case '"':
        return readString();
      default:
        return readScalar();
    }
  }

  function enter(depth: number): void {
    if (depth > DEEPEST) {
      reject(
        "json-too-deep",
        `nested more than ${DEEPEST} levels deep`,
        "Flatten the data; nothing reads such depths.",
      );
    }
    at++;
    skipBlanks();
  }

  function readObject(depth: number): JsonValue {
    enter(depth);
    const record: Record<string, JsonValue> = Object.create(null);
    if (text[at] === "}") {
      at++;
      return record;
    }
    while (true) {
      if (text[at] !== '"') unexpected("a key in double quotes");
      const start = at;
      const key = readString();
      if (key in record) {
        const fix = "Keep one of them: which one counts is anyone's guess.";
        reject("json-duplicate-key", `the key ${JSON.stringify(key)} is there twice`, fix, start);
      }
      skipBlanks();
      if (text[at] !== ":") unexpected('":"');
      at++;
      skipBlanks();
      record[key] = readValue(depth + 1);
      skipBlanks();
      if (text[at] === "}") break;
      if (text[at] !== ",") unexpected('"," or "}"');
      at++;
      skipBlanks();
    }
    at++;
    return record;
  }

  function readArray(depth: number): JsonValue {
    enter(depth);
    const items: JsonValue[] = [];
    if (text[at] === "]") {
      at++;
      return items;
    }
    while (true) {
      items.push(readValue(depth + 1));
      skipBlanks();
      if (text[at] === "]") break;
      if (text[at] !== ",") unexpected('"," or "]"');
      at++;
      skipBlanks();
    }
    at++;
    return items;
  }

  function readScalar(): JsonValue {
    for (const [word, value] of WORDS) {
      if (!text.startsWith(word, at)) continue;
      at += word.length;
      return value;
    }
    NUMBER.lastIndex = at;
    const written = NUMBER.exec(text)?.[0];
    if (written === undefined) unexpected("a value");
    const problem = numberProblem(written);
    if (problem !== undefined) {
      reject(
        "json-number",
        `the number ${shorten(written)} ${problem}`,
        "Write it in quotes, as a text, to keep every digit.",
      );
    }
    at += written.length;
    return Number(written);
  }

  function readString(): string {
    const start = at;
    at++;
    let value = "";
    let from = at;
    while (true) {
      PLAIN.lastIndex = at;
      PLAIN.test(text);
      at = PLAIN.lastIndex;
      const code = text.charCodeAt(at);
      if (Number.isNaN(code)) unexpected('the closing "');
      if (code === QUOTE) break;
      if (code !== BACKSLASH) {
        reject(
          "json-syntax",
          `${showChar(code)} inside a text`,
          'Escape it (\\n for a line end, \\t for a tab), or close the ".',
        );
      }
      value += text.slice(from, at) + readEscape();
      from = at;
    }
    value += text.slice(from, at);
    at++;
    if (!halves && !value.isWellFormed()) {
      const message = "half of a surrogate pair, which no encoding can send";
      reject("json-surrogate", message, "Write the whole character, or both halves (\\ud83d\\ude00).", start);
    }
    return value;
  }

  function readEscape(): string {
    at++;
    const letter = text[at];
    if (letter === "u") {
      const digits = text.slice(at + 1, at + 5);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) reject("json-syntax", "\\u without four hex digits", "Correct the escape.");
      at += 5;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const plain = letter === undefined ? undefined : ESCAPES.get(letter);
    if (plain === undefined) reject("json-syntax", "a backslash that escapes nothing", "Double the backslash.", at - 1);
    at++;
    return plain;
  }

  return { whole };
}

/** What a double would do to a number as written; undefined when nothing. */
function numberProblem(written: string): string | undefined {
  const value = Number(written);
  if (!Number.isFinite(value)) return "is too large";
  if (value === 0 && /[1-9]/.test(written.replace(/[eE].*$/, ""))) return "is too small and would become 0";
  if (Number.isSafeInteger(value) || !/^-?\d+$/.test(written)) return undefined;
  // What a double is written as comes back as it went in, so programs that write doubles are not refused.
  return String(value) === written || BigInt(value) === BigInt(written) ? undefined : `would become ${value}`;
}

function shorten(written: string): string {
  return written.length <= 40 ? written : `${written.slice(0, 37)}…`;
}

function showChar(code: number): string {
  if (code === 0) return "a NUL byte (is the file UTF-16?)";
  const plain = code > 0x20 && code !== 0x7f && code !== 0xfeff;
  const hex = code.toString(16).toUpperCase().padStart(4, "0");
  return plain ? JSON.stringify(String.fromCodePoint(code)) : `the character U+${hex}`;
}
