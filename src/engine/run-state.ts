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

const none = (): CallCounts => ({ fromLedger: 0, sent: 0, answered: 0, failed: 0, retried: 0, maybePaidTwice: 0 });

export class RunState {
  readonly budget: Budget;
  readonly notices = new Notices();
  readonly target: CallCounts = none();
  readonly judge: CallCounts = none();
  settledUsd = 0;
  unknownUsd = 0;
  unpricedCalls = 0;
  readonly #halt = new AbortController();
  readonly #abort = new AbortController();
  readonly #onHalt: (() => void)[] = [];
  readonly #maxUsd: number | undefined;
  #stopped: RunOutcome["stopped"];
  #defect: unknown;

  constructor(maxUsd?: number) {
    this.#maxUsd = maxUsd;
    this.budget = new Budget(maxUsd);
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

  stopForBudget(): void {
    const spent = this.budget.spentUsd;
    this.stop(
      "budget",
      `$${Number(spent.toPrecision(3))} of $${this.#maxUsd ?? 0} are spent, and the next call could cost more than what is left: run again for the rest, or raise --max-usd`,
    );
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
