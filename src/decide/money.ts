/**
 * Does a tuned model pay for itself? From the volume and costs that the suite states and the costs of answers that were
 * measured, month by month, at low, base and high volume and at both ends of the cost intervals.
 */
import { type BreakEven, breakEven } from "../stats/break-even.ts";
import {
  DEFAULT_HIGH,
  DEFAULT_HORIZON_MONTHS,
  DEFAULT_LOW,
  type Economics,
  HOURS_PER_MONTH,
} from "../suite/economics.ts";
import type { Suite } from "../suite/suite.ts";
import type { Estimate, Gap, MaybeEstimate, TargetMeasure, Unavailable } from "./decision.ts";
import { unavailable } from "./estimate.ts";
import type { MaybeMonth, MaybeVolume, Money, MoneyFound, Payback, Standing, VolumeCase } from "./money-contract.ts";
import { usdPerExtraSuccess, withFixedCosts } from "./money-per-success.ts";
import { casesTold, type MoneyUntold, moneyAssumptions, moneyTold, volumeTold } from "./money-words.ts";

/** Fall of the prompted model's price a month that every case is tried against: prices have fallen faster. */
export const STRESS_DECLINE = 0.03;

/** Names of the targets that the money is about. */
export interface MoneyArms {
  readonly prompt?: string | undefined;
  readonly tuned?: string | undefined;
}

/** Costs of 1,000 requests on either side. */
export interface Costs {
  readonly prompt: number;
  readonly tuned: number;
}

interface Fixed {
  readonly oneOff: MoneyFound["oneOff"];
  readonly hostingUsdPerMonth: number;
}

const VOLUMES = ["low", "base", "high"] as const;

/**
 * @param measures figures of the targets; those on test count
 * @param gaps what a gain in quality is taken from
 * @returns `undefined` where the suite states no economics
 */
export function moneyOf(
  suite: Suite,
  arms: MoneyArms,
  measures: readonly TargetMeasure[],
  gaps: readonly Gap[],
): Money | undefined {
  const { economics } = suite;
  if (economics === undefined) return undefined;
  const onTest = (name: string | undefined) =>
    measures.find(({ target, split }) => split === "test" && target === name && name !== undefined);
  const prompt = onTest(arms.prompt);
  const tuned = onTest(arms.tuned);
  if (prompt === undefined) return unavailable("there is no prompt-only target to hold a tuned one against");
  if (!prompt.usdPer1k.available)
    return unavailable(`the cost of "${prompt.target}" is not known: ${prompt.usdPer1k.why}`);
  const found = tunedCost(economics, tuned);
  if (!found.available) return found;
  // A volume that ends after the first month is no product, and the formula has no such growth.
  if ((economics.volume.growth ?? 0) <= -1)
    return unavailable("a growth of -100 % leaves no request after the first month");
  const training = suite.targets.find(({ name }) => name === tuned?.target)?.tuning?.trainingCostUsd;
  const fixed = fixedOf(economics, training);
  const costs: Costs = { prompt: prompt.usdPer1k.value, tuned: found.value };
  const corners = cornersOf(prompt.usdPer1k, found);
  const decline = economics.promptPriceDecline ?? 0;
  const at = (where: Costs, fall = decline) => VOLUMES.map((volume) => run(economics, fixed, where, volume, fall));
  const [point, worst, best] = [at(costs), at(corners.worst), at(corners.best)];
  const standing = standingOf(point, costs);
  const assumed = found.n === 0;
  const ends = endsOf([prompt.usdPer1k, ...(assumed ? [] : [found])], () => ({
    worst: standingOf(worst, corners.worst),
    best: standingOf(best, corners.best),
  }));
  const without = -(lastOf(run(economics, fixed, costs, "base", decline, 0).cumulativeNet) ?? 0);
  const volumes = VOLUMES.map((volume, index): VolumeCase => {
    const own = pick(point, index);
    return {
      volume,
      requestsInMonth1: volumeOf(economics, volume),
      ...payback(own),
      balance: own.cumulativeNet,
      endBalance: { worst: endOf(pick(worst, index)), best: endOf(pick(best, index)) },
      worst: payback(pick(worst, index)),
      best: payback(pick(best, index)),
    };
  });
  const base = { requests: requestsOver(economics), balance: (plans: readonly BreakEven[]) => endOf(pick(plans, 1)) };
  const gap = gaps.find((each) => each.base === arms.prompt && each.tuned === arms.tuned)?.total;
  const threshold = (plans: readonly BreakEven[]) => volumeFor(economics, pick(plans, 1), without);
  const money: MoneyUntold = {
    available: true,
    prompt: { target: prompt.target, usdPer1k: prompt.usdPer1k, usdPerSuccess: prompt.usdPerSuccess },
    tuned: {
      ...(tuned === undefined ? {} : { target: tuned.target }),
      usdPer1k: found,
      usdPerSuccess: assumed ? unavailable("the cost of a tuned request is assumed") : measured(tuned?.usdPerSuccess),
      loadedUsdPerSuccess: assumed
        ? unavailable("the cost of a tuned request is assumed")
        : withFixedCosts(measured(tuned?.usdPerSuccess), measured(tuned?.strict), without / base.requests),
    },
    assumed,
    horizonMonths: horizonOf(economics),
    growth: economics.volume.growth ?? 0,
    promptPriceDecline: decline,
    oneOff: fixed.oneOff,
    hostingUsdPerMonth: fixed.hostingUsdPerMonth,
    ...(economics.refresh === undefined ? {} : { refresh: economics.refresh }),
    volumes,
    breakEvenVolume: { value: threshold(point), worst: threshold(worst), best: threshold(best) },
    standing,
    ends,
    firm: ends.available && ends.worst === standing && ends.best === standing,
    stress: stressOf(decline, costs, (fall) => at(costs, fall)),
    usdPerExtraSuccess: usdPerExtraSuccess(gap, {
      requests: base.requests,
      usd: -base.balance(point),
      least: -base.balance(best),
      most: -base.balance(worst),
      certain: ends.available,
    }),
  };
  return {
    ...money,
    told: moneyTold(money),
    volumeTold: volumeTold(money),
    casesTold: casesTold(money),
    assumptions: moneyAssumptions(economics, money, training),
  };
}

/** The measured cost of a tuned request; what the suite expects of it where nobody measured it, with n = 0. */
function tunedCost({ tunedUsdPer1k }: Economics, tuned: TargetMeasure | undefined): MaybeEstimate {
  if (tuned?.usdPer1k.available === true) return tuned.usdPer1k;
  if (tunedUsdPer1k !== undefined) {
    const method = "stated in the suite, not measured";
    return { available: true, value: tunedUsdPer1k, n: 0, unit: "usd-per-1k", method };
  }
  return tuned === undefined || tuned.usdPer1k.available
    ? unavailable("there is no tuned target, and economics.tunedUsdPer1k does not say what a tuned request would cost")
    : unavailable(`the cost of "${tuned.target}" is not known: ${tuned.usdPer1k.why}`);
}

function fixedOf({ oneOff = {}, hosting }: Economics, trainingCostUsd: number | undefined): Fixed {
  const { labels, engineering } = oneOff;
  const trainingUsd = oneOff.trainingUsd ?? trainingCostUsd ?? 0;
  const labelsUsd = labels === undefined ? 0 : labels.count * labels.usdEach * (1 + (labels.checked ?? 0));
  const evaluationUsd = oneOff.evaluationUsd ?? 0;
  const engineeringUsd = engineering === undefined ? 0 : engineering.hours * engineering.usdPerHour;
  const totalUsd = trainingUsd + labelsUsd + evaluationUsd + engineeringUsd;
  const hours = hosting === undefined ? 0 : (hosting.replicas ?? 1) * (hosting.hoursPerMonth ?? HOURS_PER_MONTH);
  return {
    oneOff: { trainingUsd, labelsUsd, evaluationUsd, engineeringUsd, totalUsd },
    hostingUsdPerMonth: hours * (hosting?.usdPerHour ?? 0),
  };
}

/** Both costs at the ends that speak against tuning, and for it. That both lie there at once is rarer than one in forty. */
function cornersOf(prompt: Estimate, tuned: Estimate): { readonly worst: Costs; readonly best: Costs } {
  const ends = ({ value, interval }: Estimate) => interval ?? { lower: value, upper: value };
  const [of, to] = [ends(prompt), ends(tuned)];
  return { worst: { prompt: of.lower, tuned: to.upper }, best: { prompt: of.upper, tuned: to.lower } };
}

function endsOf(
  measured: readonly Estimate[],
  ends: () => { readonly worst: Standing; readonly best: Standing },
): MoneyFound["ends"] {
  const lacking = measured.find(({ interval }) => interval === undefined);
  return lacking === undefined
    ? { available: true, ...ends() }
    : unavailable(`a measured cost has no interval: ${lacking.method}`);
}

/** Costs per 1,000 are given as 1,000 tokens at that price per million, hosting and one-off costs as they are. */
function run(
  economics: Economics,
  { oneOff, hostingUsdPerMonth }: Fixed,
  costs: Costs,
  volume: (typeof VOLUMES)[number],
  promptPriceDecline: number,
  volumeMonth1 = volumeOf(economics, volume),
): BreakEven {
  const request = (usdPer1k: number) => ({
    staticTokens: 0,
    dynamicTokens: 1000,
    outputTokens: 0,
    priceIn: usdPer1k,
    priceCached: 0,
    priceOut: 0,
    cacheHitRate: 0,
    minCacheTokens: 0,
    cacheWriteMultiplier: 1,
    batchShare: 0,
    batchDiscount: 0,
    retryRate: 0,
  });
  return breakEven({
    volumeMonth1,
    growth: economics.volume.growth ?? 0,
    promptPriceDecline,
    horizonMonths: horizonOf(economics),
    prompt: request(costs.prompt),
    tuned: request(costs.tuned),
    fixed: {
      trainingTokens: 0,
      epochs: 1,
      priceTraining: 0,
      trainingRuns: 1,
      labels: 0,
      costPerLabel: 0,
      labelQaShare: 0,
      evalCost: oneOff.totalUsd,
      engineeringHours: 0,
      engineeringRate: 0,
      replicas: 1,
      hoursPerMonth: 1,
      pricePerHour: hostingUsdPerMonth,
      refreshEveryMonths: economics.refresh?.everyMonths ?? 0,
      refreshCost: economics.refresh?.usd ?? 0,
    },
  });
}

/** A break-even that is undone before the horizon ends is none; nor is one where nothing is spent and nothing saved. */
function standingOf(plans: readonly BreakEven[], { prompt, tuned }: Costs): Standing {
  const pays = (index: number) => prompt > tuned && pick(plans, index).staysPositiveFrom.defined;
  if (!pays(1)) return "never";
  return pays(0) ? "pays" : "volume-sensitive";
}

function stressOf(declared: number, costs: Costs, at: (decline: number) => BreakEven[]): MoneyFound["stress"] {
  if (declared >= STRESS_DECLINE) return unavailable("the suite itself counts on prices that fall as fast");
  const plans = at(STRESS_DECLINE);
  return {
    available: true,
    decline: STRESS_DECLINE,
    standing: standingOf(plans, costs),
    volumes: VOLUMES.map((volume, index) => ({ volume, ...payback(pick(plans, index)) })),
  };
}

/** The balance at the end of the horizon is linear in the volume: from `-without` at no request up by what a request saves. */
function volumeFor(economics: Economics, base: BreakEven, without: number): MaybeVolume {
  const perRequest = (endOf(base) + without) / volumeOf(economics, "base");
  if (!(perRequest > 0)) return unavailable("over the horizon a tuned request saves nothing");
  return { available: true, perMonth: without / perRequest };
}

function payback({ breakEvenMonth, staysPositiveFrom }: BreakEven): Payback {
  const told = (month: BreakEven["breakEvenMonth"]): MaybeMonth =>
    month.defined ? { available: true, month: month.value } : unavailable(month.reason);
  return { breakEvenMonth: told(breakEvenMonth), staysPositiveFrom: told(staysPositiveFrom) };
}

function volumeOf({ volume }: Economics, which: (typeof VOLUMES)[number]): number {
  const factor = which === "low" ? (volume.low ?? DEFAULT_LOW) : which === "high" ? (volume.high ?? DEFAULT_HIGH) : 1;
  return volume.perMonth * factor;
}

/** Requests of the base case over the whole horizon. */
function requestsOver(economics: Economics): number {
  const { perMonth, growth = 0 } = economics.volume;
  let total = 0;
  for (let month = 0; month < horizonOf(economics); month++) total += perMonth * (1 + growth) ** month;
  return total;
}

function horizonOf({ horizonMonths }: Economics): number {
  return horizonMonths ?? DEFAULT_HORIZON_MONTHS;
}

function endOf({ cumulativeNet }: BreakEven): number {
  return lastOf(cumulativeNet) ?? 0;
}

function lastOf(values: readonly number[]): number | undefined {
  return values.at(-1);
}

function measured(estimate: MaybeEstimate | undefined): MaybeEstimate | Unavailable {
  return estimate ?? unavailable("there is no tuned target to measure");
}

function pick(plans: readonly BreakEven[], index: number): BreakEven {
  const plan = plans[index];
  if (plan === undefined) throw new Error(`no plan at position ${index}`);
  return plan;
}
