/** JSON in what a model wrote: the whole text, inside a code fence, or somewhere in prose. Size and depth are capped. */

import type { JsonValue } from "../suite/json.ts";
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

/** The whole text as one JSON value, white space around it aside. Of a key that stands twice the last counts, as in `JSON.parse`. */
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
  const value: JsonValue = JSON.parse(text.slice(start, end));
  return { ok: true, value, start, end };
}

/**
 * The JSON of a text, wherever it stands: the whole text, else the first code fence that holds JSON, else the first complete
 * object or array in the prose. Pieces of a broken object do not count.
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
  for (const { start, end } of codeFences(text)) {
    const inside = wholeJson(text.slice(start, end), caps);
    if (inside.ok) return { ...inside, start: inside.start + start, end: inside.end + start };
  }
  let at = 0;
  for (;;) {
    const opener = nextOpener(text, at);
    if (opener < 0) return whole;
    const scan = scanJson(text, opener);
    if (!scan.ok) {
      // Never back further than into the string that went wrong: each character is read a bounded number of times.
      at = Math.max(opener + 1, scan.string === undefined ? scan.at : scan.string + 1);
      continue;
    }
    const kind = text[opener] === "{" ? "object" : "array";
    if (want === "any" || want === kind) return parsed(text, opener, scan.end, scan.depth, caps);
    at = scan.end;
  }
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
