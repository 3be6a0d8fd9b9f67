/** What there is to tune with: examples, how far people agree on them, and a place that trains and serves. */
import type { Cases } from "./cases.ts";
import type { Waived } from "./ladder.ts";

export interface Venue {
  /** Who trains and serves, for reports. */
  readonly name: string;
  /** Whether new tuning jobs are taken from you. */
  readonly trains: boolean;
  /** ISO day on which the model that would be tuned is shut down, or `no-end` for weights of your own; absent: nobody said, so it stays open. It must lie past the horizon (`economics.horizonMonths`, default 12), or past the next refresh. */
  readonly servedUntil?: string;
  /** Whether your data may go there and be trained on; absent: nobody said, so it stays open. */
  readonly dataAllowed?: boolean;
}

export interface Training {
  /** The examples: read and held against the cases for duplicates, conflicts and leakage. */
  readonly data?: Cases<unknown, unknown>;
  /** How many there are, where `data` is not given; or how many of `data` are clean by a check of your own. */
  readonly examples?: number;
  /** Fewest that make an attempt worth while at the venue; default 50. */
  readonly atLeast?: number;
  /** Krippendorff's alpha of people who labelled the same examples, in [-1, 1]; waived where no people labelled them. Absent: nobody said, so it stays open. */
  readonly agreement?: number | Waived;
  readonly venue?: Venue;
}

/** What `servedUntil` says of weights that nobody shuts down. */
export const NO_END = "no-end";
export const DEFAULT_FEWEST_EXAMPLES = 50;
/** Below this agreement labels teach noise; from the second on they are good (Krippendorff 2004). */
export const FEWEST_AGREEMENT = 0.67;
export const GOOD_AGREEMENT = 0.8;

/** What reading the examples found. */
export interface TrainingAudit {
  readonly examples: number;
  /** Examples less repeated ones, contradicting ones, and those that a case holds too. */
  readonly clean: number;
  /** Ids of the test cases that stand among the examples, word for word or nearly: what was tuned on them has seen their answers. */
  readonly leakedTestCases: readonly string[];
  /** What makes them unfit, a clause each. */
  readonly errors: readonly string[];
  /** What is worth a look. */
  readonly warnings: readonly string[];
}
