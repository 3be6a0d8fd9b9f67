/** How a model of an account stands: whether it answers, and which calls wait to be sent to it again. */
import type { World } from "../suite/world.ts";
import type { Breaker } from "./breaker.ts";

/** So many failures without an answer between them are no bad luck any more. */
const DOWN = 20;
/** So many of those that wait are sent at each answer of a model that is up again: they double while it bears them. */
const AT_AN_ANSWER = 2;

interface Waiting {
  readonly dueMs: number;
  readonly breaker: Breaker;
  readonly over: AbortController;
}

/**
 * Each call waits for a time of its own, drawn anew and longer with each failure. When a model that was down answers, nobody has to wait out the time
 * that was drawn when it was down: who would be next goes at once, a few at each answer.
 */
export class Standing {
  readonly #world: Pick<World, "monotonicMs" | "sleep">;
  readonly #waiting = new Set<Waiting>();
  /** Of a model that was down, the last to go first. */
  #called: Waiting[] = [];
  #failures = 0;

  constructor(world: Pick<World, "monotonicMs" | "sleep">) {
    this.#world = world;
  }

  /** A request to it failed for a reason that passes. */
  failed(): void {
    this.#failures++;
  }

  answered(): void {
    if (this.#failures >= DOWN) this.#called = [...this.#waiting].sort((a, b) => b.dueMs - a.dueMs);
    this.#failures = 0;
    for (let sent = 0; sent < AT_AN_ANSWER && this.#called.length > 0; ) {
      const next = this.#called.pop();
      if (next === undefined || !this.#waiting.has(next)) continue;
      next.over.abort();
      sent++;
    }
  }

  /** Waits for so long, or until there is no more reason to. */
  async wait(ms: number, breaker: Breaker): Promise<void> {
    const one = { dueMs: this.#world.monotonicMs() + ms, breaker, over: new AbortController() };
    this.#waiting.add(one);
    try {
      await this.#world.sleep(ms, one.over.signal);
    } catch {
      // Called before its time.
    }
    this.#waiting.delete(one);
  }

  /** Ends the waits of a target or judge that was given up; without one, all. */
  release(breaker?: Breaker): void {
    for (const one of this.#waiting) {
      if (breaker === undefined || one.breaker === breaker) one.over.abort();
    }
  }
}
