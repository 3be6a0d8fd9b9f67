/**
 * What the command may die of. Each kind has one exit code; a failure of a single case is data
 * (`Failure` in `suite/completion.ts`) and never one of these.
 */

/** Exit codes of the command, with one meaning each. */
export const ExitCode = {
  pass: 0,
  gateFailed: 1,
  usage: 2,
  inconclusive: 3,
  incomplete: 4,
  cannotMeasure: 5,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** Where in a file a mistake stands; `line` is 1-based, `path` is a path inside the data such as `targets[1].prompt.user`. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly path?: string;
}

/**
 * A mistake of the person who runs the command: a suite, a data file, a flag. Exit code 2.
 * `message` says what was wrong; `fix` says what to do, in one sentence.
 */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly code: string;
  readonly place: Place;
  readonly fix: string;

  constructor(
    code: string,
    message: string,
    options: { readonly place?: Place; readonly fix: string; readonly cause?: unknown },
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.place = options.place ?? {};
    this.fix = options.fix;
  }
}

/** Several mistakes found at once: each is told, so that a user mends a file in one go. Exit code 2. */
export class ConfigErrors extends Error {
  override readonly name = "ConfigErrors";
  readonly errors: readonly ConfigError[];
  /** How many more were found than are told; `unknown` where the search ended with the last one told. */
  readonly untold: number | "unknown";

  constructor(errors: readonly ConfigError[], untold: number | "unknown" = 0) {
    const lines = errors.map(({ message, fix }) => `${message} (fix: ${fix})`);
    super([...lines, ...(untold === 0 ? [] : [untoldWords(untold)])].join("\n"));
    this.errors = errors;
    this.untold = untold;
  }
}

/** What follows the mistakes that are told, or their number. */
export function untoldWords(untold: number | "unknown"): string {
  return untold === "unknown" ? "and perhaps more" : `and ${untold} more`;
}

/** The ledger, a report or another file could not be written or read while running (disk full, folder read-only). Exit code 4. */
export class StorageError extends Error {
  override readonly name = "StorageError";
  readonly file: string;
  readonly fix: string;

  constructor(message: string, options: { readonly file: string; readonly fix: string; readonly cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.file = options.file;
    this.fix = options.fix;
  }
}

/** Anything thrown becomes an `Error`, cause kept. */
export function toError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  return new Error(typeof thrown === "string" ? thrown : `thrown: ${String(thrown)}`, { cause: thrown });
}
