/**
 * The way of one call: ledger, single flight, pause gate and limiter (the account's slots), budget, intent, send, validate, settle.
 * Answers that are at hand need no slot and do not touch the limiter.
 */
import { ConfigError, StorageError, toError } from "../errors.ts";
import { costOf, worstCost } from "../model/prices.ts";
import type { Answer, Completion, Failure } from "../suite/completion.ts";
import type { Message, Model, Parameters } from "../suite/model.ts";
import type { World } from "../suite/world.ts";
import type { Account } from "./account.ts";
import type { Breaker } from "./breaker.ts";
import type { Reservation } from "./budget.ts";
import type { Flights } from "./flights.ts";
import type { Ledger, Stored } from "./ledger.ts";
import { type Attempts, askedToWait, decideRetry, mayHaveBeenPaid, type RetryOptions } from "./retry.ts";
import type { RunState } from "./run-state.ts";

export interface CallRequest {
  readonly key: string;
  readonly model: Model;
  readonly account: Account;
  readonly messages: readonly Message[];
  readonly parameters: Parameters;
  readonly caseId: string;
  readonly trial: number;
  /** Name of the target or grader. */
  readonly asker: string;
  readonly kind: "target" | "judge";
  /** Of the target, or of the judge's model. */
  readonly breaker: Breaker;
}

/** `fresh`: this very call was sent for it; else it was at hand or came from a call that was under way already. */
export type CallResult =
  | { readonly kind: "answered"; readonly answer: Answer; readonly fresh: boolean }
  | { readonly kind: "failed"; readonly failure: Failure; readonly fresh: boolean }
  | { readonly kind: "not-sent"; readonly why: string };

export interface CallerOptions extends RetryOptions {
  readonly timeoutMs: number;
  /** Longest wait that a provider may ask for, milliseconds. */
  readonly maxWaitMs: number;
}

/** How one attempt ended: besides a result, somebody else's flight or answer, or a failure that may be worth another attempt. */
type Attempted =
  | CallResult
  | { readonly kind: "busy" }
  | { readonly kind: "taken" }
  | { readonly kind: "tried"; readonly failure: Failure };

/** How often a call that another process has in flight is looked for. */
const BUSY_POLL_MS = 250;

export class Caller {
  readonly #ledger: Ledger;
  readonly #state: RunState;
  readonly #flights: Flights;
  readonly #options: CallerOptions;
  readonly #world: World;
  readonly #flying = new Map<string, Promise<CallResult>>();
  /** Answers that could not be written; bounded by what was in flight when the disk failed. */
  readonly #unwritten: { readonly key: string; readonly answer: Answer; readonly usd?: number }[] = [];

  constructor(parts: {
    readonly ledger: Ledger;
    readonly state: RunState;
    readonly flights: Flights;
    readonly options: CallerOptions;
    readonly world: World;
  }) {
    this.#ledger = parts.ledger;
    this.#state = parts.state;
    this.#flights = parts.flights;
    this.#options = parts.options;
    this.#world = parts.world;
  }

  /** Makes a call, or takes what is known of it. Never rejects for what a provider does; rejects when the ledger cannot be read. */
  async call(request: CallRequest): Promise<CallResult> {
    const flying = this.#flying.get(request.key);
    if (flying !== undefined) {
      const result = await flying;
      return result.kind === "not-sent" ? result : { ...result, fresh: false };
    }
    const call = this.#buy(request).finally(() => this.#flying.delete(request.key));
    this.#flying.set(request.key, call);
    return call;
  }

  async #buy(request: CallRequest): Promise<CallResult> {
    const { key, account, breaker } = request;
    const known = this.#known(key);
    if (known !== undefined) return known;
    const unable = this.#unable(request);
    if (unable !== undefined) return unable;
    let attempts: Attempts = { failed: 0, maybePaid: 0, sinceMs: this.#world.monotonicMs() };
    for (let sent = 0; ; ) {
      const priority = sent > 0 ? 1 : 0;
      const attempted = await account.slots.add(() => this.#attempt(request, sent), { priority });
      if (attempted.kind === "busy") {
        if (!(await this.#whileBusy())) return { kind: "not-sent", why: "another run has it in flight" };
        const theirs = this.#known(key);
        if (theirs?.kind === "answered") return theirs;
        continue;
      }
      if (attempted.kind === "taken") {
        const theirs = this.#known(key);
        if (theirs !== undefined) return theirs;
        continue;
      }
      if (attempted.kind !== "tried") return attempted;
      sent++;
      const { failure } = attempted;
      attempts = {
        ...attempts,
        failed: attempts.failed + (askedToWait(failure) ? 0 : 1),
        maybePaid: attempts.maybePaid + (failure.retry === "maybe-paid" ? 1 : 0),
      };
      if (!this.#pace(failure, account)) return this.#ended(request, failure, attempts.sinceMs);
      const decision = decideRetry(failure, attempts, this.#options, this.#world);
      if (!decision.again || !(await this.#sleeps(decision.waitMs)) || breaker.end !== undefined) {
        return this.#ended(request, failure, attempts.sinceMs);
      }
      this.#state[request.kind].retried++;
    }
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

  /** Why nothing can be sent: the run stops, the target has ended, the key is missing. */
  #unable({ model, breaker }: CallRequest): CallResult | undefined {
    if (this.#state.halted.aborted) return { kind: "not-sent", why: "the run stopped before" };
    if (breaker.end !== undefined) return { kind: "not-sent", why: breaker.end.why };
    if (stopForMissingKey(model, this.#state, this.#world)) return { kind: "not-sent", why: "the key is missing" };
    return undefined;
  }

  /** One request, from a free slot to its outcome on disk. */
  async #attempt(request: CallRequest, sent: number): Promise<Attempted> {
    const { key, model, account, messages, parameters, kind } = request;
    const unable = this.#unable(request);
    if (unable !== undefined) return unable;
    account.limiter.started(account.slots.pending);
    const worst = worstCost(messages, parameters, model.price);
    const reservation = await this.#state.budget.reserve(worst.known ? worst.usd : 0);
    if (reservation === undefined) {
      this.#state.stopForBudget();
      return { kind: "not-sent", why: "the budget was spent" };
    }
    const intent = { modelId: model.id, ...(worst.known && { worstUsd: worst.usd }) };
    const claim = await this.#writing(() => this.#ledger.claim(key, intent));
    if (claim?.kind !== "claimed") {
      this.#state.budget.settle(reservation, 0);
      if (claim === undefined) return { kind: "not-sent", why: "the ledger cannot be written" };
      return { kind: claim.kind === "busy" ? "busy" : "taken" };
    }
    if (claim.again !== undefined) {
      this.#state[kind].maybePaidTwice++;
      if (claim.again.usd === undefined) this.#state.unpricedCalls++;
      else this.#state.unknownUsd += claim.again.usd;
    }
    this.#state[kind].sent++;
    const completion = await this.#send(request);
    if (completion.kind === "failure") {
      this.#failed(completion, reservation, worst.known);
      await this.#writing(() => this.#ledger.fail(key, completion));
      return { kind: "tried", failure: completion };
    }
    account.answeredAtMs = this.#world.monotonicMs();
    if (sent === 0) account.limiter.succeeded();
    request.breaker.succeeded();
    const answer = await this.#settle(request, completion, reservation, worst.known);
    return { kind: "answered", answer, fresh: true };
  }

  #send({ model, messages, parameters, caseId, trial, asker }: CallRequest): Promise<Completion> {
    const { timeoutMs } = this.#options;
    // A second Ctrl-C while the intent was written: nothing has left, and nothing will.
    if (this.#state.aborted.aborted) {
      return Promise.resolve({
        kind: "failure",
        code: "aborted",
        retry: "never-sent",
        scope: "call",
        message: "stopped before it was sent",
      });
    }
    return this.#flights.launch(timeoutMs, (signal) =>
      model.complete({ messages, parameters, caseId, trial, asker, timeoutMs, signal }, this.#world),
    );
  }

  async #settle(request: CallRequest, answer: Answer, reservation: Reservation, priced: boolean): Promise<Answer> {
    const { key, model, messages } = request;
    const cost = costOf(answer, model.price, messages);
    this.#state.budget.settle(reservation, cost.known ? cost.usd : reservation.usd);
    if (cost.known) this.#state.settledUsd += cost.usd;
    else if (priced) this.#state.unknownUsd += reservation.usd;
    else this.#state.unpricedCalls++;
    const usd = cost.known ? { usd: cost.usd } : {};
    const kept = await this.#writing(() => this.#ledger.settle(key, answer, cost.known ? cost.usd : undefined));
    if (kept === undefined) this.#unwritten.push({ key, answer, ...usd });
    return kept ?? answer;
  }

  #failed(failure: Failure, reservation: Reservation, priced: boolean): void {
    const paid = mayHaveBeenPaid(failure);
    this.#state.budget.settle(reservation, paid ? reservation.usd : 0);
    if (paid && priced) this.#state.unknownUsd += reservation.usd;
    else if (paid) this.#state.unpricedCalls++;
  }

  /** A call is at its end without an answer. */
  #ended(request: CallRequest, failure: Failure, sinceMs: number): CallResult {
    const { account, breaker, asker } = request;
    const { code, scope, message } = failure;
    if (code !== "aborted") this.#state.notices.failed(code, message, asker);
    // One call that cannot get through is bad luck while others do; when none does, the host is not there.
    const gone = code === "unreachable" && account.answeredAtMs < sinceMs;
    if (scope === "account" || gone) {
      this.#state.notices.tell("error", code, `${account.name}: ${message}`);
      this.#state.stop("account", `${account.name}: ${message}`);
    } else if (scope === "target") {
      breaker.open(code, message);
    } else if (code !== "aborted") {
      breaker.failed(failure);
    }
    return { kind: "failed", failure, fresh: true };
  }

  /** Tells limiter and gate of a failure. False when the provider asked for a longer wait than the run allows: it is stopped then. */
  #pace(failure: Failure, account: Account): boolean {
    const { code, retry, retryAfterMs } = failure;
    if (code === "rate-limited") account.limiter.refused();
    else if (code === "overloaded" || (retry !== "final" && code !== "aborted")) account.limiter.troubled();
    if (retryAfterMs === undefined || retry === "final") return true;
    if (retryAfterMs <= this.#options.maxWaitMs) {
      account.gate.pause(retryAfterMs);
      return true;
    }
    const asked = Math.ceil(retryAfterMs / 60_000);
    const most = Math.floor(this.#options.maxWaitMs / 60_000);
    this.#state.stop("account", `${account.name} asked to wait ${asked} min; a run waits ${most} min at most`);
    return false;
  }

  /** Waits while another process has the call in flight. False when the run stops. */
  async #whileBusy(): Promise<boolean> {
    this.#state.notices.tell(
      "note",
      "ledger",
      "another run on this ledger had calls in flight: their answers were waited for",
    );
    return this.#sleeps(BUSY_POLL_MS);
  }

  async #sleeps(ms: number): Promise<boolean> {
    try {
      await this.#world.sleep(ms, this.#state.halted);
      return true;
    } catch {
      return false;
    }
  }

  /** Writes to the ledger; a failure to write stops the run and gives undefined. */
  async #writing<T>(write: () => Promise<T>): Promise<T | undefined> {
    try {
      return await write();
    } catch (thrown) {
      if (!(thrown instanceof StorageError || thrown instanceof ConfigError)) throw thrown;
      const file = thrown instanceof StorageError ? thrown.file : this.#ledger.file;
      this.#state.stop("storage", `${file}: ${toError(thrown).message}`);
      return undefined;
    }
  }

  /** Tries once more, at the end of the run, to write the answers that could not be; returns those that are lost. */
  async finish(): Promise<{ readonly lost: number; readonly usd: number }> {
    let usd = 0;
    let lost = 0;
    for (const one of this.#unwritten.splice(0)) {
      try {
        await this.#ledger.settle(one.key, one.answer, one.usd);
      } catch {
        lost++;
        usd += one.usd ?? 0;
      }
    }
    return { lost, usd };
  }
}

/** Stops the run when a model's key is not set, before anything is paid. */
export function stopForMissingKey(model: Model, state: RunState, { env }: Pick<World, "env">): boolean {
  if (model.keyEnv === undefined || (env[model.keyEnv] ?? "") !== "") return false;
  const message = `${model.keyEnv} is not set, which ${model.id} needs`;
  state.notices.tell("error", "key-missing", message);
  state.stop("account", message);
  return true;
}
