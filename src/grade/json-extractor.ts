/** Extractor: a value inside the JSON of an answer. */
import { type Extractor, extractor } from "./extract.ts";
import { findJson, wholeJson } from "./json-in-text.ts";
import { jsonPath } from "./json-path.ts";

/**
 * The value at a place of the answer's JSON: a text as it is, anything else as JSON. The offsets are those of the whole JSON.
 *
 * @param path `/total` or `items[0].name`
 * @param options `whole` (default true): the whole text must be JSON; false: JSON in a code fence or in prose will do
 * @throws ConfigError for a path that is neither form
 */
export function jsonAt(path: string, options: { readonly whole?: boolean } = {}): Extractor {
  const place = jsonPath("jsonAt", path);
  const whole = options.whole ?? true;
  return extractor({ extract: "json-at", path, whole }, (text) => {
    const found = whole ? wholeJson(text) : findJson(text);
    if (!found.ok) return { found: false, why: found.why };
    const value = place.read(found.value);
    if (value === undefined) return { found: false, why: `nothing at ${path} in the JSON` };
    const answer = typeof value === "string" ? value : JSON.stringify(value);
    return { found: true, answer, start: found.start, end: found.end };
  });
}
