/**
 * Which of several targets of one role the verdict is about: chosen on dev cases and told on test cases, so that the best
 * of many is not flattered by its own luck. Prompts are chosen so, and tuned models where there is more than one.
 */
import { usdPer1k, usdPerSuccess } from "./amounts.ts";
import { type CaseValues, caseValues, type Missing, sampleOf, targetColumns } from "./case-values.ts";
import { type Check, checksOf, choiceMetric, isShareCheck } from "./checks.ts";
import type { MaybeEstimate, PromptChoice } from "./decision.ts";
import { latencies, latencyEstimate } from "./latency.ts";
import { spreadOf } from "./mean-bounds.ts";
import { countTrials, metricEstimate, P95, targetAt } from "./measure.ts";
import { ABSENT } from "./number-column.ts";
import type { Observations } from "./observations.ts";
import { expectedOptimism } from "./optimism.ts";

/** A choice with the position of the target in the suite. */
export interface Chosen extends PromptChoice {
  readonly position: number;
}

interface Candidate {
  readonly position: number;
  readonly dev: MaybeEstimate;
  readonly values: CaseValues;
  /** No figure on dev lies on the wrong side of a blocking requirement. */
  readonly meets: boolean;
  readonly usd: number | undefined;
}

/** Means that differ by less than this are a tie: they differ by the order of summing. */
const TIE = 1e-12;

/**
 * The target that meets every blocking requirement on dev with the highest quality; where none does, the highest
 * quality; ties to the cheaper, then to the earlier declared. A long prompt that is better and too dear must not hide
 * a short one that is good enough.
 * @param positions targets of one role, at least one
 */
export function chooseTarget(observations: Observations, positions: readonly number[]): Chosen {
  const [first, ...others] = positions;
  if (first === undefined) throw new Error("nothing to choose from");
  const candidates = candidatesOf(observations, positions);
  const told = candidates.map(({ position, dev }) => ({ target: targetAt(observations, position).name, dev }));
  const choice = (position: number, how: PromptChoice["how"]): Chosen => {
    return { position, target: targetAt(observations, position).name, candidates: told, how };
  };
  if (others.length === 0) return choice(first, "only");
  const measured = candidates.filter(({ dev }) => dev.available);
  const [start, ...rest] = measured;
  if (start === undefined) return choice(first, "first");
  const best = rest.reduce((leader, next) => (isBetter(next, leader) ? next : leader), start);
  const optimism = expectedOptimism(sharedValues(measured));
  return { ...choice(best.position, "dev"), ...(optimism === undefined ? {} : { optimism }) };
}

/**
 * Targets in the order in which `chooseTarget` would take them, by what is told of dev so far; those without an answer there are left out.
 * @param positions in the order that ties go by
 */
export function rankTargets(observations: Observations, positions: readonly number[]): readonly number[] {
  const left = candidatesOf(observations, positions).filter(({ dev }) => dev.available);
  const ranked: number[] = [];
  // By choosing again and again: where a cost is not known, "better" has no order to sort by.
  while (left.length > 0) {
    const best = left.reduce((leader, next) => (isBetter(next, leader) ? next : leader));
    ranked.push(best.position);
    left.splice(left.indexOf(best), 1);
  }
  return ranked;
}

function candidatesOf(observations: Observations, positions: readonly number[]): readonly Candidate[] {
  const slots = observations.slots("dev");
  const metric = choiceMetric(observations.suite);
  const checks = checksOf(observations.suite);
  return positions.map((position) => ({
    position,
    dev: metricEstimate(observations, position, slots, metric),
    values: caseValues(observations, position, slots, metric, "leave"),
    meets: checks.every((check) => meetsOnDev(observations, position, slots, check, "leave")),
    usd: knownUsd(observations, position, slots),
  }));
}

/**
 * Whether the same target would be chosen whatever the answers missing on dev would have been: it is ahead of every other
 * with its own missing answers wrong and theirs right. What those would have cost, and how long they would have taken,
 * nobody knows.
 */
export function isFirmChoice(observations: Observations, { position, candidates, how }: Chosen): boolean {
  if (how === "only") return true;
  const { suite } = observations;
  const slots = observations.slots("dev");
  const names = new Set(candidates.map(({ target }) => target));
  const positions = suite.targets.flatMap(({ name }, at) => (names.has(name) ? [at] : []));
  const lacks = (at: number) => countTrials(observations, targetColumns(observations, at), slots).missing > 0;
  if (!positions.some(lacks)) return true;
  const checks = checksOf(suite);
  if (checks.some((check) => check.blocking && !isShareCheck(check))) return false;
  const metric = choiceMetric(suite);
  const read = (at: number, missing: Missing) => ({
    meets: checks.every((check) => meetsOnDev(observations, at, slots, check, missing)),
    value: spreadOf(sampleOf(observations, slots, caseValues(observations, at, slots, metric, missing))).mean,
  });
  const own = read(position, "fail");
  return positions.every((at) => {
    if (at === position) return true;
    const other = read(at, "pass");
    return own.meets === other.meets ? own.value - other.value > TIE : own.meets;
  });
}

/** Whether `next`, declared later, is to be preferred. */
function isBetter(next: Candidate, leader: Candidate): boolean {
  if (next.meets !== leader.meets) return next.meets;
  const difference = devValue(next) - devValue(leader);
  if (Math.abs(difference) > TIE) return difference > 0;
  return next.usd !== undefined && leader.usd !== undefined && next.usd < leader.usd - TIE;
}

function devValue({ dev }: Candidate): number {
  return dev.available ? dev.value : 0;
}

/** A figure that is not known does not speak against a target. */
function meetsOnDev(
  observations: Observations,
  target: number,
  slots: readonly number[],
  check: Check,
  missing: Missing,
): boolean {
  if (!check.blocking) return true;
  if (isShareCheck(check)) {
    const values = caseValues(observations, target, slots, check.metric, missing);
    const sample = sampleOf(observations, slots, values);
    return sample.values.length === 0 || spreadOf(sample).mean >= check.threshold;
  }
  const estimate =
    check.key === "cost"
      ? usdPer1k(observations, target, slots)
      : check.key === "latency"
        ? latencyEstimate(latencies(observations, target, slots), P95)
        : usdPerSuccess(observations, target, slots);
  return !estimate.available || estimate.value <= check.threshold;
}

function knownUsd(observations: Observations, target: number, slots: readonly number[]): number | undefined {
  if (targetColumns(observations, target).records === 0) return undefined;
  const estimate = usdPer1k(observations, target, slots);
  return estimate.available ? estimate.value : undefined;
}

/** Values of the cases that every candidate has. */
function sharedValues(candidates: readonly Candidate[]): number[][] {
  const [first] = candidates;
  if (first === undefined) return [];
  const shared = Array.from(first.values.keys()).filter((at) =>
    candidates.every(({ values }) => (values[at] ?? ABSENT) !== ABSENT),
  );
  return candidates.map(({ values }) => shared.map((at) => values[at] ?? 0));
}
