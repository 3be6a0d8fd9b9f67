/** What a reader should know although it changes no verdict, and what no other figure of the decision tells. */
import { FEWEST_CLUSTERS } from "./assess.ts";
import type { Chosen } from "./choose.ts";
import type { TargetMeasure } from "./decision.ts";
import { counted, listed, percent, whole } from "./in-words.ts";
import { targetAt } from "./measure.ts";
import type { Observations } from "./observations.ts";
import type { Choices } from "./validity.ts";

/** A dev split smaller than this chooses by luck. */
const FEW_DEV_CASES = 20;
/** Bounds by clusters err up to twice as often as they say below this many. */
const TRUSTED_CLUSTERS = 20;
/** Share of answers cut by the token limit from which it is worth a word. */
const MANY_CUT = 0.02;

const TUNED = "tuned model";

export function warningsOf(observations: Observations, choices: Choices, measures: readonly TargetMeasure[]): string[] {
  return [
    ...choiceWarnings(observations, choices.prompt, "prompt"),
    ...choiceWarnings(observations, choices.tuned, TUNED),
    ...repeatedInputs(observations),
    ...clusters(observations),
    ...measures.filter(({ split }) => split === "test").flatMap(cut),
    ...measures.filter(({ split }) => split === "test").flatMap(otherModel),
    ...tuningData(observations, choices),
  ];
}

function choiceWarnings(observations: Observations, choice: Chosen | undefined, what: string): string[] {
  const dev = observations.slots("dev").length;
  if (choice?.how === "first" && what === TUNED) {
    return [
      `There are no dev answers to choose between the tuned models by: the verdict is about the first, "${choice.target}".`,
    ];
  }
  if (choice?.how !== "dev" || dev >= FEW_DEV_CASES) return [];
  return [
    `The ${what} was chosen on ${counted(dev, "dev case")} only: the choice is mostly luck, the figures on test are not.`,
  ];
}

/** Cases that ask the same are one cluster: they are no more evidence than one of them. */
function repeatedInputs({ cases, slots }: Observations): string[] {
  const test = slots("test");
  const repeated = test.filter((slot) => cases.repeats.has(slot));
  const [first] = repeated;
  if (first === undefined) return [];
  const example = `"${cases.idAt(first)}" that of "${cases.repeats.get(first) ?? ""}"`;
  const are = repeated.length === 1 ? "repeats" : "repeat";
  return [
    `${whole(repeated.length)} of ${counted(test.length, "test case")} ${are} the input of another (${example}), letter case and white space aside: cases that ask the same count as one cluster, and the intervals are as wide as that asks.`,
  ];
}

function clusters(observations: Observations): string[] {
  const test = observations.slots("test");
  const count = observations.clusterCount(test);
  if (count === test.length || count < FEWEST_CLUSTERS || count >= TRUSTED_CLUSTERS) return [];
  return [
    `The test cases come from ${count} clusters: bounds are trusted from ${TRUSTED_CLUSTERS} on, below that they may be somewhat too narrow.`,
  ];
}

function cut({ target, counts }: TargetMeasure): string[] {
  const share = counts.planned === 0 ? 0 : counts.cut / counts.planned;
  if (share <= MANY_CUT) return [];
  return [
    `"${target}": ${percent(share)} of the answers fail because the token limit cut them; raise maxTokens (and contextTokens, where a local model has it) before you judge the model.`,
  ];
}

function otherModel({ target, modelId, returnedModelIds }: TargetMeasure): string[] {
  if (returnedModelIds.length === 0) return [];
  const names = listed(returnedModelIds.map((id) => `"${id}"`));
  return [
    returnedModelIds.length === 1
      ? `"${target}" asked for "${modelId}" and was answered by ${names}.`
      : `"${target}" asked for "${modelId}" and was answered by several models: ${names}.`,
  ];
}

/** Not shown as a fact when nobody said it. */
function tuningData(observations: Observations, { tuned }: Choices): string[] {
  if (tuned === undefined) return [];
  const { tuning } = targetAt(observations, tuned.position);
  if (tuning?.retiresOn === undefined || !Number.isNaN(Date.parse(tuning.retiresOn))) return [];
  return [`"${tuned.target}": retiresOn "${tuning.retiresOn}" is not a day; it is taken to end soon.`];
}
