/** Applies one function to every text inside a value: how a redactor or an escaper reaches all of a report at once. */

type Change = (text: string) => string;

/** What nothing changes in is given back as it is, and nothing is made for it: most records hold no secret, and there are very many of them. */
function map(value: unknown, change: Change, changeKey: Change): unknown {
  if (typeof value === "string") return change(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    let items: unknown[] | undefined;
    for (let at = 0; at < value.length; at++) {
      const item = map(value[at], change, changeKey);
      if (item !== value[at]) items ??= value.slice(0, at);
      items?.push(item);
    }
    return items ?? value;
  }
  const record = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(record);
  let entries: [string, unknown][] | undefined;
  for (const key of keys) {
    const name = changeKey(key);
    const entry = map(record[key], change, changeKey);
    if (name !== key || entry !== record[key]) entries ??= entriesBefore(record, keys, key);
    entries?.push([name, entry]);
  }
  // `fromEntries` defines own properties, so that a key `__proto__` stays a key.
  return entries === undefined ? value : Object.fromEntries(entries);
}

function entriesBefore(
  record: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  key: string,
): [string, unknown][] {
  return keys.slice(0, keys.indexOf(key)).map((before) => [before, record[before]]);
}

/**
 * Plain data (what JSON can hold) of the same shape, with every text, keys included, changed by `change`; shares what is not changed.
 *
 * @param changeKey does the same to keys, for who knows a quicker way.
 */
export function mapStrings<T>(value: T, change: Change, changeKey: Change = change): T {
  return map(value, change, changeKey) as T;
}

/** Keys that are remembered: what a program writes has few, what a model writes has as many as it likes. */
const MOST_KEYS = 1_000;

/** `change` for keys that come again on every line: those that it leaves as they are it is not asked for twice. */
export function rememberKeys(change: Change): Change {
  const unchanged = new Set<string>();
  return (key) => {
    if (unchanged.has(key)) return key;
    const changed = change(key);
    if (changed === key && unchanged.size < MOST_KEYS) unchanged.add(key);
    return changed;
  };
}
