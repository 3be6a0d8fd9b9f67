/** How many trials of each case a baseline holds: never fewer than it held, unless fewer are asked for by name. */
import { mostTrials } from "../decide/baseline/looks.ts";
import { ConfigError } from "../errors.ts";
import type { Suite } from "../suite/suite.ts";

/** What the baseline of a suite held, and what would be written. */
export interface TrialsToHold {
  readonly suite: Pick<Suite, "name" | "trials" | "gate">;
  /** Trials of each case; 0 where the baseline does not have the suite. */
  readonly held: number;
  /** That are stored now, without a gap. */
  readonly stored: number;
  /** From `--trials`. */
  readonly asked?: number;
}

/** Trials of each case that a baseline may hold, the most first: what it held is looked for too, where the suite asks fewer by now. */
export function storable(suite: Pick<Suite, "trials" | "gate">, held: number): readonly number[] {
  const counts = new Set([held, mostTrials(suite), suite.trials, ...(suite.gate.trials ?? [])]);
  return [...counts].filter((trials) => trials > 0).sort((a, b) => b - a);
}

/** Why the baseline of a suite is not written; `undefined` where it may be. Fewer trials are half the evidence, and nobody would see it go. */
export function lesserBaseline({ suite, held, stored, asked }: TrialsToHold): ConfigError | undefined {
  const most = mostTrials(suite);
  if (stored >= (asked === undefined ? held : Math.min(held, most))) return undefined;
  const fewer =
    most < held
      ? ` Where fewer are meant, as the suite asks at most ${most} by now: gapcheck baseline --update --trials ${most} --suite ${suite.name}.`
      : "";
  return new ConfigError(
    "lesser-baseline",
    `"${suite.name}": the baseline holds ${held} trials of each case, and ${stored} of them ${stored === 1 ? "is" : "are"} stored now`,
    {
      fix: `Run gapcheck run --all-trials --suite ${suite.name}, then write the baseline; the file is as it was.${fewer}`,
    },
  );
}

/** What is said of trials after writing, a line each. */
export function trialsWords({ suite, held, stored }: TrialsToHold): string[] {
  const most = mostTrials(suite);
  if (stored < held) return [`${suite.name}: the baseline held ${held} trials of each case, and holds ${stored} now.`];
  if (stored >= most) return [];
  return [
    `${suite.name}: ${stored} of ${most} trials of each case are stored. gapcheck run --all-trials buys the rest; a baseline of all of them tells more.`,
  ];
}
