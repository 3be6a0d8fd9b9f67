/**
 * When two inputs ask the same: their texts are equal once letter case, white space and Unicode forms (NFKC) are folded. Cases that do are one
 * cluster, and no case is shown an example that does.
 */
import { canonicalJson } from "./fingerprint.ts";

/** Canonical JSON of an input with every text in it folded; keys and everything else stand as they are. Throws for what JSON cannot hold. */
export function questionOf(input: unknown): string {
  return canonicalJson(folded(input));
}

/** White space that is no single blank: to look for it takes a fraction of what replacing every blank by itself does. */
const WHITE_SPACE = /\s\s|[^\S ]/u;
const NOT_ASCII = /[\u0080-\uffff]/;

/** A text without what does not change what it asks: Unicode forms, letter case, white space at its ends and more than one in a row. */
export function foldedText(text: string): string {
  const lower = (NOT_ASCII.test(text) ? text.normalize("NFKC") : text).toLowerCase();
  return (WHITE_SPACE.test(lower) ? lower.replace(/\s+/gu, " ") : lower).trim();
}

function folded(value: unknown): unknown {
  if (typeof value === "string") return foldedText(value);
  if (Array.isArray(value)) return value.map(folded);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, folded(member)]));
}
