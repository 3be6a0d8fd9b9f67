/** `reports/<run>/cases.jsonl`: one line per trial in plan order, for people who look at single answers and for other programs. */
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rename } from "node:fs/promises";
import { finished } from "node:stream/promises";
import type { Redact } from "../redact.ts";
import type { Completion, Usage } from "../suite/completion.ts";
import type { Grade, Graded } from "../suite/grade.ts";
import type { NotCalled, TrialRecord } from "../suite/trial.ts";
import type { CaseLine } from "./html/case-lines.ts";
import { mapStrings, rememberKeys } from "./map-strings.ts";
import { storageError } from "./storage-error.ts";
import { strictJson } from "./strict-json.ts";

/** What the decision takes a trial for. */
export interface TrialOutcome {
  readonly strict: "passed" | "failed" | "missing";
  readonly lenient: "passed" | "failed" | "missing";
  /** Why it is missing; absent where it is not. */
  readonly why?: string;
  /** A case that tuning must not break, which counts in no other figure. */
  readonly held?: true;
}

export interface CasesWriter {
  /** Resolves when the next record may come: a slow disk slows the caller down instead of filling the memory. */
  readonly write: (record: TrialRecord, outcome: TrialOutcome) => Promise<void>;
  /** Brings everything to disk and gives the file its name. No write afterwards. */
  readonly close: () => Promise<void>;
}

function usageLine({ input, output, cachedInput, cacheWriteInput, reasoning }: Usage) {
  return { input, output, cachedInput, cacheWriteInput, reasoning };
}

function completionLine(completion: Completion | NotCalled) {
  switch (completion.kind) {
    case "answer": {
      const { kind, text, finish, usage, latencyMs, modelId, requestId } = completion;
      return { kind, text, finish, usage: usage && usageLine(usage), latencyMs, modelId, requestId };
    }
    case "failure": {
      const { kind, code, message, status, retry, scope, requestId, partial, bytes } = completion;
      return { kind, code, message, status, retry, scope, requestId, partial, bytes };
    }
    case "not-called":
      return { kind: completion.kind, why: completion.why };
  }
}

function gradeLine(grade: Grade) {
  switch (grade.kind) {
    case "scored": {
      const { kind, score, answer, flaw, why, quote, items, parts } = grade;
      const shown = items?.map(({ name, passed, required, weight, why: reason }) => ({
        name,
        passed,
        required,
        weight,
        why: reason,
      }));
      const sorted = parts && Object.fromEntries(Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1)));
      return { kind, score, answer, flaw, why, quote, items: shown, parts: sorted };
    }
    case "declined":
      return { kind: grade.kind, why: grade.why };
    case "spared":
      return { kind: grade.kind, by: grade.by, why: grade.why };
    case "ungraded":
      return { kind: grade.kind, reason: grade.reason, why: grade.why };
  }
}

function gradedLine([grader, { strict, lenient }]: [string, Graded]) {
  return { grader, strict: gradeLine(strict), lenient: gradeLine(lenient) };
}

/** A line as data: keys in a fixed order, absent fields undefined. */
function lineOf(record: TrialRecord, { strict, lenient, why, held }: TrialOutcome) {
  const { suite, target, caseId, caseIndex, trial, split, cluster, weight, tags, fingerprint, callKey, cost } = record;
  return {
    ...{ suite, target, caseId, caseIndex, trial, split, cluster, weight, tags, fingerprint, callKey },
    outcome: { strict, lenient, why, held },
    speaks: record.speaks,
    ...(trial === 1 ? { messages: record.messages?.map(({ role, content }) => ({ role, content })) } : {}),
    ...(trial === 1 && record.expected !== undefined ? { expected: record.expected } : {}),
    completion: completionLine(record.completion),
    cost: cost.known
      ? { known: true, usd: cost.usd, estimated: cost.estimated }
      : { known: false, usd: undefined, why: cost.why },
    grades: [...record.grades].map(gradedLine),
  };
}

/**
 * One line of `cases.jsonl` without its line feed: keys in a fixed order, absent fields left out, texts exactly as they were
 * apart from what `redact` hides. What was asked and what is expected stand on the line of the first trial: they are the same for all.
 * @throws {RangeError} when a figure is not finite.
 */
export function caseLine(record: TrialRecord, redact: Redact, outcome: TrialOutcome): string {
  return strictJson(mapStrings(lineOf(record, outcome), redact));
}

export interface CasesWriterOptions {
  readonly redact: Redact;
  /** Is given what is written, record by record, as a reader of the file would see it. */
  readonly onLine?: (line: CaseLine) => void;
}

/** Bytes that may wait to be written before the caller has to wait too; Node's own 16 KB make it wait after every few lines. */
const WAITING = 64 * 1024;
/** UTF-16 units that are handed to the stream at once: a write of its own for each line would cost as much as the line. */
const AT_ONCE = 32 * 1024;

/**
 * Writes `file` line by line; until `close` it has the name with `.partial` added, so that a cut-off file is never taken for whole.
 * Both functions throw a `StorageError` that names `file` when the disk is full or the like. One write at a time.
 */
export function createCasesWriter(file: string, { redact, onLine }: CasesWriterOptions): CasesWriter {
  const beside = `${file}.partial`;
  const redactKey = rememberKeys(redact);
  const stream = createWriteStream(beside, { encoding: "utf8", flush: true, highWaterMark: WAITING });
  let failure: unknown;
  stream.on("error", (error) => {
    failure ??= error;
  });
  const check = () => {
    if (failure !== undefined) throw storageError(file, failure);
  };
  let waiting = "";

  return {
    async write(record, outcome) {
      check();
      const line = mapStrings(lineOf(record, outcome), redact, redactKey);
      waiting += `${strictJson(line)}\n`;
      onLine?.(line);
      if (waiting.length < AT_ONCE) return;
      const written = stream.write(waiting);
      waiting = "";
      if (written) return;
      try {
        await once(stream, "drain");
      } catch (thrown) {
        failure ??= thrown;
      }
      check();
    },
    async close() {
      check();
      try {
        stream.end(waiting);
        await finished(stream);
        await rename(beside, file);
      } catch (thrown) {
        failure ??= thrown;
        check();
      }
    },
  };
}
