/** What must hold before any verdict may be given. Each failure makes the verdict INCONCLUSIVE, whatever the figures say. */
import type { Split } from "../suite/case.ts";
import type { Suite } from "../suite/suite.ts";
import type { TrainingAudit } from "../suite/training.ts";
import { type Canaries, type Compared, steeredJudges, uncalibratedJudges } from "./agreement.ts";
import { FEWEST_CLUSTERS } from "./assess.ts";
import { namedGraders, statesRequirement } from "./checks.ts";
import type { Chosen } from "./choose.ts";
import type { Looks, Reason, TargetMeasure } from "./decision.ts";
import { counted, listed, percent, percentAsWritten, whole } from "./in-words.ts";
import { ABSENT } from "./number-column.ts";
import type { Observations } from "./observations.ts";

export const FEWEST_CASES = 30;
export const DEFAULT_MAX_MISSING = 0.02;
/** Of leaked test cases. */
const MOST_NAMED = 5;

/** What the verdict rests on. */
export interface Choices {
  readonly prompt: Chosen | undefined;
  readonly tuned: Chosen | undefined;
}

/** Every failed check, the gravest first; empty when a verdict may be given. */
export function validityOf(
  observations: Observations,
  choices: Choices,
  measures: readonly TargetMeasure[],
  {
    looks,
    audit,
    compared,
    canaries,
  }: {
    readonly looks?: Looks;
    readonly audit?: TrainingAudit;
    readonly compared?: Compared;
    readonly canaries?: Canaries;
  } = {},
): Reason[] {
  const { suite } = observations;
  return [
    ...notMeasurable(observations),
    ...noTarget(choices),
    ...casesOf(observations, choices),
    ...lookedTooOften(looks),
    ...leakedTest(observations, choices, audit),
    ...noRequirement(suite),
    ...missingAnswers(measures, deciding(choices), suite.gate.maxMissing ?? DEFAULT_MAX_MISSING),
    ...missingGrades(observations, deciding(choices), suite.gate.maxMissing ?? DEFAULT_MAX_MISSING),
    ...uncalibratedJudges(suite, compared ?? new Map()),
    ...steeredJudges(suite, canaries),
  ];
}

/** A measure that the verdict rests on: a target in a split. */
export interface Deciding {
  readonly target: string;
  readonly split: Split;
}

/** The chosen targets on test; where there was something to choose from, all candidates on dev. */
export function deciding({ prompt, tuned }: Choices): Deciding[] {
  return [prompt, tuned].flatMap((choice) => {
    if (choice === undefined) return [];
    const dev = choice.how !== "only" ? choice.candidates.map(({ target }) => ({ target, split: "dev" as const })) : [];
    return [{ target: choice.target, split: "test" as const }, ...dev];
  });
}

/** One reason for each deciding measure with more than the allowed share of answers missing. */
export function missingAnswers(measures: readonly TargetMeasure[], rests: readonly Deciding[], most: number): Reason[] {
  return rests.flatMap(({ target, split }) => {
    const measure = measures.find((each) => each.target === target && each.split === split);
    if (measure === undefined || measure.counts.missing <= most * measure.counts.planned) return [];
    const { missing, planned } = measure.counts;
    const reasons = measure.missingReasons.slice(0, 2).map(({ why, trials }) => `${why}: ${whole(trials)}`);
    const text = `${whole(missing)} of ${whole(planned)} answers of "${target}" on ${split} cases are missing or not graded (${percent(missing / planned)}; ${reasons.join("; ")}); at most ${percentAsWritten(most)} may be.`;
    return [{ code: "missing-answers", text } as const];
  });
}

/** As `missingAnswers`, of graders that are not required of an answer but named by a blocking quality. */
function missingGrades(observations: Observations, rests: readonly Deciding[], most: number): Reason[] {
  return rests.flatMap(({ target, split }) =>
    namedGraders(observations.suite).flatMap((grader) => {
      const planned = observations.slots(split).length * observations.trials;
      const missing = countUngraded(observations, { target, split }, grader);
      if (missing <= most * planned) return [];
      const name = observations.suite.graders[grader]?.name ?? "";
      const text = `${whole(missing)} of ${whole(planned)} answers of "${target}" on ${split} cases have no grade by "${name}", which a requirement names (${percent(missing / planned)}); at most ${percentAsWritten(most)} may lack it.`;
      return [{ code: "missing-answers", text } as const];
    }),
  );
}

/** Trials without a strict score by one grader, whatever the others say of them. */
export function countUngraded(observations: Observations, { target, split }: Deciding, grader: number): number {
  const position = observations.suite.targets.findIndex(({ name }) => name === target);
  const scores = observations.targets[position]?.graders[grader]?.strict;
  const { trials } = observations;
  let missing = 0;
  for (const slot of observations.slots(split)) {
    for (let at = slot * trials; at < (slot + 1) * trials; at++) {
      if ((scores?.[at] ?? ABSENT) === ABSENT) missing += 1;
    }
  }
  return missing;
}

function notMeasurable({ targets, suite }: Observations): Reason[] {
  const records = targets.reduce((total, target) => total + target.records, 0);
  const never = targets.reduce((total, target) => total + target.notMeasurable, 0);
  if (records > never) return [];
  const text =
    records === 0
      ? `No trial of "${suite.name}" was run.`
      : `Nothing could be measured: none of the ${whole(records)} calls was made.`;
  return [{ code: "not-measurable", text }];
}

function noTarget({ prompt }: Choices): Reason[] {
  if (prompt !== undefined) return [];
  return [{ code: "no-prompt-target", text: "There is no prompt-only target: nothing to compare a tuned model with." }];
}

function casesOf(observations: Observations, { prompt, tuned }: Choices): Reason[] {
  const test = observations.slots("test");
  if (test.length === 0) return [{ code: "no-test-cases", text: "There are no test cases, so nothing can be told." }];
  const reasons: Reason[] = [];
  if (test.length < FEWEST_CASES) {
    const text = `Too few for a verdict: ${counted(test.length, "test case")}; it takes ${FEWEST_CASES}.`;
    reasons.push({ code: "too-few-cases", text });
  }
  const clusters = observations.clusterCount(test);
  if (clusters < test.length && clusters < FEWEST_CLUSTERS) {
    const text = `The ${test.length} test cases come from ${counted(clusters, "cluster")} only; it takes ${FEWEST_CLUSTERS} to tell how much clusters differ.`;
    reasons.push({ code: "too-few-clusters", text });
  }
  if (prompt?.how === "first" && observations.slots("dev").length === 0) {
    const names = listed(prompt.candidates.map(({ target }) => `"${target}"`));
    const text = `There are no answers on dev cases to choose between ${names} by; choosing on test cases would flatter the best.`;
    reasons.push({ code: "no-dev-cases", text });
  }
  if (prompt?.how === "dev" || tuned?.how === "dev") reasons.push(...overlap(observations));
  return reasons;
}

function overlap({ cases, slots }: Observations): Reason[] {
  // By cluster: 1 where test cases come from it, 2 once a dev case was found to.
  const seen = new Uint8Array(cases.clusterLimit());
  for (const slot of slots("test")) seen[cases.clusterAt(slot)] = 1;
  let first: number | undefined;
  let both = 0;
  for (const slot of slots("dev")) {
    const cluster = cases.clusterAt(slot);
    if (seen[cluster] !== 1) continue;
    seen[cluster] = 2;
    first ??= cluster;
    both++;
  }
  if (first === undefined) return [];
  const text = `The choice on dev has seen the test: ${counted(both, "cluster")} in both, the first "${cases.clusterName(first)}".`;
  return [{ code: "split-overlap", text }];
}

function lookedTooOften(looks: Looks | undefined): Reason[] {
  if (looks === undefined || looks.number <= looks.most) return [];
  const text = `New candidates have looked at these test cases ${counted(looks.number, "time")}; after ${looks.most} the best of them may be the luckiest.`;
  return [{ code: "looked-too-often", text }];
}

/** What was tuned on test cases is not measured by them: a single one that it has seen is one too many. */
function leakedTest(observations: Observations, { tuned }: Choices, audit: TrainingAudit | undefined): Reason[] {
  const leaked = audit?.leakedTestCases ?? [];
  if (tuned === undefined || leaked.length === 0) return [];
  const asked = observations.slots("test").length + observations.held().length;
  const names = listed(leaked.slice(0, MOST_NAMED).map((id) => `"${id}"`));
  const first = leaked.length > MOST_NAMED ? "the first are " : "";
  const stand = leaked.length === 1 ? "stands" : "stand";
  const text = `${whole(leaked.length)} of ${counted(asked, "test case")} ${stand} among the training examples, word for word or nearly (${first}${names}): what was tuned on them has seen their answers.`;
  return [{ code: "leaked-test", text }];
}

/** What keeps a suite from ever having a verdict, whatever its cases say. */
export function neverDecided(suite: Suite): Reason[] {
  return [...noRequirement(suite), ...uncalibratedJudges(suite, undefined)];
}

function noRequirement(suite: Suite): Reason[] {
  if (statesRequirement(suite)) return [];
  const text = "The suite states no requirement, so nobody can tell whether prompting is enough.";
  return [{ code: "no-requirement", text }];
}
