/** What a suite file calls to declare its targets. Nothing is checked here but types: `defineSuite` tells all mistakes of a suite at once. */
import type { Message, Model, Parameters } from "./model.ts";
import type { Prompt, Shots, TextFile } from "./prompt.ts";
import type { Arm, Target } from "./target.ts";
import type { NamesIn } from "./template-types.ts";

/** Shots with their templates known to the compiler. */
export interface ShotOptions {
  /**
   * Examples, each with `input` and `expected`: a `jsonl` or `csv` file, or a list. Which ones a case gets depends on the case's id and the
   * examples' content alone; k shots are the first k of k+1. An example whose input equals the case's is never shown.
   */
  readonly from: Shots["from"];
  /** How many, 1 or more. */
  readonly count: number;
  /** Template of an example's question; default: the prompt's own `user`. */
  readonly user?: string;
  /**
   * Template of an example's answer, with the input's fields and `{{expected}}` (`{{expected.field}}` for a part of it); default `{{expected}}`.
   * What is no text is shown as compact JSON; where the model was trained to write it otherwise, keep the reply as a text and show that.
   */
  readonly assistant?: string;
}

/**
 * A prompt as its author writes it. Templates hold `{{name}}` for a field of the case's input (`{{input}}` when the input is a text) and
 * `{{name.inner}}` for a field inside of it; `\{{` is two braces. Every field must be shown or listed in `ignore`.
 */
export interface PromptOptions<
  System extends string,
  User extends string,
  Variable extends string,
  Ignored extends string,
> {
  /** Template of the system message, or `file(path)`. */
  readonly system?: System | TextFile;
  /** Template of the user message, or `file(path)`. */
  readonly user: User | TextFile;
  /** Worked examples put before the question. */
  readonly shots?: ShotOptions;
  /** Values for every case, beside the fields of the input. */
  readonly variables?: Readonly<Record<Variable, string>>;
  /** Fields of the input that this prompt leaves out on purpose. */
  readonly ignore?: readonly Ignored[];
}

/** A prompt as code: from a case (never with what is expected of it) to messages. Called once a trial; must be pure. */
export type PromptMaker<Input> = (given: { readonly id: string; readonly input: Input }) => readonly Message[];

export interface TargetOptions<
  System extends string = string,
  User extends string = string,
  Variable extends string = string,
  Ignored extends string = string,
  Input = never,
> {
  /** Who answers: `openai(…)`, `anthropic(…)`, `recorded(…)`, `fake(…)`. */
  readonly model: Model;
  /** Templates, or a function from a case to messages. */
  readonly prompt: PromptOptions<System, User, Variable, Ignored> | PromptMaker<Input>;
  /** Decoding parameters; they overrule the model's own. */
  readonly parameters?: Parameters;
}

export interface PromptOnlyOptions<
  System extends string = string,
  User extends string = string,
  Variable extends string = string,
  Ignored extends string = string,
  Input = never,
> extends TargetOptions<System, User, Variable, Ignored, Input> {
  /** What the target tells beside competing: `oracle-context`, `constrained-output` or `short-prompt`. */
  readonly arm?: Arm;
}

export interface FineTunedOptions<
  System extends string = string,
  User extends string = string,
  Variable extends string = string,
  Ignored extends string = string,
  Input = never,
> extends TargetOptions<System, User, Variable, Ignored, Input> {
  /** The model before tuning. */
  readonly tunedFrom: Model;
  /** How many examples it was tuned on. */
  readonly trainingExamples?: number;
  /** What the tuning cost, US dollars. */
  readonly trainingCostUsd?: number;
  /** ISO day (`2027-06-30`) on which the provider shuts it down. */
  readonly retiresOn?: string;
  /** Name shared by targets that differ in the seed of their training alone. */
  readonly recipe?: string;
}

/** Names that a prompt needs of a case's input. The prompt alone says so: the list of targets that it stands in must not. */
type Needs<System extends string, User extends string, Variable extends string, Ignored extends string> =
  | Exclude<NamesIn<System> | NamesIn<User>, Variable>
  | NoInfer<Ignored>;

/**
 * A target that is prompted only: what you can have without tuning. A suite needs at least one; with two or more, the best is chosen on
 * `dev` cases and judged on `test` cases.
 *
 * @param name unique in the suite; reports show it.
 * @example
 * promptOnly("plain", { model: openai("gpt-5.4-mini"), prompt: { system: "Reply to the customer.", user: "{{message}}" } })
 */
export function promptOnly<
  System extends string = never,
  User extends string = never,
  Variable extends string = never,
  Ignored extends string = never,
  Input = unknown,
>(
  name: string,
  options: PromptOnlyOptions<System, User, Variable, Ignored, Input>,
): Target<Needs<System, User, Variable, Ignored>, Input> {
  const { model, prompt, parameters = {}, ...others } = options;
  return { ...others, name, role: "prompt-only", model, prompt: asPrompt(prompt), parameters };
}

/**
 * A target whose model was tuned: what the prompt-only targets are held against.
 *
 * @param name unique in the suite; reports show it.
 * @example
 * fineTuned("tuned", { model: openai("ft:gpt-5.4-mini:acme::8x2"), prompt: { user: "{{message}}" },
 *                      tunedFrom: openai("gpt-5.4-mini"), trainingExamples: 300, trainingCostUsd: 9, retiresOn: "2027-06-30" })
 */
export function fineTuned<
  System extends string = never,
  User extends string = never,
  Variable extends string = never,
  Ignored extends string = never,
  Input = unknown,
>(
  name: string,
  options: FineTunedOptions<System, User, Variable, Ignored, Input>,
): Target<Needs<System, User, Variable, Ignored>, Input> {
  const {
    model,
    prompt,
    parameters = {},
    tunedFrom,
    trainingExamples,
    trainingCostUsd,
    retiresOn,
    recipe,
    ...unknown
  } = options;
  const tuning = {
    tunedFrom,
    ...(trainingExamples === undefined ? {} : { trainingExamples }),
    ...(trainingCostUsd === undefined ? {} : { trainingCostUsd }),
    ...(retiresOn === undefined ? {} : { retiresOn }),
    ...(recipe === undefined ? {} : { recipe }),
  };
  return { ...unknown, name, role: "fine-tuned", model, prompt: asPrompt(prompt), parameters, tuning };
}

/** The types of names and inputs have done their work: `defineSuite` held them against the cases. */
function asPrompt(prompt: unknown): Prompt {
  return prompt as Prompt;
}
