/** How a run of calls ended: the contract between `engine/` and the commands. */
import type { FailureCode } from "../suite/completion.ts";

/**
 * What a run's own requests cost, as an interval: what is settled, and what unknown calls may add at worst. What an earlier run lost is that run's: the
 * intervals of all runs add up to the ledger's.
 */
export interface Spend {
  readonly settledUsd: number;
  readonly unknownAtMostUsd: number;
  /** Calls whose price nobody knows. */
  readonly unpricedCalls: number;
}

/** Calls of targets. Without a stop, `planned` = `fromLedger` + `stored` + `answered` + `failed` (+ calls of targets that were given up). */
export interface RunCounts {
  readonly planned: number;
  /** Answered without a request of its own: by the ledger, or by the same call of another target. */
  readonly fromLedger: number;
  readonly stored: number;
  /** Requests, those sent again included. */
  readonly sent: number;
  readonly answered: number;
  readonly failed: number;
  readonly retried: number;
  /** Calls of earlier runs, sent but never settled, that this run had to buy again. */
  readonly maybePaidTwice: number;
}

export type StopReason = "interrupted" | "terminated" | "budget" | "deadline" | "account" | "storage";

/** A message for people, once per kind, with the targets it concerns. */
export interface Notice {
  readonly level: "note" | "warning" | "error";
  readonly code:
    | FailureCode
    | StopReason
    | "model-id-changed"
    | "ledger"
    | "open-files"
    | "judge-steered"
    | "key-hidden";
  readonly text: string;
}

export interface RunOutcome {
  readonly counts: RunCounts;
  readonly spend: Spend;
  readonly notices: readonly Notice[];
  /** Absent when every planned call was made, failed for good, or belongs to a target that was given up. */
  readonly stopped?: { readonly reason: StopReason; readonly message: string };
  readonly wallMs: number;
  /** Calls of judges, which `counts` leaves out and `spend` holds; absent when no grader asks a paid model. */
  readonly judgeCalls?: Omit<RunCounts, "planned" | "stored">;
  /** Targets whose calls were given up, each with the reason; the calls left are in neither `answered` nor `failed`. */
  readonly endedTargets?: readonly {
    readonly suite: string;
    readonly target: string;
    readonly code: FailureCode;
    readonly why: string;
  }[];
}

/** What progress shows, at most a few times a second. */
export interface ProgressSnapshot {
  readonly suites: readonly {
    readonly suite: string;
    readonly done: number;
    readonly total: number;
    readonly waiting: number;
  }[];
  readonly sentPerSecond: number;
  readonly secondsLeft?: number;
  readonly spentUsd: number;
  readonly inFlight: number;
  /** E.g. "openai: waiting 12 s (provider asked)". */
  readonly waiting: readonly string[];
}
