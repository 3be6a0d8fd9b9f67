/** Reads `cases.jsonl` back, one line at a time, each checked. */
import { createReadStream } from "node:fs";
import type { ValidateFunction } from "ajv";
import { textBlocks } from "../../dataset/text-lines.ts";
import { ConfigError, toError } from "../../errors.ts";
import type { JsonObject } from "../../suite/json.ts";
import { compileOwnSchema } from "../own-schema.ts";

interface LineGrade {
  readonly kind: "scored" | "declined" | "ungraded" | "spared";
  readonly score?: number | undefined;
  readonly answer?: string | undefined;
  readonly why?: string | undefined;
  readonly quote?: string | undefined;
  readonly items?:
    | readonly { readonly name: string; readonly passed: boolean; readonly why?: string | undefined }[]
    | undefined;
}

/** The fields of a line that the page shows. */
export interface CaseLine {
  readonly suite: string;
  readonly target: string;
  readonly caseId: string;
  /** Position in the dataset. */
  readonly caseIndex?: number | undefined;
  readonly trial: number;
  readonly split: "dev" | "test";
  readonly cluster: string;
  readonly weight: number;
  readonly tags: readonly string[];
  readonly fingerprint: string;
  readonly outcome: {
    readonly strict: "passed" | "failed" | "missing";
    readonly lenient: "passed" | "failed" | "missing";
    readonly why?: string | undefined;
    readonly held?: true | undefined;
  };
  readonly messages?: readonly { readonly role: string; readonly content: string }[] | undefined;
  readonly expected?: unknown;
  readonly completion: {
    readonly kind: "answer" | "failure" | "not-called";
    readonly text?: string | undefined;
    readonly finish?: string | undefined;
    readonly usage?: { readonly input: number; readonly output: number } | undefined;
    readonly latencyMs?: number | undefined;
    readonly message?: string | undefined;
    readonly why?: string | undefined;
  };
  readonly cost: { readonly known: boolean; readonly usd?: number | undefined };
  readonly grades: readonly { readonly grader: string; readonly strict: LineGrade; readonly lenient: LineGrade }[];
}

const text: JsonObject = { type: "string" };
const number: JsonObject = { type: "number" };
const list = (items: JsonObject): JsonObject => ({ type: "array", items });
const object = (properties: Readonly<Record<string, JsonObject>>, ...required: readonly string[]): JsonObject => ({
  type: "object",
  properties,
  required: [...required],
});
const told: JsonObject = { enum: ["passed", "failed", "missing"] };
const grade = object(
  {
    kind: { enum: ["scored", "declined", "ungraded", "spared"] },
    score: number,
    answer: text,
    why: text,
    quote: text,
    items: list(object({ name: text, passed: { type: "boolean" }, why: text }, "name", "passed")),
  },
  "kind",
);

/** Of a line; what stands in it besides is let through. */
export const CASE_LINE_SCHEMA = object(
  {
    suite: text,
    target: text,
    caseId: text,
    caseIndex: { type: "integer", minimum: 0 },
    trial: { type: "integer", minimum: 1 },
    split: { enum: ["dev", "test"] },
    cluster: text,
    weight: number,
    tags: list(text),
    fingerprint: text,
    outcome: object({ strict: told, lenient: told, why: text, held: { const: true } }, "strict", "lenient"),
    messages: list(object({ role: text, content: text }, "role", "content")),
    completion: object(
      {
        kind: { enum: ["answer", "failure", "not-called"] },
        text,
        finish: text,
        usage: object({ input: number, output: number }, "input", "output"),
        latencyMs: number,
        message: text,
        why: text,
      },
      "kind",
    ),
    cost: object({ known: { type: "boolean" }, usd: number }, "known"),
    grades: list(object({ grader: text, strict: grade, lenient: grade }, "grader", "strict", "lenient")),
  },
  ...["suite", "target", "caseId", "trial", "split", "cluster", "weight", "tags", "fingerprint", "outcome"],
  ...["completion", "cost", "grades"],
);

/** Bytes: an answer of the most that is taken, every byte of it escaped, with its prompt. */
const LONGEST_RECORD = 128 * 1024 * 1024;

let compiled: ValidateFunction<CaseLine> | undefined;

function isCaseLine(value: unknown): value is CaseLine {
  compiled ??= compileOwnSchema<CaseLine>(CASE_LINE_SCHEMA);
  return compiled(value);
}

export interface LinesWanted {
  /** Leaves out lines unread. */
  readonly isWanted?: (line: number) => boolean;
  /** Reads no further than this line. */
  readonly last?: number;
}

/**
 * Every line with its number, 1-based.
 * @throws {ConfigError} when the file is missing, or a line is not one that this version writes.
 */
export async function* readCaseLines(
  file: string,
  { isWanted = () => true, last = Number.POSITIVE_INFINITY }: LinesWanted = {},
): AsyncGenerator<{ readonly line: number; readonly record: CaseLine }> {
  const stream = createReadStream(file);
  try {
    // At line feeds only: an answer may hold U+2028, which `readline` takes for the end of a line.
    for await (const { texts, line: first } of textBlocks(stream, file, LONGEST_RECORD)) {
      for (const [at, text] of texts.entries()) {
        const line = first + at;
        if (line > last) return;
        if (text !== "" && isWanted(line)) yield { line, record: parsed(text, file, line) };
      }
    }
  } catch (thrown) {
    if (thrown instanceof ConfigError) throw thrown;
    throw new ConfigError("cases-unreadable", `The answers cannot be read: ${toError(thrown).message}`, {
      place: { file },
      fix: "Name the folder of a run that has a cases.jsonl, or run gapcheck again.",
      cause: thrown,
    });
  } finally {
    stream.destroy();
  }
}

function parsed(raw: string, file: string, line: number): CaseLine {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch (thrown) {
    throw damaged(`This line is not JSON: ${toError(thrown).message}`, file, line, thrown);
  }
  if (isCaseLine(value)) return value;
  const [first] = compiled?.errors ?? [];
  throw damaged(`This line is no record of an answer: ${first?.instancePath} ${first?.message}`, file, line);
}

function damaged(message: string, file: string, line: number, cause?: unknown): ConfigError {
  return new ConfigError("cases-damaged", message, {
    place: { file, line },
    fix: "Run `gapcheck run --offline`: it writes the answers anew from the ledger and calls nothing.",
    cause,
  });
}
