/** From the name of a function in a vector file to a call of ours: the one place where the two vocabularies meet. */
import { CLUSTER_FUNCTIONS } from "./functions-clusters.ts";
import { JUDGE_FUNCTIONS } from "./functions-judges.ts";
import { PAIRED_FUNCTIONS } from "./functions-paired.ts";
import { PLANNING_FUNCTIONS } from "./functions-planning.ts";
import { PRIMITIVE_FUNCTIONS } from "./functions-primitives.ts";
import { PROPORTION_FUNCTIONS } from "./functions-proportion.ts";
import { REPEAT_FUNCTIONS } from "./functions-repeats.ts";
import { SEQUENTIAL_FUNCTIONS } from "./functions-sequential.ts";
import type { Input } from "./input.ts";

/** Calls our function on an input and names its results as the vectors do; undefined stays a Maybe. */
export type VectorFunction = (input: Input) => unknown;

export const FUNCTIONS: ReadonlyMap<string, VectorFunction> = new Map(
  Object.entries<VectorFunction>({
    ...PRIMITIVE_FUNCTIONS,
    ...PROPORTION_FUNCTIONS,
    ...PAIRED_FUNCTIONS,
    ...CLUSTER_FUNCTIONS,
    ...REPEAT_FUNCTIONS,
    ...PLANNING_FUNCTIONS,
    ...JUDGE_FUNCTIONS,
    ...SEQUENTIAL_FUNCTIONS,
  }),
);
