/** One request of a call, from a free slot to its outcome on disk: budget, intent, send, validate, settle. */
import { ConfigError, StorageError, toError } from "../errors.ts";
import { costOf, worstCost } from "../model/prices.ts";
import type { Answer, Completion, Failure } from "../suite/completion.ts";
import type { Message, Model, Parameters } from "../suite/model.ts";
import { runUserCode } from "../suite/user-code.ts";
import type { World } from "../suite/world.ts";
import type { Reservation } from "./budget.ts";
import type { Flights } from "./flights.ts";
import type { Ledger } from "./ledger.ts";
import { mayHaveBeenPaid } from "./retry.ts";
import type { RunState } from "./run-state.ts";

/** What is sent, and on whose account it is counted. */
export interface Sendable {
  readonly key: string;
  readonly model: Model;
  readonly messages: readonly Message[];
  readonly parameters: Parameters;
  readonly caseId: string;
  readonly trial: number;
  /** Name of the target or grader. */
  readonly asker: string;
  readonly kind: "target" | "judge";
}

/**
 * How a request ended: an answer or a failure, both on disk; or it did not leave: `not-sent`, because the run stops; `settled`, because
 * someone else's answer is there; `busy`, because another process has it in flight.
 */
export type Sent =
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "failure"; readonly failure: Failure }
  | { readonly kind: "not-sent"; readonly why: string }
  | { readonly kind: "settled" }
  | { readonly kind: "busy" };

export class Sender {
  readonly #ledger: Ledger;
  readonly #state: RunState;
  readonly #flights: Flights;
  readonly #timeoutMs: number;
  readonly #world: World;
  /** Answers that could not be written; bounded by what was in flight when the disk failed. */
  readonly #unwritten: { readonly key: string; readonly answer: Answer; readonly usd?: number }[] = [];

  constructor(parts: {
    readonly ledger: Ledger;
    readonly state: RunState;
    readonly flights: Flights;
    readonly timeoutMs: number;
    readonly world: World;
  }) {
    this.#ledger = parts.ledger;
    this.#state = parts.state;
    this.#flights = parts.flights;
    this.#timeoutMs = parts.timeoutMs;
    this.#world = parts.world;
  }

  async send(request: Sendable): Promise<Sent> {
    const { key, model, messages, parameters, kind } = request;
    const worst = worstCost(messages, parameters, model.price);
    const reservation = await this.#state.budget.reserve(worst.known ? worst.usd : 0, kind === "judge");
    if (reservation === undefined) {
      this.#state.stopForBudget();
      return { kind: "not-sent", why: "the budget was spent" };
    }
    const intent = { modelId: model.id, ...(worst.known && { worstUsd: worst.usd }) };
    const claim = await this.#writing(() => this.#ledger.claim(key, intent));
    if (claim?.kind !== "claimed") {
      this.#state.budget.cancel(reservation);
      return claim ?? { kind: "not-sent", why: "the ledger cannot be written" };
    }
    if (claim.again !== undefined) {
      this.#state[kind].maybePaidTwice++;
      // The earlier run's to tell, and in the ledger's sum: what a run says it cost, and what its caps hold, is what it sent.
      this.#state.againUsd += claim.again.usd ?? 0;
    }
    if (this.#state.halted.aborted) {
      // The run ended while the intent was written: nothing has left, and the ledger must say so.
      this.#state.budget.cancel(reservation);
      await this.#writing(() => this.#ledger.fail(key, STOPPED));
      return { kind: "not-sent", why: "the run stopped before" };
    }
    this.#state[kind].sent++;
    const completion = await this.#launch(request);
    if (completion.kind === "failure") {
      this.#countFailure(completion, reservation, worst.known);
      await this.#writing(() => this.#ledger.fail(key, completion));
      return { kind: "failure", failure: completion };
    }
    return { kind: "answer", answer: await this.#settle(request, completion, reservation, worst.known) };
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

  #launch({ model, messages, parameters, caseId, trial, asker }: Sendable): Promise<Completion> {
    const timeoutMs = model.timeoutMs ?? this.#timeoutMs;
    return this.#flights.launch(timeoutMs, (signal) => {
      const ask = () => model.complete({ messages, parameters, caseId, trial, asker, timeoutMs, signal }, this.#world);
      // Only a fake model is code of the suite's.
      if (model.provider !== "fake") return ask();
      return runUserCode(() => `the model ${model.id}, asked by "${asker}" on case "${caseId}"`, ask);
    });
  }

  async #settle(request: Sendable, answer: Answer, reservation: Reservation, priced: boolean): Promise<Answer> {
    const { key, model, messages } = request;
    const cost = costOf(answer, model.price, messages);
    const usd = cost.known ? cost.usd : undefined;
    this.#state.budget.settle(reservation, usd ?? reservation.usd);
    if (usd !== undefined) this.#state.settledUsd += usd;
    else if (priced) this.#state.unknownUsd += reservation.usd;
    else this.#state.unpricedCalls++;
    const kept = await this.#writing(() => this.#ledger.settle(key, answer, usd));
    if (kept === undefined) this.#unwritten.push({ key, answer, ...(usd !== undefined && { usd }) });
    return kept ?? answer;
  }

  #countFailure(failure: Failure, reservation: Reservation, priced: boolean): void {
    const paid = mayHaveBeenPaid(failure);
    this.#state.budget.settle(reservation, paid ? reservation.usd : 0);
    if (paid && priced) this.#state.unknownUsd += reservation.usd;
    else if (paid) this.#state.unpricedCalls++;
  }

  /** Writes to the ledger; a failure to write stops the run and gives undefined. */
  async #writing<T>(write: () => Promise<T>): Promise<T | undefined> {
    try {
      return await write();
    } catch (thrown) {
      if (!(thrown instanceof StorageError || thrown instanceof ConfigError)) throw thrown;
      this.#state.stop("storage", `${this.#ledger.file}: ${toError(thrown).message}`);
      return undefined;
    }
  }
}

const STOPPED: Failure = {
  kind: "failure",
  code: "aborted",
  retry: "never-sent",
  scope: "call",
  message: "the run stopped before it was sent",
};
