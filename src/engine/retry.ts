/** Whether a failed call is sent again, and after how long. Policy only: the wait itself stands with the caller, who holds no slot in it. */
import type { Failure } from "../suite/completion.ts";
import type { World } from "../suite/world.ts";

/** What was tried of one call in this run. */
export interface Attempts {
  /** Sent and failed, not counting those that the provider only asked to come later. */
  readonly failed: number;
  /** Of these, attempts that may have been paid. */
  readonly maybePaid: number;
  /** Monotonic milliseconds of the first attempt. */
  readonly sinceMs: number;
  /** Whether the other side has answered in this run: the account, where it cannot be reached, else the very target or judge. */
  readonly reached: boolean;
  /** Failures, but for refusals of too many, since whose attempt before others of the same target or judge were answered. */
  readonly alone: number;
  /** So many times longer than usual it waits, since many others wait too; 1 and more. */
  readonly patience: number;
  /** No more calls can wait: who has failed alone so often as others fail in all makes room. */
  readonly crowded: boolean;
}

export interface RetryOptions {
  /** Attempts in all for what cannot have been paid; default 5. Who has answered before is tried for as long as the time lasts. */
  readonly maxAttempts: number;
  /** No attempt begins later than this after the first; default 10 minutes. */
  readonly totalMs: number;
}

export const retryDefaults: RetryOptions = { maxAttempts: 5, totalMs: 600_000 };

export type RetryDecision = { readonly again: true; readonly waitMs: number } | { readonly again: false };

/** A call that may have been paid is sent at most once more. */
const MAYBE_PAID_RETRIES = 1;
const BASE_MS = 1_000;
/** "Too many" needs more time to pass than a torn connection: token budgets are counted per minute. */
const REFUSED_BASE_MS = 2_000;
const LONGEST_MS = 30_000;
/** A call that failed so often while others got through is at fault itself. It takes half an hour and more. */
const MOST_ALONE = 100;

const NO: RetryDecision = { again: false };

/**
 * Decides after a failure. Waits are drawn with full jitter: uniform in [0, min(30 s, base x 2^n)], so that calls that failed together do not come
 * back together (Brooker, "Exponential Backoff and Jitter", 2015). A wait that the provider asked for is the pause gate's, but for a server that failed at
 * this call: only a short spread is added.
 * `attempts` counts the failure at hand.
 */
export function decideRetry(
  failure: Failure,
  attempts: Attempts,
  options: RetryOptions,
  world: Pick<World, "monotonicMs" | "random">,
): RetryDecision {
  if (failure.retry === "final" || failure.scope !== "call" || failure.code === "aborted") return NO;
  if (failure.retry === "maybe-paid" && attempts.maybePaid > MAYBE_PAID_RETRIES) return NO;
  // Who never answered may not be there at all; who did will again when the network is back, the minute of a limit over, the load less.
  const others = attempts.alone < (attempts.crowded ? options.maxAttempts : MOST_ALONE);
  const comesBack = failure.retry === "never-sent" && attempts.reached && others;
  if (attempts.failed >= options.maxAttempts && !comesBack) return NO;
  // What a failing server asks for is this call's to wait; else the pause gate's.
  const own = failure.code === "server-error" ? (failure.retryAfterMs ?? 0) : 0;
  const waitMs = own + jittered(failure, attempts.failed, world.random()) * attempts.patience;
  const spent = world.monotonicMs() - attempts.sinceMs + waitMs + (own > 0 ? 0 : (failure.retryAfterMs ?? 0));
  return spent > options.totalMs ? NO : { again: true, waitMs };
}

function jittered(failure: Failure, failed: number, random: number): number {
  if (failure.retryAfterMs !== undefined) return random * BASE_MS;
  const refused = failure.code === "rate-limited" || failure.code === "overloaded";
  const base = refused ? REFUSED_BASE_MS : BASE_MS;
  return random * Math.min(LONGEST_MS, base * 2 ** Math.max(0, failed - 1));
}

/** Whether the provider only asked to come later: such an attempt is not counted, only its time is. */
export function askedToWait(failure: Failure): boolean {
  return failure.retry === "never-sent" && failure.retryAfterMs !== undefined;
}

/** Codes after which money may be gone although the call is not worth another attempt. */
const PAID_FOR_NOTHING = new Set<Failure["code"]>([
  "connection-lost",
  "timeout",
  "server-error",
  "cut-off",
  "not-an-answer",
  "too-large",
  "bad-encoding",
  "aborted",
  "threw",
]);

/** Whether a failed attempt may have cost money: it then counts at its worst until the end of time. */
export function mayHaveBeenPaid({ retry, code }: Failure): boolean {
  return retry === "maybe-paid" || (retry === "final" && PAID_FOR_NOTHING.has(code));
}
