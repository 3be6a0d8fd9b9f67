/** Mistakes of several suites as one error, no more of them told than anyone reads. */
import { ConfigError, ConfigErrors } from "../errors.ts";

const MOST_TOLD = 20;

/** As in `ConfigErrors`. */
export type Untold = ConfigErrors["untold"];

/** The mistakes inside of what was thrown; anything else is thrown on. */
export function mistakesOf(thrown: unknown): readonly ConfigError[] {
  if (thrown instanceof ConfigErrors) return thrown.errors;
  if (thrown instanceof ConfigError) return [thrown];
  throw thrown;
}

/** How many mistakes more than those inside were found. */
export function untoldOf(thrown: unknown): Untold {
  return thrown instanceof ConfigErrors ? thrown.untold : 0;
}

/**
 * @param mistakes one or more
 * @param untold of each error that they came with
 */
export function severalMistakes(mistakes: readonly ConfigError[], untold: readonly Untold[]): ConfigErrors {
  const told = mistakes.slice(0, MOST_TOLD);
  const left = untold.reduce<Untold>(
    (sum, more) => (sum === "unknown" || more === "unknown" ? "unknown" : sum + more),
    mistakes.length - told.length,
  );
  return new ConfigErrors(told, left);
}
