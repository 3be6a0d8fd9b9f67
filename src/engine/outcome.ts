/** How a run of calls ended: the contract between `engine/` and the commands. */
import type { FailureCode } from "../suite/completion.ts";

/** Spend as an interval: what is settled, and what unknown calls may add at worst. */
export interface Spend {
  readonly settledUsd: number;
  readonly unknownAtMostUsd: number;
  /** Calls whose price nobody knows. */
  readonly unpricedCalls: number;
}

export interface RunCounts {
  readonly planned: number;
  readonly fromLedger: number;
  readonly stored: number;
  readonly sent: number;
  readonly answered: number;
  readonly failed: number;
  readonly retried: number;
  /** Calls of earlier runs, sent but never settled, that this run had to buy again. */
  readonly maybePaidTwice: number;
}

export type StopReason = "interrupted" | "terminated" | "budget" | "account" | "storage";

/** A message for people, once per kind, with the targets it concerns. */
export interface Notice {
  readonly level: "note" | "warning" | "error";
  readonly code: FailureCode | StopReason | "model-id-changed" | "ledger";
  readonly text: string;
}

export interface RunOutcome {
  readonly counts: RunCounts;
  readonly spend: Spend;
  readonly notices: readonly Notice[];
  /** Absent when every planned call was made or failed for good. */
  readonly stopped?: { readonly reason: StopReason; readonly message: string };
  readonly wallMs: number;
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
