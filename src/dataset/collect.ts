/** Collects mistakes of one file, so that its author mends many in one go. */
import { ConfigError, ConfigErrors } from "../errors.ts";

/** More than this are rarely read, and mostly one mistake made in every line. */
const MOST = 20;

export interface Mistakes {
  /** Throws ConfigErrors as soon as there are as many as anyone reads: nobody knows then how many more there are. */
  readonly add: (...mistakes: readonly ConfigError[]) => void;
  /** Throws ConfigErrors when there are any. */
  readonly settle: () => void;
  /** Runs a pass; a ConfigError that ends it is told with the mistakes before it. */
  readonly during: (pass: () => Promise<void>) => Promise<void>;
}

export function collectMistakes(): Mistakes {
  const found: ConfigError[] = [];
  const settle = (untold: 0 | "unknown" = 0) => {
    if (found.length > 0) throw new ConfigErrors(found, untold);
  };
  return {
    settle: () => settle(),
    add: (...mistakes) => {
      found.push(...mistakes);
      if (found.length >= MOST) settle("unknown");
    },
    during: async (pass) => {
      try {
        await pass();
      } catch (thrown) {
        if (!(thrown instanceof ConfigError)) throw thrown;
        found.push(thrown);
      }
      settle();
    },
  };
}
