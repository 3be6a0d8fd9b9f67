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
  try {
    return { ok: true, value: new Reader(text, halves).whole() };
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
/** What may not stand in a text as it is (a backslash or control character), the closing quote apart. */
const SPECIAL = /[^ -[\]-\uffff]/g;
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

class Reader {
  readonly #text: string;
  readonly #halves: boolean;
  #at = 0;
  /** Where the next special character stands, from the last place that was asked for; past the end where there is none. */
  #special = -1;

  constructor(text: string, halves: boolean) {
    this.#text = text;
    this.#halves = halves;
  }

  #reject(code: JsonMistake["code"], message: string, fix: string, offset = this.#at): never {
    throw new Rejected({ code, message, fix, offset });
  }

  #unexpected(wanted: string): never {
    const code = this.#text.codePointAt(this.#at);
    const found = code === undefined ? "the end" : showChar(code);
    this.#reject("json-syntax", `expected ${wanted} but found ${found}`, "Correct the JSON here.");
  }

  #skipBlanks(): void {
    while (this.#at < this.#text.length) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) return;
      this.#at++;
    }
  }

  whole(): JsonValue {
    this.#skipBlanks();
    const value = this.#readValue(1);
    this.#skipBlanks();
    if (this.#at < this.#text.length) this.#unexpected("the end");
    return value;
  }

  #readValue(depth: number): JsonValue {
    switch (this.#text[this.#at]) {
      case "{":
        return this.#readObject(depth);
      case "[":
        return this.#readArray(depth);
      case '"':
        return this.#readString();
      default:
        return this.#readScalar();
    }
  }

  #enter(depth: number): void {
    if (depth > DEEPEST) {
      this.#reject(
        "json-too-deep",
        `nested more than ${DEEPEST} levels deep`,
        "Flatten the data; nothing reads such depths.",
      );
    }
    this.#at++;
    this.#skipBlanks();
  }

  #readObject(depth: number): JsonValue {
    this.#enter(depth);
    const record: Record<string, JsonValue> = Object.create(null);
    if (this.#text[this.#at] === "}") {
      this.#at++;
      return record;
    }
    while (true) {
      if (this.#text[this.#at] !== '"') this.#unexpected("a key in double quotes");
      const start = this.#at;
      const key = this.#readString();
      if (key in record) {
        const fix = "Keep one of them: which one counts is anyone's guess.";
        this.#reject("json-duplicate-key", `the key ${JSON.stringify(key)} is there twice`, fix, start);
      }
      this.#skipBlanks();
      if (this.#text[this.#at] !== ":") this.#unexpected('":"');
      this.#at++;
      this.#skipBlanks();
      record[key] = this.#readValue(depth + 1);
      this.#skipBlanks();
      if (this.#text[this.#at] === "}") break;
      if (this.#text[this.#at] !== ",") this.#unexpected('"," or "}"');
      this.#at++;
      this.#skipBlanks();
    }
    this.#at++;
    return record;
  }

  #readArray(depth: number): JsonValue {
    this.#enter(depth);
    const items: JsonValue[] = [];
    if (this.#text[this.#at] === "]") {
      this.#at++;
      return items;
    }
    while (true) {
      items.push(this.#readValue(depth + 1));
      this.#skipBlanks();
      if (this.#text[this.#at] === "]") break;
      if (this.#text[this.#at] !== ",") this.#unexpected('"," or "]"');
      this.#at++;
      this.#skipBlanks();
    }
    this.#at++;
    return items;
  }

  #readScalar(): JsonValue {
    for (const [word, value] of WORDS) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    NUMBER.lastIndex = this.#at;
    const written = NUMBER.exec(this.#text)?.[0];
    if (written === undefined) this.#unexpected("a value");
    const problem = numberProblem(written);
    if (problem !== undefined) {
      this.#reject(
        "json-number",
        `the number ${shorten(written)} ${problem}`,
        "Write it in quotes, as a text, to keep every digit.",
      );
    }
    this.#at += written.length;
    return Number(written);
  }

  #readString(): string {
    const start = this.#at + 1;
    const end = this.#text.indexOf('"', start);
    if (end < 0 || end > this.#nextSpecial(start)) return this.#readEscapedString();
    const value = this.#text.slice(start, end);
    if (!this.#halves && !value.isWellFormed()) this.#rejectHalf();
    this.#at = end + 1;
    return value;
  }

  #nextSpecial(from: number): number {
    if (this.#special < from) {
      SPECIAL.lastIndex = from;
      this.#special = SPECIAL.test(this.#text) ? SPECIAL.lastIndex - 1 : this.#text.length;
    }
    return this.#special;
  }

  #rejectHalf(start = this.#at): never {
    const message = "half of a surrogate pair, which no encoding can send";
    this.#reject("json-surrogate", message, "Write the whole character, or both halves (\\ud83d\\ude00).", start);
  }

  #readEscapedString(): string {
    const start = this.#at;
    this.#at++;
    let value = "";
    let from = this.#at;
    while (true) {
      PLAIN.lastIndex = this.#at;
      PLAIN.test(this.#text);
      this.#at = PLAIN.lastIndex;
      const code = this.#text.charCodeAt(this.#at);
      if (Number.isNaN(code)) this.#unexpected('the closing "');
      if (code === QUOTE) break;
      if (code !== BACKSLASH) {
        this.#reject(
          "json-syntax",
          `${showChar(code)} inside a text`,
          'Escape it (\\n for a line end, \\t for a tab), or close the ".',
        );
      }
      value += this.#text.slice(from, this.#at) + this.#readEscape();
      from = this.#at;
    }
    value += this.#text.slice(from, this.#at);
    this.#at++;
    if (!this.#halves && !value.isWellFormed()) this.#rejectHalf(start);
    return value;
  }

  #readEscape(): string {
    this.#at++;
    const letter = this.#text[this.#at];
    if (letter === "u") {
      const digits = this.#text.slice(this.#at + 1, this.#at + 5);
      if (!/^[0-9a-fA-F]{4}$/.test(digits))
        this.#reject("json-syntax", "\\u without four hex digits", "Correct the escape.");
      this.#at += 5;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const plain = letter === undefined ? undefined : ESCAPES.get(letter);
    if (plain === undefined)
      this.#reject("json-syntax", "a backslash that escapes nothing", "Double the backslash.", this.#at - 1);
    this.#at++;
    return plain;
  }
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
