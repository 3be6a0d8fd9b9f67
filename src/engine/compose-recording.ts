/** What a recording's file holds after `gapcheck record`: fresh answers of some targets, those of the others as they stand. */
import { isDeepStrictEqual } from "node:util";
import type { RecordedHead } from "../model/recorded-head.ts";
import type { RecordedLine } from "../model/recorded-line.ts";
import type { Recording } from "../model/recording.ts";
import type { Answer, Failure } from "../suite/completion.ts";
import type { Ledger } from "./ledger.ts";
import type { PlannedTarget } from "./plan.ts";
import { type Asked, byCaseAndTrial, hadOf } from "./recordable.ts";

/** A target's part of the file. */
export interface Section {
  readonly head: RecordedHead;
  /** By case, then trial; to be read once. */
  readonly answers: Iterable<RecordedLine>;
}

/** How a target's section came together; complete once its answers have been read. */
export interface Tally {
  readonly target: string;
  asked: number;
  answers: number;
  /** Failures that stand in the place of answers. */
  failures: number;
  /** Of both, those that the ledger lacks and the file had. */
  kept: number;
  /** Answers of the file before that are no longer in it. */
  dropped: number;
  readonly lacking: { readonly caseId: string; readonly trial: number; readonly why: string }[];
  first?: string;
  last?: string;
}

export interface Composition {
  /** By name of the target. */
  readonly sections: readonly Section[];
  /** Of the targets that are recorded, by name. */
  readonly tallies: readonly Tally[];
}

/**
 * @param asked by target, as `askedByTarget` gives it
 * @param before what the file holds now; what the ledger lacks is taken from it where model, parameters and prompt are the same
 */
export function composeRecording(
  targets: readonly PlannedTarget[],
  asked: ReadonlyMap<string, readonly Asked[]>,
  { ledger, before }: { readonly ledger: Ledger; readonly before: Recording | undefined },
): Composition {
  const sections: Section[] = [];
  const tallies: Tally[] = [];
  for (const planned of targets) {
    const list = asked.get(planned.target.name);
    if (list === undefined) continue;
    const head = headOf(planned);
    const tally: Tally = { target: head.target, asked: 0, answers: 0, failures: 0, kept: 0, dropped: 0, lacking: [] };
    tallies.push(tally);
    sections.push({ head, answers: freshAnswers(head, list, { ledger, before, tally }) });
  }
  for (const head of before?.heads.values() ?? []) {
    if (before !== undefined && !asked.has(head.target)) sections.push({ head, answers: oldAnswers(head, before) });
  }
  sections.sort((a, b) => byName(a.head.target, b.head.target));
  tallies.sort((a, b) => byName(a.target, b.target));
  return { sections, tallies };
}

function headOf({ target, model, parameters }: PlannedTarget): RecordedHead {
  const { provider, id, identity, price } = model;
  return { target: target.name, provider, model: id, identity, parameters, ...(price !== undefined && { price }) };
}

function* freshAnswers(
  head: RecordedHead,
  asked: readonly Asked[],
  { ledger, before, tally }: { ledger: Ledger; before: Recording | undefined; tally: Tally },
): Generator<RecordedLine> {
  const { target } = head;
  const old = sameModel(head, before?.heads.get(target)) ? before : undefined;
  let stays = 0;
  for (const [one, had] of hadOf(asked, ledger)) {
    tally.asked++;
    const { caseId, trial, prompt } = one;
    const known = before?.find(target, caseId, trial);
    const line = had.kind === "had" ? lineOf(target, one, had.completion, had.date) : old && known;
    if (line === undefined || line.prompt !== prompt) {
      tally.lacking.push({ caseId, trial, why: had.kind === "lacking" ? had.why : "answered to another prompt" });
      continue;
    }
    if (known !== undefined) stays++;
    if (had.kind === "lacking") tally.kept++;
    countIn(tally, line);
    yield line;
  }
  if (before === undefined) return;
  let earlier = 0;
  for (const answer of before.answers()) if (answer.target === target) earlier++;
  tally.dropped = earlier - stays;
}

function sameModel(fresh: RecordedHead, old: RecordedHead | undefined): boolean {
  const plain = ({ identity, parameters }: RecordedHead): unknown =>
    JSON.parse(JSON.stringify({ identity, parameters }));
  return old !== undefined && isDeepStrictEqual(plain(fresh), plain(old));
}

/** Counts a line that is written, with its day. */
export function countIn(tally: Tally, { failure, date }: Pick<RecordedLine, "failure" | "date">): void {
  if (failure === undefined) tally.answers++;
  else tally.failures++;
  if (date === undefined) return;
  tally.first = tally.first === undefined || date < tally.first ? date : tally.first;
  tally.last = tally.last === undefined || date > tally.last ? date : tally.last;
}

/** The line of an answer or of a failure in its place; a judge's reply names no target. */
export function lineOf(
  target: string | undefined,
  { caseId, trial, prompt }: Asked,
  completion: Answer | Failure,
  date: string,
): RecordedLine {
  const answered = completion.kind === "answer";
  return {
    case: caseId,
    trial,
    target,
    text: answered ? completion.text : "",
    finish: answered ? completion.finish : "stop",
    usage: answered ? completion.usage : undefined,
    latencyMs: answered ? completion.latencyMs : undefined,
    model: answered ? completion.modelId : undefined,
    date,
    prompt,
    failure: answered ? undefined : failureOf(completion),
  };
}

function failureOf({ code, message, status }: Failure): RecordedLine["failure"] {
  return { code, message, ...(status !== undefined && { status }) };
}

/** A target's answers as they stand in a file, sorted; only their places are held. */
function* oldAnswers({ target }: RecordedHead, before: Recording): Generator<RecordedLine> {
  const places: { readonly caseId: string; readonly trial: number }[] = [];
  for (const answer of before.answers()) {
    if (answer.target === target) places.push({ caseId: answer.case, trial: answer.trial });
  }
  for (const { caseId, trial } of places.sort(byCaseAndTrial)) {
    const answer = before.find(target, caseId, trial);
    if (answer !== undefined) yield answer;
  }
}

/** By code unit, the same on every machine. */
function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
