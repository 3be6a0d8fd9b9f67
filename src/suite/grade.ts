/** How an answer is scored: the contract between suites, graders, the engine and the decision. */
import type { Case } from "./case.ts";
import type { Answer, Completion } from "./completion.ts";
import type { JsonObject } from "./json.ts";
import type { People } from "./labelled.ts";
import type { Message, Model, Parameters } from "./model.ts";

/** Why no grade could be given. Never counted as a wrong answer; never dropped from the denominator. */
export const UNGRADED_REASONS = [
  "judge-unparsed",
  "judge-no-evidence",
  "judge-cannot-tell",
  "judge-failed",
  "no-majority",
  "grader-threw",
  "grader-timeout",
  "missing-expected",
] as const;

export type UngradedReason = (typeof UNGRADED_REASONS)[number];

/** What is wrong with a grade of kind `ungraded` that code of a user made, in words; undefined where nothing is. */
export function ungradedProblem(grade: object): string | undefined {
  const reason: unknown = "reason" in grade ? grade.reason : undefined;
  if (!UNGRADED_REASONS.some((known) => known === reason)) {
    const said = reason === undefined ? "no reason" : `the reason ${String(reason).slice(0, 60)}`;
    return `an ungraded answer with ${said}: give one of ${UNGRADED_REASONS.join(", ")}`;
  }
  const why: unknown = "why" in grade ? grade.why : undefined;
  return typeof why === "string" && why !== "" ? undefined : "an ungraded answer that does not say `why`, in words";
}

/** One item of a checklist or one part of a compound score. */
export interface ItemResult {
  readonly name: string;
  readonly passed: boolean;
  readonly required: boolean;
  readonly weight: number;
  readonly why?: string;
}

/**
 * `scored` with a score in [0, 1]; `declined`, the model would not answer (counts as not satisfied, told apart);
 * `ungraded`, nobody can tell (counts as missing); `spared`, no judge was asked, since the required grader `by` had failed the answer in
 * both forms (that one decides the trial; in figures of the judge alone it does not count). Only the engine gives the last.
 */
export type Grade =
  | {
      readonly kind: "scored";
      readonly score: number;
      /** The answer that was compared, as extracted. */
      readonly answer?: string;
      readonly why?: string;
      /** Words of the answer that a judge gave as evidence. */
      readonly quote?: string;
      /** `empty`: no text; `cut`: stopped by the token limit; `unparsed`: no answer in the demanded form. */
      readonly flaw?: "empty" | "cut" | "unparsed";
      readonly items?: readonly ItemResult[];
      /** Named parts in [0, 1], e.g. precision and recall. */
      readonly parts?: Readonly<Record<string, number>>;
    }
  | { readonly kind: "declined"; readonly why?: string }
  | { readonly kind: "ungraded"; readonly reason: UngradedReason; readonly why: string }
  | { readonly kind: "spared"; readonly by: string; readonly why: string };

/** Grades of one output in both forms: `strict` demands exactly the form asked for, `lenient` takes the answer wherever it stands. */
export interface Graded {
  readonly strict: Grade;
  readonly lenient: Grade;
  /** Set where a grader that has one form otherwise (a function) gave a grade a form: a gap is then split by it all the same. */
  readonly hasForms?: true;
}

export interface Subject<Input = unknown, Expected = unknown> {
  readonly case: Case<Input, Expected>;
  /** Text of the answer, exactly as returned. */
  readonly text: string;
  readonly answer: Answer;
}

export interface GradeContext {
  /** Asks a model through the engine and the ledger, as a judge does. `attempt` (1-based) tells re-asks apart. */
  readonly ask: (
    model: Model,
    messages: readonly Message[],
    options?: { readonly parameters?: Parameters; readonly attempt?: number },
  ) => Promise<Completion>;
  readonly signal: AbortSignal;
}

/** A text that no grader should pass, put before a judge to see whether what it reads steers it. */
export interface Canary {
  /** What it is, as in "an order". */
  readonly name: string;
  readonly text: string;
}

export interface Grader<in Input = never, in Expected = never> {
  /** Unique in the suite; shown in reports. */
  readonly name: string;
  /** Which grader: `exact-match`, `checklist`, … */
  readonly kind: string;
  /** Raised whenever the grader would grade some output otherwise: part of the grade's key. */
  readonly version: number;
  /** Arguments, as JSON: part of the grade's key. Functions appear as the SHA-256 of their source. */
  readonly args: JsonObject;
  readonly needsExpected: boolean;
  /** What a case lacks, so that no answer to it could be graded; undefined where nothing. Asked of each case before the first call. */
  readonly lacks?: (one: Case<Input, Expected>) => string | undefined;
  /** Whether the lenient form takes the answer wherever it stands. Where not, nobody can tell format from ability by this grader. */
  readonly hasForms: boolean;
  /** A required grader must pass for a trial to pass; others are shown only. */
  readonly required: boolean;
  /** A score of at least this passes. In (0, 1]; default 1. */
  readonly passAt: number;
  /** Models that the grader asks; empty for all but judges. */
  readonly asks: readonly Model[];
  /** What people said of answers that it is measured by, and the labels that it may give. */
  readonly people?: People & { readonly labels: readonly string[] };
  /** Asks its models also of answers that a required grader without a model has failed in both forms. */
  readonly judgeFailed?: boolean;
  /** Judged once a run, for the first case; absent where nothing can be steered. Not part of any key. */
  readonly canaries?: readonly Canary[];
  /** Stateless. May throw: the engine turns that into `ungraded`. */
  readonly grade: (subject: Subject<Input, Expected>, context: GradeContext) => Graded | Promise<Graded>;
}
