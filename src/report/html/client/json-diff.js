/** What differs between two JSON values, by path. */

/**
 * @typedef {{ path: string, before: string | undefined, after: string | undefined }} JsonChange
 */

const MOST_CHANGES = 200;

/**
 * @param {string} text
 * @returns {{ value: object } | undefined} an object or a list, alone in the text or in a code fence
 */
export function jsonIn(text) {
  const inside = /^\s*```[a-z]*\s*([\s\S]*?)```\s*$/i.exec(text)?.[1] ?? text;
  try {
    /** @type {unknown} */
    const value = JSON.parse(inside);
    return typeof value === "object" && value !== null ? { value } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {unknown} before
 * @param {unknown} after
 * @returns {readonly JsonChange[]} in the order of `before`, then what only `after` has; at most 200
 */
export function jsonDiff(before, after) {
  /** @type {JsonChange[]} */
  const changes = [];
  walk(before, after, "", changes);
  return changes.slice(0, MOST_CHANGES);
}

/**
 * @param {unknown} before
 * @param {unknown} after
 * @param {string} path
 * @param {JsonChange[]} changes
 */
function walk(before, after, path, changes) {
  if (changes.length > MOST_CHANGES) return;
  const mine = entriesOf(before);
  const other = entriesOf(after);
  if (mine === undefined || other === undefined || Array.isArray(before) !== Array.isArray(after)) {
    const a = before === undefined ? undefined : JSON.stringify(before);
    const b = after === undefined ? undefined : JSON.stringify(after);
    if (a !== b) changes.push({ path: path === "" ? "/" : path, before: a, after: b });
    return;
  }
  for (const key of new Set([...mine.keys(), ...other.keys()])) {
    const step = key.replaceAll("~", "~0").replaceAll("/", "~1");
    walk(mine.get(key), other.get(key), `${path}/${step}`, changes);
  }
}

/**
 * @param {unknown} value
 * @returns {Map<string, unknown> | undefined}
 */
function entriesOf(value) {
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)) : undefined;
}
