/**
 * Holds every selected case against the prompts and the graders while the dataset is first read, and keeps the keys of its calls: a pass of its own would
 * read, check and render all of them again.
 */
import type { CaseInFile, Dataset } from "../dataset/open.ts";
import { ConfigError, ConfigErrors } from "../errors.ts";
import type { Case } from "../suite/case.ts";
import { CRITICAL } from "../suite/requirement.ts";
import type { LoadedSuite } from "../suite/suite.ts";
import { unheldCritical } from "./critical-tag.ts";
import { foldMistakes } from "./folded-mistakes.ts";
import { type KeptKeys, keepKeys } from "./kept-keys.ts";
import { callKey, promptTexts } from "./keys.ts";
import type { PlannedGrader, PlannedTarget, Selection } from "./plan.ts";
import { mistakesOf } from "./several-mistakes.ts";

export interface CaseCheck {
  /** Takes the next case of the dataset, selected or not. */
  readonly add: (one: CaseInFile) => void;
  /** Throws ConfigErrors with what was found wrong. `cases`: how many are selected. */
  readonly finish: (dataset: Pick<Dataset, "file" | "splitAt">) => { readonly cases: number; readonly keys?: KeptKeys };
}

export interface CaseCheckOptions {
  readonly suite: LoadedSuite;
  readonly targets: readonly PlannedTarget[];
  readonly graders: readonly PlannedGrader[];
  readonly trials: number;
  readonly selection: Selection;
  /** Absolute path of the data file; absent for cases written in the suite. */
  readonly file?: string;
}

export function checkCases({ suite, targets, graders, trials, selection, file }: CaseCheckOptions): CaseCheck {
  const mistakes = foldMistakes();
  const { limit = Number.POSITIVE_INFINITY, caseIds } = selection;
  const critical: CaseInFile[] = [];
  let cases = 0;
  // Of chosen cases the position in the plan is not the one in the dataset; what a function makes may be another prompt at the next asking.
  const keeper =
    caseIds === undefined && targets.every(({ target }) => typeof target.prompt !== "function")
      ? keepKeys(targets, trials)
      : undefined;
  const asked = targets.map((target) => ({ ...target, textOf: promptTexts() }));
  const askOf = (one: CaseInFile): void => {
    for (const { render, identity, textOf } of asked) {
      try {
        const messages = render(one);
        if (keeper === undefined) continue;
        const text = textOf(messages);
        for (let trial = 1; trial <= trials; trial++) keeper.add(callKey(identity, text, trial));
      } catch (thrown) {
        for (const mistake of mistakesOf(thrown)) mistakes.add(mistake, one.id);
      }
    }
  };
  return {
    add(one) {
      if (caseIds?.has(one.id) === false || cases >= limit) return;
      cases++;
      if (mistakes.full()) return;
      for (const mistake of ungradable(one, { suite, graders, ...(file === undefined ? {} : { file }) })) {
        mistakes.add(mistake, one.id, one.line);
      }
      if (one.tags?.includes(CRITICAL) === true) critical.push({ ...one, input: undefined, expected: undefined });
      askOf(one);
    },
    finish(dataset) {
      for (const one of critical) {
        const mistake = unheldCritical(suite, dataset, { ...one, split: dataset.splitAt(one.index) });
        if (mistake !== undefined) mistakes.add(mistake, one.id, one.line);
      }
      const told = mistakes.told();
      if (told.length > 0) throw new ConfigErrors(told, mistakes.full() ? "unknown" : 0);
      const keys = keeper?.kept();
      return { cases, ...(keys === undefined ? {} : { keys }) };
    },
  };
}

/** Why no answer to a case could be graded: what is said now is not found out when every call is paid. */
function ungradable(
  one: CaseInFile,
  { suite, graders, file }: Pick<CaseCheckOptions, "suite" | "graders" | "file">,
): readonly ConfigError[] {
  const place = {
    file: file ?? suite.file,
    ...(one.line === undefined ? { path: `cases[${one.index}]` } : { line: one.line }),
  };
  const needing = graders.find(({ grader }) => grader.needsExpected)?.grader;
  if (needing !== undefined && one.expected === undefined) {
    const text = `case "${one.id}" has no "expected", which the grader "${needing.name}" needs`;
    const fix = 'Say in "expected" what a right answer is, or take a grader that needs none.';
    return [new ConfigError("missing-expected", text, { place, fix })];
  }
  return graders.flatMap(({ grader }) => {
    // The suite's author vouches for the types of cases, as when an answer is graded.
    const why = grader.lacks?.(one satisfies Case as unknown as Case<never, never>);
    if (why === undefined) return [];
    const text = `case "${one.id}" cannot be graded by "${grader.name}": ${why}`;
    const fix = `Correct the case, or what the grader "${grader.name}" asks of it.`;
    return [new ConfigError("missing-expected", text, { place, fix })];
  });
}
