/** Holds an account back while its provider asked us to wait (Retry-After). It knows nothing of limits: waiting is not failing. */
import type { World } from "../suite/world.ts";

export interface PauseGateOptions {
  /** Called when the gate closes and when it opens again. */
  readonly onClose: () => void;
  readonly onOpen: () => void;
}

export class PauseGate {
  readonly #world: Pick<World, "monotonicMs" | "sleep">;
  readonly #options: PauseGateOptions;
  /** Monotonic time before which nothing is sent; never moves back. */
  #until = Number.NEGATIVE_INFINITY;
  /** Present while closed. */
  #waiting: AbortController | undefined;
  #closedForMs = 0;
  #times = 0;

  constructor(world: Pick<World, "monotonicMs" | "sleep">, options: PauseGateOptions) {
    this.#world = world;
    this.#options = options;
  }

  /** Milliseconds until the gate opens, 0 when it is open. */
  get remainingMs(): number {
    return this.#waiting === undefined ? 0 : Math.max(0, this.#until - this.#world.monotonicMs());
  }

  /** How often it closed and for how long in all, for the notice at the end. */
  get history(): { readonly times: number; readonly ms: number } {
    return { times: this.#times, ms: this.#closedForMs };
  }

  /** Closes the gate for `ms` from now; a shorter wait than the one under way changes nothing. */
  pause(ms: number): void {
    this.#until = Math.max(this.#until, this.#world.monotonicMs() + Math.max(0, ms));
    if (this.#waiting !== undefined || this.#until <= this.#world.monotonicMs()) return;
    this.#waiting = new AbortController();
    this.#times++;
    this.#options.onClose();
    void this.#waitAndOpen(this.#waiting.signal);
  }

  /** Opens at once, because the run ends. */
  open(): void {
    this.#waiting?.abort();
  }

  async #waitAndOpen(signal: AbortSignal): Promise<void> {
    const start = this.#world.monotonicMs();
    try {
      for (let left = this.#until - start; left > 0; left = this.#until - this.#world.monotonicMs()) {
        await this.#world.sleep(left, signal);
      }
    } catch {
      // Opened by hand.
    }
    this.#closedForMs += this.#world.monotonicMs() - start;
    this.#waiting = undefined;
    this.#options.onOpen();
  }
}
