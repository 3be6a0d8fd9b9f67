/** JSON text that every reader takes the same way: no invisible line breaks, no control characters, no lone surrogates, no NaN. */

/**
 * What JSON allows raw but tools trip over: DEL and C1 controls (NEL breaks lines for Python), line and paragraph separators
 * (they break lines for Node's readline), direction marks, the byte-order mark.
 */
const RAW = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;
const RAW_ALL = new RegExp(RAW, "g");

/** A null inside of an object or a list; also some texts that speak of one. */
const NULL = /[[:,]\s*null\s*[\]},]/;

function escapeRaw(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/**
 * `value` as JSON; texts come back exactly as they were, also broken ones. `indent` as of `JSON.stringify`.
 * @throws {RangeError} for NaN and infinities, which JSON would silently turn into null.
 */
export function strictJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, undefined, indent);
  // A number that is none would stand there as null: only then is there something to look for.
  if (text === "null" || NULL.test(text)) refuseNonNumbers(value, "");
  return RAW.test(text) ? text.replace(RAW_ALL, escapeRaw) : text;
}

/** Members of a list that become one piece. */
const PIECE = 256;

/**
 * The text of `strictJson` in pieces, so that a large one never stands in memory as a whole.
 * @param value plain data, not undefined; what is iterable stands there as a list, and its members are made as they are written. Deeper than in a member
 * of a list it needs a `toJSON`
 */
export function* strictJsonPieces(value: unknown): Generator<string> {
  if (typeof value !== "object" || value === null) yield strictJson(value);
  else if (isIterable(value)) yield* listPieces(value);
  else {
    let before = "{";
    for (const [name, member] of Object.entries(value)) {
      if (member === undefined) continue;
      yield `${before}${strictJson(name)}:`;
      yield* strictJsonPieces(member);
      before = ",";
    }
    yield before === "{" ? "{}" : "}";
  }
}

function isIterable(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value;
}

function* listPieces(list: Iterable<unknown>): Generator<string> {
  let before = "[";
  let members: unknown[] = [];
  const told = () => {
    const text = before + strictJson(members).slice(1, -1);
    before = ",";
    members = [];
    return text;
  };
  for (const member of list) {
    if (holdsLong(member)) {
      if (members.length > 0) yield told();
      yield before;
      before = ",";
      yield* strictJsonPieces(member);
      continue;
    }
    members.push(member);
    if (members.length >= PIECE) yield told();
  }
  if (members.length > 0) yield told();
  yield before === "[" ? "[]" : "]";
}

/** Whether a member of a list is to be written in pieces itself: it is, or holds, a long list or one that is made as it is written. */
function holdsLong(member: unknown): boolean {
  if (typeof member !== "object" || member === null) return false;
  return isLong(member) || Object.values(member).some(isLong);
}

function isLong(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > PIECE;
  return typeof value === "object" && value !== null && isIterable(value);
}

/** Value by value: as a replacer of `JSON.stringify` it takes ten times as long. */
function refuseNonNumbers(value: unknown, key: string): void {
  if (typeof value === "number" && !Number.isFinite(value)) throw new RangeError(`${key} is ${value}, not a number`);
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) refuseNonNumbers(item, String(index));
  } else for (const [name, item] of Object.entries(value)) refuseNonNumbers(item, name);
}

/** A copy with the keys of every object in code-point order, so that equal data gives equal text. */
export function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, item]): [string, unknown] => [key, sortKeys(item)]));
}
