/** What a run has to tell, each kind once, with the targets it concerns. */
import type { FailureCode } from "../suite/completion.ts";
import type { Notice } from "./outcome.ts";

interface Failures {
  count: number;
  readonly askers: Set<string>;
  readonly message: string;
}

export class Notices {
  readonly #told = new Map<string, Notice>();
  readonly #failures = new Map<FailureCode, Failures>();

  /** Tells a text once. */
  tell(level: Notice["level"], code: Notice["code"], text: string): void {
    const key = `${code}\n${text}`;
    if (!this.#told.has(key)) this.#told.set(key, { level, code, text });
  }

  /** A call failed for good; the first message of a code stands for all. */
  failed(code: FailureCode, message: string, asker: string): void {
    const before = this.#failures.get(code);
    const failures = before ?? { count: 0, askers: new Set<string>(), message };
    failures.count++;
    failures.askers.add(asker);
    if (before === undefined) this.#failures.set(code, failures);
  }

  list(): readonly Notice[] {
    const failures = [...this.#failures].map(([code, { count, askers, message }]): Notice => {
      const calls = count === 1 ? "1 call failed" : `${count} calls failed`;
      return { level: "warning", code, text: `${calls} (${code}) for ${[...askers].join(", ")}: ${message}` };
    });
    return [...this.#told.values(), ...failures];
  }
}
