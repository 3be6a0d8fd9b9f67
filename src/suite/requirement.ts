/** What the product needs, and how the gate treats a verdict. */

/** Test cases with this tag must pass. */
export const CRITICAL = "critical";

export interface QualityRequirement {
  /** Share of trials that pass (or mean score, with `measure: "score"`), in (0, 1). */
  readonly atLeast: number;
  /** One grader only; default: all required graders together. */
  readonly grader?: string;
  /** Which form counts; default `strict`, what the product would receive. */
  readonly form?: "strict" | "lenient";
  /** `pass` (default): a trial passes or not. `score`: mean of the named grader's score. */
  readonly measure?: "pass" | "score";
  readonly blocking?: boolean;
}

export interface StabilityRequirement {
  /** k of pass^k: all k of k trials of a case pass. At most `trials`. */
  readonly allOf: number;
  readonly atLeast: number;
  readonly blocking?: boolean;
}

/** At least one of the two limits. */
export interface CostRequirement {
  /** US dollars per 1,000 requests. */
  readonly usdPer1kAtMost?: number;
  /** US dollars for each right answer, by all required graders: what wrong ones cost is paid by the right ones. */
  readonly usdPerSuccessAtMost?: number;
  readonly blocking?: boolean;
}

export interface LatencyRequirement {
  /** Milliseconds. */
  readonly p95MsAtMost: number;
  readonly blocking?: boolean;
}

/** What tuning must not break: cases outside of the suite's task. */
export interface RegressionRequirement {
  /** Cases with this tag are held out of every other figure; the tuned target must be no worse on them than the best prompt. */
  readonly tag: string;
  /** Largest loss that still counts as none, as a share; default the requirement's own `margin`. */
  readonly margin?: number;
}

/** Every part is blocking unless it says `blocking: false`. */
export interface Requirement {
  readonly quality?: QualityRequirement | readonly QualityRequirement[];
  readonly stability?: StabilityRequirement;
  readonly cost?: CostRequirement;
  readonly latency?: LatencyRequirement;
  /** Share of cases whose every trial passes that is enough to keep prompting; default 0.80. */
  readonly enough?: number;
  /** Largest loss that still counts as no loss when two targets are compared, as a share; default 0.03. */
  readonly margin?: number;
  readonly regression?: RegressionRequirement;
  /** One-sided error rate of each verdict, from 0.001 to 0.2; default 0.05. */
  readonly alpha?: number;
}

export type VerdictKind =
  | "KEEP_PROMPTING"
  | "FINE_TUNE_JUSTIFIED"
  | "CONFIRMED"
  | "REJECTED"
  | "NOT_FEASIBLE"
  | "INCONCLUSIVE";

export interface GatePolicy {
  /** Verdicts that pass; default KEEP_PROMPTING and CONFIRMED. */
  readonly accept?: readonly VerdictKind[];
  /** Default `fail`: exit code 3. */
  readonly onInconclusive?: "fail" | "pass";
  /** Largest share of missing answers that still lets a verdict stand; default 0.02. */
  readonly maxMissing?: number;
  /** Largest loss against the baseline that still passes, as a share; default the requirement's `margin`. */
  readonly margin?: number;
  /** Trials of each look at the baseline, rising, such as `[1, 3, 5]`: more are bought for all cases while nothing is shown. Default the suite's `trials`. */
  readonly trials?: readonly number[];
  /**
   * Ids of cases that must pass, beside those with the tag `critical`: one that always passed in the baseline and mostly fails now fails the gate, and so
   * does one that the baseline does not have as it is now, new or changed, and that mostly fails.
   */
  readonly mustPass?: readonly string[];
  /** Looks of new candidates at the test cases beyond which no verdict is given without fresh cases; default 10. Each look judges more strictly than the one before. */
  readonly mostLooks?: number;
  /** Compare with the baseline also where a target's model or parameters are others than there; default false. */
  readonly acrossModels?: boolean;
}
