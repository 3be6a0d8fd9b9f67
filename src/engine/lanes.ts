/**
 * How many tasks a feeder has at work at once, which is what bounds memory. A task needs a lane of its own while its calls wait for a slot or are
 * in flight; one that waits to be sent again steps aside, so that others go on: a case that always fails, or a model of several, is no reason to
 * stand still.
 */
import type { World } from "../suite/world.ts";

/** What a call may say of the task that it is made for. */
export interface Lane {
  /** The task waits for something that nobody knows the end of. It has no lane any more until it is done. */
  readonly stepAside: () => void;
  /** So many times longer than usual should it wait, since many others wait too: 1 to 4. */
  readonly patience: number;
  /** No more tasks can step aside: who failed often makes room. */
  readonly crowded: boolean;
}

/** Of a call that is made for no task. */
export const NO_LANE: Lane = { stepAside: () => undefined, patience: 1, crowded: false };

/** Tasks of a feeder that stand aside at once, at most: a case and its prompt each. */
const MOST_ASIDE = 1_000;
/**
 * When as many stand aside as there are lanes, something is wrong with more than a case: a new task is then begun only so often, and as many more
 * at once as come through. Who is down is not asked about a thousand cases at once, and who is not is soon at work as before.
 */
const PROBE_MS = 1_000;
const MOST_PATIENCE = 4;

interface Task {
  aside: boolean;
  /** Begun while there were as many aside as lanes. */
  readonly probe: boolean;
}

export class Lanes {
  readonly #limit: () => number;
  readonly #world: Pick<World, "monotonicMs" | "sleep">;
  #atWork = 0;
  #aside = 0;
  /** Probes at work, how many there may be, and when the next one may begin. */
  #probes = 0;
  #window = 1;
  #probeAtMs = Number.NEGATIVE_INFINITY;
  readonly #waiting: (() => void)[] = [];

  /** `limit` tells how many lanes there are by now. */
  constructor(limit: () => number, world: Pick<World, "monotonicMs" | "sleep">) {
    this.#limit = limit;
    this.#world = world;
  }

  /** Waits until a task may begin; `halted` ends the wait. Whoever waited begins it, or nothing, before anyone else asks. */
  async room(halted: AbortSignal): Promise<void> {
    while (!halted.aborted) {
      if (this.#atWork < this.#limit() && this.#aside < MOST_ASIDE) {
        if (!this.#probing) return;
        const left = this.#probeAtMs - this.#world.monotonicMs();
        if (left <= 0 && this.#probes < this.#window) return;
        if (left > 0) {
          await this.#world.sleep(left, halted).catch(() => undefined);
          continue;
        }
      }
      await this.changed();
    }
  }

  /** Does a task's work in a lane. `work` must not reject. */
  async run(work: (lane: Lane) => Promise<void>): Promise<void> {
    const task: Task = { aside: false, probe: this.#probing };
    this.#atWork++;
    if (task.probe) this.#probes++;
    const lanes = this;
    await work({
      stepAside: () => this.#stepAside(task),
      get patience() {
        return Math.min(MOST_PATIENCE, Math.max(1, lanes.#aside / lanes.#limit()));
      },
      get crowded() {
        return lanes.#aside >= MOST_ASIDE;
      },
    });
    if (task.aside) this.#aside--;
    else {
      this.#atWork--;
      if (task.probe) {
        this.#probes--;
        this.#window = Math.min(this.#window + 1, this.#limit());
      }
    }
    this.tell();
  }

  /** Waits until no task is at work or aside. */
  async idle(): Promise<void> {
    while (this.#atWork + this.#aside > 0) await this.changed();
  }

  /** Something is other than it was: the limit, or what is at work. */
  tell(): void {
    for (const go of this.#waiting.splice(0)) go();
  }

  changed(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  get #probing(): boolean {
    return this.#aside >= this.#limit();
  }

  #stepAside(task: Task): void {
    if (task.aside) return;
    task.aside = true;
    this.#atWork--;
    this.#aside++;
    if (task.probe) {
      this.#probes--;
      this.#window = 1;
    }
    if (this.#probing) this.#probeAtMs = this.#world.monotonicMs() + PROBE_MS;
    this.tell();
  }
}
