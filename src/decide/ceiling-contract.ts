/** What the decision says of the prompts that were tried: how much one more would bring. Plain data, valid JSON. */
import type { MaybeDifference, MaybeEstimate } from "./decision.ts";

/** Had only k of the prompts been tried, the best of them on dev would be expected to have: */
export interface CeilingPoint {
  readonly k: number;
  /** On the dev cases that it is chosen on: the expected maximum, which never falls with k and flatters itself. */
  readonly dev: MaybeEstimate;
  /** On the test cases, which chose nothing: may fall with k where dev cases choose by luck. */
  readonly test: MaybeEstimate;
}

/** Whether trying on still gains: the prompt declared last against the best before it, paired on dev. */
export interface Plateau {
  readonly last: string;
  readonly before: string;
  readonly gain: number;
  /** One-sided upper bound of the gain at `confidence`. */
  readonly upper: number;
  readonly confidence: number;
  /** Cases paired. */
  readonly n: number;
  /** The gain below which trying on is taken to be idle, in shares. */
  readonly limit: number;
  /** `last` is the best of so many prompts of a sweep, not the prompt declared last. */
  readonly ofSwept?: number;
  /** `upper` lies below `limit`. */
  readonly reached: boolean;
}

/** The prompt-only targets on one model, and what the number of them was worth. */
export interface PromptCeiling {
  readonly modelId: string;
  readonly prompts: readonly string[];
  /** For k = 1 to the number of prompts. */
  readonly points: readonly CeilingPoint[];
  /** What the last of the prompts added, drawn in any order: best of all minus expected best of all but one, on test, paired by case. */
  readonly lastAdds: MaybeDifference;
}
