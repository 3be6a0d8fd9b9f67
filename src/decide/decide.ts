/** From the observations of a suite to its decision: plain data, the same for the same data, whatever their order. */
import type { Target } from "../suite/target.ts";
import type { TrainingAudit } from "../suite/training.ts";
import { type Canaries, type Compared, decidingJudges } from "./agreement.ts";
import { ceilingOf } from "./ceiling.ts";
import { alphaOf } from "./checks.ts";
import { type Chosen, chooseTarget } from "./choose.ts";
import type { Decision, Gap, PromptChoice, TargetMeasure } from "./decision.ts";
import { isSameBase, measureGap } from "./gap.ts";
import { gapSlices } from "./gap-slices.ts";
import { readInstruments } from "./instruments/read.ts";
import { familyWarnings } from "./judge-families.ts";
import { judgesOf } from "./judges.ts";
import { learningCurveOf } from "./learning-curve.ts";
import { looksOf, lookWarnings, suiteAtLook } from "./looks.ts";
import { measureTarget, targetAt } from "./measure.ts";
import { moneyOf } from "./money.ts";
import { standingOfMoney } from "./money-standing.ts";
import { moneyWarnings } from "./money-words.ts";
import type { Observations } from "./observations.ts";
import { pricesFact, stalePricesOf, stalePricesTold } from "./price-dates.ts";
import { lastPlateau } from "./pushed.ts";
import { partsOf } from "./question-parts.ts";
import { answerQuestions } from "./questions.ts";
import { recipesOf } from "./recipe.ts";
import { judgeRequirements } from "./requirements.ts";
import { sequentialNotes, sequentialOf } from "./sequential.ts";
import { sideOf } from "./side.ts";
import type { SweepEvidence } from "./sweep-contract.ts";
import type { Choices } from "./validity.ts";
import { judgeSuite } from "./verdict.ts";
import { warningsOf } from "./warnings.ts";

export interface DecideOptions {
  /** For targets that are shut down on a stated day. */
  readonly today: Date;
  /** What reading the training examples found; absent where the suite names none. */
  readonly audit?: TrainingAudit;
  /** The look at the test cases that each target took part in, by name, from 1; absent: nobody counted. */
  readonly looks?: ReadonlyMap<string, number>;
  /** What judges made of texts that try to steer them, by grader; absent: nobody tried. */
  readonly canaries?: Canaries;
  /** What judges said of answers that people labelled, by grader; absent: nobody asked. */
  readonly compared?: Compared;
  /** What a finished sweep of the suite's prompts found; absent where there is none. */
  readonly sweep?: SweepEvidence;
}

/**
 * Decides a suite. Uses no clock and no randomness of its own.
 * @param told all trials of the suite, told in any order
 */
export function decide(
  told: Observations,
  { today, audit, looks: numbers, sweep, canaries, compared }: DecideOptions,
): Decision {
  const { suite } = told;
  const prompts = positionsOf(suite.targets, "prompt-only").filter((at) => suite.targets[at]?.arm !== "oracle-context");
  const tunes = positionsOf(suite.targets, "fine-tuned");
  const choices: Choices = { prompt: chosenOf(told, prompts), tuned: chosenOf(told, tunes) };
  const looks = numbers === undefined ? undefined : looksOf(suite, choices, numbers);
  // All that is decided from here on is decided at the level of the look.
  const observations = looks === undefined ? told : { ...told, suite: suiteAtLook(suite, looks) };
  const measures = measuresOf(observations);
  const gaps = gapsOf(observations, choices, prompts, tunes);
  const arms = { prompt: choices.prompt?.target, tuned: choices.tuned?.target };
  const money = moneyOf(suite, arms, measures, gaps);
  const curve = learningCurveOf(observations, choices.tuned?.position);
  const ceiling = choices.prompt === undefined ? undefined : ceilingOf(observations, choices.prompt);
  const plateau = choices.prompt === undefined ? undefined : lastPlateau(observations, choices.prompt, sweep);
  const recipes =
    choices.prompt === undefined
      ? []
      : recipesOf(
          sideOf(observations, choices.prompt.position),
          tunes.map((at) => sideOf(observations, at)),
        );
  const { verdict, found, procedure } = judgeSuite(observations, choices, measures, {
    today,
    money: standingOfMoney(money),
    recipes,
    ...(audit === undefined ? {} : { audit }),
    ...(looks === undefined ? {} : { looks }),
    ...(sweep === undefined ? {} : { sweep }),
    ...(compared === undefined ? {} : { compared }),
    ...(canaries === undefined ? {} : { canaries }),
  });
  const { prompt, tuned } = choices;
  const instruments = readInstruments(observations, { prompt: prompt?.position, tuned: tuned?.position });
  const requirements = requirementsOf(observations, choices, tunes, found);
  const stalePrices = stalePricesOf(suite, today);
  const known = {
    observations,
    bestPrompt: prompt,
    tuned: tuned?.target,
    measures,
    requirements,
    instruments,
  };
  const dev = observations.slots("dev");
  const test = observations.slots("test");
  const slices =
    prompt === undefined || tuned === undefined
      ? []
      : gapSlices(sideOf(observations, prompt.position), sideOf(observations, tuned.position), alphaOf(suite));
  const judges = judgesOf(observations, { canaries, compared });
  const sequential = sequentialOf(observations, verdict);
  const repeated = test.filter((slot) => observations.cases.repeats.has(slot)).length;
  return {
    suite: suite.name,
    scenario: suite.scenario,
    ...(suite.description === undefined ? {} : { description: suite.description }),
    example: suite.example,
    trials: observations.trials,
    cases: {
      total: dev.length + test.length,
      dev: dev.length,
      test: test.length,
      clusters: observations.clusterCount(test),
      ...(repeated === 0 ? {} : { repeated }),
    },
    ...(sequential === undefined ? {} : { sequential }),
    verdict,
    procedure,
    ...(choices.prompt === undefined ? {} : { bestPrompt: toldChoice(choices.prompt) }),
    ...(choices.tuned === undefined ? {} : { tuned: choices.tuned.target }),
    requirements,
    gaps,
    ...(slices.length === 0 ? {} : { slices }),
    ...(money === undefined ? {} : { money }),
    ...(stalePrices === undefined ? {} : { stalePrices }),
    ...(curve === undefined ? {} : { curve }),
    ...(ceiling === undefined ? {} : { ceiling }),
    ...(plateau === undefined ? {} : { plateau }),
    ...(looks === undefined ? {} : { looks }),
    ...(found?.regression === undefined ? {} : { regression: { available: true as const, ...found.regression.shown } }),
    ...(recipes.length === 0 ? {} : { recipes }),
    measures,
    ...(judges === undefined ? {} : { judges }),
    warnings: [
      ...(sequential === undefined ? [] : sequentialNotes(sequential)),
      ...(looks === undefined ? [] : lookWarnings(looks)),
      ...warningsOf(observations, choices, measures),
      ...familyWarnings(suite),
      ...decidingJudges(suite, compared),
      ...stalePricesTold(stalePrices),
      ...moneyWarnings(suite.economics, today),
      ...[...(audit?.errors ?? []), ...(audit?.warnings ?? [])].map((told) => `Of the training examples, ${told}.`),
    ],
    instruments,
    questions: answerQuestions(known, {
      ...partsOf(money, curve, audit),
      prices: pricesFact(suite, [prompt?.target, tuned?.target], stalePrices),
    }),
  };
}

function positionsOf(targets: readonly Target[], role: Target["role"]): number[] {
  return targets.flatMap((target, position) => (target.role === role ? [position] : []));
}

function chosenOf(observations: Observations, positions: readonly number[]): Chosen | undefined {
  return positions.length === 0 ? undefined : chooseTarget(observations, positions);
}

function toldChoice({ target, candidates, how, optimism }: Chosen): PromptChoice {
  return { target, candidates, how, ...(optimism === undefined ? {} : { optimism }) };
}

/** Every target on test; on dev too, where there are dev cases. */
function measuresOf(observations: Observations): TargetMeasure[] {
  const splits = (["dev", "test"] as const).filter((split) => split === "test" || observations.slots("dev").length > 0);
  return observations.suite.targets.flatMap((_, position) =>
    splits.map((split) => measureTarget(observations, position, split)),
  );
}

function requirementsOf(
  observations: Observations,
  { prompt, tuned }: Choices,
  tunes: readonly number[],
  found: ReturnType<typeof judgeSuite>["found"],
): Decision["requirements"] {
  const results = (position: number) => {
    if (position === prompt?.position && found !== undefined) return found.prompt;
    if (position === tuned?.position && found?.tuned !== undefined) return found.tuned.results;
    return judgeRequirements(sideOf(observations, position));
  };
  return [...(prompt === undefined ? [] : [prompt.position]), ...tunes].map((position) => {
    const { name, role } = targetAt(observations, position);
    return { target: name, role, results: results(position) };
  });
}

/**
 * Each tuned target against the best prompt; and, to be shown, not to decide: where that runs on another model, against the best prompt on the
 * model that the tuned one was made from; and the chosen one against its own short prompt on that model.
 */
function gapsOf(
  observations: Observations,
  { prompt, tuned: chosen }: Choices,
  prompts: readonly number[],
  tunes: readonly number[],
): Gap[] {
  if (prompt === undefined) return [];
  const alpha = alphaOf(observations.suite);
  const side = (position: number) => sideOf(observations, position);
  const gap = (base: number, tuned: number) => measureGap(side(base), side(tuned), alpha).gap;
  return tunes.flatMap((tuned) => {
    const main = gap(prompt.position, tuned);
    const same = prompts.filter((position) => isSameBase(side(position), side(tuned)));
    const own = main.sameBase || same.length === 0 ? [] : [chooseTarget(observations, same).position];
    // The tuned model's own prompt on its base tells what tuning did from what shortening did.
    const short =
      tuned === chosen?.position ? same.filter((at) => observations.suite.targets[at]?.arm === "short-prompt") : [];
    const others = [...new Set([...own, ...short])].filter((at) => at !== prompt.position);
    return [main, ...others.map((at) => gap(at, tuned))];
  });
}
