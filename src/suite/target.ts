/** A target: a model with a prompt and a role. */
import type { Model, Parameters } from "./model.ts";
import type { Prompt } from "./prompt.ts";

/** How a target was tuned; what is not known stays absent. */
export interface Tuning {
  readonly tunedFrom: Model;
  readonly trainingExamples?: number;
  readonly trainingCostUsd?: number;
  /** ISO day on which the provider shuts it down. */
  readonly retiresOn?: string;
}

/**
 * `Variables` are the names the prompt takes from a case's input, `Input` is what a prompt function takes: both are checked against the
 * cases by the compiler.
 */
export interface Target<out Variables extends string = string, in Input = never> {
  readonly name: string;
  readonly role: "prompt-only" | "fine-tuned";
  readonly model: Model;
  readonly prompt: Prompt;
  /** Overrule the model's own. */
  readonly parameters: Parameters;
  /** Present exactly when `role` is `fine-tuned`. */
  readonly tuning?: Tuning;
  /** Never set: carries the names of the variables to the compiler. */
  readonly variables?: Variables;
  /** Never set: carries the input's type to the compiler. */
  readonly takes?: (input: Input) => void;
}
