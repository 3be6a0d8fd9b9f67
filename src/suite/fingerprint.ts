/** What makes two cases the same: the canonical JSON (RFC 8785) of their content, and its SHA-256. */
import { hash } from "node:crypto";
import canonicalize from "canonicalize";

/**
 * Canonical JSON of a value that JSON can hold: keys sorted, no blanks, numbers in their shortest form.
 * Throws for what JSON cannot hold (`undefined`, functions, NaN, cycles).
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError(`JSON cannot hold ${typeof value}`);
  return text;
}

/** SHA-256 of a text (as UTF-8), 64 hex digits. */
export function sha256(text: string): string {
  return hash("sha256", text, "hex");
}

/**
 * Fingerprint of a case's content, 64 hex digits: SHA-256 of the canonical JSON of `{ input, expected }`. The id, tags, weight and the order of
 * keys do not change it; an absent `expected` and one of `null` differ.
 */
export function fingerprintOf(content: { readonly input: unknown; readonly expected?: unknown }): string {
  return sha256(
    content.expected === undefined
      ? `{"input":${canonicalJson(content.input)}}`
      : `{"expected":${canonicalJson(content.expected)},"input":${canonicalJson(content.input)}}`,
  );
}
