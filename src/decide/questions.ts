/**
 * The four closing questions, each with its numbers: how complex is the task, how stable must it be, what does the volume cost, is there enough
 * good data. What is not stated or not measured is said in words, with how to state it.
 */
import { zeroFailureN } from "../stats/proportion.ts";
import { isWaived } from "../suite/ladder.ts";
import { DEFAULT_FEWEST_EXAMPLES, FEWEST_AGREEMENT, GOOD_AGREEMENT } from "../suite/training.ts";
import { alphaOf } from "./checks.ts";
import type { Fact, Question, RequirementResult, TargetMeasure } from "./decision.ts";
import { hardestTag } from "./hardest-tag.ts";
import { counted, figureBeside, percentAsWritten, requiredFigure, whole, withConfidence } from "./in-words.ts";
import type { Instruments } from "./instruments/contract.ts";
import type { Observations } from "./observations.ts";

/** What is known before the questions are asked. */
export interface Known {
  readonly observations: Observations;
  readonly bestPrompt?: { readonly target: string; readonly position: number } | undefined;
  readonly tuned?: string | undefined;
  readonly measures: readonly TargetMeasure[];
  readonly requirements: readonly { readonly target: string; readonly results: readonly RequirementResult[] }[];
  readonly instruments?: Instruments | undefined;
}

/** Answers that other parts of the decision give; each stands in the place of the words on how to state what it needs. */
export interface Parts {
  /** Of what day the prices are. */
  readonly prices?: readonly Fact[];
  /** Break-even and monthly cost. */
  readonly money?: readonly Fact[];
  /** The learning curve. */
  readonly curve?: readonly Fact[];
  /** What the checks of the training data found. */
  readonly data?: readonly Fact[];
}

export function answerQuestions(known: Known, parts: Parts = {}): readonly Question[] {
  return [
    { key: "complexity", question: "How complex and specialised is the task?", facts: complexity(known) },
    { key: "stability", question: "How stable must it be?", facts: stability(known) },
    { key: "volume", question: "What will the volume cost?", facts: volume(known, parts) },
    { key: "data", question: "Is there enough good data?", facts: data(known, parts) },
  ];
}

function complexity(known: Known): Fact[] {
  const { observations, bestPrompt, instruments } = known;
  const qualities = resultsOf(known, ["quality"]);
  const asked = qualities.length > 0 ? qualities : resultsOf(known, ["need"]);
  const facts = asked.map((result) => heldAgainst(result, bestPrompt?.target ?? ""));
  if (bestPrompt !== undefined) facts.push(hardestTag(observations, bestPrompt.position, bestPrompt.target));
  const lift = instruments?.changes.find(({ key }) => key === "oracle-context");
  if (lift !== undefined) {
    facts.push({ key: "oracle-lift", label: `gain from the right passage ("${lift.target}")`, change: lift.change });
  }
  const agreement = observations.suite.training?.agreement;
  const text =
    agreement === undefined
      ? "not stated: `training: { agreement }`, Krippendorff's alpha of people who label the same cases"
      : isWaived(agreement)
        ? `waived: ${agreement.waived}`
        : `alpha ${agreement} between people, as the suite states it, so without interval`;
  return [...facts, { key: "ceiling", label: "ceiling", text }];
}

function stability(known: Known): Fact[] {
  const { observations, bestPrompt, tuned } = known;
  const { suite, trials } = observations;
  const asked = suite.requirement.stability;
  const facts = resultsOf(known, ["stability"]).map((result) => heldAgainst(result, bestPrompt?.target ?? ""));
  if (asked === undefined) {
    const text = "not stated: `requirement: { stability: { allOf: 3, atLeast: 0.9 } }`";
    facts.push({ key: "stability-needed", label: "needed", text });
    const own = measureOf(known, bestPrompt?.target)?.passHat.at(-1);
    if (own !== undefined && trials > 1) {
      facts.push({ key: "all-of-k", label: `${trials} of ${trials} right, "${bestPrompt?.target}"`, figure: own });
    }
  } else {
    const rule = zeroFailureN(asked.atLeast, alphaOf(suite));
    const sure = percentAsWritten(1 - alphaOf(suite));
    if (rule.defined) {
      const text = `${counted(rule.value.n, "case")} without one failure, at ${sure} confidence; there are ${whole(observations.slots("test").length)} test cases`;
      facts.push({ key: "zero-failure-n", label: `to show ${percentAsWritten(asked.atLeast)}`, text });
    }
  }
  if (trials < 2) {
    facts.push({
      key: "one-trial",
      label: "repeats",
      text: "1 trial a case shows no instability: `trials: 3` or more",
    });
  }
  const own = tuned === undefined ? undefined : measureOf(known, tuned)?.passHat[(asked?.allOf ?? trials) - 1];
  if (own !== undefined && trials > 1) {
    const k = asked?.allOf ?? trials;
    facts.push({ key: "all-of-k-tuned", label: `${k} of ${k} right, "${tuned}"`, figure: own });
  }
  return facts;
}

function volume(known: Known, { money, prices }: Parts): Fact[] {
  const { observations, bestPrompt, tuned } = known;
  const costs = [bestPrompt?.target, tuned].flatMap((target): Fact[] => {
    const measure = measureOf(known, target);
    if (measure === undefined) return [];
    return [{ key: "usd-per-1k", label: `cost per 1,000, "${target}"`, figure: measure.usdPer1k }];
  });
  costs.push(...(prices ?? []));

  const { economics } = observations.suite;
  if (economics === undefined) {
    if (money !== undefined) return [...costs, ...money];
    const text = "not stated: `economics: { volume: { perMonth: 1_000_000 } }` tells break-even and monthly cost";
    return [...costs, { key: "volume", label: "volume", text }];
  }
  const { perMonth } = economics.volume;
  const monthly = costs.flatMap(({ label, figure }): Fact[] => {
    if (figure?.available !== true) return [];
    const scale = perMonth / 1000;
    const { interval } = figure;
    const scaled = {
      ...figure,
      value: figure.value * scale,
      unit: "usd" as const,
      ...(interval === undefined
        ? {}
        : { interval: { ...interval, lower: interval.lower * scale, upper: interval.upper * scale } }),
    };
    return [
      {
        key: "usd-per-month",
        label: `${whole(perMonth)} requests a month, ${label.split(", ").slice(-1)[0]}`,
        figure: scaled,
      },
    ];
  });
  return [...costs, ...monthly, ...(money ?? [])];
}

function data(known: Known, { curve, data: checked }: Parts): Fact[] {
  const { training, targets } = known.observations.suite;
  const facts: Fact[] = [...(checked ?? statedExamples(known))];
  const { agreement } = training ?? {};
  if (isWaived(agreement)) {
    facts.push({ key: "agreement", label: "labels agree", text: `waived: ${agreement.waived}` });
  } else if (agreement !== undefined) {
    const rank =
      agreement >= GOOD_AGREEMENT
        ? "good"
        : agreement >= FEWEST_AGREEMENT
          ? "tolerable"
          : "too low: the labels would teach noise";
    const text = `alpha ${agreement}, as stated: ${rank} (${FEWEST_AGREEMENT} at least, ${GOOD_AGREEMENT} is good)`;
    facts.push({ key: "agreement", label: "labels agree", text });
  }
  if (curve !== undefined) return [...facts, ...curve];
  const sizes = targets
    .flatMap(({ name, tuning }) => {
      const examples = tuning?.trainingExamples;
      const measure = measureOf(known, name);
      return examples === undefined || measure === undefined ? [] : [{ examples, name, figure: measure.strict }];
    })
    .sort((a, b) => a.examples - b.examples);
  for (const { examples, name, figure } of sizes) {
    facts.push({ key: `examples:${examples}`, label: `right after ${whole(examples)} examples, "${name}"`, figure });
  }
  if (sizes.length < 2) {
    const text = "not measured: two or more tuned targets with `trainingExamples` show what more examples bring";
    facts.push({ key: "curve", label: "learning curve", text });
  }
  return facts;
}

function statedExamples({ observations }: Known): Fact[] {
  const { training } = observations.suite;
  const least = training?.atLeast ?? DEFAULT_FEWEST_EXAMPLES;
  const label = "examples";
  if (training?.examples !== undefined) {
    const enough = training.examples >= least ? "enough to try" : "too few to try";
    const text = `${whole(training.examples)}, as stated; ${whole(least)} are needed at least: ${enough}`;
    return [{ key: "examples", label, text }];
  }
  const text =
    training?.data === undefined
      ? "not stated: `training: { data: jsonl(…) }`, or `examples` for their number"
      : "stated as a file, and not counted here";
  return [{ key: "examples", label, text }];
}

/** What a requirement measured, with what is needed and the bound that decides. */
function heldAgainst(
  { key, label, direction, threshold, unit, estimate, bounds, state }: RequirementResult,
  target: string,
): Fact {
  const needed = `${requiredFigure(threshold, unit)} ${direction === "at-least" ? "needed" : "allowed"}`;
  const upper = (state === "NOT_MET") === (direction === "at-least");
  const bound = upper ? bounds?.upper : bounds?.lower;
  const confidence = state === "NOT_MET" ? (bounds?.notMetConfidence ?? bounds?.confidence) : bounds?.confidence;
  const end = upper ? "at most" : "at least";
  const seen = estimate.available ? [estimate.value] : [];
  const shown =
    bound === undefined || confidence === undefined
      ? ""
      : `; ${end} ${figureBeside(bound, threshold, unit, seen)} ${withConfidence(confidence)}`;
  const words = state.replaceAll("_", " ");
  return { key, label: `${label}, "${target}"`, figure: estimate, text: `${needed}: ${words}${shown}` };
}

function resultsOf(
  { requirements, bestPrompt }: Known,
  keys: readonly RequirementResult["key"][],
): RequirementResult[] {
  const own = requirements.find(({ target }) => target === bestPrompt?.target)?.results ?? [];
  return own.filter(({ key }) => keys.includes(key));
}

function measureOf({ measures }: Known, target: string | undefined): TargetMeasure | undefined {
  return measures.find((measure) => measure.target === target && measure.split === "test");
}
