/** Whether the model that answered is the one that was asked. */

/** A dated snapshot of a family: `-2026-03-17`, `-20251001`, `-0613`. */
const SNAPSHOT = /^[-@](?:\d{4}-\d\d-\d\d|\d{8}|\d{4})$/;

/** Whether the id that came back names the model asked for, or a dated snapshot of it. */
export function isSameModel(asked: string, returned: string): boolean {
  if (asked === returned) return true;
  const family = asked.replace(/-latest$/, "");
  return returned.startsWith(family) && (returned === family || SNAPSHOT.test(returned.slice(family.length)));
}

/** Watches the ids that one target's answers carry: memory does not grow with their number. */
export class ModelIdWatch {
  readonly #asked: string;
  #first: string | undefined;
  #second: string | undefined;

  constructor(asked: string) {
    this.#asked = asked;
  }

  saw(returned: string | undefined): void {
    if (returned === undefined || returned === this.#first) return;
    if (this.#first === undefined) this.#first = returned;
    else this.#second ??= returned;
  }

  /** What there is to tell, or undefined. */
  get finding(): string | undefined {
    if (this.#second !== undefined) return `answers came from "${this.#first}" and from "${this.#second}"`;
    if (this.#first === undefined || isSameModel(this.#asked, this.#first)) return undefined;
    return `asked for "${this.#asked}", answered by "${this.#first}"`;
  }
}
