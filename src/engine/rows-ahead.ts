/**
 * Finds rows by their keys while it reads on in the order in which they were written. A walk of the plan asks in nearly the order in which a run wrote,
 * and the next row costs a third of one that is searched for. Where rows lie exactly as they are asked for, their keys are not even read. Where the order
 * is another one (ledgers merged, suites that took turns), it searches.
 */

/** `id`: position in the order of writing. `key`: as it is asked for. */
export type KeyedRow = readonly [id: number, key: string, ...rest: readonly unknown[]];

export interface RowSource<Row extends KeyedRow> {
  /** Rows of these keys, in any order; none for a key that is not there. */
  readonly search: (keys: readonly string[]) => readonly Row[];
  /** At most so many rows after an id, in rising order. A row that is left out here is searched for. */
  readonly next: (after: number, most: number) => readonly Row[];
  /** Of the rows whose ids follow an id without a gap, one for each key in turn, those that are the row of their key; their key may be left out. */
  readonly inStep: (after: number, keys: readonly string[]) => readonly Row[];
}

/** Rows read at once. */
const CHUNK = 64;
/** Read so far ahead of the newest row that was asked for, and kept so far behind it: calls of a run come to their end in an order of their own. */
const AHEAD = 128;
const BEHIND = 512;
/** Most batches that pass before an order is looked for again. */
const MOST_PATIENCE = 1_024;

export class RowsAhead<Row extends KeyedRow> {
  readonly #source: RowSource<Row>;
  /** What was read, in rising order of ids. */
  readonly #rows = new Map<string, Row>();
  #follows = false;
  #readTo = 0;
  #askedTo = 0;
  /** The last row of a batch whose rows lay as they were asked for: the next one may begin behind it. */
  #stepFrom: number | undefined;
  /** Batches to be searched for before the next try. */
  #rest = 0;
  #patience = 1;

  constructor(source: RowSource<Row>) {
    this.#source = source;
  }

  /** Rows of a batch of keys, in the order of the keys. What was written since the last batch may be missed, but for rows that were not there yet. */
  find(keys: readonly string[]): readonly (Row | undefined)[] {
    const found = this.#step(keys) ?? this.#find(keys);
    this.#stepFrom = endOfStep(found);
    return found;
  }

  #step(keys: readonly string[]): readonly Row[] | undefined {
    if (this.#stepFrom === undefined) return undefined;
    const rows = this.#inStep(this.#stepFrom, keys);
    const last = rows.at(-1);
    if (last === undefined || rows.length < keys.length) return undefined;
    this.#askedTo = Math.max(this.#askedTo, last[0]);
    // Nothing before is asked for again.
    if (this.#readTo < this.#askedTo) {
      this.#rows.clear();
      this.#readTo = this.#askedTo;
    }
    return rows;
  }

  #inStep(after: number, keys: readonly string[]): readonly Row[] {
    try {
      return this.#source.inStep(after, keys);
    } catch {
      // As in `next`.
      return [];
    }
  }

  #find(keys: readonly string[]): readonly (Row | undefined)[] {
    if (this.#follows) this.#readOn();
    const found = keys.map((key) => this.#rows.get(key));
    for (const row of found) if (row !== undefined && row[0] > this.#askedTo) this.#askedTo = row[0];
    const missing = keys.filter((_, at) => found[at] === undefined);
    if (missing.length === 0) {
      this.#patience = 1;
      return found;
    }
    const searched = new Map(this.#source.search(missing).map((row) => [row[1], row]));
    this.#choose(searched, keys.length - missing.length);
    return searched.size === 0 ? found : keys.map((key, at) => found[at] ?? searched.get(key));
  }

  #readOn(): void {
    while (this.#readTo - this.#askedTo < AHEAD) {
      const rows = this.#next();
      const last = rows.at(-1);
      if (last === undefined) break;
      for (const row of rows) this.#rows.set(row[1], row);
      [this.#readTo] = last;
    }
    for (const [key, [id]] of this.#rows) {
      if (id >= this.#askedTo - BEHIND) break;
      this.#rows.delete(key);
    }
  }

  /** A page that cannot be read may hold no row that is asked for: a search tells. */
  #next(): readonly Row[] {
    try {
      return this.#source.next(this.#readTo, CHUNK);
    } catch {
      this.#follows = false;
      this.#rest = Number.POSITIVE_INFINITY;
      return [];
    }
  }

  /** Goes on as before unless most rows of a batch had to be searched for: then it reads on from there, or rests where that was of no use. */
  #choose(searched: ReadonlyMap<string, Row>, atHand: number): void {
    if (searched.size <= atHand) return;
    if (this.#follows) {
      this.#follows = false;
      this.#rows.clear();
      this.#rest = this.#patience;
      this.#patience = Math.min(2 * this.#patience, MOST_PATIENCE);
    } else if (this.#rest > 0) {
      this.#rest--;
    } else {
      this.#follows = true;
      for (const [id] of searched.values()) this.#askedTo = Math.max(this.#askedTo, id);
      this.#readTo = this.#askedTo;
    }
  }
}

/** Id of the last row where all follow each other without a gap. */
function endOfStep(rows: readonly (KeyedRow | undefined)[]): number | undefined {
  const first = rows[0]?.[0];
  if (first === undefined) return undefined;
  for (let at = 0; at < rows.length; at++) if (rows[at]?.[0] !== first + at) return undefined;
  return first + rows.length - 1;
}
