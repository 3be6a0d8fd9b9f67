/** One line of a recording: its fields, checked. */
import type { FailureCode, Finish, Usage } from "../suite/completion.ts";
import { parseJson } from "../suite/json-text.ts";
import { isFailureCode } from "./failure.ts";
import { asCount, asRecord, asText, type JsonRecord } from "./reading.ts";
import {
  type BadLine,
  bad,
  type RecordedHead,
  type ReplyHead,
  readRecordedHead,
  readReplyHead,
} from "./recorded-head.ts";

/** `{case, text, trial?, target?, finish?, usage?, latencyMs?, model?, date?, prompt?, failure?}`; a failure may stand instead of the text. */
export interface RecordedLine {
  readonly case: string;
  /** 1-based; 1 where the line does not say. */
  readonly trial: number;
  readonly target: string | undefined;
  readonly text: string;
  readonly finish: Finish;
  readonly usage: Usage | undefined;
  readonly latencyMs: number | undefined;
  readonly model: string | undefined;
  /** ISO day on which the answer came. */
  readonly date: string | undefined;
  /** `promptHash` of the messages that were answered. */
  readonly prompt: string | undefined;
  readonly failure: RecordedFailure | undefined;
}

export interface RecordedFailure {
  readonly code: FailureCode;
  readonly message: string;
  /** Of HTTP; tells whether the call cost anything. */
  readonly status?: number;
}

/** A line that is not an answer, but says who gave those of a target. */
export interface HeadLine {
  readonly head: RecordedHead;
}

/** `{grader, judge, case, attempt, judged, prompt, text, …}`: what a judge said of an answer; `trial` is the attempt. */
export interface RecordedReply extends RecordedLine {
  readonly grader: string;
  readonly judge: string;
  /** SHA-256 of the answer that was judged, 64 hex digits. */
  readonly judged: string;
  readonly prompt: string;
}

export interface ReplyLine {
  readonly reply: RecordedReply;
}

export interface ReplyHeadLine {
  readonly replyHead: ReplyHead;
}

const FIELDS = [
  "case",
  "text",
  "trial",
  "target",
  "finish",
  "usage",
  "latencyMs",
  "model",
  "date",
  "prompt",
  "failure",
];
const REPLIES = "Have gapcheck record write the replies of judges again.";
const FINISHES: readonly Finish[] = ["stop", "length", "refusal", "filtered", "other"];
const USAGE_FIELDS = ["input", "output", "cachedInput", "cacheWriteInput", "reasoning"];

/** Reads one line of JSON; a key given twice is refused, since nobody can tell which one was meant. */
export function readRecordedLine(json: string): RecordedLine | HeadLine | ReplyLine | ReplyHeadLine | BadLine {
  const parsed = parseJson(json, { halves: true });
  if (!parsed.ok) {
    const { message, fix, offset } = parsed.mistake;
    return bad(`not usable JSON: ${message} (column ${offset + 1})`, `${fix} A recording has one JSON object a line.`);
  }
  const record = asRecord(parsed.value);
  if (record === undefined) return bad("not a JSON object", "Write one JSON object a line.");
  if ("recording" in record && "grader" in record) {
    const head = readReplyHead(record);
    return "problem" in head ? head : { replyHead: head };
  }
  if ("grader" in record) return readReply(record);
  if ("recording" in record) {
    const head = readRecordedHead(record);
    return "problem" in head ? head : { head };
  }
  const unknownField = Object.keys(record).find((name) => !FIELDS.includes(name));
  if (unknownField !== undefined) {
    return bad(`no field ${JSON.stringify(unknownField.slice(0, 60))}`, `Fields are ${FIELDS.join(", ")}.`);
  }
  return readFields(record);
}

function readReply({ grader, judge, judged, attempt, ...record }: JsonRecord): ReplyLine | BadLine {
  const [asker, model, answer] = [asText(grader), asText(judge), asText(judged)];
  if (!asker || !model) return bad("grader or judge is missing or not a text", REPLIES);
  if (answer === undefined || !/^[0-9a-f]{64}$/.test(answer)) return bad("judged is not a SHA-256", REPLIES);
  const unknownField = Object.keys(record).find(
    (name) => name === "trial" || name === "target" || !FIELDS.includes(name),
  );
  if (unknownField !== undefined) return bad(`no field ${JSON.stringify(unknownField.slice(0, 60))}`, REPLIES);
  const line = readFields({ ...record, trial: attempt ?? 1 });
  if ("problem" in line) return line;
  const { prompt } = line;
  if (prompt === undefined) return bad("prompt is missing", REPLIES);
  return { reply: { ...line, prompt, grader: asker, judge: model, judged: answer } };
}

function readFields(record: JsonRecord): RecordedLine | BadLine {
  const { trial = 1, finish = "stop", latencyMs } = record;
  const id = asText(record.case);
  if (id === undefined || id === "")
    return bad("case is missing or not a text", 'Write the id of the case: "case": "q1".');
  if (typeof trial !== "number" || !Number.isSafeInteger(trial) || trial < 1) {
    return bad("trial is not a whole number of at least 1", "Count the trials of a case from 1.");
  }
  const failed = readFailure(record.failure);
  if (failed !== undefined && "problem" in failed) return failed;
  const text = asText(record.text) ?? (failed === undefined ? undefined : "");
  if (text === undefined) return bad("text is missing or not a text", "Write the answer exactly as it was returned.");
  const known = FINISHES.find((word) => word === finish);
  if (known === undefined) return bad(`finish is ${JSON.stringify(finish)}`, `Write one of ${FINISHES.join(", ")}.`);
  if (latencyMs !== undefined && !(typeof latencyMs === "number" && latencyMs >= 0)) {
    return bad("latencyMs is not a number of at least 0", "Write milliseconds, or leave it out.");
  }
  const usage = readUsage(record.usage);
  if (usage !== undefined && "problem" in usage) return usage;
  for (const name of ["target", "model", "date", "prompt"]) {
    if (record[name] !== undefined && typeof record[name] !== "string")
      return bad(`${name} is not a text`, "Write a text.");
  }
  const prompt = asText(record.prompt);
  if (prompt !== undefined && !/^[0-9a-f]{64}$/.test(prompt)) {
    return bad("prompt is not a SHA-256", "Write 64 lower-case hex digits, or leave it out.");
  }
  const date = asText(record.date);
  if (date !== undefined && !(/^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(date)))) {
    return bad("date is not a day", "Write a day as 2026-11-29, or leave it out.");
  }
  return {
    case: id,
    trial,
    target: asText(record.target),
    text,
    finish: known,
    usage,
    latencyMs: typeof latencyMs === "number" ? latencyMs : undefined,
    model: asText(record.model),
    date,
    prompt,
    failure: failed,
  };
}

function readFailure(given: unknown): RecordedLine["failure"] | BadLine {
  if (given === undefined) return undefined;
  const code = asText(given) ?? asText(asRecord(given)?.code);
  if (code !== undefined && isFailureCode(code)) {
    const status = asCount(asRecord(given)?.status);
    const message = asText(asRecord(given)?.message) ?? `recorded as ${code}`;
    return { code, message, ...(status !== undefined && { status }) };
  }
  return bad("failure has no code that is known", 'Write the code of a failure, such as "timeout".');
}

function readUsage(given: unknown): Usage | BadLine | undefined {
  if (given === undefined) return undefined;
  const wrong = bad("usage is not counts of tokens", 'Write whole numbers: "usage": {"input": 120, "output": 8}.');
  const record = asRecord(given);
  if (record === undefined) return wrong;
  const counts: Record<string, number> = {};
  for (const [name, value] of Object.entries(record)) {
    const count = asCount(value);
    if (!USAGE_FIELDS.includes(name) || count === undefined) return wrong;
    counts[name] = count;
  }
  const { input, output, cachedInput, cacheWriteInput, reasoning } = counts;
  if (input === undefined || output === undefined) return wrong;
  return {
    input,
    output,
    ...(cachedInput !== undefined && { cachedInput }),
    ...(cacheWriteInput !== undefined && { cacheWriteInput }),
    ...(reasoning !== undefined && { reasoning }),
  };
}
