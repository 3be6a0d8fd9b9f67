/**
 * `reports/baseline.json`: what pull requests are compared with, committed and reviewed. One case a line, sorted, so that a change of the baseline
 * reads as what it is; a checksum a suite, so that an edit by hand is seen.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import canonicalize from "canonicalize";
import type { Baseline, BaselineCase, BaselineSuite } from "../decide/baseline/contract.ts";
import { ConfigError, toError } from "../errors.ts";
import { isConflict, repairOf } from "./baseline-repair.ts";
import { BASELINE_FORMAT, BASELINE_SCHEMA, BASELINE_SCHEMA_ID, BASELINE_VERSION } from "./baseline-schema.ts";
import { misfits } from "./own-schema.ts";
import { codeOf } from "./storage-error.ts";
import { sortKeys, strictJson } from "./strict-json.ts";
import { writeWhole } from "./write-file.ts";

const ABOUT =
  "What pull requests are compared with: of each suite the test cases with the passes of their trials, of the best prompt and of the tuned target. `main` is replaced by each `gapcheck baseline --update`; `release` is frozen by `--release`. Written by gapcheck, never by hand.";

interface WrittenCase {
  readonly id: string;
  readonly fingerprint: string;
  readonly prompt?: string;
  readonly tuned?: string;
  readonly mustPass?: true;
}
interface WrittenSuite extends Omit<BaselineSuite, "cases"> {
  readonly checksum: string;
  readonly cases: readonly WrittenCase[];
}
interface WrittenFile {
  readonly schema: string;
  readonly main: readonly WrittenSuite[];
  readonly release: readonly WrittenSuite[];
}

/** The text of the file: the same for the same baseline, in whatever order its suites and cases come. */
export function baselineText({ main, release }: Baseline): string {
  const head = `{\n  "schema": ${strictJson(BASELINE_SCHEMA_ID)},\n  "about": ${strictJson(ABOUT)},\n`;
  return `${head}  "main": ${suitesText(main)},\n  "release": ${suitesText(release)}\n}\n`;
}

/** Writes the file as a whole. Throws StorageError; what stood there before still stands. */
export async function writeBaseline(file: string, baseline: Baseline): Promise<void> {
  await writeWhole(file, baselineText(baseline));
}

/**
 * The baseline, checked; `undefined` where there is no such file.
 * @param writes whether the command writes the file itself, so that it can be no part of the fix
 * @throws {ConfigError} when it cannot be read, is cut off, edited by hand, or of a later format version.
 */
export async function readBaseline(file: string, writes = false): Promise<Baseline | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (thrown) {
    // Where `reports` is a file there is no baseline; that reports cannot be written is told by who writes them.
    if (codeOf(thrown) === "ENOENT" || codeOf(thrown) === "ENOTDIR") return undefined;
    throw new ConfigError("baseline-unreadable", `the baseline cannot be read: ${toError(thrown).message}`, {
      place: { file },
      fix: "Name the file with --baseline.",
      cause: thrown,
    });
  }
  return parseBaseline(text, file, writes);
}

/** A baseline from text; `file` is named in errors. */
export function parseBaseline(text: string, file: string, writes = false): Baseline {
  const again = repairOf(text, { file: relative(process.cwd(), file) || file, writes });
  const wrong = (code: string, message: string, fix = again) =>
    new ConfigError(code, message, { place: { file }, fix });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    const what = isConflict(text) ? "holds both sides of a merge conflict" : "is cut off or no JSON";
    throw wrong("baseline-not-json", `the baseline ${what}: ${toError(thrown).message}`);
  }
  const version = versionOf(value);
  if (version === undefined) {
    throw wrong("not-a-baseline", `this file does not say "schema": "${BASELINE_SCHEMA_ID}"`);
  }
  if (version > BASELINE_VERSION) {
    const message = `the baseline has format version ${version}; this gapcheck reads up to version ${BASELINE_VERSION}`;
    throw wrong("baseline-from-the-future", message, `Update gapcheck. ${again}`);
  }
  const errors = misfits(value, BASELINE_SCHEMA);
  if (errors.length > 0) {
    const [first] = errors;
    const where = first?.instancePath === undefined || first.instancePath === "" ? "the file" : first.instancePath;
    throw wrong("baseline-damaged", `the baseline is damaged: ${where} ${first?.message ?? "does not fit"}`);
  }
  // Checked by the schema right above.
  const { main, release } = value as WrittenFile;
  const read = (suites: readonly WrittenSuite[]) => suites.map((suite) => checked(suite, wrong));
  for (const suites of [main, release]) {
    const names = suites.map(({ suite }) => suite);
    const twice = names.find((name, at) => names.indexOf(name) !== at);
    if (twice !== undefined) throw wrong("baseline-damaged", `the baseline holds the suite "${twice}" twice`);
  }
  return { main: read(main), release: read(release) };
}

function checked(suite: WrittenSuite, wrong: (code: string, message: string) => ConfigError): BaselineSuite {
  const { checksum, cases, ...rest } = suite;
  const read: BaselineSuite = { ...rest, cases: cases.map(caseOf) };
  const ids = new Set(cases.map(({ id }) => id));
  if (ids.size < cases.length) throw wrong("baseline-damaged", `the baseline of "${suite.suite}" holds a case twice`);
  for (const { id, prompt, tuned } of read.cases) {
    const odd = [prompt, tuned].find((pair) => pair !== undefined && pair[0] > pair[1]);
    if (odd !== undefined) {
      throw wrong("baseline-damaged", `the baseline of "${suite.suite}": case "${id}" passes ${odd[0]} of ${odd[1]}`);
    }
  }
  if (checksumOf(read) !== checksum) {
    throw wrong("baseline-edited", `the baseline of "${suite.suite}" was edited: it does not fit its checksum`);
  }
  return read;
}

function caseOf({ id, fingerprint, prompt, tuned, mustPass }: WrittenCase): BaselineCase {
  const pair = (text: string): readonly [number, number] => {
    const [passes, trials] = text.split("/");
    return [Number(passes), Number(trials)];
  };
  return {
    id,
    fingerprint,
    ...(prompt === undefined ? {} : { prompt: pair(prompt) }),
    ...(tuned === undefined ? {} : { tuned: pair(tuned) }),
    ...(mustPass === undefined ? {} : { mustPass }),
  };
}

function suitesText(suites: readonly BaselineSuite[]): string {
  if (suites.length === 0) return "[]";
  const sorted = [...suites].sort((a, b) => (a.suite < b.suite ? -1 : 1));
  return `[\n${sorted.map(suiteText).join(",\n")}\n  ]`;
}

function suiteText(given: BaselineSuite): string {
  const suite = { ...given, cases: sortedCases(given.cases) };
  const { suite: name, dataset, graders, thresholds, prompt, tuned, cases } = suite;
  const line = (value: unknown) => strictJson(value);
  const fields = [
    `"suite": ${line(name)}`,
    `"dataset": ${line(dataset)}`,
    `"graders": ${line(graders.map(sortKeys))}`,
    `"thresholds": ${line(sortKeys(thresholds))}`,
    ...(prompt === undefined ? [] : [`"prompt": ${line(sortKeys(prompt))}`]),
    ...(tuned === undefined ? [] : [`"tuned": ${line(sortKeys(tuned))}`]),
    `"checksum": ${line(checksumOf(suite))}`,
    cases.length === 0 ? '"cases": []' : `"cases": [\n${cases.map(caseText).join(",\n")}\n      ]`,
  ];
  return `    {\n${fields.map((field) => `      ${field}`).join(",\n")}\n    }`;
}

function caseText({ id, fingerprint, prompt, tuned, mustPass }: BaselineCase): string {
  const pair = (of: BaselineCase["prompt"]) => (of === undefined ? undefined : `${of[0]}/${of[1]}`);
  return `        ${strictJson({ id, fingerprint, prompt: pair(prompt), tuned: pair(tuned), mustPass })}`;
}

function sortedCases(cases: readonly BaselineCase[]): readonly BaselineCase[] {
  return [...cases].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function checksumOf(suite: BaselineSuite): string {
  const text = canonicalize({ ...suite, cases: sortedCases(suite.cases) }) ?? "";
  return createHash("sha256").update(text).digest("hex");
}

function versionOf(value: unknown): number | undefined {
  if (typeof value !== "object" || value === null || !("schema" in value)) return undefined;
  const match = new RegExp(`^${BASELINE_FORMAT}/(\\d{1,9})$`).exec(String(value.schema));
  return match === null ? undefined : Number(match[1]);
}
