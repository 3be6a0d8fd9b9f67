/** Applies one function to every text inside a value: how a redactor or an escaper reaches all of a report at once. */

/** What nothing changes in is given back as it is: most records hold no secret, and there are very many of them. */
function map(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => map(item, change));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const record = value as Readonly<Record<string, unknown>>;
  let changed = false;
  const entries = Object.keys(record).map((key): [string, unknown] => {
    const entry: [string, unknown] = [change(key), map(record[key], change)];
    changed ||= entry[0] !== key || entry[1] !== record[key];
    return entry;
  });
  // `fromEntries` defines own properties, so that a key `__proto__` stays a key.
  return changed ? Object.fromEntries(entries) : value;
}

/** Plain data (what JSON can hold) of the same shape, with every text, keys included, changed by `change`; shares what is not changed. */
export function mapStrings<T>(value: T, change: (text: string) => string): T {
  return map(value, change) as T;
}
