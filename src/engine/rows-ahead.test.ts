import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type KeyedRow, RowsAhead } from "./rows-ahead.ts";

/** Rows written in the order of `keys`, with a count of what was asked of them. */
function written(keys: readonly string[], broken = Number.POSITIVE_INFINITY) {
  const rows = keys.map((key, at): KeyedRow => [at + 1, key, `row of ${key}`]);
  const byKey = new Map(rows.map((row) => [row[1], row]));
  const asked = { searched: 0, read: 0, inStep: 0 };
  return {
    asked,
    search: (wanted: readonly string[]) => {
      asked.searched += wanted.length;
      return wanted.map((key) => byKey.get(key)).filter((row) => row !== undefined);
    },
    inStep: (after: number, wanted: readonly string[]) => {
      if (after >= broken) throw new Error("database disk image is malformed");
      const found = wanted.flatMap((key, at): readonly KeyedRow[] => {
        const row = rows[after + at];
        return row?.[1] === key ? [[row[0], "", row[2]]] : [];
      });
      asked.inStep += found.length;
      return found;
    },
    next: (after: number, most: number) => {
      if (after >= broken) throw new Error("database disk image is malformed");
      const found = rows.slice(after, after + most);
      asked.read += found.length;
      return found;
    },
  };
}

const named = (count: number) => Array.from({ length: count }, (_, at) => `k${at}`);

/** All keys in batches of 64. */
function walk(source: ReturnType<typeof written>, keys: readonly string[]): readonly unknown[] {
  const ahead = new RowsAhead(source);
  const found: unknown[] = [];
  for (let from = 0; from < keys.length; from += 64) {
    found.push(...ahead.find(keys.slice(from, from + 64)).map((row) => row?.[2]));
  }
  return found;
}

/** The same list, no entry further than `reach` from its place. */
const jostled = (keys: readonly string[], reach: number) =>
  keys
    .map((key, at) => ({ key, at: at + ((at * 7919) % reach) }))
    .sort((a, b) => a.at - b.at)
    .map(({ key }) => key);

describe("rows read ahead", () => {
  it("are those that a search would find, in any order, with gaps and twice over", () => {
    const place = fc.integer({ min: 0, max: 900 });
    fc.assert(
      fc.property(
        fc.uniqueArray(place, { maxLength: 700 }),
        fc.array(place, { maxLength: 900 }),
        fc.boolean(),
        (there, wanted, sorted) => {
          const keys = (sorted ? [...wanted].sort((a, b) => a - b) : wanted).map(String);
          const held = (sorted ? [...there].sort((a, b) => a - b) : there).map(String);
          const known = new Set(held);
          expect(walk(written(held), keys)).toEqual(keys.map((key) => (known.has(key) ? `row of ${key}` : undefined)));
        },
      ),
    );
  });

  it("are read in step where they lie as they are asked for, and again after one that is not there", () => {
    const keys = named(20_000);
    const source = written(keys.filter((_, at) => at !== 10_000));
    expect(walk(source, keys)).toEqual(keys.map((key, at) => (at === 10_000 ? undefined : `row of ${key}`)));
    expect(source.asked.searched).toBeLessThan(4 * 64);
    expect(source.asked.inStep).toBeGreaterThan(20_000 - 6 * 64);
  });

  it("are searched for once where the order is nearly that of writing", () => {
    const keys = named(20_000);
    const source = written(jostled(keys, 100));
    expect(walk(source, keys)).toEqual(keys.map((key) => `row of ${key}`));
    expect(source.asked.searched).toBeLessThan(300);
    expect(source.asked.read).toBeLessThan(20_500);
  });

  it("are read on with, where every second call is a new one", () => {
    const keys = named(20_000);
    const source = written(keys.filter((_, at) => at % 2 === 0));
    walk(source, keys);
    expect(source.asked.searched).toBeLessThan(10_000 + 300);
  });

  it("are not read for nothing where the order is another one", () => {
    const keys = named(20_000);
    const source = written([...keys].sort((a, b) => (a.length < b.length ? 1 : a.at(-1) === b.at(-1) ? -1 : 1)));
    const shuffled = keys.map((_, at) => keys[(at * 7919) % keys.length] ?? "");
    expect(walk(source, shuffled)).toEqual(shuffled.map((key) => `row of ${key}`));
    expect(source.asked.read).toBeLessThan(4_000);
  });

  it("are found although what lies beside them cannot be read", () => {
    const keys = named(1_000);
    expect(walk(written(keys, 400), keys)).toEqual(keys.map((key) => `row of ${key}`));
  });
});
