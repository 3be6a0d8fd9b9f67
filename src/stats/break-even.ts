/**
 * When does a tuned model pay for itself? Cost of a request on either side, fixed costs of tuning, and the running balance
 * month by month. Money in one unit throughout; prices per million tokens.
 */
import { expectCount, expectFinite, expectNonNegative, expectUnit } from "./arguments.ts";
import { defined, type Maybe, notDefined } from "./undefined.ts";

/** What one request consumes and what it costs. */
export type RequestCost = {
  /** Tokens of the prompt that never change, and those that do. */
  readonly staticTokens: number;
  readonly dynamicTokens: number;
  readonly outputTokens: number;
  /** Prices per million tokens; cached applies to static tokens read from the vendor's cache. */
  readonly priceIn: number;
  readonly priceCached: number;
  readonly priceOut: number;
  /** Share of requests that find the static tokens in the cache. */
  readonly cacheHitRate: number;
  /** The vendor caches only static prefixes of at least this many tokens. */
  readonly minCacheTokens: number;
  /** What writing to the cache costs relative to plain input. */
  readonly cacheWriteMultiplier: number;
  /** Share of requests sent in batches, and the discount on those. */
  readonly batchShare: number;
  readonly batchDiscount: number;
  /** Further attempts per request. */
  readonly retryRate: number;
};

/** What tuning costs once, and what serving the tuned model costs whether it is used or not. */
export type TuningCost = {
  readonly trainingTokens: number;
  readonly epochs: number;
  /** Per million trained tokens. */
  readonly priceTraining: number;
  readonly trainingRuns: number;
  readonly labels: number;
  readonly costPerLabel: number;
  /** Share of labels made twice to check them. */
  readonly labelQaShare: number;
  readonly evalCost: number;
  readonly engineeringHours: number;
  readonly engineeringRate: number;
  readonly replicas: number;
  readonly hoursPerMonth: number;
  readonly pricePerHour: number;
  /** Tuned again every so many months, because base models retire and data drifts; 0 for never. */
  readonly refreshEveryMonths: number;
  readonly refreshCost: number;
};

/** The comparison: two ways to serve the same requests over a horizon. */
export type BreakEvenPlan = {
  readonly volumeMonth1: number;
  /** Growth of the volume per month, 0.05 for 5 %. */
  readonly growth: number;
  /** Fall of the price of the prompted model per month, 0.03 for 3 %. */
  readonly promptPriceDecline: number;
  readonly horizonMonths: number;
  readonly prompt: RequestCost;
  readonly tuned: RequestCost;
  readonly fixed: TuningCost;
};

export type BreakEven = {
  readonly promptCostPer1k: number;
  readonly tunedCostPer1k: number;
  readonly trainingCost: number;
  readonly oneOff: number;
  readonly hostingPerMonth: number;
  /** Savings less all costs at the end of each month, first month first. */
  readonly cumulativeNet: readonly number[];
  /** First month that ends at 0 or above; not defined when none within the horizon does. */
  readonly breakEvenMonth: Maybe<number>;
  /** First month from which the balance never falls below 0 again: a refresh or falling prices may undo a break-even. */
  readonly staysPositiveFrom: Maybe<number>;
  /** The constant monthly volume at which the horizon ends at 0, without refreshes; not defined when a request saves nothing. */
  readonly breakEvenVolume: Maybe<number>;
};

/** Cost of one request, its retries included. */
export function costPerRequest(cost: RequestCost): number {
  checkRequest(cost);
  const { staticTokens, dynamicTokens, outputTokens, priceIn, priceCached, priceOut, cacheHitRate } = cost;
  // Below the vendor's minimum, or with a cache nobody uses, nothing is written to it either.
  const caching = staticTokens >= cost.minCacheTokens && cacheHitRate > 0;
  const staticPrice = caching
    ? cacheHitRate * priceCached + (1 - cacheHitRate) * cost.cacheWriteMultiplier * priceIn
    : priceIn;
  const tokens = staticTokens * staticPrice + dynamicTokens * priceIn + outputTokens * priceOut;
  return ((1 + cost.retryRate) * tokens * (1 - cost.batchShare * cost.batchDiscount)) / 1e6;
}

/**
 * Balance of tuning against prompting month by month.
 * @throws RangeError on a share outside [0, 1], a negative amount, or a horizon that is not a whole number of months
 */
export function breakEven(plan: BreakEvenPlan): BreakEven {
  checkPlan(plan);
  const { horizonMonths, volumeMonth1, growth, promptPriceDecline, fixed } = plan;
  const prompt = costPerRequest(plan.prompt);
  const tuned = costPerRequest(plan.tuned);
  const trainingCost = ((fixed.trainingTokens * fixed.epochs * fixed.priceTraining) / 1e6) * fixed.trainingRuns;
  const oneOff =
    trainingCost +
    fixed.labels * fixed.costPerLabel * (1 + fixed.labelQaShare) +
    fixed.evalCost +
    fixed.engineeringHours * fixed.engineeringRate;
  const hostingPerMonth = fixed.replicas * fixed.hoursPerMonth * fixed.pricePerHour;

  const cumulativeNet: number[] = [];
  let balance = -oneOff;
  for (let month = 1; month <= horizonMonths; month++) {
    const volume = volumeMonth1 * (1 + growth) ** (month - 1);
    balance += volume * (prompt * (1 - promptPriceDecline) ** (month - 1) - tuned) - hostingPerMonth;
    if (refreshes(month, horizonMonths, fixed.refreshEveryMonths)) balance -= fixed.refreshCost;
    cumulativeNet.push(balance);
  }
  const firstPositive = cumulativeNet.findIndex((net) => net >= 0);
  const lastNegative = cumulativeNet.findLastIndex((net) => net < 0);
  const never = notDefined(`the balance is negative at the end of every month of ${horizonMonths}`);
  const saved = prompt - tuned;
  return {
    promptCostPer1k: prompt * 1000,
    tunedCostPer1k: tuned * 1000,
    trainingCost,
    oneOff,
    hostingPerMonth,
    cumulativeNet,
    breakEvenMonth: firstPositive < 0 ? never : defined(firstPositive + 1),
    staysPositiveFrom:
      lastNegative === horizonMonths - 1 ? notDefined("the balance is negative at the end") : defined(lastNegative + 2),
    breakEvenVolume:
      saved > 0
        ? defined((oneOff / horizonMonths + hostingPerMonth) / saved)
        : notDefined("a tuned request costs no less than a prompted one"),
  };
}

/** A refresh falls due at every full period, except at the end of the horizon, which it would serve no more. */
function refreshes(month: number, horizonMonths: number, every: number): boolean {
  return every > 0 && month % every === 0 && month < horizonMonths;
}

function checkPlan(plan: BreakEvenPlan): void {
  expectNonNegative("volumeMonth1", plan.volumeMonth1);
  expectFinite("growth", plan.growth);
  if (plan.growth <= -1) throw new RangeError(`growth: expected more than -1 (-100 %), got ${plan.growth}`);
  expectUnit("promptPriceDecline", plan.promptPriceDecline);
  expectCount("horizonMonths", plan.horizonMonths, 1);
  expectCount("refreshEveryMonths", plan.fixed.refreshEveryMonths);
  for (const [name, value] of Object.entries(plan.fixed)) expectNonNegative(`fixed.${name}`, value);
}

function checkRequest(cost: RequestCost): void {
  for (const [name, value] of Object.entries(cost)) expectNonNegative(name, value);
  expectUnit("cacheHitRate", cost.cacheHitRate);
  expectUnit("batchShare", cost.batchShare);
  expectUnit("batchDiscount", cost.batchDiscount);
}
