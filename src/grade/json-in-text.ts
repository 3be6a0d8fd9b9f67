/** JSON in what a model wrote: the whole text, inside a code fence, or somewhere in prose. Size and depth are capped. */

import type { JsonValue } from "../suite/json.ts";
import { parseJson } from "../suite/json-text.ts";
import { scanJson } from "./json-scan.ts";

export interface JsonCaps {
  /** UTF-16 units of the text. */
  readonly maxLength: number;
  /** Levels of nesting; an array of numbers has one. */
  readonly maxDepth: number;
}

export const DEFAULT_CAPS: JsonCaps = { maxLength: 2_000_000, maxDepth: 200 };

export type JsonFound =
  | { readonly ok: true; readonly value: JsonValue; readonly start: number; readonly end: number }
  | { readonly ok: false; readonly why: string };

/** The whole text as one JSON value, white space around it aside. A key that stands twice is a mistake: which one counts is anyone's guess. */
export function wholeJson(text: string, caps: JsonCaps = DEFAULT_CAPS): JsonFound {
  if (text.length > caps.maxLength) return { ok: false, why: `longer than ${caps.maxLength} characters` };
  // A byte order mark is white space for `trim` and not for JSON.
  const start = text.length - text.trimStart().length;
  const scan = scanJson(text, start);
  if (!scan.ok)
    return { ok: false, why: scan.open ? "JSON that ends too early" : `not JSON at character ${scan.at + 1}` };
  if (text.slice(scan.end).trim() !== "")
    return { ok: false, why: `text after the JSON, at character ${scan.end + 1}` };
  return parsed(text, start, scan.end, scan.depth, caps);
}

function parsed(text: string, start: number, end: number, depth: number, caps: JsonCaps): JsonFound {
  if (depth > caps.maxDepth) return { ok: false, why: `too deep: nested more than ${caps.maxDepth} levels` };
  const source = text.slice(start, end);
  const read = parseJson(source);
  if (!read.ok && read.mistake.code === "json-duplicate-key") return { ok: false, why: read.mistake.message };
  const value: JsonValue = JSON.parse(source);
  return { ok: true, value, start, end };
}

/**
 * The same, where values are compared: a number whose digits a double changes (1e400, 9007199254740993) is no value that
 * could be called equal or different.
 */
export function exactly(found: JsonFound, text: string): JsonFound {
  if (!found.ok) return found;
  const read = parseJson(text.slice(found.start, found.end));
  return !read.ok && read.mistake.code === "json-number" ? { ok: false, why: read.mistake.message } : found;
}

/**
 * The JSON of a text, wherever it stands: the whole text, else the last code fence that holds JSON, else the last complete
 * object or array in the prose, as what is said last is what is meant ("… no, wait: …"). What stands inside a pair of brackets that is no
 * JSON does not count.
 *
 * @param want `object` or `array` passes over the other kind, as footnote marks like [1]
 */
export function findJson(
  text: string,
  want: "object" | "array" | "any" = "any",
  caps: JsonCaps = DEFAULT_CAPS,
): JsonFound {
  const whole = wholeJson(text, caps);
  if (whole.ok || text.length > caps.maxLength || whole.why.startsWith("too deep")) return whole;
  const isWanted = ({ value }: { readonly value: JsonValue }): boolean =>
    want === "any" ||
    (want === "array" ? Array.isArray(value) : typeof value === "object" && value !== null && !Array.isArray(value));
  for (const { start, end } of codeFences(text).reverse()) {
    const inside = wholeJson(text.slice(start, end), caps);
    if (inside.ok && isWanted(inside)) return { ...inside, start: inside.start + start, end: inside.end + start };
  }
  const closers = closersOf(text);
  let last: JsonFound = whole;
  for (let opener = nextOpener(text, 0); opener >= 0; ) {
    const scan = scanJson(text, opener);
    const closer = closers.get(opener);
    // Doubled braces, as around a template's value, only wrap.
    const wraps = closer !== undefined && closers.get(opener + 1) === closer - 1;
    let next = closer === undefined || wraps ? opener + 1 : closer + 1;
    if (scan.ok) {
      const found = parsed(text, opener, scan.end, scan.depth, caps);
      if (found.ok ? isWanted(found) : !last.ok) last = found;
      next = scan.end;
    } else if (closer === undefined) {
      // Never back further than into the string that went wrong: each character is read a bounded number of times.
      next = Math.max(next, scan.string === undefined ? scan.at : scan.string + 1);
    }
    opener = nextOpener(text, next);
  }
  return last;
}

/** Offsets of the brackets that close each opening one, strings not heeded: where a broken value would end. */
function closersOf(text: string): ReadonlyMap<number, number> {
  const closers = new Map<number, number>();
  const open: number[] = [];
  const bracket = /[{}[\]]/g;
  for (let found = bracket.exec(text); found !== null; found = bracket.exec(text)) {
    if (found[0] === "{" || found[0] === "[") {
      open.push(found.index);
      continue;
    }
    const opener = open.at(-1);
    if (opener === undefined || (text[opener] === "{") !== (found[0] === "}")) continue;
    open.pop();
    closers.set(opener, found.index);
  }
  return closers;
}

function nextOpener(text: string, from: number): number {
  const opener = /[{[]/g;
  opener.lastIndex = from;
  return opener.exec(text)?.index ?? -1;
}

/** What stands inside the code fences of a text: from the line after ``` to the next ```. An open last fence ends with the text. */
export function codeFences(text: string): { readonly start: number; readonly end: number }[] {
  const fences: { start: number; end: number }[] = [];
  const fence = /```[^\n`]*(?:\n|$)/g;
  for (let opening = fence.exec(text); opening !== null; opening = fence.exec(text)) {
    const start = fence.lastIndex;
    const close = text.indexOf("```", start);
    fences.push({ start, end: close < 0 ? text.length : close });
    if (close < 0) break;
    fence.lastIndex = close + 3;
  }
  return fences;
}
