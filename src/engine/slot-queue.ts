/** Who of those that wait for a slot of an account goes next: models in turn, and of a model's calls those of both kinds in turn. */
import type { QueueAddOptions } from "p-queue";

/** A call that waits for a slot. */
export interface SlotAsked extends QueueAddOptions {
  /** Id of the model that is asked. */
  readonly model: string;
  /** For the first time, once more after a failure, or for the first time to judge an answer that is there. */
  readonly kind: "fresh" | "again" | "judge";
}

/** What p-queue gives to a queue: a function that starts the work. */
type Start = () => Promise<unknown>;

interface Waiting {
  readonly fresh: Start[];
  readonly again: Start[];
  /** Of which kind the last one was. */
  last: "fresh" | "again";
}

/**
 * A queue class for p-queue. An answer without its judgement is half a loss: a judge goes first, when it is asked for the first time. All others take
 * turns, first come, first served within a turn: a model that only fails has its share of the slots and no more, and so have the calls that
 * are sent again and again.
 */
export class SlotQueue {
  readonly #judges: Start[] = [];
  /** Whose turn it is comes first. */
  readonly #models = new Map<string, Waiting>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  enqueue(start: Start, { model = "", kind = "fresh" }: Partial<SlotAsked> = {}): void {
    this.#size++;
    if (kind === "judge") {
      this.#judges.push(start);
      return;
    }
    const waiting = this.#models.get(model) ?? { fresh: [], again: [], last: "fresh" };
    waiting[kind].push(start);
    this.#models.set(model, waiting);
  }

  dequeue(): Start | undefined {
    const start = this.#judges.shift() ?? this.#next();
    if (start !== undefined) this.#size--;
    return start;
  }

  #next(): Start | undefined {
    for (const [model, waiting] of this.#models) {
      const other = waiting.last === "fresh" ? "again" : "fresh";
      if (waiting[other].length > 0) waiting.last = other;
      const start = waiting[waiting.last].shift();
      this.#models.delete(model);
      if (waiting.fresh.length + waiting.again.length > 0) this.#models.set(model, waiting);
      return start;
    }
    return undefined;
  }

  /** p-queue asks for these where ids, priorities, signals or sizes of a kind are used: nowhere here. */
  filter(): Start[] {
    return [];
  }

  setPriority(): void {}

  remove(): void {}
}
