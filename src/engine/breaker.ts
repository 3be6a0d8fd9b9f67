/** Ends a target or judge whose calls all fail alike: the twenty-first would fail too. */
import type { Failure, FailureCode } from "../suite/completion.ts";

const IDENTICAL = 20;

export class Breaker {
  #last = "";
  #count = 0;
  #answeredAtMs = Number.NEGATIVE_INFINITY;
  #end: { readonly code: FailureCode; readonly why: string } | undefined;

  /** Why the target was ended; undefined while its calls go on. */
  get end(): { readonly code: FailureCode; readonly why: string } | undefined {
    return this.#end;
  }

  /** Monotonic milliseconds of the last answer to a call of it in this run; before the first, minus infinity. */
  get answeredAtMs(): number {
    return this.#answeredAtMs;
  }

  succeeded(nowMs: number): void {
    this.#count = 0;
    this.#answeredAtMs = nowMs;
  }

  /**
   * A call failed for good. Failures are identical when code, status and message are, the message without what tells requests apart. A prompt that is too
   * long says nothing of the next one, which is another case's.
   */
  failed({ code, status, message }: Failure): void {
    if (code === "prompt-too-long") return;
    const mark = JSON.stringify([code, status ?? 0, withoutIds(message)]);
    this.#count = mark === this.#last ? this.#count + 1 : 1;
    this.#last = mark;
    if (this.#count >= IDENTICAL) this.open(code, `${IDENTICAL} identical errors: ${message}`);
  }

  /** Ends the target; the first reason stays. */
  open(code: FailureCode, why: string): void {
    this.#end ??= { code, why };
  }
}

/** Long hexadecimal words, and words with a digit in them, such as times: ids of requests, counts. */
const IDS = /[\w-]*\d[\w-]*(?:[.:,][\w-]*\d[\w-]*)*|\b[0-9a-f]{8,}\b/gi;

function withoutIds(message: string): string {
  return message.replace(IDS, "#");
}
