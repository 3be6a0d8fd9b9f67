/**
 * How the score of tuned targets grows with their training examples, and how many would meet the requirement: an inverse power law over
 * three or more sizes, with intervals by resampling the test cases.
 */
import canonicalize from "canonicalize";
import { type PowerLaw, powerLawFitter, scoreAt } from "../stats/power-law.ts";
import { NONE_EARLY } from "./anytime.ts";
import { FEWEST_CLUSTERS } from "./assess.ts";
import { type CaseValues, caseValues, sampleWhere } from "./case-values.ts";
import { alphaOf, checksOf, choiceMetric, type ShareCheck } from "./checks.ts";
import type { CurveFit, CurvePoint, CurveValue, LearningCurve, NotOnCurve } from "./curve-contract.ts";
import { neededOf } from "./curve-needed.ts";
import { resampledScores } from "./curve-resampling.ts";
import type { MaybeDifference } from "./decision.ts";
import { shareEstimate, unavailable } from "./estimate.ts";
import { counted, points as inPoints, percent, whole } from "./in-words.ts";
import { type Sample, spreadOf } from "./mean-bounds.ts";
import { targetAt } from "./measure.ts";
import { ABSENT } from "./number-column.ts";
import type { Observations } from "./observations.ts";
import { pairedShares, SHOWN } from "./paired.ts";

export const FEWEST_SIZES = 3;

/** Sizes between which the curve is told, for drawing. */
const STEPS = 12;

/** Targets of one size, with their positions. */
interface Size {
  readonly examples: number;
  readonly positions: readonly number[];
}

/** Values of the cases that every size has. */
interface Shared {
  readonly bySize: readonly (readonly number[])[];
  readonly frame: Omit<Sample, "values">;
  readonly left: number;
}

/**
 * @param tuned position of the tuned target that the verdict is about: the curve is of those tuned from the same model
 * @returns `undefined` unless tuned targets state two or more different sizes
 */
export function learningCurveOf(observations: Observations, tuned: number | undefined): LearningCurve | undefined {
  if (tuned === undefined) return undefined;
  const sizes = sizesOf(observations, tuned);
  if (sizes.length < 2) return undefined;
  const { suite } = observations;
  const check = requiredOf(observations);
  const shared = sharedOf(observations, sizes);
  const cases = shared.bySize[0]?.length ?? 0;
  const unit = check?.unit ?? "share";
  const told = sizes.flatMap(({ examples, positions }, index): CurvePoint[] => {
    const score = shareEstimate({ values: shared.bySize[index] ?? [], ...shared.frame }, unit, "no case");
    const targets = positions.map((position) => targetAt(observations, position).name);
    return score.available ? [{ examples, targets, score }] : [];
  });
  const required = check === undefined ? {} : { required: { label: check.label, threshold: check.threshold } };
  const base = {
    tunedFrom: targetAt(observations, tuned).tuning?.tunedFrom.id ?? "",
    points: told,
    cases,
    left: shared.left,
    ...required,
  };
  const none = (
    reason: Extract<NotOnCurve, "stopped-early" | `too-few-${string}` | "not-monotone" | "misfit">,
    why: string,
  ): LearningCurve => ({
    ...base,
    rise: riseOf(shared),
    fit: unavailable(why),
    needed: { available: false, reason, why },
    notes: [],
  });
  if (sizes.length < FEWEST_SIZES) {
    const has = sizes.map(({ examples }) => whole(examples)).join(" and ");
    return none("too-few-sizes", `a curve takes ${FEWEST_SIZES} sizes of training data, these targets have ${has}`);
  }
  if (shared.frame.look === "early") return none("stopped-early", NONE_EARLY);
  const units = shared.frame.clusters === undefined ? cases : new Set(shared.frame.clusters).size;
  if (units < FEWEST_CLUSTERS) {
    const what = shared.frame.clusters === undefined ? "case" : "cluster";
    return none(
      "too-few-cases",
      `${counted(units, what)} that every size answered are too few; it takes ${FEWEST_CLUSTERS}`,
    );
  }
  const dip = dipOf(shared, sizes, alphaOf(suite));
  if (dip !== undefined) return none("not-monotone", dip);
  const { fit, laws } = fitted(told, shared);
  const missed = misfitOf(told, fit);
  if (missed !== undefined) return none("misfit", missed);
  return {
    ...base,
    rise: riseOf(shared),
    fit,
    needed: neededOf(check?.threshold, fit, laws, sizes.at(-1)?.examples ?? 0),
    notes: notesOf(sizes),
  };
}

/** A size whose measured score the curve misses by more than its interval: scores that rise faster with size are not of this form. */
function misfitOf(points: readonly CurvePoint[], { a, b, c }: CurveFit): string | undefined {
  for (const { examples, score } of points) {
    const { interval, value } = score;
    const fitted = a - b * examples ** -c;
    if (interval === undefined || (fitted >= interval.lower && fitted <= interval.upper)) continue;
    const range = `${percent(interval.lower)} to ${percent(interval.upper)}`;
    return `an inverse power law does not fit: at ${whole(examples)} examples it says ${percent(fitted)} where ${percent(value)} was measured (${percent(interval.confidence, 0)} interval ${range})`;
  }
  return undefined;
}

/** Different sizes in rising order, of targets tuned from the same model as `tuned`. */
function sizesOf({ suite }: Observations, tuned: number): Size[] {
  const identity = (position: number) => canonicalize(suite.targets[position]?.tuning?.tunedFrom.identity);
  const own = identity(tuned);
  const bySize = new Map<number, number[]>();
  for (const [position, { tuning }] of suite.targets.entries()) {
    const examples = tuning?.trainingExamples;
    if (examples === undefined || examples < 1 || identity(position) !== own) continue;
    bySize.set(examples, [...(bySize.get(examples) ?? []), position]);
  }
  return [...bySize].map(([examples, positions]) => ({ examples, positions })).sort((a, b) => a.examples - b.examples);
}

/** The quality that the curve is of, where it is required: what prompts are chosen by too. */
function requiredOf({ suite }: Observations): ShareCheck | undefined {
  const metric = canonicalize(choiceMetric(suite));
  const qualities = checksOf(suite).filter((check): check is ShareCheck => check.key === "quality");
  const same = qualities.filter((check) => canonicalize(check.metric) === metric);
  return same.find(({ blocking }) => blocking) ?? same[0];
}

/** The mean over the targets of a size where all of them tell it; a case that any size lacks is left out of all. */
function sharedOf(observations: Observations, sizes: readonly Size[]): Shared {
  const slots = observations.slots("test");
  const metric = choiceMetric(observations.suite);
  const bySize = sizes.map(({ positions }): CaseValues => {
    const each = positions.map((position) => caseValues(observations, position, slots, metric, "leave"));
    return slots.map((_, at) => {
      const values = each.map((values) => values[at] ?? ABSENT);
      return values.includes(ABSENT) ? ABSENT : values.reduce((total, value) => total + value, 0) / values.length;
    });
  });
  const marks = slots.map((_, at) => (bySize.some((values) => values[at] === ABSENT) ? ABSENT : 0));
  const samples = bySize.map((values) => sampleWhere(observations, slots, values, marks));
  const { values: _, ...frame } = samples[0] ?? { values: [] };
  const kept = samples.map(({ values }) => values);
  return { bySize: kept, frame, left: slots.length - (kept[0]?.length ?? 0) };
}

function riseOf({ bySize, frame }: Shared): MaybeDifference {
  const [first, last] = [bySize[0], bySize.at(-1)];
  if (first === undefined || last === undefined || first.length === 0)
    return unavailable("no case is told by every size");
  return { available: true, ...pairedShares({ fresh: last, base: first, ...frame }, 1 - SHOWN).shown };
}

/** A larger size that is shown to be worse than a smaller one, at a level shared by all pairs (Bonferroni). */
function dipOf({ bySize, frame }: Shared, sizes: readonly Size[], alpha: number): string | undefined {
  const pairs = (sizes.length * (sizes.length - 1)) / 2;
  for (const [at, base] of bySize.entries()) {
    for (const [later, fresh] of bySize.entries()) {
      if (later <= at) continue;
      const { shown, upper } = pairedShares({ fresh, base, ...frame }, alpha / pairs);
      if (upper >= 0) continue;
      const [few, many] = [sizes[at]?.examples ?? 0, sizes[later]?.examples ?? 0];
      const change = `${inPoints(shown.value)}, ${inPoints(shown.lower)} to ${inPoints(shown.upper)}`;
      return `${whole(many)} examples are shown to do worse than ${whole(few)} (${change}), which no such curve does`;
    }
  }
  return undefined;
}

function fitted(
  points: readonly CurvePoint[],
  { bySize, frame }: Shared,
): { fit: CurveFit; laws: readonly PowerLaw[] } {
  const sizes = points.map(({ examples }) => examples);
  const scores = points.map(({ score }) => score.value);
  const fitter = powerLawFitter(
    sizes,
    bySize.map((values) => informationOf({ values, ...frame })),
  );
  const law = fitter(scores);
  const laws = resampledScores(bySize, frame).map(fitter);
  const range = (of: (each: PowerLaw) => number) => {
    const sorted = Float64Array.from(laws, of).sort();
    const own = of(law);
    // The curve itself is never left out of its own interval.
    return {
      lower: Math.min(own, quantile(sorted, (1 - SHOWN) / 2)),
      upper: Math.max(own, quantile(sorted, (1 + SHOWN) / 2)),
    };
  };
  const most = sizes.at(-1) ?? 1;
  const gain = (each: PowerLaw) => scoreAt(each, 2 * most) - scoreAt(each, most);
  const valueAt = (examples: number): CurveValue => {
    return { examples, value: scoreAt(law, examples), ...range((each) => scoreAt(each, examples)) };
  };
  const fit: CurveFit = {
    available: true,
    a: law.a,
    b: law.drop * law.from ** law.c,
    c: law.c,
    confidence: SHOWN,
    levelsOffAt: range(({ a }) => a),
    doubling: { value: gain(law), ...range(gain) },
    values: stepsBetween(sizes).map(valueAt),
    method: `inverse power law, weighted least squares; 95 % from ${laws.length} resamples of the cases${frame.clusters === undefined ? "" : " by clusters"}`,
  };
  return { fit, laws };
}

/** What a score tells: cases over the variance of one, neither ever 0 nor without end. */
function informationOf(sample: Sample): number {
  const { mean, n, effectiveN } = spreadOf(sample);
  const drawn = (mean * n + 2) / (n + 4);
  return Math.max(1, effectiveN) / (drawn * (1 - drawn));
}

/** The sizes themselves and steps of equal ratio from the smallest to twice the largest. */
function stepsBetween(sizes: readonly number[]): number[] {
  const [first = 1, last = 1] = [sizes[0], sizes.at(-1)];
  const steps = Array.from({ length: STEPS }, (_, step) =>
    Math.round(first * ((2 * last) / first) ** (step / (STEPS - 1))),
  );
  return [...new Set([...sizes, ...steps])].sort((a, b) => a - b);
}

/** Of sorted values, the one at the rank; the interval runs from the k-th smallest to the k-th largest. */
function quantile(sorted: Float64Array, share: number): number {
  const rank = Math.round(share * (sorted.length + 1)) - 1;
  return sorted[Math.min(sorted.length - 1, Math.max(0, rank))] ?? 0;
}

function notesOf(sizes: readonly Size[]): string[] {
  const single = sizes.filter(({ positions }) => positions.length === 1).length;
  const luck =
    single === 0
      ? "The intervals hold the test cases; how far training runs of one size differ is averaged, not told."
      : "The intervals hold the test cases, not the luck of a training run: train a size again with another seed to see that.";
  const form =
    sizes.length === FEWEST_SIZES
      ? ["Three sizes fit any such curve: a fourth would tell whether the form holds."]
      : [];
  return [luck, ...form];
}
