/**
 * Translates a JavaScript pattern to RE2's notation with the same meaning, so that it can be searched in linear time. What RE2
 * cannot do (lookahead, backreferences) is refused, never approximated.
 */

/** Thrown by `toRe2` with what cannot be translated. */
export class UntranslatablePattern extends Error {
  override readonly name = "UntranslatablePattern";
}

const SPACE = "\\t-\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}";
const NOT_SPACE =
  "\\x00-\\x08\\x{e}-\\x{1f}!-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}" +
  "\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}";
const NOT_LINE_END = "[^\\n\\r\\x{2028}\\x{2029}]";

interface Reader {
  readonly pattern: string;
  at: number;
}

/**
 * @param dotAll `.` matches line ends too
 * @throws UntranslatablePattern naming the part that cannot be translated
 */
export function toRe2(pattern: string, dotAll: boolean): string {
  const reader: Reader = { pattern, at: 0 };
  let out = "";
  while (reader.at < pattern.length) {
    const character = take(reader);
    if (character === "\\") out += escaped(reader, false);
    else if (character === ".") out += dotAll ? "(?s:.)" : NOT_LINE_END;
    else if (character === "[") out += characterClass(reader);
    else if (character === "(") out += group(reader);
    else out += character;
  }
  return out;
}

function take(reader: Reader): string {
  const point = reader.pattern.codePointAt(reader.at);
  if (point === undefined) throw new UntranslatablePattern("it ends too early");
  const character = String.fromCodePoint(point);
  reader.at += character.length;
  return character;
}

function match(reader: Reader, expression: RegExp): RegExpExecArray | null {
  const found = expression.exec(reader.pattern.slice(reader.at, reader.at + 80));
  if (found !== null) reader.at += found[0].length;
  return found;
}

/** Captures are dropped: nothing reads them, and without them the search is faster. */
function group(reader: Reader): string {
  if (match(reader, /^\?[=!]/) !== null) throw new UntranslatablePattern("a lookahead, (?=…) or (?!…)");
  if (match(reader, /^\?<[=!]/) !== null) throw new UntranslatablePattern("a lookbehind, (?<=…) or (?<!…)");
  if (match(reader, /^\?<[^>]*>/) !== null) return "(?:";
  const modifiers = match(reader, /^\?[a-z-]*:/);
  return modifiers === null ? "(?:" : `(${modifiers[0]}`;
}

function characterClass(reader: Reader): string {
  const negated = match(reader, /^\^/) !== null;
  if (match(reader, /^\]/) !== null) return negated ? "(?s:.)" : "[^\\x00-\\x{10ffff}]";
  let out = negated ? "[^" : "[";
  for (;;) {
    const character = take(reader);
    if (character === "]") return `${out}]`;
    if (character === "\\") out += escaped(reader, true);
    else out += character === "[" ? "\\[" : character;
  }
}

function escaped(reader: Reader, inClass: boolean): string {
  const character = take(reader);
  if ("dDwW".includes(character)) return `\\${character}`;
  if (character === "s") return inClass ? SPACE : `[${SPACE}]`;
  if (character === "S") return inClass ? NOT_SPACE : `[${NOT_SPACE}]`;
  if (character === "b") return inClass ? "\\x08" : "\\b";
  if (character === "B" && !inClass) return "\\B";
  if ("tnvfr".includes(character)) return `\\${character}`;
  if (character === "0" && match(reader, /^\d/) === null) return "\\x00";
  if (/[0-9]/.test(character) || character === "k") throw new UntranslatablePattern("a backreference");
  if (character === "c") return control(reader);
  if (character === "x") return byCode(match(reader, /^[0-9a-fA-F]{2}/)?.[0], "\\x");
  if (character === "u") return unicode(reader);
  if (character === "p" || character === "P") return property(reader, character === "P", inClass);
  if (/[A-Za-z]/.test(character)) throw new UntranslatablePattern(`the escape \\${character}`);
  return /[\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e]/.test(character) ? `\\${character}` : character;
}

function byCode(hexadecimal: string | undefined, escapeName: string): string {
  if (hexadecimal === undefined) throw new UntranslatablePattern(`the escape ${escapeName} without its digits`);
  return `\\x{${hexadecimal}}`;
}

function control(reader: Reader): string {
  const letter = match(reader, /^[A-Za-z]/)?.[0];
  return byCode(letter === undefined ? undefined : (letter.charCodeAt(0) % 32).toString(16), "\\c");
}

function unicode(reader: Reader): string {
  const braced = match(reader, /^\{([0-9a-fA-F]+)\}/);
  if (braced !== null) return byCode(braced[1], "\\u");
  const pair = match(reader, /^([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})/);
  if (pair !== null) {
    const high = Number.parseInt(pair[1] ?? "", 16);
    const low = Number.parseInt(pair[2] ?? "", 16);
    return byCode((0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)).toString(16), "\\u");
  }
  return byCode(match(reader, /^[0-9a-fA-F]{4}/)?.[0], "\\u");
}

function property(reader: Reader, negated: boolean, inClass: boolean): string {
  const name = match(reader, /^\{([^}]*)\}/)?.[1];
  if (name === undefined) throw new UntranslatablePattern("the escape \\p without {…}");
  if (/^[LMNPSZC][a-z]?$/.test(name)) return `\\${negated ? "P" : "p"}{${name}}`;
  const ranges = rangesOf(name, negated);
  if (ranges === "") throw new UntranslatablePattern(`\\p{${name}}, which no character has`);
  return inClass ? ranges : `[${ranges}]`;
}

const known = new Map<string, string>();

/** The characters of a Unicode property, as JavaScript's own engine knows them. */
function rangesOf(name: string, negated: boolean): string {
  const key = `${negated ? "P" : "p"}{${name}}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  let has: RegExp;
  try {
    has = new RegExp(`^\\${key}$`, "u");
  } catch (error) {
    throw new UntranslatablePattern(`\\${key}, which is no Unicode property`, { cause: error });
  }
  let out = "";
  let from = -1;
  for (let point = 0; point <= 0x110000; point += 1) {
    const inside = point <= 0x10ffff && has.test(String.fromCodePoint(point));
    if (inside && from < 0) from = point;
    if (!inside && from >= 0) {
      out += `\\x{${from.toString(16)}}-\\x{${(point - 1).toString(16)}}`;
      from = -1;
    }
  }
  known.set(key, out);
  return out;
}
