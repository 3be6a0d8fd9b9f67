/**
 * The way of one call: ledger, single flight, then requests until there is an outcome: each waits at the pause gate and the limiter (the
 * account's slots) for its turn. Answers that are at hand need no slot and do not touch the limiter.
 */
import type { Answer, Failure } from "../suite/completion.ts";
import type { Model } from "../suite/model.ts";
import type { World } from "../suite/world.ts";
import type { Account } from "./account.ts";
import type { Breaker } from "./breaker.ts";
import type { Lane } from "./lanes.ts";
import type { Ledger, Stored } from "./ledger.ts";
import { askedToWait, decideRetry, type RetryDecision, type RetryOptions } from "./retry.ts";
import type { RunState } from "./run-state.ts";
import type { Sendable, Sender, Sent } from "./sender.ts";

export interface CallRequest extends Sendable {
  readonly account: Account;
  /** Of the target, or of the judge's model. */
  readonly breaker: Breaker;
  /** Of the task that it is made for: it steps aside while the call waits to be sent again. */
  readonly lane: Lane;
}

/** `fresh`: this very call was sent for it; else it was at hand or came from a call that was under way already. */
export type CallResult =
  | { readonly kind: "answered"; readonly answer: Answer; readonly fresh: boolean }
  | { readonly kind: "failed"; readonly failure: Failure; readonly fresh: boolean }
  | { readonly kind: "not-sent"; readonly why: string };

export interface CallerOptions extends RetryOptions {
  /** Longest wait that a provider may ask for, milliseconds. */
  readonly maxWaitMs: number;
  /** Monotonic milliseconds after which nothing is sent any more; infinite where there is no deadline. */
  readonly deadlineMs: number;
  /** Longest time to wait for a call that another process has in flight, milliseconds. */
  readonly maxBusyMs: number;
}

/** What was tried of one call; `failed`, `maybePaid` and `alone` as in `Attempts`. */
interface Tries {
  /** Monotonic milliseconds of the first attempt, infinite before: the wait for a slot is no time of the call's own. */
  sinceMs: number;
  /** Of the latest attempt. */
  lastMs: number;
  sent: number;
  failed: number;
  maybePaid: number;
  alone: number;
}

/** A call under way, and the tasks that wait for it. */
interface Flying {
  readonly result: Promise<CallResult>;
  readonly lanes: Lane[];
  aside: boolean;
}

/** A request and, when it failed, whether there is to be another. */
type Tried =
  | Exclude<Sent, { kind: "failure" }>
  | { readonly kind: "failure"; readonly failure: Failure; readonly then: RetryDecision };

/** How often a call that another process has in flight is looked for. */
const BUSY_POLL_MS = 250;

export class Caller {
  readonly #ledger: Ledger;
  readonly #state: RunState;
  readonly #sender: Sender;
  readonly #options: CallerOptions;
  readonly #world: World;
  readonly #flying = new Map<string, Flying>();

  constructor(parts: {
    readonly ledger: Ledger;
    readonly state: RunState;
    readonly sender: Sender;
    readonly options: CallerOptions;
    readonly world: World;
  }) {
    this.#ledger = parts.ledger;
    this.#state = parts.state;
    this.#sender = parts.sender;
    this.#options = parts.options;
    this.#world = parts.world;
  }

  /** Makes a call, or takes what is known of it. Never rejects for what a provider does; rejects when the ledger cannot be read. */
  async call(request: CallRequest): Promise<CallResult> {
    const { key, lane } = request;
    const flying = this.#flying.get(key);
    if (flying !== undefined) {
      flying.lanes.push(lane);
      if (flying.aside) lane.stepAside();
      const result = await flying.result;
      return result.kind === "not-sent" ? result : { ...result, fresh: false };
    }
    const result = this.#buy(request).finally(() => this.#flying.delete(key));
    this.#flying.set(key, { result, lanes: [lane], aside: false });
    return result;
  }

  async #buy(request: CallRequest): Promise<CallResult> {
    const { key, account, model, breaker, kind } = request;
    const known = this.#known(key);
    if (known !== undefined) return known;
    const never = { sinceMs: Number.POSITIVE_INFINITY, lastMs: Number.POSITIVE_INFINITY };
    const tries: Tries = { ...never, sent: 0, failed: 0, maybePaid: 0, alone: 0 };
    for (;;) {
      const turn = tries.sent > 0 ? "again" : kind === "judge" ? "judge" : "fresh";
      const tried = await account.slots.add(() => this.#try(request, tries), { model: model.id, kind: turn });
      if (tried.kind === "not-sent") return tried;
      if (tried.kind === "answer") return { kind: "answered", answer: tried.answer, fresh: true };
      if (tried.kind === "failure") {
        const { failure, then } = tried;
        if (!then.again) return { kind: "failed", failure, fresh: true };
        // Whoever is refused because there are too many must not make room for more.
        if (failure.code !== "rate-limited") this.#stepAside(key);
        await account.standingOf(model).wait(then.waitMs, breaker);
        if (this.#state.halted.aborted || account.end !== undefined || breaker.end !== undefined)
          return { kind: "failed", failure, fresh: true };
        this.#state[kind].retried++;
        continue;
      }
      if (tried.kind === "busy" && !(await this.#whileBusy(key, tries)))
        return { kind: "not-sent", why: "another run has it in flight" };
      const theirs = this.#known(key);
      if (theirs !== undefined) return theirs;
    }
  }

  /** The tasks that wait for a call give their lanes to others. */
  #stepAside(key: string): void {
    const flying = this.#flying.get(key);
    if (flying === undefined) return;
    flying.aside = true;
    for (const lane of flying.lanes) lane.stepAside();
  }

  /** What the ledger holds and needs no request: an answer, or a failure of this very run. */
  #known(key: string): CallResult | undefined {
    const status = this.#ledger.status(key);
    if (status === undefined) return undefined;
    if (status.state !== "settled" && !(status.ours && status.state !== "intent")) return undefined;
    const stored: Stored | undefined = this.#ledger.read(key);
    if (stored?.kind !== "completion") return undefined;
    const { completion } = stored;
    if (completion.kind === "answer") return { kind: "answered", answer: completion, fresh: false };
    return { kind: "failed", failure: completion, fresh: false };
  }

  /** One request in its slot. What its failure means for others is settled before the slot is free: the next call must know it. */
  async #try(request: CallRequest, tries: Tries): Promise<Tried> {
    const { model, account, breaker } = request;
    if (this.#state.halted.aborted) return { kind: "not-sent", why: "the run stopped before" };
    if (breaker.end !== undefined) return { kind: "not-sent", why: breaker.end.why };
    if (account.end !== undefined) return { kind: "not-sent", why: account.end };
    if (stopForMissingKey(model, this.#state, this.#world)) return { kind: "not-sent", why: "the key is missing" };
    const startMs = this.#world.monotonicMs();
    const before = Math.min(tries.lastMs, startMs);
    tries.sinceMs = Math.min(tries.sinceMs, startMs);
    tries.lastMs = startMs;
    account.limiter.started(account.slots.pending);
    const sent = await this.#sender.send(request);
    if (sent.kind === "answer") {
      account.answeredAtMs = this.#world.monotonicMs();
      breaker.succeeded(account.answeredAtMs);
      account.standingOf(model).answered();
      // An answer to a second attempt proves nothing of the limit.
      if (tries.sent === 0) account.limiter.succeeded();
    }
    if (sent.kind !== "failure") return sent;
    const { failure } = sent;
    tries.sent++;
    if (!askedToWait(failure)) tries.failed++;
    if (failure.retry === "maybe-paid") tries.maybePaid++;
    if (failure.code !== "rate-limited" && breaker.answeredAtMs > before) tries.alone++;
    if (failure.retry !== "final" && failure.code !== "aborted") account.standingOf(model).failed();
    const answeredAtMs = failure.code === "unreachable" ? account.answeredAtMs : breaker.answeredAtMs;
    const { patience, crowded } = request.lane;
    const attempts = { ...tries, reached: answeredAtMs !== Number.NEGATIVE_INFINITY, patience, crowded };
    const paced = this.#pace(failure, account);
    const then = paced ? decideRetry(failure, attempts, this.#options, this.#world) : ({ again: false } as const);
    if (!then.again) this.#giveUp(request, failure, tries);
    return { kind: "failure", failure, then };
  }

  /** A call is at its end without an answer: what that means for its target and its account. */
  #giveUp({ account, model, breaker, asker }: CallRequest, failure: Failure, { sinceMs, alone }: Tries): void {
    const { code, scope, message } = failure;
    if (code === "aborted") return;
    this.#state.notices.failed(code, message, asker);
    // One call that cannot get through is bad luck while others do; when none does, the host is not there.
    const gone = code === "unreachable" && account.answeredAtMs < sinceMs;
    if (scope === "account" || gone) {
      this.#state.notices.tell("error", code, `${account.name}: ${message}`);
      this.#state.stop("account", `${account.name}: ${message}`);
    } else if (scope === "target") {
      breaker.open(code, message);
    } else if (alone === 0) {
      // Where others got through meanwhile, it says nothing of the next one.
      breaker.failed(failure);
    }
    if (breaker.end !== undefined) account.standingOf(model).release(breaker);
  }

  /**
   * Tells limiter and gate of a failure. False when the provider asked for a longer wait than the run allows: nothing more is sent on the account then, or,
   * where the server only failed at this call, the call is given up.
   */
  #pace(failure: Failure, account: Account): boolean {
    const { code, retry, retryAfterMs } = failure;
    if (code === "rate-limited") account.limiter.refused();
    else if (code === "overloaded" || (retry !== "final" && code !== "aborted")) account.limiter.troubled();
    if (account.end !== undefined) return false;
    if (retryAfterMs === undefined || retry === "final") return true;
    const { maxWaitMs, deadlineMs } = this.#options;
    const leftMs = Math.max(0, deadlineMs - this.#world.monotonicMs());
    const bearable = retryAfterMs <= maxWaitMs && retryAfterMs < leftMs;
    // A server that fails, and knows when to ask again, speaks of this call.
    if (code === "server-error") return bearable;
    if (bearable) {
      account.gate.pause(retryAfterMs);
      return true;
    }
    const limit = Number.isFinite(deadlineMs)
      ? `the deadline is in ${inWords(leftMs, Math.floor)}`
      : `a run waits ${inWords(maxWaitMs, Math.floor)} at most`;
    account.endFor(`${account.name} asked to wait ${inWords(retryAfterMs, Math.ceil)}; ${limit}`);
    return false;
  }

  /** Waits while another process has the call in flight. False when the run stops, or it has taken too long. */
  async #whileBusy(key: string, { sinceMs }: Tries): Promise<boolean> {
    this.#stepAside(key);
    const text = "another run on this ledger had calls in flight: their answers were waited for";
    this.#state.notices.tell("note", "ledger", text);
    return this.#world.monotonicMs() - sinceMs <= this.#options.maxBusyMs && this.#sleeps(BUSY_POLL_MS);
  }

  async #sleeps(ms: number): Promise<boolean> {
    try {
      await this.#world.sleep(ms, this.#state.halted);
      return true;
    } catch {
      return false;
    }
  }
}

/** "45 s" up to two minutes, then "3 min". */
function inWords(ms: number, round: (value: number) => number): string {
  return ms < 120_000 ? `${round(ms / 1_000)} s` : `${round(ms / 60_000)} min`;
}

/** Stops the run when a model's key is not set, before anything is paid. */
export function stopForMissingKey(model: Model, state: RunState, { env }: Pick<World, "env">): boolean {
  if (model.keyEnv === undefined || (env[model.keyEnv] ?? "") !== "") return false;
  const message = `${model.keyEnv} is not set, which ${model.id} needs`;
  state.notices.tell("error", "key-missing", message);
  state.stop("account", message);
  return true;
}
