/**
 * Reads the examples that a model would be tuned on and holds them against the cases: repeated ones, ones that contradict each other, and ones
 * that a case holds too, word for word or nearly. Inputs are compared after NFKC, letter case and white space are folded.
 */
import type { LoadedCase } from "../suite/case.ts";
import type { Cases } from "../suite/cases.ts";
import { canonicalJson } from "../suite/fingerprint.ts";
import type { TrainingAudit } from "../suite/training.ts";
import { type Example, readExamples } from "./examples.ts";

/** Shares of the examples from which a finding is worth a word, and from which they are not fit. */
const REPEATED = { warn: 0.01, error: 0.1 };
const CONFLICTING = { warn: 0.005, error: 0.02 };
/** Words in a row that are compared, and the share of them (Jaccard) from which two texts are nearly the same. */
const SHINGLE = 5;
const NEARLY = 0.85;

interface Known {
  readonly example: Example;
  readonly expected: string;
}

/**
 * @param cases the suite's cases of both splits: what was trained on may neither choose nor decide
 * @throws ConfigErrors as `readExamples` does
 */
export async function auditTraining(
  data: Cases<unknown, unknown>,
  dir: string,
  cases: AsyncIterable<LoadedCase>,
): Promise<TrainingAudit> {
  const examples = await readExamples(data, dir);
  const known = new Map<string, Known>();
  const byShingle = new Map<string, string[]>();
  const clusters = new Set<string>();
  const repeated = new Set<Example>();
  const conflicting = new Set<Example>();
  for (const example of examples) {
    if (example.cluster !== undefined) clusters.add(example.cluster);
    const text = folded(example.input);
    const expected = canonicalJson(example.expected ?? null);
    const before = known.get(text);
    if (before !== undefined) {
      (before.expected === expected ? repeated : conflicting).add(example);
      continue;
    }
    known.set(text, { example, expected });
    for (const shingle of shinglesOf(text)) {
      const list = byShingle.get(shingle);
      if (list === undefined) byShingle.set(shingle, [text]);
      else list.push(text);
    }
  }
  const leaked = new Map<Example, LoadedCase>();
  let leakedTestCases = 0;
  let shared: LoadedCase | undefined;
  for await (const one of cases) {
    const text = folded(one.input);
    const same = known.get(text)?.example ?? nearest(text, byShingle, known);
    if (same !== undefined && one.split === "test") leakedTestCases += 1;
    if (same !== undefined && !leaked.has(same)) leaked.set(same, one);
    if (clusters.has(one.cluster) && one.cluster !== one.id) shared ??= one;
  }
  const share = (part: number) => (examples.length === 0 ? 0 : part / examples.length);
  const [first] = leaked;
  const errors = [
    ...(first === undefined
      ? []
      : [
          `${leaked.size} of them ${leaked.size === 1 ? "stands" : "stand"} among the cases too, word for word or nearly (the first is ${named(first[0])}, case "${first[1].id}")`,
        ]),
    ...(shared === undefined ? [] : [`they share the cluster "${shared.cluster}" with the cases`]),
    ...(share(conflicting.size) > CONFLICTING.error ? [conflictWords(conflicting)] : []),
    ...(share(repeated.size) > REPEATED.error
      ? [`${repeated.size} of them ${repeated.size === 1 ? "repeats" : "repeat"} another`]
      : []),
  ];
  const warnings = [
    ...(share(conflicting.size) > CONFLICTING.warn && share(conflicting.size) <= CONFLICTING.error
      ? [conflictWords(conflicting)]
      : []),
    ...(share(repeated.size) > REPEATED.warn && share(repeated.size) <= REPEATED.error
      ? [`${repeated.size} of them ${repeated.size === 1 ? "repeats" : "repeat"} another`]
      : []),
  ];
  const unclean = new Set([...repeated, ...conflicting, ...leaked.keys()]);
  return { examples: examples.length, clean: examples.length - unclean.size, leakedTestCases, errors, warnings };
}

function conflictWords(conflicting: ReadonlySet<Example>): string {
  const [first] = conflicting;
  return `${conflicting.size} of them ${conflicting.size === 1 ? "expects" : "expect"} something else of an input that stands there before (the first is ${first === undefined ? "" : named(first)})`;
}

function named({ id, line }: Example): string {
  return line === undefined ? `"${id}"` : `"${id}", line ${line}`;
}

/** An example that has nearly the same words in a row. */
function nearest(
  text: string,
  byShingle: ReadonlyMap<string, readonly string[]>,
  known: ReadonlyMap<string, Known>,
): Example | undefined {
  const own = shinglesOf(text);
  const shared = new Map<string, number>();
  for (const shingle of own) {
    for (const other of byShingle.get(shingle) ?? []) shared.set(other, (shared.get(other) ?? 0) + 1);
  }
  for (const [other, both] of shared) {
    const union = own.size + shinglesOf(other).size - both;
    if (both / union >= NEARLY) return known.get(other)?.example;
  }
  return undefined;
}

function shinglesOf(text: string): ReadonlySet<string> {
  const words = text.split(" ");
  const shingles = new Set<string>();
  for (let at = 0; at + SHINGLE <= words.length; at++) shingles.add(words.slice(at, at + SHINGLE).join(" "));
  return shingles;
}

/** All texts of an input, in the order of its keys. */
function folded(input: unknown): string {
  return textsOf(input).join(" ").normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number" || typeof value === "boolean") return [String(value)];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, member]) => textsOf(member));
}
