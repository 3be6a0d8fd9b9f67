/** Everything outside of the program, passed in so that tests can replace it. */
export interface World {
  /** Wall clock, for stamps that people read. */
  readonly now: () => Date;
  /** Monotonic milliseconds, for durations and waits. */
  readonly monotonicMs: () => number;
  /** Uniform in [0, 1); only for jitter, never for a number that a verdict uses. */
  readonly random: () => number;
  /** Resolves after `ms`; rejects with the signal's reason when aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute folder that relative paths of the suite are resolved against is the suite's own; this one is the command's. */
  readonly cwd: string;
}
