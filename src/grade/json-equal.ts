/** When two JSON values are the same: numbers by value, objects whatever the order of their keys, arrays in order. */
import type { JsonValue } from "../suite/json.ts";

/**
 * One text for all values that are the same, and different texts for different values.
 * Nested as deep as the stack allows: callers cap the depth of what they did not write.
 */
export function canonicalText(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${canonicalText(member)}`);
    return `{${members.sort().join(",")}}`;
  }
  return JSON.stringify(value);
}

export function jsonEqual(a: JsonValue, b: JsonValue): boolean {
  return canonicalText(a) === canonicalText(b);
}
