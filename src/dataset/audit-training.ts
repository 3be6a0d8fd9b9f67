/**
 * Reads the examples that a model would be tuned on and holds them against the cases: repeated ones, ones that contradict each other, and ones
 * that a case holds too, word for word or nearly, in the fields that both have: one that only the cases or only the examples have is left out. Inputs
 * are compared after NFKC, letter case and white space are folded.
 */
import type { LoadedCase } from "../suite/case.ts";
import type { Cases } from "../suite/cases.ts";
import { canonicalJson } from "../suite/fingerprint.ts";
import type { TrainingAudit } from "../suite/training.ts";
import { type Example, readExamples } from "./examples.ts";
import { createRepeatedExamples, textOf } from "./repeated-example.ts";

/** Shares of the examples from which a finding is worth a word, and from which they are not fit. */
const REPEATED = { warn: 0.01, error: 0.1 };
const CONFLICTING = { warn: 0.005, error: 0.02 };

/**
 * @param cases the suite's cases of both splits: what was trained on may neither choose nor decide
 * @param held tag of the cases that tuning must not break: they decide whatever their split
 * @throws ConfigErrors as `readExamples` does
 */
export async function auditTraining(
  data: Cases<unknown, unknown>,
  dir: string,
  cases: AsyncIterable<LoadedCase>,
  held?: string,
): Promise<TrainingAudit> {
  const examples = await readExamples(data, dir);
  const expectedOf = new Map<string, string>();
  const different: Example[] = [];
  const clusters = new Set<string>();
  const repeated = new Set<Example>();
  const conflicting = new Set<Example>();
  for (const example of examples) {
    if (example.cluster !== undefined) clusters.add(example.cluster);
    const text = textOf(example.input);
    const expected = canonicalJson(example.expected ?? null);
    const before = expectedOf.get(text);
    if (before !== undefined) {
      (before === expected ? repeated : conflicting).add(example);
      continue;
    }
    expectedOf.set(text, expected);
    different.push(example);
  }
  const repeatedBy = createRepeatedExamples(different);
  const leaked = new Map<Example, LoadedCase>();
  const leakedTestCases: string[] = [];
  let shared: LoadedCase | undefined;
  for await (const one of cases) {
    const same = repeatedBy(one.input);
    const decides = one.split === "test" || (held !== undefined && one.tags?.includes(held) === true);
    if (same.length > 0 && decides) leakedTestCases.push(one.id);
    for (const example of same) if (!leaked.has(example)) leaked.set(example, one);
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
