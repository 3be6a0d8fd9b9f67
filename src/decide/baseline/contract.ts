/** What a suite is compared with on main, and how it stands against that: the contract between `decide/`, `report/` and the commands. */
import type { MaybeEstimate } from "../decision.ts";

/** Which of the deciding targets: the best prompt, or the chosen tuned target. */
export type BaselineRole = "prompt" | "tuned";

/** A target as it was when the baseline was written. */
export interface BaselineTarget {
  /** Its name in the suite. */
  readonly target: string;
  /** Model id as asked for, and the ids that came back, sorted. */
  readonly model: string;
  readonly returned: readonly string[];
  /** SHA-256 (hex) of what the model is (provider, host, files), and of the parameters that were sent. */
  readonly modelHash: string;
  readonly parametersHash: string;
  /** SHA-256 (hex) of all that it is asked on the test cases, model and parameters with it; absent in a baseline from before it was kept. */
  readonly askedHash?: string;
}

/** Passes of one case: `[passes, trials]` by role. */
export interface BaselineCase {
  readonly id: string;
  /** First 16 hex digits of the case's fingerprint. */
  readonly fingerprint: string;
  readonly prompt?: readonly [passes: number, trials: number];
  readonly tuned?: readonly [passes: number, trials: number];
  /** It had to pass; absent where it had not, and in a baseline from before it was kept. */
  readonly mustPass?: true;
}

export interface BaselineGrader {
  readonly name: string;
  readonly kind: string;
  readonly version: number;
  /** SHA-256 (hex) of its arguments and of the judges that it asks. */
  readonly argsHash: string;
}

/** One suite as it stood. */
export interface BaselineSuite {
  readonly suite: string;
  /** Fingerprint of the whole dataset. */
  readonly dataset: string;
  readonly graders: readonly BaselineGrader[];
  /** What the exam asks beside: `requirement.quality.atLeast` to its value as JSON; sorted by key. */
  readonly thresholds: Readonly<Record<string, string>>;
  readonly prompt?: BaselineTarget;
  readonly tuned?: BaselineTarget;
  /** Test cases, sorted by id. */
  readonly cases: readonly BaselineCase[];
}

export interface Baseline {
  /** Sorted by name. */
  readonly main: readonly BaselineSuite[];
  /** Frozen by `--release`; what every later state is held against too, so that small losses do not add up. */
  readonly release: readonly BaselineSuite[];
}

/** One way in which what is measured, or how, is not what the baseline was measured with. */
export interface ExamChange {
  readonly kind: "cases" | "graders" | "thresholds" | "targets" | "baseline" | "suites";
  /** A phrase, such as `3 cases are new` or `requirement.quality.atLeast was 0.9 and is 0.8`. */
  readonly text: string;
}

/** A case that passes less, or more, than in the baseline. */
export interface CaseChange {
  readonly id: string;
  readonly base: readonly [passes: number, trials: number];
  readonly head: readonly [passes: number, trials: number];
}

export type ComparisonState = "pass" | "fail" | "inconclusive" | "incomplete";

/** Mean over cases of head - base, a share from -1 to 1 (a change of a gap: -2 to 2). */
export interface Drop {
  readonly value: number;
  /** Two-sided interval, to be shown. */
  readonly lower: number;
  readonly upper: number;
  readonly confidence: number;
  readonly n: number;
  readonly method: string;
}

/** One deciding target against the same role in the baseline. */
export interface BaselineComparison {
  readonly role: BaselineRole;
  readonly against: "main" | "release";
  /** Names on both sides: a better prompt may have been chosen since. */
  readonly target: string;
  readonly baseTarget: string;
  readonly state: ComparisonState;
  /** One sentence. */
  readonly why: string;
  /** The same calls on the same cases as on the other side, and every case passes in the same share of its trials. */
  readonly unchanged: boolean;
  readonly difference: Drop;
  readonly margin: number;
  /** One-sided lower bound at `1 - passLevel`, missing answers counted as failed: above -margin passes. */
  readonly lower: number;
  readonly passLevel: number;
  /** One-sided p-value of "no drop", missing answers counted as passed; after Holm over everything compared with main. */
  readonly pDrop: number;
  readonly pDropHolm: number;
  readonly failLevel: number;
  /** By majority of trials on each side. */
  readonly won: number;
  readonly lost: number;
  readonly same: number;
  /** Worst first, at most 50; those that pass less on the whole, and those that pass more. */
  readonly lostCases: readonly CaseChange[];
  readonly wonCases: readonly CaseChange[];
  /** Cases whose trials in the baseline disagree: they keep their weight. */
  readonly flaky: number;
  /** Trials of the head without an answer or grade, of those planned. */
  readonly missing: {
    readonly trials: number;
    readonly planned: number;
    /** What was answered would pass, and the missing, counted as failed, keep it from that; absent where they do not. */
    readonly decide?: true;
  };
  /** The difference with all missing trials failed, then passed; absent when none is missing. */
  readonly missingBounds?: { readonly lower: number; readonly upper: number };
  /** Smallest true drop that would be shown with 80 % power at this look. */
  readonly smallestDetectable: MaybeEstimate;
}

/**
 * A case that must pass: failed when it always passed in the baseline and most of its trials fail now, and when most of its trials fail and the baseline
 * does not have it as it is now (`base` is `[0, 0]`).
 */
export interface MustPassCase extends CaseChange {
  readonly role: BaselineRole;
  /** `open`: fewer than 3 trials on one side, answers missing that decide, or the baseline did not always pass; `why` says which. */
  readonly state: "pass" | "fail" | "open";
  readonly why: string;
}

/** How one suite stands against the baseline. */
export interface BaselineResult {
  readonly outcome: ComparisonState | "no-comparison";
  /** One sentence. */
  readonly why: string;
  /** What makes this another exam than the baseline's; empty where nothing does. To be said first. */
  readonly exam: readonly ExamChange[];
  /** Cases on both sides with the same content. */
  readonly cases: number;
  /** Trials of each look so far, such as `[1, 3]`, and of those planned. */
  readonly looks: readonly number[];
  readonly plannedLooks: readonly number[];
  readonly comparisons: readonly BaselineComparison[];
  /** Why what is frozen as the release may not be compared, and how to freeze anew; absent where it is compared, or nothing is frozen. */
  readonly noRelease?: string;
  /** Change of the gap, tuned - prompt, against main; absent unless both have both roles. Decides nothing. */
  readonly gapChange?: Drop;
  readonly mustPass: readonly MustPassCase[];
}
