/** The keys that models of this process send: they are known by their values, whatever their variables are called. */

const valuesByName = new Map<string, Set<string>>();
let count = 0;

/** Fewer characters could be any word. */
const SHORTEST = 7;
/** Of letters with digits, which few words are. */
const SHORTEST_MIXED = 4;

/**
 * To be called by whoever reads a key from a variable: from then on every redactor of this process hides it. A value of fewer than 7 characters (4 where
 * letters and digits are mixed), such as the "none" that some servers want, is no key.
 */
export function rememberKey(name: string, value: string | undefined): void {
  if (value === undefined || value.length < SHORTEST_MIXED) return;
  if (value.length < SHORTEST && !isMixed(value)) return;
  const values = valuesByName.get(name);
  if (values?.has(value)) return;
  valuesByName.set(name, new Set(values).add(value));
  count++;
}

/** Letters and digits both. */
export function isMixed(text: string): boolean {
  return /[a-z]/i.test(text) && /\d/.test(text);
}

/** Rises with every key that is remembered. */
export const keysKnown = (): number => count;

export function* knownKeys(): Generator<readonly [name: string, value: string]> {
  for (const [name, values] of valuesByName) for (const value of values) yield [name, value];
}
