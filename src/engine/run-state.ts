/** What a run knows of itself while it works: whether it still launches, what it counted and spent, what there is to tell. */
import { Budget } from "./budget.ts";
import { Notices } from "./notices.ts";
import type { RunOutcome, StopReason } from "./outcome.ts";

/** Calls of one kind: a target's, or a judge's. */
export interface CallCounts {
  fromLedger: number;
  sent: number;
  answered: number;
  failed: number;
  retried: number;
  maybePaidTwice: number;
}

export interface RunCaps {
  /** US dollars. */
  readonly maxUsd?: number;
  /** Requests, judges' and repeated ones too. */
  readonly maxCalls?: number;
}

const none = (): CallCounts => ({ fromLedger: 0, sent: 0, answered: 0, failed: 0, retried: 0, maybePaidTwice: 0 });

export class RunState {
  readonly budget: Budget;
  readonly notices = new Notices();
  readonly target: CallCounts = none();
  readonly judge: CallCounts = none();
  settledUsd = 0;
  unknownUsd = 0;
  unpricedCalls = 0;
  /** US dollars at worst that earlier runs sent for nothing, of calls that this one had to buy again: no part of what this run costs. */
  againUsd = 0;
  readonly #halt = new AbortController();
  readonly #abort = new AbortController();
  readonly #onHalt: (() => void)[] = [];
  readonly #caps: RunCaps;
  #stopped: RunOutcome["stopped"];
  #defect: unknown;

  constructor(caps: RunCaps = {}) {
    this.#caps = caps;
    this.budget = new Budget(caps.maxUsd, caps.maxCalls);
  }

  /** Aborted when nothing more is to be launched: ends waits, not requests. */
  get halted(): AbortSignal {
    return this.#halt.signal;
  }

  /** Aborted when nothing is waited for any more, not even what is in flight. */
  get aborted(): AbortSignal {
    return this.#abort.signal;
  }

  get stopped(): RunOutcome["stopped"] {
    return this.#stopped;
  }

  /** What ended the run and is no outcome: a data file that changed under our hands, or a defect. Thrown when all has landed. */
  get defect(): unknown {
    return this.#defect;
  }

  onHalt(listener: () => void): void {
    this.#onHalt.push(listener);
  }

  /** Launches nothing more; the first reason stays. What is in flight may finish. */
  stop(reason: StopReason, message: string): void {
    this.#stopped ??= { reason, message };
    this.#endLaunching();
  }

  /** A reservation was refused: the run ends, and says by which cap. */
  stopForBudget(): void {
    const { maxUsd = 0, maxCalls = 0 } = this.#caps;
    const { spentUsd, calls, outOfCalls } = this.budget;
    const why = outOfCalls
      ? `${calls} of ${maxCalls} calls are sent: run again for the rest, or raise --max-calls`
      : `$${Number(spentUsd.toPrecision(3))} of $${maxUsd} are spent, and the next call could cost more than what is left: run again for the rest, or raise --max-usd`;
    this.stop("budget", why);
  }

  fail(defect: unknown): void {
    this.#defect ??= defect;
    this.#endLaunching();
  }

  /** Waits for nothing any more. */
  abort(): void {
    this.#endLaunching();
    this.#abort.abort(new Error("the run was stopped"));
  }

  #endLaunching(): void {
    if (this.#halt.signal.aborted) return;
    this.#halt.abort(new Error("the run stops"));
    this.budget.close();
    for (const listener of this.#onHalt) listener();
  }
}
