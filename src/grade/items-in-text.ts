/** The items of a list as a model writes it: one a line, a JSON array, or divided by a separator. */
import type { JsonValue } from "../suite/json.ts";
import { exactly, findJson, type JsonFound, wholeJson } from "./json-in-text.ts";
import { unwrapped } from "./unwrap.ts";

/** How the items are to be written. */
export type ItemForm = "lines" | "json" | { readonly separator: string };

export type ItemList =
  | { readonly found: true; readonly items: readonly string[] }
  | { readonly found: false; readonly why: string };

const BULLET = /^\s*(?:[-*+•·–—]|\(?\d{1,3}[.)、]|\(?[a-zA-Z][.)])\s+/u;
const NUMBERED_TIGHT = /^\s*\d{1,3}[、)]\s*/u;
const INLINE_SEPARATORS = /[,;，；、]/u;

/** Items in exactly the demanded form. */
export function strictItems(text: string, form: ItemForm): ItemList {
  if (form === "json") return ofJson(exactly(wholeJson(text), text));
  const parts = form === "lines" ? text.split("\n") : text.split(form.separator);
  return { found: true, items: parts.map((part) => part.trim()).filter((part) => part !== "") };
}

/**
 * Items however they may be written, each reading by itself: a JSON array anywhere; one a line without bullets, numbers, quotes and a line that
 * only leads in ("The clauses are:"); divided by the separator or by commas. An item may hold a comma, so no reading makes the others wrong.
 */
export function lenientReadings(text: string, form: ItemForm): readonly ItemList[] {
  const json = ofJson(exactly(findJson(text, "array"), text));
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^```/.test(line) && !/[:：]$/u.test(line));
  const separator = typeof form === "object" ? form.separator : INLINE_SEPARATORS;
  const list = (parts: readonly string[]): ItemList => ({
    found: true,
    items: parts.map(bare).filter((item) => item !== ""),
  });
  const divided =
    lines.length === 1 || typeof form === "object" ? [list(lines.flatMap((line) => line.split(separator)))] : [];
  return json.found ? [json] : [list(lines), ...divided];
}

function bare(line: string): string {
  const text = line.replace(BULLET, "").replace(NUMBERED_TIGHT, "").trim();
  const inner = unwrapped()(text);
  return inner.found ? inner.answer : text;
}

function ofJson(found: JsonFound): ItemList {
  if (!found.ok) return { found: false, why: found.why };
  return ofArray(found.value) ?? { found: false, why: "not a JSON array of texts or numbers" };
}

function ofArray(value: JsonValue): ItemList | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = value.map((item: JsonValue) =>
    typeof item === "string" ? item : typeof item === "number" ? String(item) : undefined,
  );
  return items.every((item) => item !== undefined) ? { found: true, items } : undefined;
}
