/** Applies one function to every text inside a value: how a redactor or an escaper reaches all of a report at once. */

function map(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item: unknown) => map(item, change));
  if (typeof value !== "object" || value === null) return value;
  // `fromEntries` defines own properties, so that a key `__proto__` stays a key.
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]) => [change(key), map(item, change)]),
  );
}

/** A copy of plain data (what JSON can hold) of the same shape, with every text, keys included, changed by `change`. */
export function mapStrings<T>(value: T, change: (text: string) => string): T {
  return map(value, change) as T;
}
