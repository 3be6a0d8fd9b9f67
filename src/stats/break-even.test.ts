import { describe, expect, it } from "vitest";
import { type BreakEvenPlan, breakEven, costPerRequest, type RequestCost } from "./break-even.ts";

const prompt: RequestCost = {
  staticTokens: 800,
  dynamicTokens: 200,
  outputTokens: 150,
  priceIn: 0.2,
  priceCached: 0.02,
  priceOut: 1.2,
  cacheHitRate: 0.9,
  minCacheTokens: 1024,
  cacheWriteMultiplier: 1.25,
  batchShare: 0,
  batchDiscount: 0.5,
  retryRate: 0,
};

const plan: BreakEvenPlan = {
  volumeMonth1: 10_000_000,
  growth: 0,
  promptPriceDecline: 0,
  horizonMonths: 12,
  prompt,
  tuned: { ...prompt, staticTokens: 0 },
  fixed: {
    trainingTokens: 1_000_000,
    epochs: 3,
    priceTraining: 1,
    trainingRuns: 1,
    labels: 1000,
    costPerLabel: 2,
    labelQaShare: 0.1,
    evalCost: 97,
    engineeringHours: 10,
    engineeringRate: 70,
    replicas: 0,
    hoursPerMonth: 730,
    pricePerHour: 4,
    refreshEveryMonths: 0,
    refreshCost: 1000,
  },
};

describe("costPerRequest", () => {
  it("gives no cache discount below the vendor's minimum, and no write surcharge either", () => {
    expect(costPerRequest(prompt) * 1e6).toBeCloseTo(1000 * 0.2 + 150 * 1.2, 9);
  });

  it("reads hits cheaply and pays for writes from the minimum on", () => {
    const long = { ...prompt, staticTokens: 1024 };
    expect(costPerRequest(long) * 1e6).toBeCloseTo(1024 * (0.9 * 0.02 + 0.1 * 1.25 * 0.2) + 200 * 0.2 + 150 * 1.2, 9);
    expect(costPerRequest(long)).toBeLessThan(costPerRequest(prompt));
  });

  it("counts retries and batches", () => {
    expect(costPerRequest({ ...prompt, retryRate: 0.5, batchShare: 1 }) / costPerRequest(prompt)).toBeCloseTo(0.75, 12);
  });

  it("refuses shares above 1 and negative prices", () => {
    expect(() => costPerRequest({ ...prompt, cacheHitRate: 90 })).toThrow(
      "cacheHitRate: expected a number from 0 to 1, got 90",
    );
    expect(() => costPerRequest({ ...prompt, priceIn: -1 })).toThrow("priceIn");
  });
});

describe("breakEven", () => {
  it("computes by hand: 3000 once, 1600 saved a month", () => {
    const found = breakEven(plan);
    expect(found.oneOff).toBeCloseTo(3 + 2200 + 97 + 700, 9);
    expect(found.cumulativeNet[0]).toBeCloseTo(1600 - 3000, 6);
    expect(found.breakEvenMonth).toEqual({ defined: true, value: 2 });
    expect(found.staysPositiveFrom).toEqual({ defined: true, value: 2 });
    expect(found.breakEvenVolume).toEqual({ defined: true, value: expect.closeTo(3000 / 12 / 0.00016, 3) });
  });

  it("tells a break-even that a refresh undoes from one that stays", () => {
    const found = breakEven({ ...plan, fixed: { ...plan.fixed, refreshEveryMonths: 3, refreshCost: 2000 } });
    expect(found.breakEvenMonth).toEqual({ defined: true, value: 2 });
    expect(found.staysPositiveFrom).toEqual({ defined: true, value: 4 });
  });

  it("does not pay for a refresh at the end of the horizon", () => {
    const yearly = breakEven({ ...plan, fixed: { ...plan.fixed, refreshEveryMonths: 12 } });
    expect(yearly.cumulativeNet).toEqual(breakEven(plan).cumulativeNet);
  });

  it("never breaks even without volume, nor by volume when nothing is saved", () => {
    const none = breakEven({ ...plan, volumeMonth1: 0 });
    expect([none.breakEvenMonth.defined, none.staysPositiveFrom.defined]).toEqual([false, false]);
    expect(breakEven({ ...plan, tuned: prompt }).breakEvenVolume.defined).toBe(false);
  });

  it("follows growth, falling prices and hosting", () => {
    const found = breakEven({
      ...plan,
      growth: 0.5,
      promptPriceDecline: 0.1,
      horizonMonths: 2,
      fixed: { ...plan.fixed, replicas: 1 },
    });
    const [p, t] = [380e-6, 220e-6];
    const second = 1e7 * (p - t) - 2920 - 3000 + 1.5e7 * (p * 0.9 - t) - 2920;
    expect(found.cumulativeNet[1]).toBeCloseTo(second, 6);
    expect(() => breakEven({ ...plan, growth: -1 })).toThrow("growth: expected more than -1 (-100 %), got -1");
  });
});
