/**
 * A paired difference, new - base, over the cases that both targets answered: the interval to show, and the one-sided
 * bounds that decide.
 */
import type { Bounds } from "../stats/interval.ts";
import { pairedCounts } from "../stats/paired-binary.ts";
import { type PseudoCaseT, pseudoCaseT } from "../stats/paired-mean.ts";
import { oneSidedT } from "../stats/student-t.ts";
import { tango } from "../stats/tango.ts";
import { AT_EVERY_LOOK, differenceSequence, lastAlpha } from "./anytime.ts";
import type { Difference } from "./decision.ts";
import { doubtedSpread, hasFrame, isBinary, type Sample, spreadOf, standardError } from "./mean-bounds.ts";

/** What the display interval covers. */
export const SHOWN = 0.95;

/** A difference of two differences of shares goes from -2 to 2. */
const WIDEST = 2;

/** Clusters that would have been lost, or won, by half of their cases: few of them need have been seen. */
const ADVERSE = [
  [0, -1],
  [0, 1],
] as const;

/** A difference with what decides on it. */
export interface Paired {
  readonly shown: Difference;
  /** One-sided bounds at 1 - alpha. */
  readonly lower: number;
  readonly upper: number;
  /** Standard error behind the interval, never 0. */
  readonly se: number;
}

/** Values of both targets for one list of cases, with the weights and clusters of those cases. */
export interface Pairs extends Omit<Sample, "values"> {
  readonly fresh: readonly number[];
  readonly base: readonly number[];
}

/** Errors of the two one-sided bounds that decide, each, and of the interval to show, both ends together. */
interface Levels {
  readonly alpha: number;
  readonly shown: number;
}

/**
 * Difference of values in [0, 1].
 * One 0/1 a case on both sides, independent cases of one weight: Tango 1998; else `differenceOfShares`. Looked at as cases come in: a confidence
 * sequence, at the last look the tighter of that and the above (`anytime.ts`).
 * @param pairs at least one case
 * @param alpha error of each one-sided bound
 */
export function pairedShares(pairs: Pairs, alpha: number): Paired {
  return overLooks({ values: subtracted(pairs), ...rest(pairs) }, alpha, 1, (levels) => fixedShares(pairs, levels));
}

function fixedShares(pairs: Pairs, levels: Levels): Paired {
  const { fresh, base, weights, clusters } = pairs;
  const around = fixedDifference({ values: subtracted(pairs), ...rest(pairs) }, levels);
  if (weights !== undefined || clusters !== undefined || !isBinary(fresh) || !isBinary(base)) return around;
  const counts = pairedCounts(
    fresh.map((value) => value === 1),
    base.map((value) => value === 1),
  );
  const interval = tango(counts, 1 - levels.shown);
  const deciding = tango(counts, 1 - 2 * levels.alpha);
  return {
    shown: shown(interval.estimate, interval, fresh.length, "Tango score interval"),
    lower: deciding.lower,
    upper: deciding.upper,
    se: around.se,
  };
}

/**
 * Mean of differences in [-1, 1]: Student's t over them and two pseudo-cases (+1 and -1), so that equal differences do not
 * claim certainty; clusters by the CR2 design effect, that with two adverse clusters if it is larger, weights by the effective number of cases.
 */
export function differenceOfShares(sample: Sample, alpha: number): Paired {
  return overLooks(sample, alpha, WIDEST, (levels) => fixedDifference(sample, levels));
}

/**
 * What the looks at a sample allow to be said.
 * @param limit what no difference can exceed, whatever was seen
 */
function overLooks(sample: Sample, alpha: number, limit: number, fixedAt: (levels: Levels) => Paired): Paired {
  const { values, look } = sample;
  const both = 1 - SHOWN;
  if (look === undefined) return fixedAt({ alpha, shown: both });
  const levels = { alpha: lastAlpha(alpha), shown: lastAlpha(both) };
  const deciding = () => differenceSequence(values, alpha, limit);
  const display = () => differenceSequence(values, both / 2, limit);
  if (look === "early") {
    const { shown: at, se } = fixedDifference(sample, levels);
    return { shown: { ...at, ...display(), method: AT_EVERY_LOOK }, ...deciding(), se };
  }
  const fixed = fixedAt(levels);
  if (hasFrame(sample)) return fixed;
  const { shown: last } = fixed;
  const tighter = (a: Bounds, b: Bounds) => ({ lower: Math.max(a.lower, b.lower), upper: Math.min(a.upper, b.upper) });
  const method = `${last.method} at the last look, or ${AT_EVERY_LOOK}`;
  return { shown: { ...last, ...tighter(last, display()), method }, ...tighter(fixed, deciding()), se: fixed.se };
}

function fixedDifference(sample: Sample, levels: Levels): Paired {
  const { values, weights, clusters } = sample;
  // A grader of one's own may be laxer in its strict form: then a form's share of a difference leaves [-1, 1].
  const inRange = values.every((value) => Math.abs(value) <= 1);
  if (weights === undefined && clusters === undefined && inRange) return plainDifference(values, levels);
  const spread = doubtedSpread(sample, ADVERSE);
  const { centre, se } = withPseudoCases(spread.mean, spread.variance, spread.effectiveN);
  const df = clusters === undefined ? spread.effectiveN + 1 : spread.df;
  const limit = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const around = (confidence: number) => {
    // One cluster tells nothing about the variation between clusters.
    const half = df <= 0 ? 2 * limit : oneSidedT(confidence, df) * se;
    // The estimate itself is never left out: pseudo-cases draw the centre towards 0.
    return {
      lower: Math.max(-limit, Math.min(spread.mean, centre - half)),
      upper: Math.min(limit, Math.max(spread.mean, centre + half)),
    };
  };
  const method = `paired t, two pseudo-cases${clusters === undefined ? "" : ", CR2 by clusters"}${weights === undefined ? "" : ", weighted"}`;
  return {
    shown: shown(spread.mean, around(1 - levels.shown / 2), spread.n, method),
    ...around(1 - levels.alpha),
    se,
  };
}

/** Independent cases of one weight. */
function plainDifference(values: readonly number[], levels: Levels): Paired {
  const display = pseudoCaseT(values, 1 - levels.shown);
  const deciding = pseudoCaseT(values, 1 - 2 * levels.alpha);
  // The estimate itself is never left out: pseudo-cases draw the centre towards 0.
  const around = ({ estimate, lower, upper }: PseudoCaseT) => ({
    lower: Math.max(-1, Math.min(estimate, lower)),
    upper: Math.min(1, Math.max(estimate, upper)),
  });
  const method = "paired t, two pseudo-cases";
  return {
    shown: shown(display.estimate, around(display), values.length, method),
    ...around(deciding),
    se: display.se,
  };
}

/** Difference of values without known limits, such as costs: t over the differences. Not formed for a single case, nor at an early look (see `meanBounds`). */
export function pairedAmounts(pairs: Pairs, alpha: number): Paired | undefined {
  if (pairs.look === "early") return undefined;
  const spread = spreadOf({ values: subtracted(pairs), ...rest(pairs) });
  if (spread.df <= 0) return undefined;
  const se = standardError(spread);
  const around = (confidence: number) => {
    const half = oneSidedT(confidence, spread.df) * se;
    return { lower: spread.mean - half, upper: spread.mean + half };
  };
  return {
    shown: shown(spread.mean, around((1 + SHOWN) / 2), spread.n, "paired t"),
    ...around(1 - alpha),
    se,
  };
}

/** Centre and standard error over the differences with one +1 and one -1 more (Agresti and Min 2005, Bonett and Price 2012). */
function withPseudoCases(centre: number, variance: number, n: number): { centre: number; se: number } {
  const moved = (centre * n) / (n + 2);
  const squares = n * (variance + (centre - moved) ** 2) + (1 - moved) ** 2 + (1 + moved) ** 2;
  return { centre: moved, se: Math.sqrt(squares / (n + 1) / (n + 2)) };
}

function shown(
  value: number,
  { lower, upper }: { readonly lower: number; readonly upper: number },
  n: number,
  method: string,
): Difference {
  return { value, lower, upper, confidence: SHOWN, n, method };
}

function subtracted({ fresh, base }: Pairs): number[] {
  return fresh.map((value, index) => value - (base[index] ?? 0));
}

function rest({ weights, clusters, look }: Pairs): Omit<Sample, "values"> {
  return {
    ...(weights === undefined ? {} : { weights }),
    ...(clusters === undefined ? {} : { clusters }),
    ...(look === undefined ? {} : { look }),
  };
}
