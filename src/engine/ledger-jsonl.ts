/**
 * A ledger as text, to be carried elsewhere and compared: one JSON object a line, calls and judgements by their keys. The first line names the format,
 * the last one counts the others, and each proves itself by a checksum. The same ledger always gives the same bytes. Where a request ran (host,
 * process) is not in it.
 */
import type { Redact } from "../redact.ts";
import type { JsonValue } from "../suite/json.ts";
import { type Entry, sealOf } from "./ledger-book.ts";
import { historyOf, type Purchase, purchasesOf } from "./ledger-merge.ts";
import { type CallState, checksumOf, LOOK, sweepSeal } from "./ledger-statements.ts";
import { redactStrings } from "./redact-strings.ts";

export const FORMAT = "gapcheck.ledger/2";
/** Whose lines prove their outcomes, and not what they cost. */
const UNSEALED = "gapcheck.ledger/1";

export const isExportFormat = (format: string): boolean => format === FORMAT || format === UNSEALED;
export const needsSeal = (format: string): boolean => format !== UNSEALED;

/** Lines without their line feed. */
export const headLine = (): string => JSON.stringify({ format: FORMAT });
/** @param lines how many stand between head and end */
export const endLine = (lines: number): string => JSON.stringify({ end: { lines } });

/** The end of a line: a checksum of all before it, costs and times too. */
const SEAL = /,"seal":"([0-9a-f]{16})"\}$/;

const sealOfText = (json: string): string => checksumOf("line", json);

/** Secrets that were not known as such when an answer came are taken out now. */
export function entryLine(entry: Entry, redact: Redact): string {
  const json = entryJson(entry, redact);
  return `${json.slice(0, -1)},"seal":"${sealOfText(json)}"}`;
}

function entryJson(entry: Entry, redact: Redact): string {
  const sealed = (body: string) => {
    const outcome: unknown = redactStrings(JSON.parse(body), redact);
    return { outcome, checksum: checksumOf(sealOf(entry), JSON.stringify(outcome)) };
  };
  if (entry.kind === "grade") {
    const { key, run, at, body } = entry.grade;
    return JSON.stringify({ grade: key, run, at, ...sealed(body) });
  }
  if (entry.kind === "look") {
    const { run, at, body } = entry.look;
    return JSON.stringify({ look: run, at, ...sealed(body) });
  }
  if (entry.kind === "sweep") {
    const { suite, run, at, body } = entry.sweep;
    return JSON.stringify({ sweep: suite, run, at, ...sealed(body) });
  }
  const purchases = purchasesOf(entry.history).map(({ count, body, checksum: _checksum, ...purchase }) => ({
    ...purchase,
    ...(count !== 1 && { count }),
    ...(body !== undefined && sealed(body)),
  }));
  return JSON.stringify({ call: entry.key, purchases });
}

/** What a line is; `bad`: none of an exported ledger, with the reason. */
export type Line =
  | { readonly kind: "head"; readonly format: string }
  | { readonly kind: "end"; readonly lines: number }
  | { readonly kind: "entry"; readonly entry: Entry; readonly sealed: boolean }
  | { readonly kind: "bad"; readonly why: string };

/** Reads one line; secrets are taken out of it. Never throws: a line that is damaged says so, and leaves the others alone. */
export function readLine(text: string, redact: Redact): Line {
  try {
    const trimmed = text.trimEnd();
    const [end, seal] = SEAL.exec(trimmed) ?? [];
    const record = recordOf(parsed(text), "the line");
    if (end !== undefined && seal !== sealOfText(`${trimmed.slice(0, -end.length)}}`)) {
      throw new BadLine("its checksum is wrong: it is not what was exported");
    }
    return lineOf(record, redact, end !== undefined);
  } catch (thrown) {
    if (thrown instanceof BadLine) return { kind: "bad", why: thrown.message };
    throw thrown;
  }
}

/** Unwinds the reading; never leaves this file. */
class BadLine extends Error {}

type JsonRecord = { readonly [name: string]: JsonValue };

function lineOf(record: JsonRecord, redact: Redact, sealed: boolean): Line {
  if (record.format !== undefined) return { kind: "head", format: textOf(record.format, "format") };
  if (record.end !== undefined) return { kind: "end", lines: countOf(recordOf(record.end, "end").lines, "lines") };
  return { kind: "entry", entry: entryOf(record, redact), sealed };
}

function entryOf(record: JsonRecord, redact: Redact): Entry {
  if (record.call !== undefined) {
    const key = keyOf(record.call);
    if (!Array.isArray(record.purchases) || record.purchases.length === 0) throw new BadLine("it has no purchases");
    const purchases = record.purchases.map((one: JsonValue) => purchaseOf(key, recordOf(one, "a purchase"), redact));
    if (new Set(purchases.map(({ run, n }) => `${run}:${n}`)).size < purchases.length)
      throw new BadLine("it has a purchase twice");
    return { kind: "call", key, history: historyOf(purchases) };
  }
  const at = countOf(record.at, "at");
  if (record.grade !== undefined) {
    const key = keyOf(record.grade);
    return { kind: "grade", grade: { key, run: runOf(record.run), at, ...bodyOf(record, key, isGraded, redact) } };
  }
  if (record.look !== undefined) {
    return { kind: "look", look: { run: runOf(record.look), at, ...bodyOf(record, LOOK, isLook, redact) } };
  }
  if (record.sweep === undefined) throw new BadLine("it is no call, judgement, look or sweep");
  const suite = textOf(record.sweep, "sweep");
  const isOfSuite = (outcome: JsonRecord): boolean => outcome.suite === suite && isSweep(outcome);
  const body = bodyOf(record, sweepSeal(suite), isOfSuite, redact);
  return { kind: "sweep", sweep: { suite, run: runOf(record.run), at, ...body } };
}

const STATES: readonly CallState[] = ["intent", "settled", "failed", "unknown"];

function purchaseOf(key: string, record: JsonRecord, redact: Redact): Purchase {
  const { usd, returned, count = 1, outcome } = record;
  const state = STATES.find((one) => one === record.state);
  if (state === undefined) throw new BadLine("a purchase has no state");
  if (usd !== undefined && !(typeof usd === "number" && usd >= 0 && Number.isFinite(usd)))
    throw new BadLine("usd is no amount");
  const isOutcome = state === "settled" ? isAnswer : isFailure;
  return {
    run: runOf(record.run),
    n: countOf(record.n, "n"),
    state,
    at: countOf(record.at, "at"),
    model: textOf(record.model, "model"),
    count: countOf(count, "count"),
    ...(usd !== undefined && { usd }),
    ...(returned !== undefined && { returned: textOf(returned, "returned") }),
    ...(outcome !== undefined && bodyOf(record, key, isOutcome, redact)),
  };
}

const isObject = (value: JsonValue | undefined): value is JsonRecord =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isAnswer = ({ kind, text, finish }: JsonRecord): boolean =>
  kind === "answer" && typeof text === "string" && typeof finish === "string";
const isFailure = ({ kind, code, message }: JsonRecord): boolean =>
  kind === "failure" && typeof code === "string" && typeof message === "string";
const isGraded = ({ strict, lenient }: JsonRecord): boolean =>
  [strict, lenient].every((one) => isObject(one) && typeof one.kind === "string");
const isLook = ({ suite, candidates }: JsonRecord): boolean =>
  typeof suite === "string" &&
  Array.isArray(candidates) &&
  candidates.every((one: JsonValue) => isObject(one) && typeof one.name === "string" && isObject(one.calls));

const isSweep = ({ space, prompts, winner, winnerCalls, cases, challenger, challengerCalls }: JsonRecord): boolean =>
  [space, winner, winnerCalls, challenger, challengerCalls].every((one) => typeof one === "string") &&
  typeof cases === "number" &&
  Array.isArray(prompts) &&
  prompts.every((one: JsonValue) => typeof one === "string");

/** The outcome as it is to stand in a ledger, once its checksum is proven. */
function bodyOf(
  { outcome, checksum }: JsonRecord,
  seal: string,
  isWhole: (outcome: JsonRecord) => boolean,
  redact: Redact,
): { readonly body: string; readonly checksum: string } {
  const record = recordOf(outcome, "outcome");
  if (checksum !== checksumOf(seal, JSON.stringify(record))) {
    throw new BadLine("its checksum is wrong: it is not what was exported");
  }
  if (!isWhole(record)) throw new BadLine("its outcome is not whole");
  const body = JSON.stringify(redactStrings(record, redact));
  return { body, checksum: checksumOf(seal, body) };
}

/** Not `parseJson`: a ledger keeps what models say, half characters too. */
function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadLine("it is no JSON");
  }
}

function recordOf(value: JsonValue | undefined, name: string): JsonRecord {
  if (!isObject(value)) throw new BadLine(`${name} is no object`);
  return value;
}

function keyOf(value: JsonValue | undefined): string {
  if (typeof value !== "string" || !/^[0-9a-f]{64}$/.test(value)) throw new BadLine("it has no key of 64 hex digits");
  return value;
}

/** Empty for losses of a time when runs had no names. */
function runOf(value: JsonValue | undefined): string {
  const text = textOf(value, "run");
  if (!/^[0-9a-f-]{0,64}$/.test(text)) throw new BadLine("run is not the name of a run");
  return text;
}

function textOf(value: JsonValue | undefined, name: string): string {
  if (typeof value !== "string") throw new BadLine(`${name} is no text`);
  return value;
}

function countOf(value: JsonValue | undefined, name: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0)
    throw new BadLine(`${name} is no whole number`);
  return value;
}
