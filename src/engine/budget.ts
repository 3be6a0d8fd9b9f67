/** The caps of one run: the worst cost and one call are set aside before a request is sent, and what it did not cost is given back. */

interface Waiting {
  readonly usd: number;
  readonly decide: (granted: boolean) => void;
}

/** What one call has set aside; settle or cancel it exactly once. */
export interface Reservation {
  readonly usd: number;
}

export class Budget {
  readonly #cap: number;
  readonly #capCalls: number;
  /** Sent and set aside together. */
  #calls = 0;
  #spent = 0;
  #reserved = 0;
  /** Reservations not settled yet. */
  #open = 0;
  #closed = false;
  readonly #queue: Waiting[] = [];

  /** A cap that is absent is none: every reservation is granted. `capCalls` counts requests, judges' and repeated ones too. */
  constructor(capUsd?: number, capCalls?: number) {
    this.#cap = capUsd ?? Number.POSITIVE_INFINITY;
    this.#capCalls = capCalls ?? Number.POSITIVE_INFINITY;
  }

  /** Requests sent and set aside together: never above the cap. */
  get calls(): number {
    return this.#calls;
  }

  /** Whether there is no call left, whatever one costs. */
  get outOfCalls(): boolean {
    return this.#calls >= this.#capCalls;
  }

  /** Settled spend and lost calls at their worst; never above the cap as long as no call costs more than its worst. */
  get spentUsd(): number {
    return this.#spent;
  }

  /** Spent and set aside together: never above the cap by reservation. */
  get committedUsd(): number {
    return this.#spent + this.#reserved;
  }

  /**
   * Sets aside the worst cost of a call. Waits while calls in flight may still give something back; undefined when they
   * cannot, which means that the budget is at its end. `first` goes before all who wait.
   */
  async reserve(usd: number, first = false): Promise<Reservation | undefined> {
    if (this.#closed) return undefined;
    if ((first || this.#queue.length === 0) && this.#fits(usd)) return this.#take(usd);
    if (this.#open === 0 && this.#queue.length === 0) return undefined;
    const granted = await new Promise<boolean>((decide) => {
      if (first) this.#queue.unshift({ usd, decide });
      else this.#queue.push({ usd, decide });
    });
    return granted ? { usd } : undefined;
  }

  /** Gives a reservation back and counts what the call cost; a call that was lost counts at its worst. */
  settle(reservation: Reservation, spentUsd: number): void {
    this.#reserved = this.#open === 1 ? 0 : Math.max(0, this.#reserved - reservation.usd);
    this.#open--;
    this.#spent += spentUsd;
    this.#serve();
  }

  /** Gives back all that was set aside, because nothing left. */
  cancel(reservation: Reservation): void {
    this.#calls--;
    this.settle(reservation, 0);
  }

  /** Refuses all who wait and all who come: the run ends. */
  close(): void {
    this.#closed = true;
    for (const { decide } of this.#queue.splice(0)) decide(false);
  }

  #fits(usd: number): boolean {
    return !this.outOfCalls && this.#spent + this.#reserved + usd <= this.#cap;
  }

  #take(usd: number): Reservation {
    this.#reserved += usd;
    this.#calls++;
    this.#open++;
    return { usd };
  }

  /** First come, first served: a cheap call does not overtake a dear one for ever. */
  #serve(): void {
    for (let first = this.#queue[0]; first !== undefined; first = this.#queue[0]) {
      if (this.#fits(first.usd)) {
        this.#take(first.usd);
        this.#queue.shift();
        first.decide(true);
      } else if (this.#open === 0) {
        this.#queue.shift();
        first.decide(false);
      } else {
        return;
      }
    }
  }
}
