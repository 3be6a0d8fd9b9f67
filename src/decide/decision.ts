/** What the decision says of one suite: the contract between `decide/` and `report/`. Plain data, valid JSON. */
import type { Split } from "../suite/case.ts";
import type { VerdictKind } from "../suite/requirement.ts";
import type { Scenario } from "../suite/suite.ts";
import type { Plateau, PromptCeiling } from "./ceiling-contract.ts";
import type { LearningCurve } from "./curve-contract.ts";
import type { Instruments } from "./instruments/contract.ts";
import type { Judges } from "./judges-contract.ts";
import type { Money } from "./money-contract.ts";
import type { Question } from "./questions-contract.ts";

export type { Finding, InstrumentChange, InstrumentRow, Instruments, MaybeChange } from "./instruments/contract.ts";
export type { Agreement, JudgeReport, Judges, SpeakingAnswers } from "./judges-contract.ts";
export type { Fact, Question } from "./questions-contract.ts";

export type Unit = "share" | "usd-per-1k" | "usd" | "ms" | "score" | "tokens";

/** A figure that could not be formed, with the reason in words. */
export interface Unavailable {
  readonly available: false;
  readonly why: string;
}

/** A point with a two-sided 95 % interval for display. `n` counts cases, never trials. */
export interface Estimate {
  readonly available: true;
  readonly value: number;
  /** Absent when no interval exists at this n (p95 of 20 cases); `method` says why. */
  readonly interval?: { readonly lower: number; readonly upper: number; readonly confidence: number };
  readonly n: number;
  readonly clusters?: number;
  readonly unit: Unit;
  /** Name of the estimator and its source, e.g. "Wilson 95 %". */
  readonly method: string;
}

export type MaybeEstimate = Estimate | Unavailable;

export type RequirementKey = "quality" | "stability" | "cost" | "cost-per-success" | "latency" | "need";

export type RequirementState = "MET" | "NOT_MET" | "AT_THRESHOLD" | "UNDECIDED";

/** How many more cases (or trials) would settle an open requirement. */
export interface Advice {
  readonly additionalCases?: number;
  readonly trials?: number;
  readonly text: string;
}

/** One requirement held against one target, on test cases. */
export interface RequirementResult {
  readonly key: RequirementKey;
  /** E.g. `quality`, `quality (json)`, `3 of 3 right`. */
  readonly label: string;
  readonly direction: "at-least" | "at-most";
  readonly threshold: number;
  readonly unit: Unit;
  readonly blocking: boolean;
  readonly estimate: MaybeEstimate;
  /** One-sided bounds at 1 - alpha that decide; absent where they cannot be formed. */
  readonly bounds?: {
    readonly lower?: number;
    readonly upper?: number;
    readonly confidence: number;
    /** Confidence of the bound that shows "not met", where Holm asks for more than `confidence`. */
    readonly notMetConfidence?: number;
    readonly method: string;
  };
  readonly state: RequirementState;
  /** One-sided p-value of "not met" before and after Holm over the blocking requirements. */
  readonly pNotMet?: number;
  readonly pNotMetHolm?: number;
  readonly why: string;
  readonly advice?: Advice;
}

/** What became of the trials of one target in one split. Sums to `planned`. */
export interface Counts {
  readonly planned: number;
  readonly passed: number;
  readonly failed: number;
  /** Of `failed`: the model declined; answered nothing; was cut by the token limit; no answer in the demanded form. */
  readonly declined: number;
  readonly empty: number;
  readonly cut: number;
  readonly unparsed: number;
  /** Neither passed nor failed: call failed, not called, or ungraded. */
  readonly missing: number;
}

export interface MissingReason {
  readonly why: string;
  readonly trials: number;
}

export interface ItemRate {
  readonly grader: string;
  readonly item: string;
  readonly passed: number;
  readonly n: number;
}

/** Figures of one target in one split. */
export interface TargetMeasure {
  readonly target: string;
  readonly role: "prompt-only" | "fine-tuned";
  readonly modelId: string;
  /** Model ids as returned, when they differ from the one asked for or from each other. */
  readonly returnedModelIds: readonly string[];
  readonly split: Split;
  readonly cases: number;
  readonly clusters: number;
  readonly trials: number;
  readonly counts: Counts;
  readonly missingReasons: readonly MissingReason[];
  readonly strict: MaybeEstimate;
  readonly lenient: MaybeEstimate;
  /** Bounds of the strict pass share with every missing trial counted as failed, then as passed; absent when none is missing. */
  readonly missingBounds?: { readonly lower: number; readonly upper: number };
  /** Mean score by grader, both forms. */
  readonly byGrader: readonly {
    readonly grader: string;
    readonly strict: MaybeEstimate;
    readonly lenient: MaybeEstimate;
  }[];
  readonly items: readonly ItemRate[];
  /** pass^k for k = 1..trials. */
  readonly passHat: readonly MaybeEstimate[];
  readonly usdPer1k: MaybeEstimate;
  readonly usdPerSuccess: MaybeEstimate;
  readonly p95Ms: MaybeEstimate;
  readonly medianMs: MaybeEstimate;
  readonly inputTokens: MaybeEstimate;
  readonly outputTokens: MaybeEstimate;
}

/** How the best prompt was chosen. */
export interface PromptChoice {
  readonly target: string;
  readonly candidates: readonly { readonly target: string; readonly dev: MaybeEstimate }[];
  /** `only`: nothing to choose from; `dev`: best on dev; `first`: no dev answers to choose by, so the first declared. */
  readonly how: "only" | "dev" | "first";
  /** Expected optimism of the best of k on dev, in shares; absent for one candidate. */
  readonly optimism?: number;
}

/** A paired difference, new - base, on the cases both have. */
export interface Difference {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  readonly confidence: number;
  /** Cases paired. */
  readonly n: number;
  readonly method: string;
}

export type MaybeDifference = (Difference & { readonly available: true }) | Unavailable;

export interface Gap {
  readonly base: string;
  readonly tuned: string;
  /** Both on the same model family before tuning (`tunedFrom` is the base's model). */
  readonly sameBase: boolean;
  /** Strict form: the gap as the product would see it. */
  readonly total: MaybeDifference;
  /** total - ability: what a better prompt or structured output can close. */
  readonly format: MaybeDifference;
  /** Lenient form: what only better weights (or a better prompt) close. */
  readonly ability: MaybeDifference;
  /** Discordant cases in strict form, by majority of trials. */
  readonly won: number;
  readonly lost: number;
  readonly same: number;
  /** Cases planned for both that could not be paired. */
  readonly unpaired: number;
  /** The gap with all missing trials against the tuned target, then for it; absent when none is missing. */
  readonly missingBounds?: { readonly lower: number; readonly upper: number };
  readonly margin: number;
  /** Smallest true gap that this many cases show with 80 % power, in shares. */
  readonly smallestDetectable: MaybeEstimate;
  readonly noninferior: boolean;
  readonly superior: boolean;
  readonly inferior: boolean;
  /** The prompt is shown to be no worse than the tuned target by the margin: it may take its place. */
  readonly replaceable: boolean;
  /** What the split means for the next step, in one sentence. */
  readonly advice: string;
}

/** The gap between the best prompt and the chosen tuned target on the test cases of one tag, or by one grader. */
export interface GapSlice {
  readonly kind: "tag" | "grader";
  readonly name: string;
  /** Cases paired. */
  readonly cases: number;
  readonly total: MaybeDifference;
  readonly format: MaybeDifference;
  readonly ability: MaybeDifference;
  /** Shares of both targets in strict form over the paired cases; absent in a summary from before they were told. */
  readonly base?: MaybeEstimate;
  readonly tuned?: MaybeEstimate;
}

/** Reasons to keep prompting although the product misses a requirement today. */
export type MissedToday = Extract<ReasonCode, "format-first" | "cheaper-first" | "never-pays" | "too-dear">;

export type ReasonCode =
  | "all-met"
  | "need-met-rest-at-threshold"
  | "requirement-not-met"
  | "format-first"
  | "format-open"
  | "not-pushed"
  | "cheaper-first"
  | "cheaper-open"
  | "no-data"
  | "no-venue"
  | "venue-unknown"
  | "never-pays"
  | "too-dear"
  | "money-unknown"
  | "tuned-meets-and-better"
  | "tuned-misses"
  | "tuned-inferior"
  | "undecided"
  | "too-few-cases"
  | "too-few-clusters"
  | "looked-too-often"
  | "leaked-test"
  | "missing-answers"
  | "uncalibrated-judge"
  | "steered-judge"
  | "no-requirement"
  | "no-test-cases"
  | "no-dev-cases"
  | "no-prompt-target"
  | "split-overlap"
  | "not-measurable"
  | "tuned-regresses"
  | "regression-open"
  | "tuned-never-pays"
  | "tuned-money-open"
  | "retires";

export interface Reason {
  readonly code: ReasonCode;
  readonly text: string;
}

/** A question on the way to the verdict. `not-asked`: an earlier answer settled it. */
export interface ProcedureStep {
  readonly question: string;
  readonly answer: "yes" | "no" | "open" | "not-asked";
  /** One sentence; empty where the answer says all. */
  readonly why: string;
}

/**
 * What a verdict on a tuned model is about. A checkpoint's claim needs no other seed; it tells its recipe, and that recipe's seeds, where it has one
 * of which the same is not shown.
 */
export type VerdictClaim =
  | { readonly of: "checkpoint"; readonly target: string; readonly recipe?: string; readonly seeds?: number }
  | { readonly of: "recipe"; readonly recipe: string; readonly seeds: number };

export interface Verdict {
  readonly kind: VerdictKind;
  readonly reasons: readonly Reason[];
  /** Of CONFIRMED and REJECTED. */
  readonly claim?: VerdictClaim;
  /** What would change it, each a sentence with a number where there is one. */
  readonly wouldChange: readonly string[];
  /** Holds whatever the missing answers would have been; absent when none is missing. */
  readonly standsDespiteMissing?: boolean;
}

/** How often new candidates have looked at the test cases, and what that leaves of the error that a verdict may have. */
export interface Looks {
  /** The look that the verdict rests on, from 1. */
  readonly number: number;
  /** Beyond so many no verdict is given. */
  readonly most: number;
  /** Error of each one-sided bound at this look, and at the first. */
  readonly alpha: number;
  readonly firstAlpha: number;
}

/** How far a run came whose test cases were looked at as they came in. */
export interface Sequential {
  /** Test cases asked, and those there are; all intervals hold at every look. What was not asked is not missing. */
  readonly asked: number;
  readonly planned: number;
  /** Looks so far, from 1. */
  readonly looks: number;
  /** Calls of targets that the test cases left out would have taken. */
  readonly callsLeft: number;
  /** More test cases would not change what the verdict says; a run stops at the first such look. */
  readonly settled: boolean;
}

/** What the tuned targets of one recipe, alike but for the seed, say of the recipe. */
export interface RecipeClaim {
  readonly recipe: string;
  readonly targets: readonly string[];
  /** Mean of the seeds less the best prompt; not formed for fewer than three seeds. `n` counts cases. */
  readonly gap: MaybeDifference;
  /** Standard deviation of the seeds' means, in shares; absent for one seed. */
  readonly seedSd?: number;
}

export interface Decision {
  readonly suite: string;
  readonly scenario: Scenario;
  readonly description?: string;
  readonly example: boolean;
  readonly trials: number;
  /** `repeated`: test cases whose input is that of an earlier one, absent where none is; they are of its cluster. */
  readonly cases: {
    readonly total: number;
    readonly dev: number;
    readonly test: number;
    readonly clusters: number;
    readonly repeated?: number;
  };
  /** Present where the answers were looked at before all were in. */
  readonly sequential?: Sequential;
  readonly verdict: Verdict;
  /** The questions in their order, with their answers. */
  readonly procedure: readonly ProcedureStep[];
  /** Absent when the suite has no prompt-only target. */
  readonly bestPrompt?: PromptChoice;
  /** The tuned target the verdict is about; absent when there is none. */
  readonly tuned?: string;
  readonly requirements: readonly {
    readonly target: string;
    readonly role: "prompt-only" | "fine-tuned";
    readonly results: readonly RequirementResult[];
  }[];
  readonly gaps: readonly Gap[];
  /** Absent where there is no pair, or nothing to divide it by. */
  readonly slices?: readonly GapSlice[];
  /** The chosen tuned target against the best prompt on the cases that tuning must not break; absent where the suite has none. */
  readonly regression?: MaybeDifference;
  /** Absent where the suite states no economics. */
  readonly money?: Money;
  /** The oldest price that the money figures rest on, where it is more than 90 days old. */
  readonly stalePrices?: { readonly asOf: string; readonly days: number };
  /** Absent unless tuned targets state two or more sizes. */
  readonly curve?: LearningCurve;
  /** What the number of prompts was worth; absent for fewer than two with answers on dev on the model of the best one. */
  readonly ceiling?: PromptCeiling;
  /** Whether the last round of prompting still gained; absent where there is nothing to compare. */
  readonly plateau?: Plateau;
  /** Absent where nobody counted. */
  readonly looks?: Looks;
  /** Of each recipe that tuned targets name; absent where none is named. */
  readonly recipes?: readonly RecipeClaim[];
  readonly measures: readonly TargetMeasure[];
  /** What judges did and what is known of them; absent where no grader asks a model. */
  readonly judges?: Judges;
  /** What the instrument of the scenario reads; figures to look at, which decide nothing. */
  readonly instruments?: Instruments;
  /** The four closing questions. */
  readonly questions?: readonly Question[];
  readonly warnings: readonly string[];
}

/** Verdict plus policy. */
export interface GateResult {
  readonly suite: string;
  readonly verdict: VerdictKind;
  /** `no-comparison`: there is a policy of comparing with a baseline, and none that these answers may be compared with. */
  readonly outcome: "pass" | "fail" | "inconclusive" | "incomplete" | "cannot-measure" | "no-comparison";
  readonly exitCode: number;
  readonly why: string;
}
