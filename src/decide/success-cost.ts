/**
 * Cost of one right answer: bounds and tests by which a limit on it is decided. Σ cost / Σ right is at most T where the mean of cost - T x right is
 * at most 0 (Fieller 1954), which one bound of a mean tells, whatever costs and right answers have to do with each other. As with shares, one more
 * case stands at the adverse end, of the mean cost and wrong for the upper bound and right for the lower: 50 of 50 right is no certainty.
 */
import { rejectedEnd } from "../stats/rejected-end.ts";
import { oneSidedT, studentCdf } from "../stats/student-t.ts";
import { costSample, isSample } from "./amounts.ts";
import type { Side } from "./assess.ts";
import { type CaseValues, caseMeans, caseValues, type Missing, sampleWhere, targetColumns } from "./case-values.ts";
import { formOf } from "./checks.ts";
import { pairsOf } from "./compare.ts";
import type { Unavailable } from "./decision.ts";
import { adverse, adverseDf, doubtedSpread, type Sample, spreadOf, unitBounds, unitTest } from "./mean-bounds.ts";
import { ABSENT } from "./number-column.ts";
import { type Paired, pairedAmounts } from "./paired.ts";

/** Ends are found to this share of the ratio. */
const WITHIN = 1e-7;

/** Costs and right answers of the same cases; both lists have the weights and clusters of `right`. */
export interface SuccessCosts {
  /** US dollars a request, 0 or above. */
  readonly costs: readonly number[];
  /** Share of a case's trials that are right. */
  readonly right: Sample;
}

export interface RatioBounds {
  /** Absent where too few answers are right to say that they cost no more than anything. */
  readonly upper?: number;
  readonly lower: number;
}

/**
 * @param missing how trials without a grade are read; a case without any cost is taken at the mean of the others unless it is left out
 * @param costs by slot, US dollars a request; default what was measured
 */
export function successCosts(side: Side, missing: Missing, costs?: CaseValues): SuccessCosts | Unavailable {
  const { observations, target, slots, world } = side;
  const known = costSample(observations, target, slots);
  if (!isSample(known)) return known;
  const measured = costs ?? caseMeans(observations, targetColumns(observations, target).usd, slots);
  const reading = world ?? missing;
  const right = caseValues(observations, target, slots, { kind: "pass", form: formOf(observations.suite) }, reading);
  const mean = spreadOf(known).mean;
  const filled = reading === "leave" ? measured : measured.map((usd) => (usd === ABSENT ? mean : usd));
  const marks = right.map((value, at) => (filled[at] === ABSENT ? ABSENT : value));
  return {
    costs: sampleWhere(observations, slots, filled, marks).values,
    right: sampleWhere(observations, slots, right, marks),
  };
}

export function isSuccessCosts(found: SuccessCosts | Unavailable): found is SuccessCosts {
  return "costs" in found;
}

/** Σ cost / Σ right, US dollars; Infinity is never told: 0 where none is right. */
export function ratioOf({ costs, right }: SuccessCosts): number {
  const share = spreadOf(right).mean;
  return share === 0 ? 0 : spreadOf({ ...right, values: costs }).mean / share;
}

/**
 * One-sided bounds, US dollars a right answer; the wider of the above and of the mean cost over the bound of the share right, which is exact where
 * all answers cost the same. `undefined` where no bound exists: a single case, no right answer, an early look.
 */
export function ratioBounds(given: SuccessCosts, confidence: number): RatioBounds | undefined {
  const { costs, right } = given;
  if (right.look === "early" || right.values.length === 0) return undefined;
  const cost = spreadOf({ ...right, values: costs }).mean;
  const share = spreadOf(right).mean;
  const upperEnd = (scale: number) => endOf(given, { cost: scale, right: 1 }, 0, confidence);
  const lowerEnd = (limit: number) => endOf(given, { cost: 1, right: limit }, 1, confidence);
  if (upperEnd(0) === undefined) return undefined;
  const bounds = unitBounds(right, confidence);
  const lower = Math.min(
    cost / Math.max(bounds.upper, Number.MIN_VALUE),
    share === 0 ? 0 : lowerRatio(lowerEnd, cost / share),
  );
  if (share === 0 || cost === 0) return share === 0 ? { lower } : { lower, upper: 0 };
  // By its inverse, right answers for a dollar: the ratio itself has no end where none may be right.
  const most = (share / cost) * 2;
  const inverse = rejectedEnd((scale) => -(upperEnd(scale) ?? 0), { from: 0, to: most, within: most * WITHIN });
  if (inverse <= 0 || bounds.lower <= 0) return { lower };
  return { lower, upper: Math.max(1 / inverse, cost / bounds.lower) };
}

/** The largest limit that the ratio is shown to pass. */
function lowerRatio(lowerEnd: (limit: number) => number | undefined, ratio: number): number {
  const most = ratio * 2;
  return rejectedEnd((limit) => lowerEnd(limit) ?? 0, { from: 0, to: most, within: most * WITHIN });
}

/** p-value of "a right answer costs at most `limit`": small when it is shown to cost more. 1 at an early look and for a single case. */
export function ratioTestAbove({ costs, right }: SuccessCosts, limit: number): number {
  if (right.look === "early") return 1;
  const moved = movedSpread({ costs, right }, { cost: 1, right: limit }, 1);
  if (moved === undefined) return 1;
  const { centre, se, df } = moved;
  const fieller = se === 0 ? (centre > 0 ? 0 : 1) : studentCdf(-centre / se, df);
  const needed = spreadOf({ ...right, values: costs }).mean / limit;
  const byShare = needed >= 1 ? 0 : needed <= 0 ? 1 : unitTest(right, needed).below;
  return Math.max(fieller, byShare);
}

/** Difference of two costs of a right answer, fresh - base, from the same cases: each linearised around its own ratio (Cochran 1977). */
export function compareSuccessCosts(base: Side, fresh: Side, alpha: number): Paired | undefined {
  const [of, to] = [linearised(base), linearised(fresh)];
  if (of === undefined || to === undefined) return undefined;
  // Values of both are moved by the same amount, so that none is taken for absent.
  const largest = (values: CaseValues) =>
    values.reduce((most, value) => (Number.isNaN(value) ? most : Math.max(most, Math.abs(value))), 0);
  const shift = 2 + Math.max(largest(of), largest(to));
  const up = (values: CaseValues) => values.map((value) => (Number.isNaN(value) ? ABSENT : value + shift));
  const pairs = pairsOf(base, up(of), up(to));
  return pairs.fresh.length === 0 ? undefined : pairedAmounts(pairs, alpha);
}

/** One value a slot whose mean is the ratio, and whose spread is that of the ratio; NaN where a case has none. */
function linearised({ observations, target, slots, world }: Side): CaseValues | undefined {
  const known = costSample(observations, target, slots);
  if (!isSample(known)) return undefined;
  const costs = caseMeans(observations, targetColumns(observations, target).usd, slots);
  const metric = { kind: "pass", form: formOf(observations.suite) } as const;
  const right = caseValues(observations, target, slots, metric, world ?? "leave");
  const marks = right.map((value, at) => (costs[at] === ABSENT ? ABSENT : value));
  const sample = sampleWhere(observations, slots, right, marks);
  if (sample.values.length === 0) return undefined;
  const share = spreadOf(sample).mean;
  if (share === 0) return undefined;
  const ratio = spreadOf({ ...sample, values: sampleWhere(observations, slots, costs, marks).values }).mean / share;
  return marks.map((value, at) => (value === ABSENT ? Number.NaN : ratio + ((costs[at] ?? 0) - ratio * value) / share));
}

interface Scale {
  readonly cost: number;
  readonly right: number;
}

/** The one-sided bound of the mean of cost x a - right x b on the side of the adverse case; `undefined` where it has no spread. */
function endOf(given: SuccessCosts, scale: Scale, adverseRight: 0 | 1, confidence: number): number | undefined {
  const moved = movedSpread(given, scale, adverseRight);
  if (moved === undefined) return undefined;
  const half = oneSidedT(confidence, moved.df) * moved.se;
  return adverseRight === 0 ? moved.centre + half : moved.centre - half;
}

/** Mean and standard error of cost x a - right x b with one more case, of the mean cost and right or wrong. */
function movedSpread(
  { costs, right }: SuccessCosts,
  scale: Scale,
  adverseRight: 0 | 1,
): { readonly centre: number; readonly se: number; readonly df: number } | undefined {
  const values = costs.map((cost, at) => scale.cost * cost - scale.right * (right.values[at] ?? 0));
  const mean = scale.cost * spreadOf({ ...right, values: costs }).mean;
  const spread = doubtedSpread({ ...right, values }, [[mean, mean - scale.right]]);
  const df = adverseDf(spread, right.clusters);
  if (spread.df <= 0) return undefined;
  return { ...adverse(spread, mean - scale.right * adverseRight), df };
}
