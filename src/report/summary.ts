/**
 * `reports/<run>/summary.json`: what a run found, for programs. All that differs between two runs on the same data (times, what came
 * from the ledger, what it cost) stands under `run`; the rest is the same bytes for the same data.
 */
import { readFile } from "node:fs/promises";
import type { ErrorObject } from "ajv";
import type { BaselineResult, ExamChange } from "../decide/baseline/contract.ts";
import type { Decision, GateResult } from "../decide/decision.ts";
import type { Notice, RunCounts, RunOutcome, Spend } from "../engine/outcome.ts";
import { ConfigError, toError } from "../errors.ts";
import type { Redact } from "../redact.ts";
import type { Parameters, RecordedFrom } from "../suite/model.ts";
import { mapStrings } from "./map-strings.ts";
import { misfits } from "./own-schema.ts";
import { sortKeys, strictJson } from "./strict-json.ts";
import { SUMMARY_FORMAT, SUMMARY_SCHEMA, SUMMARY_SCHEMA_ID, SUMMARY_VERSION } from "./summary-schema.ts";
import { writeWhole } from "./write-file.ts";

export interface ModelProvenance {
  readonly target: string;
  readonly provider: string;
  /** Model id as asked for. */
  readonly asked: string;
  /** Model ids as the provider returned them, sorted. */
  readonly returned: readonly string[];
  /** Decoding parameters as sent, in their own names; absent in summaries of before they were told. */
  readonly parameters?: Parameters;
  /** ISO day of the price that was used; absent where no price is known. */
  readonly priceAsOf?: string;
  readonly priceSource?: string;
  /** Present where the answers come from a recording: its file, who answered, and when. */
  readonly recording?: RecordedFrom;
}

export interface GraderProvenance {
  readonly name: string;
  readonly kind: string;
  readonly version: number;
  /** SHA-256 (hex) of the canonical JSON of the grader's arguments. */
  readonly argsHash: string;
}

/** Where a suite's figures come from. */
export interface Provenance {
  /** Path of the suite file, relative to where the command ran, with forward slashes. */
  readonly file: string;
  readonly datasetFingerprint: string;
  readonly graders: readonly GraderProvenance[];
  readonly models: readonly ModelProvenance[];
}

export interface SuiteSummary {
  readonly decision: Decision;
  /** How it stands against the baseline; absent where there is none to compare with. */
  readonly baseline?: BaselineResult;
  readonly gate: GateResult;
  readonly provenance: Provenance;
}

/** Everything that another run on the same data may say otherwise. */
export interface SummaryRun {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly wallMs: number;
  /** The command line, as a person would type it. */
  readonly command: string;
  /** Of gapcheck. */
  readonly version: string;
  readonly node: string;
  readonly gitCommit?: string;
  readonly counts: RunCounts;
  /** What judges were asked, which `counts` leaves out and `spend` holds. */
  readonly judgeCalls?: NonNullable<RunOutcome["judgeCalls"]>;
  readonly spend: Spend;
  readonly notices: readonly Notice[];
  readonly stopped?: NonNullable<RunOutcome["stopped"]>;
}

export interface Summary {
  readonly schema: typeof SUMMARY_SCHEMA_ID;
  readonly exitCode: number;
  /** What is left to another run that measures it, as a merge queue's; absent where this one is the measure. */
  readonly notMeasured?: string;
  readonly run: SummaryRun;
  /** The baseline that was read, and what differs that belongs to no suite of this run; absent where none was read. */
  readonly baseline?: { readonly file: string; readonly exam: readonly ExamChange[] };
  readonly suites: readonly SuiteSummary[];
}

function inWords(errors: readonly ErrorObject[]): string {
  // The deepest place says most: of an `anyOf` ajv reports every branch, from the inside out.
  const [first] = [...errors].sort((a, b) => b.instancePath.length - a.instancePath.length);
  return first === undefined
    ? "it does not fit"
    : `${first.instancePath || "the file"} ${first.message ?? "does not fit"}`;
}

/**
 * The text of `summary.json`: keys in a fixed order, two spaces of indent, a line feed at the end, secrets hidden.
 * @throws {Error} when the summary does not fit its schema, which is a defect of gapcheck and must not be saved as a result.
 */
export function summaryText(summary: Summary, redact: Redact): string {
  const { schema, exitCode, notMeasured, run, baseline, suites } = mapStrings(summary, redact);
  const left = notMeasured === undefined ? {} : { notMeasured };
  const told = baseline === undefined ? {} : { baseline: sortKeys(baseline) };
  const text = strictJson({ schema, exitCode, ...left, run: sortKeys(run), ...told, suites: sortKeys(suites) }, 2);
  const written: unknown = JSON.parse(text);
  const wrong = misfits(written, SUMMARY_SCHEMA);
  if (wrong.length > 0) throw new Error(`The summary does not fit its own schema: ${inWords(wrong)}.`);
  return `${text}\n`;
}

/**
 * Writes the summary as a whole.
 * @throws {StorageError} when the file cannot be written; what stood there before still stands.
 */
export async function writeSummary(file: string, summary: Summary, redact: Redact): Promise<void> {
  await writeWhole(file, summaryText(summary, redact));
}

function versionOf(value: unknown): number | undefined {
  if (typeof value !== "object" || value === null || !("schema" in value)) return undefined;
  const match = new RegExp(`^${SUMMARY_FORMAT}/(\\d{1,9})$`).exec(String(value.schema));
  return match === null ? undefined : Number(match[1]);
}

/** A summary from text; `file` is named in errors. */
export function parseSummary(text: string, file: string): Summary {
  const wrong = (code: string, message: string, fix: string, cause?: unknown) =>
    new ConfigError(code, message, { place: { file }, fix, cause });
  const again = "Run gapcheck again to write it anew.";
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw wrong("summary-not-json", `This summary is not JSON: ${toError(thrown).message}`, again, thrown);
  }
  const version = versionOf(value);
  if (version === undefined) {
    throw wrong("not-a-summary", `This file does not say "schema": "${SUMMARY_SCHEMA_ID}".`, again);
  }
  if (version > SUMMARY_VERSION) {
    const message = `This summary has format version ${version}; this gapcheck reads up to version ${SUMMARY_VERSION}.`;
    throw wrong("summary-from-the-future", message, "Update gapcheck, or write the summary with this version.");
  }
  const errors = misfits(value, SUMMARY_SCHEMA);
  if (errors.length > 0) throw wrong("summary-invalid", `This summary is damaged: ${inWords(errors)}.`, again);
  return value as Summary;
}

/**
 * Reads a summary back, checked.
 * @throws {ConfigError} when the file is missing, no summary, damaged, or of a later format version.
 */
export async function readSummary(file: string): Promise<Summary> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (thrown) {
    throw new ConfigError("summary-unreadable", `The summary cannot be read: ${toError(thrown).message}`, {
      place: { file },
      fix: "Name the folder of a run that has a summary.json, or run gapcheck first.",
      cause: thrown,
    });
  }
  return parseSummary(text, file);
}
