/** What is known of the cases of a suite, in columns: a few bytes a case beside its id. A case's position is its slot, in the order in which they come. */
import { createTextNumbers } from "../dataset/text-numbers.ts";
import type { Split } from "../suite/case.ts";
import type { TrialRecord } from "../suite/trial.ts";
import { ABSENT, NO_NUMBERS, type NumberColumn, resizedNumbers, withNumber } from "./number-column.ts";

const NO_TAGS: readonly string[] = [];
/** Distinct lists of tags that are found again; where there are more, hardly two cases have the same. */
const MOST_SHARED = 4_096;

export interface CaseColumns {
  readonly size: () => number;
  readonly idAt: (slot: number) => string;
  /** Position in the dataset. */
  readonly indexAt: (slot: number) => number;
  /** Number of the case's cluster, from 0; it may be another once more cases have come. */
  readonly clusterAt: (slot: number) => number;
  readonly clusterName: (cluster: number) => string;
  /** No cluster has a larger number, or this one. */
  readonly clusterLimit: () => number;
  readonly weightAt: (slot: number) => number;
  readonly splitAt: (slot: number) => Split;
  /** Whether the case is one that tuning must not break, and counts nowhere else. */
  readonly isHeld: (slot: number) => boolean;
  /** Each tag once. */
  readonly tagsAt: (slot: number) => readonly string[];
  /** By slot, the id of the first case with the same input; only of those that repeat one. */
  readonly repeats: ReadonlyMap<number, string>;
}

export interface GrowingCases extends CaseColumns {
  /**
   * The slot of a record's case; a case that is new gets the next one.
   * @throws Error for two cases under one position of the dataset, or under one id.
   */
  readonly slotOf: (record: TrialRecord) => number;
}

const DEV = 1;
const HELD = 2;

/**
 * @param expected so many cases will come, as far as is known.
 * @param heldTag of the cases that tuning must not break.
 */
export function createCaseColumns(expected: number, heldTag: string | undefined): GrowingCases {
  let room = Math.max(1, expected);
  let slotOfIndex = new Int32Array(room).fill(ABSENT);
  /** A case's id has its slot for number. */
  const ids = createTextNumbers();
  let indexes = new Int32Array(room);
  const declared = createTextNumbers();
  /** By slot, the number of the declared cluster; `ABSENT` where a case is one by itself, whose name is its id. */
  let clusters = new Int32Array(room);
  let weights: NumberColumn = NO_NUMBERS;
  let marks = new Uint8Array(room);
  const tagLists: (readonly string[])[] = [NO_TAGS];
  const numberOfTags = new Map([[JSON.stringify(NO_TAGS), 0]]);
  let tags: NumberColumn = NO_NUMBERS;
  const repeats = new Map<number, string>();
  /** The case asked for last: its other trials come next. */
  let last = { caseIndex: ABSENT, caseId: "", slot: ABSENT };

  function makeRoom(): void {
    room *= 2;
    indexes = resized(indexes, room);
    clusters = resized(clusters, room);
    const before = marks;
    marks = new Uint8Array(room);
    marks.set(before);
    weights = resizedNumbers(weights, room);
    tags = resizedNumbers(tags, room);
  }

  function tagsNumber(list: readonly string[]): number {
    if (list.length === 0) return 0;
    const key = JSON.stringify(list);
    let number = numberOfTags.get(key);
    if (number === undefined) {
      number = tagLists.length;
      tagLists.push([...new Set(list)]);
      if (number < MOST_SHARED) numberOfTags.set(key, number);
    }
    return number;
  }

  function clusterOf({ caseId, cluster }: TrialRecord, slot: number): number {
    if (cluster === caseId) return declared.find(cluster) ?? ABSENT;
    const number = declared.of(cluster);
    // A case that was one by itself is no longer, where another declares its name.
    const own = ids.find(cluster);
    if (own !== undefined && own !== slot && clusters[own] === ABSENT) clusters[own] = number;
    return number;
  }

  function addCase(record: TrialRecord): number {
    const slot = ids.size();
    if (slot >= room) makeRoom();
    if (ids.of(record.caseId) !== slot) throw new Error(`two cases have the id "${record.caseId}"`);
    indexes[slot] = record.caseIndex;
    clusters[slot] = clusterOf(record, slot);
    if (record.weight !== 1) weights = withNumber(weights, slot, record.weight, room);
    const isHeld = heldTag !== undefined && record.tags.includes(heldTag);
    marks[slot] = (record.split === "dev" ? DEV : 0) | (isHeld ? HELD : 0);
    const list = tagsNumber(record.tags);
    if (list > 0) tags = withNumber(tags, slot, list, room);
    if (record.repeats !== undefined) repeats.set(slot, record.repeats);
    return slot;
  }

  const weightAt = (slot: number): number => {
    const weight = weights[slot] ?? ABSENT;
    return weight === ABSENT ? 1 : weight;
  };

  return {
    size: ids.size,
    idAt: ids.at,
    indexAt: (slot) => indexes[slot] ?? 0,
    clusterAt: (slot) => {
      const cluster = clusters[slot] ?? ABSENT;
      return cluster === ABSENT ? slot : ids.size() + cluster;
    },
    clusterName: (cluster) => (cluster < ids.size() ? ids.at(cluster) : declared.at(cluster - ids.size())),
    clusterLimit: () => ids.size() + declared.size(),
    weightAt,
    splitAt: (slot) => (((marks[slot] ?? 0) & DEV) === 0 ? "test" : "dev"),
    isHeld: (slot) => ((marks[slot] ?? 0) & HELD) !== 0,
    tagsAt: (slot) => tagLists[Math.max(0, tags[slot] ?? 0)] ?? NO_TAGS,
    repeats,
    slotOf(record) {
      const { caseIndex, caseId } = record;
      if (caseIndex === last.caseIndex && caseId === last.caseId) return last.slot;
      const known = slotOfIndex[caseIndex] ?? ABSENT;
      if (known !== ABSENT) {
        const id = ids.at(known);
        if (id !== caseId) throw new Error(`case ${caseIndex} is both "${id}" and "${caseId}"`);
        last = { caseIndex, caseId, slot: known };
        return known;
      }
      const slot = addCase(record);
      if (caseIndex >= slotOfIndex.length) slotOfIndex = resized(slotOfIndex, 2 * caseIndex + 1, ABSENT);
      slotOfIndex[caseIndex] = slot;
      last = { caseIndex, caseId, slot };
      return slot;
    },
  };
}

function resized(from: Int32Array<ArrayBuffer>, size: number, fill = 0): Int32Array<ArrayBuffer> {
  const to = new Int32Array(size).fill(fill);
  to.set(from);
  return to;
}
