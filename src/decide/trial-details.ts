/**
 * What instruments read beside passes and costs, in columns: marks of texts and answers, items of checklists, parts of scores, cached
 * tokens, and how much of the prompt is shared. No text of an answer is kept, and of prompts only what all of them begin and end with.
 */
import type { Graded, ItemResult } from "../suite/grade.ts";
import type { Message } from "../suite/model.ts";
import type { TrialRecord } from "../suite/trial.ts";
import type { GraderRule } from "./trial-status.ts";

/** Stands where there is no figure. */
const NONE = -1;

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
  /** In [0, 1], or -1. */
  value: Float64Array;
}

/** What the prompts of all cases told so far begin and end with, contents of messages one after the other. */
export interface SharedText {
  head: string;
  tail: string;
}

/** Position is slot x trials + trial - 1, but for `promptChars`, which is by slot. */
export interface TrialDetails {
  /** Marks of the raw text and of the extracted answers; -1 where there is none, and everywhere in suites of one trial. */
  text: Float64Array;
  answer: Float64Array;
  cachedTokens: Float64Array;
  /** Characters of the prompt's messages. */
  promptChars: Float64Array;
  shared: SharedText | undefined;
  /** Trials of which some required grader told the answer it compared. */
  extracted: number;
  readonly items: Map<string, ItemColumn>;
  readonly parts: Map<string, PartColumn>;
}

export function emptyDetails(slots: number, trials: number): TrialDetails {
  const size = slots * trials;
  return {
    text: none(size),
    answer: none(size),
    cachedTokens: none(size),
    promptChars: none(slots),
    shared: undefined,
    extracted: 0,
    items: new Map(),
    parts: new Map(),
  };
}

export function growDetails(details: TrialDetails, slots: number, trials: number): void {
  const size = slots * trials;
  details.text = grown(details.text, size);
  details.answer = grown(details.answer, size);
  details.cachedTokens = grown(details.cachedTokens, size);
  details.promptChars = grown(details.promptChars, slots);
  for (const column of details.items.values()) column.outcome = resized(column.outcome, size);
  for (const column of details.parts.values()) column.value = grown(column.value, size);
}

/** Takes one answered trial. */
export function addDetails(
  details: TrialDetails,
  { completion, grades, messages }: TrialRecord,
  where: { readonly at: number; readonly slot: number; readonly trials: number },
  graders: readonly GraderRule[],
): void {
  const { at, slot, trials } = where;
  if (messages !== undefined && details.promptChars[slot] === NONE) addPrompt(details, messages, slot);
  if (completion.kind !== "answer") return;
  if (completion.usage?.cachedInput !== undefined) details.cachedTokens[at] = completion.usage.cachedInput;
  const told = answersOf(graders, grades);
  if (told !== undefined) details.extracted += 1;
  if (trials > 1) {
    details.text[at] = markOf(completion.text);
    details.answer[at] = markOf(told ?? "");
  }
  for (const [grader, { strict }] of grades) {
    if (strict.kind !== "scored") continue;
    for (const [position, item] of (strict.items ?? []).entries()) addItem(details, grader, item, position, at);
    for (const [part, value] of Object.entries(strict.parts ?? {})) addPart(details, grader, part, value, at);
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

function addPrompt(details: TrialDetails, messages: readonly Message[], slot: number): void {
  const text = messages.map(({ content }) => content).join("\n");
  details.promptChars[slot] = text.length;
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

function addItem(details: TrialDetails, grader: string, item: ItemResult, position: number, at: number): void {
  const key = JSON.stringify([grader, item.name]);
  let column = details.items.get(key);
  if (column === undefined) {
    if (details.items.size >= MOST_NAMES) return;
    column = {
      grader,
      item: item.name,
      position,
      required: item.required,
      outcome: new Uint8Array(details.text.length),
    };
    details.items.set(key, column);
  }
  column.position = Math.min(column.position, position);
  column.required ||= item.required;
  column.outcome[at] = item.passed ? Item.passed : Item.failed;
}

function addPart(details: TrialDetails, grader: string, part: string, value: number, at: number): void {
  const key = JSON.stringify([grader, part]);
  let column = details.parts.get(key);
  if (column === undefined) {
    if (details.parts.size >= MOST_NAMES) return;
    column = { grader, part, value: none(details.text.length) };
    details.parts.set(key, column);
  }
  column.value[at] = value;
}

function none(size: number): Float64Array {
  return new Float64Array(size).fill(NONE);
}

function grown(from: Float64Array, size: number): Float64Array {
  const to = none(size);
  to.set(from);
  return to;
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
