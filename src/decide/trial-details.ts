/**
 * What instruments read beside passes and costs, in columns: marks of texts and answers, items of checklists, parts of scores, cached
 * tokens, and how much of the prompt is shared. No text of an answer is kept, and of prompts only what all of them begin and end with.
 */
import type { Graded, ItemResult } from "../suite/grade.ts";
import type { Message } from "../suite/model.ts";
import type { TrialRecord } from "../suite/trial.ts";
import { ABSENT, NO_NUMBERS, type NumberColumn, resizedNumbers, withNumber } from "./number-column.ts";
import type { GraderRule } from "./trial-status.ts";

/** Distinct items and parts kept by target: a grader that names them by the case must not fill the memory. */
const MOST_NAMES = 64;

/** Of one checklist item by trial: 0 unknown, else one of these. */
export const Item = { passed: 1, failed: 2 } as const;

export interface ItemColumn {
  readonly grader: string;
  readonly item: string;
  /** Smallest position seen in a grade's list of items. */
  position: number;
  /** Whether an answer needs it to pass, in any trial told. */
  required: boolean;
  outcome: Uint8Array;
}

export interface PartColumn {
  readonly grader: string;
  readonly part: string;
  /** In [0, 1]. */
  value: NumberColumn;
}

/** What the prompts of all cases told so far begin and end with, contents of messages one after the other. */
export interface SharedText {
  head: string;
  tail: string;
}

/** Position is slot x trials + trial - 1, but for `promptChars`, which is by slot. */
export interface TrialDetails {
  /** Marks of the raw text and of the extracted answers; none in suites of one trial. */
  text: NumberColumn;
  answer: NumberColumn;
  cachedTokens: NumberColumn;
  /** Characters of the prompt's messages. */
  promptChars: NumberColumn;
  shared: SharedText | undefined;
  /** Trials of which some required grader told the answer it compared. */
  extracted: number;
  readonly items: Map<string, ItemColumn>;
  readonly parts: Map<string, PartColumn>;
}

export function emptyDetails(): TrialDetails {
  return {
    text: NO_NUMBERS,
    answer: NO_NUMBERS,
    cachedTokens: NO_NUMBERS,
    promptChars: NO_NUMBERS,
    shared: undefined,
    extracted: 0,
    items: new Map(),
    parts: new Map(),
  };
}

export function growDetails(details: TrialDetails, slots: number, trials: number): void {
  const size = slots * trials;
  details.text = resizedNumbers(details.text, size);
  details.answer = resizedNumbers(details.answer, size);
  details.cachedTokens = resizedNumbers(details.cachedTokens, size);
  details.promptChars = resizedNumbers(details.promptChars, slots);
  for (const column of details.items.values()) column.outcome = resized(column.outcome, size);
  for (const column of details.parts.values()) column.value = resizedNumbers(column.value, size);
}

interface Place {
  readonly at: number;
  readonly slot: number;
  readonly trials: number;
  /** Cases that there is room for. */
  readonly slots: number;
}

/** Takes one answered trial. */
export function addDetails(
  details: TrialDetails,
  { completion, grades, messages }: TrialRecord,
  place: Place,
  graders: readonly GraderRule[],
): void {
  const { at, slot, trials } = place;
  const size = place.slots * trials;
  if (messages !== undefined && (details.promptChars[slot] ?? ABSENT) === ABSENT) addPrompt(details, messages, place);
  if (completion.kind !== "answer") return;
  const { cachedInput } = completion.usage ?? {};
  if (cachedInput !== undefined) details.cachedTokens = withNumber(details.cachedTokens, at, cachedInput, size);
  const told = answersOf(graders, grades);
  if (told !== undefined) details.extracted += 1;
  if (trials > 1) {
    details.text = withNumber(details.text, at, markOf(completion.text), size);
    details.answer = withNumber(details.answer, at, markOf(told ?? ""), size);
  }
  for (const [grader, { strict }] of grades) {
    if (strict.kind !== "scored") continue;
    for (const [position, item] of (strict.items ?? []).entries()) addItem(details, grader, item, position, at, size);
    for (const [part, value] of Object.entries(strict.parts ?? {})) addPart(details, grader, part, value, at, size);
  }
}

/**
 * A number that stands for a text: equal texts have equal marks, and different ones differ but for one pair in about 2^53. Two FNV-1a lanes
 * (Fowler, Noll, Vo) with different multipliers, each mixed at the end.
 */
export function markOf(text: string): number {
  let one = 0x811c9dc5;
  let other = 0x2545f491;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    one = Math.imul(one ^ unit, 0x01000193);
    other = Math.imul(other ^ unit, 0x5bd1e995);
    other ^= other >>> 15;
  }
  return (mixed(other) & 0x1fffff) * 0x100000000 + (mixed(one) >>> 0);
}

/** What the required graders compared, wherever it stood in the answer; `undefined` where none tells. */
function answersOf(graders: readonly GraderRule[], grades: ReadonlyMap<string, Graded>): string | undefined {
  const answers = graders.flatMap(({ name, required }) => {
    const lenient = required ? grades.get(name)?.lenient : undefined;
    return lenient?.kind === "scored" && lenient.answer !== undefined ? [[name, lenient.answer]] : [];
  });
  return answers.length === 0 ? undefined : JSON.stringify(answers);
}

function addPrompt(details: TrialDetails, messages: readonly Message[], { slot, slots }: Place): void {
  const text = messages.map(({ content }) => content).join("\n");
  details.promptChars = withNumber(details.promptChars, slot, text.length, slots);
  const { shared } = details;
  details.shared =
    shared === undefined
      ? { head: text, tail: text }
      : { head: commonHead(shared.head, text), tail: commonTail(shared.tail, text) };
}

function commonHead(a: string, b: string): string {
  if (b.startsWith(a)) return a;
  let length = 0;
  while (length < b.length && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  return a.slice(0, length);
}

function commonTail(a: string, b: string): string {
  if (b.endsWith(a)) return a;
  let length = 0;
  const most = Math.min(a.length, b.length);
  while (length < most && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length += 1;
  return a.slice(a.length - length);
}

function addItem(
  details: TrialDetails,
  grader: string,
  item: ItemResult,
  position: number,
  at: number,
  size: number,
): void {
  const key = JSON.stringify([grader, item.name]);
  let column = details.items.get(key);
  if (column === undefined) {
    if (details.items.size >= MOST_NAMES) return;
    column = {
      grader,
      item: item.name,
      position,
      required: item.required,
      outcome: new Uint8Array(size),
    };
    details.items.set(key, column);
  }
  column.position = Math.min(column.position, position);
  column.required ||= item.required;
  column.outcome[at] = item.passed ? Item.passed : Item.failed;
}

function addPart(details: TrialDetails, grader: string, part: string, value: number, at: number, size: number): void {
  const key = JSON.stringify([grader, part]);
  let column = details.parts.get(key);
  if (column === undefined) {
    if (details.parts.size >= MOST_NAMES) return;
    column = { grader, part, value: NO_NUMBERS };
    details.parts.set(key, column);
  }
  column.value = withNumber(column.value, at, value, size);
}

function resized(from: Uint8Array, size: number): Uint8Array {
  const to = new Uint8Array(size);
  to.set(from);
  return to;
}

/** Finalizer of MurmurHash3 (Appleby 2011). */
function mixed(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
