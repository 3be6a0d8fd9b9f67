/** Ends a target whose calls all fail alike: the twenty-first would fail too. */
import type { Failure } from "../suite/completion.ts";

const IDENTICAL = 20;

export class Breaker {
  #last = "";
  #count = 0;
  #why: string | undefined;

  /** Why the target was ended; undefined while its calls go on. */
  get why(): string | undefined {
    return this.#why;
  }

  succeeded(): void {
    this.#count = 0;
  }

  /** A call failed for good. Failures are identical when code, status and message are. */
  failed({ code, status, message }: Failure): void {
    const mark = JSON.stringify([code, status ?? 0, message]);
    this.#count = mark === this.#last ? this.#count + 1 : 1;
    this.#last = mark;
    if (this.#count >= IDENTICAL) this.end(`${IDENTICAL} identical errors: ${message}`);
  }

  /** Ends the target; the first reason stays. */
  end(why: string): void {
    this.#why ??= why;
  }
}
