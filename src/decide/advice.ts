/** How many more cases, or trials of a case, would settle a requirement that is still open. */
import { normalQuantile } from "../stats/normal.ts";
import { smallestNForUpperBound } from "../stats/order-statistic.ts";
import { zeroFailureN } from "../stats/proportion.ts";
import { sum } from "../stats/sum.ts";
import { trialsForVariance, varianceComponents } from "../stats/variance-components.ts";
import type { Side } from "./assess.ts";
import { type Metric, targetColumns, trialValue } from "./case-values.ts";
import type { AmountCheck, ShareCheck } from "./checks.ts";
import type { Advice } from "./decision.ts";
import { counted, figureBeside, percent, requiredFigure } from "./in-words.ts";
import { indifference } from "./indifference.ts";
import { answersWithin, isLatencies, latencies, unitName } from "./latency.ts";
import { type Sample, spreadOf } from "./mean-bounds.ts";
import { P95 } from "./measure.ts";
import { ABSENT } from "./number-column.ts";

const POWER = 0.8;
/** Fewer more cases than this are not worth a sentence of their own. */
const FEWEST_MORE = 5;
/** More trials than this are not advised: cases tell more. */
const MOST_TRIALS = 20;
/** Beyond this a count reads as "no". */
const MOST_MORE = 20_000;
/** Near the threshold no more than these are asked for: thousands are not worth the difference. */
const MOST_NEAR = 1_000;
/** Of a limit: an amount that differs by no more than this share is near it. */
const NEAR_LIMIT = 0.02;

/**
 * How sure "not met" must be where several requirements are asked (Holm) is told by `notMetAlpha`, here and below.
 * Advice for a share: where all passed so far, the cases that show it without a failure; else by the normal formula.
 */
export function adviseShare(side: Side, check: ShareCheck, sample: Sample, alpha: number, notMetAlpha: number): Advice {
  const { threshold, metric } = check;
  const { n, mean, effectiveN, designEffect } = spreadOf(sample);
  const rate = planningRate(sample);
  if (mean === 1) {
    const needed = zeroFailureN(threshold, alpha);
    if (needed.defined) {
      const exact = needed.value.n * (n / effectiveN) - n;
      if (exact >= MOST_MORE)
        return { text: `No affordable number of cases would show ${requiredFigure(threshold, check.unit)}.` };
      // What the formula asks for is there, and did not do: clusters or weights ask for more.
      if (exact <= 0)
        return { text: "It takes more test cases without a failure; how many depends on how much they differ." };
      const more = atLeastFew(exact);
      const text = `${counted(more, "more test case")} without a failure would show ${requiredFigure(threshold, check.unit)}.`;
      return { additionalCases: more, text };
    }
  }
  const gap = rate - threshold;
  const near = Math.abs(gap) < indifference(threshold);
  const toShow = gap > 0 ? "that it is met" : "that it is not met";
  const z = { alpha: -normalQuantile(gap > 0 ? alpha : notMetAlpha), power: normalQuantile(POWER) };
  const seen = seenIn(percent(mean), n);
  const settled = (advice: Advice) =>
    near ? worthIt(advice, percent(mean), n, requiredFigure(threshold, check.unit)) : advice;
  const design = side.observations.trials > 1 && metric.kind !== "all" ? components(side, metric) : undefined;
  if (design === undefined) {
    const spread = z.alpha * Math.sqrt(threshold * (1 - threshold)) + z.power * Math.sqrt(rate * (1 - rate));
    return settled(moreCases((spread / gap) ** 2 * (n / effectiveN) - n, toShow, seen));
  }
  const target = (gap / (z.alpha + z.power)) ** 2;
  const { trials } = side.observations;
  const within = design.within.defined ? design.within.value : 0;
  const between = design.between.defined ? design.between.value : 0;
  const cases = settled(moreCases(((between + within / trials) / target) * designEffect - n, toShow, seen));
  if (near && cases.additionalCases === undefined) return cases;
  const more = designEffect === 1 ? trialsForVariance(design, target) : undefined;
  if (more === undefined || !more.defined || more.value <= trials || more.value > MOST_TRIALS) return cases;
  const text = `${more.value} trials a case instead of ${trials}, or ${lowerFirst(cases.text)}`;
  return { ...cases, trials: more.value, text };
}

/** Advice for a mean cost, in the unit of the sample. */
export function adviseCost(check: AmountCheck, sample: Sample, alpha: number, notMetAlpha: number): Advice {
  const { n, mean, variance, designEffect } = spreadOf(sample);
  if (n < 2) return { additionalCases: FEWEST_MORE, text: "One case has no spread: it takes more test cases." };
  const z = normalQuantile(POWER) - normalQuantile(mean < check.threshold ? alpha : notMetAlpha);
  const needed = ((z / (mean - check.threshold)) ** 2 * variance * n) / (n - 1);
  const toShow = mean < check.threshold ? "that it is met" : "that it is not met";
  const figure = figureBeside(mean, check.threshold, "usd-per-1k");
  const cases = moreCases(needed * designEffect - n, toShow, seenIn(figure, n));
  const near = Math.abs(mean - check.threshold) <= NEAR_LIMIT * check.threshold;
  return near ? worthIt(cases, figure, n, requiredFigure(check.threshold, check.unit)) : cases;
}

/** Advice for p95: enough cases that a bound exists, then as for a share of answers in time. */
export function adviseLatency(side: Side, check: AmountCheck, alpha: number, notMetAlpha: number): Advice {
  const latency = latencies(side.observations, side.target, side.slots);
  if (!isLatencies(latency)) return { text: "Record the latency of every answer." };
  const fewest = smallestNForUpperBound(P95, 1 - alpha);
  const { units } = latency;
  if (units < fewest) {
    const more = fewest - units;
    const what = latency.byClusters ? counted(more, "more cluster") : counted(more, "more test case");
    const text = `A p95 cannot be bounded from above by fewer than ${fewest} ${unitName(latency)}: it takes at least ${what}.`;
    return latency.byClusters ? { text } : { additionalCases: more, text };
  }
  const within = answersWithin(latency, check.threshold);
  const rate = (within + 0.5) / (latency.sorted.length + 1);
  const z = { alpha: -normalQuantile(rate > P95 ? alpha : notMetAlpha), power: normalQuantile(POWER) };
  const spread = z.alpha * Math.sqrt(P95 * (1 - P95)) + z.power * Math.sqrt(rate * (1 - rate));
  const toShow = rate > P95 ? "that it is met" : "that it is not met";
  const figure = `${percent(rate)} of answers in time`;
  const exact = (spread / (rate - P95)) ** 2 * (latency.cases / units) - latency.cases;
  const cases = moreCases(exact, toShow, seenIn(figure, latency.cases));
  const near = Math.abs(rate - P95) < indifference(P95);
  return near ? worthIt(cases, figure, latency.cases, requiredFigure(check.threshold, check.unit)) : cases;
}

/** (Σ + 1/2)/(n + 1): the mean that further cases are planned with, drawn a little towards one half. */
export function planningRate(sample: Sample): number {
  const { mean, n } = spreadOf(sample);
  return (mean * n + 0.5) / (n + 1);
}

/** What a plan takes to stay as it is; planned, so without interval. */
function seenIn(figure: string, n: number): string {
  return `if it stays at the ${figure} seen in ${counted(n, "case")}`;
}

function moreCases(exact: number, toShow: string, seen: string): Advice {
  if (!(exact < MOST_MORE)) {
    return { text: `No affordable number of cases would show ${toShow}, ${seen}.` };
  }
  // The cases there are would do in 4 runs of 5, and did not: no number follows from the formula.
  if (exact <= 0) {
    return { text: `It takes more test cases: these would do in 4 runs of 5 to show ${toShow}, ${seen}, and did not.` };
  }
  const more = atLeastFew(exact);
  return {
    additionalCases: more,
    text: `About ${counted(more, "more test case")} would show ${toShow} in 4 runs of 5, ${seen}.`,
  };
}

/** Near the threshold: the advice where it asks for some hundreds of cases, else that people decide. */
function worthIt(advice: Advice, figure: string, n: number, asked: string): Advice {
  const { additionalCases } = advice;
  if (additionalCases !== undefined && additionalCases <= MOST_NEAR) return advice;
  return {
    text: `It lies at the threshold, as far as the ${figure} seen in ${counted(n, "case")} tell: which side of ${asked} it is on would take thousands of cases. Decide by policy; keeping the prompt is cheaper and can be taken back.`,
  };
}

/** Rounded up to two digits: a plan is not more exact than that. */
function atLeastFew(exact: number): number {
  const n = Math.max(FEWEST_MORE, Math.ceil(exact - 1e-9));
  const step = 10 ** Math.max(0, Math.floor(Math.log10(n)) - 1);
  return Math.ceil(n / step) * step;
}

/** Variance between cases and within, where some case has two graded trials. */
function components(side: Side, metric: Metric): ReturnType<typeof varianceComponents> | undefined {
  const { observations, target, slots } = side;
  const { trials } = observations;
  const value = trialValue(observations, targetColumns(observations, target), metric);
  const byCase: number[][] = [];
  for (const slot of slots) {
    const scores: number[] = [];
    for (let trial = slot * trials; trial < (slot + 1) * trials; trial++) {
      const score = value(trial);
      if (score !== ABSENT) scores.push(score);
    }
    if (scores.length > 0) byCase.push(scores);
  }
  if (byCase.length < 2) return undefined;
  const found = varianceComponents(byCase);
  const total = sum([found.within, found.between].map((part) => (part.defined ? part.value : 0)));
  return found.within.defined && found.between.defined && total > 0 ? found : undefined;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
