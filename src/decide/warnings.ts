/** What a reader of the figures should know although it changes no verdict. */
import { hasForms } from "./checks.ts";
import type { Chosen } from "./choose.ts";
import type { TargetMeasure } from "./decision.ts";
import { counted, listed, percent } from "./in-words.ts";
import { targetAt } from "./measure.ts";
import type { Observations } from "./observations.ts";
import { type Choices, deciding } from "./validity.ts";

/** A dev split smaller than this chooses by luck. */
const FEW_DEV_CASES = 20;
/** Share of answers cut by the token limit from which it is worth a word. */
const MANY_CUT = 0.02;

const TUNED = "tuned model";

export function warningsOf(observations: Observations, choices: Choices, measures: readonly TargetMeasure[]): string[] {
  const rests = deciding(choices);
  const decisive = measures.filter((each) =>
    rests.some(({ target, split }) => target === each.target && split === each.split),
  );
  return [
    ...choiceWarnings(observations, choices.prompt, "prompt"),
    ...choiceWarnings(observations, choices.tuned, TUNED),
    ...forms(observations),
    ...decisive.flatMap(missing),
    ...measures.filter(({ split }) => split === "test").flatMap(cut),
    ...measures.filter(({ split }) => split === "test").flatMap(otherModel),
    ...tuningData(observations, choices),
  ];
}

function choiceWarnings(observations: Observations, choice: Chosen | undefined, what: string): string[] {
  const dev = observations.slots("dev").length;
  if (choice?.how === "first" && what === TUNED) {
    return [
      `There are no dev cases to choose between the tuned models by: the verdict is about the first, "${choice.target}".`,
    ];
  }
  if (choice?.how !== "dev" || dev >= FEW_DEV_CASES) return [];
  return [
    `The ${what} was chosen on ${counted(dev, "dev case")} only: the choice is mostly luck, the figures on test are not.`,
  ];
}

function forms({ suite }: Observations): string[] {
  if (hasForms(suite) || !suite.targets.some(({ role }) => role === "fine-tuned")) return [];
  return [
    "No required grader tells the strict form from the lenient one, so the gap cannot be split into format and ability.",
  ];
}

function missing({ target, split, counts, missingReasons }: TargetMeasure): string[] {
  if (counts.missing === 0) return [];
  const why = missingReasons.slice(0, 3).map((each) => `${each.why}: ${each.trials}`);
  return [
    `"${target}", ${split}: ${counted(counts.missing, "answer")} of ${counts.planned} missing (${why.join("; ")}).`,
  ];
}

function cut({ target, counts }: TargetMeasure): string[] {
  const share = counts.planned === 0 ? 0 : counts.cut / counts.planned;
  if (share <= MANY_CUT) return [];
  return [
    `"${target}": ${percent(share)} of the answers fail because the token limit cut them; raise maxTokens before you judge the model.`,
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
