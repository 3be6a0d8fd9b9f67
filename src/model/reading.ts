/** Reads values out of JSON that a stranger wrote, without trusting its shape. */

export type JsonRecord = Readonly<Record<string, unknown>>;

/** The value as an object that is not an array; undefined when it is none. */
export function asRecord(value: unknown): JsonRecord | undefined {
  // Checked one line above what the type says: an object that is neither null nor an array has string keys.
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonRecord) : undefined;
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** A count of tokens: a whole number of at least 0. */
export function asCount(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
