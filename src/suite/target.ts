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
  /** Targets tuned alike but for the seed share a name: three or more of them speak for the recipe, not for one checkpoint. */
  readonly recipe?: string;
}

/**
 * What a prompt-only target is there for beside competing. `oracle-context` is given the right passage each time, which no product has: it never
 * competes, and tells whether retrieval would do. `constrained-output` cannot leave the demanded form. `short-prompt` is the tuned target's own
 * prompt on the base, which tells tuning from shortening. The last two compete like any other.
 */
export type Arm = "oracle-context" | "constrained-output" | "short-prompt";

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
  /** Of prompt-only targets. */
  readonly arm?: Arm;
  /** Never set: carries the names of the variables to the compiler. */
  readonly variables?: Variables;
  /** Never set: carries the input's type to the compiler. */
  readonly takes?: (input: Input) => void;
}
