import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quantileOneSided } from "../stats/order-statistic.ts";
import { isLatencies, type Latencies, latencies, latencyBounds, latencyEstimate, latencyTestAbove } from "./latency.ts";
import { createObservations } from "./observations.ts";
import { type Outcome, record, suiteOf, type Trial } from "./trials.test-data.ts";

function timed(ms: readonly (number | undefined)[], more: (index: number) => Partial<Trial> = () => ({}), perCase = 1) {
  const suite = suiteOf({ trials: perCase });
  const observations = createObservations(suite);
  for (const [at, latencyMs] of ms.entries()) {
    const index = Math.floor(at / perCase);
    observations.add(record(suite, { target: "plain", index, trial: (at % perCase) + 1, latencyMs, ...more(at) }));
  }
  return latencies(observations, 0, observations.slots("test"));
}

function known(found: ReturnType<typeof latencies>): Latencies {
  if (!isLatencies(found)) throw new Error(found.why);
  return found;
}

const upTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1);
const sure = { lower: 0.95, upper: 0.95 };

describe("p95", () => {
  it("has no upper bound from 58 cases and has one from 59", () => {
    expect(latencyBounds(known(timed(upTo(58))), 0.95, sure)).not.toHaveProperty("upper");
    expect(latencyBounds(known(timed(upTo(59))), 0.95, sure)).toMatchObject({ upper: 59 });
  });

  it("is bounded by order statistics for one trial a case", () => {
    const found = latencyBounds(known(timed(upTo(200))), 0.95, sure);
    const expected = quantileOneSided(upTo(200), 0.95, 0.95);
    expect(found.lower).toBe(expected.lower.defined ? expected.lower.value : undefined);
    expect(found.upper).toBe(expected.upper.defined ? expected.upper.value : undefined);
  });

  it("takes trials of a case as one: three alike bound no better than one", () => {
    const once = latencyBounds(known(timed(upTo(100))), 0.95, sure);
    const thrice = latencyBounds(
      known(
        timed(
          upTo(100).flatMap((ms) => [ms, ms, ms]),
          undefined,
          3,
        ),
      ),
      0.95,
      sure,
    );
    expect(thrice).toEqual(once);
  });

  it("tells missing answers from too few cases where it has no interval", () => {
    const lost = (index: number): Partial<Trial> => (index < 5 ? { outcome: "lost" } : {});
    const of = (n: number, more?: (index: number) => Partial<Trial>) => latencyEstimate(timed(upTo(n), more), 0.95);
    expect(of(133)).toHaveProperty("interval");
    expect(of(133, lost)).toMatchObject({
      method: "type 7; no 95 % interval: missing answers may be slower than all others",
    });
    expect(of(40)).toMatchObject({ method: "type 7; no 95 % interval: 40 cases are too few" });
  });

  it("takes cases of a cluster as one", () => {
    const found = known(timed(upTo(100), (index) => ({ cluster: `c${index % 50}` })));
    expect(latencyEstimate(found, 0.95)).toMatchObject({ n: 100, clusters: 50 });
    expect(found).toMatchObject({ units: 50, byClusters: true, cases: 100 });
    expect(latencyBounds(found, 0.95, sure)).not.toHaveProperty("upper");
  });

  it("weighs answers by traffic", () => {
    const found = known(timed(upTo(100), (index) => ({ weight: index === 99 ? 100 : 1 })));
    expect(latencyEstimate(found, 0.5)).toMatchObject({ value: 100 });
    expect(found.units).toBeLessThan(5);
  });

  it("counts a missing answer as slow for the upper bound and as fast for the lower one", () => {
    const lost = (index: number): Partial<Trial> => ({ outcome: (index < 2 ? "lost" : "right") as Outcome });
    const found = known(timed(upTo(200), lost));
    const complete = latencyBounds({ ...found, missing: 0 }, 0.95, sure);
    const careful = latencyBounds(found, 0.95, sure);
    expect(careful.upper).toBeGreaterThan(complete.upper ?? 0);
    expect(careful.lower).toBeLessThan(complete.lower ?? 0);
    expect(latencyBounds({ ...found, reading: "fast" }, 0.95, sure).upper).toBeLessThan(careful.upper ?? 0);
  });

  it("agrees with its p-value: the lower bound passes the limit exactly when p is below alpha", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 5, maxLength: 120 }),
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 3 }),
        fc.boolean(),
        (ms, limit, missing, weighted) => {
          const found = known(timed(ms, weighted ? (index) => ({ weight: 1 + (index % 3) }) : undefined));
          const latency = { ...found, missing };
          const { lower } = latencyBounds(latency, 0.95, sure);
          expect(latencyTestAbove(latency, 0.95, limit) < 0.05).toBe(lower !== undefined && lower > limit);
        },
      ),
      { seed: 5, numRuns: 300 },
    );
  });

  it("is not told from a recording without times", () => {
    expect(timed([undefined, undefined])).toMatchObject({ available: false });
    expect(timed([5, undefined, 7])).toMatchObject({
      why: "latency known for 2 of 3 answers only: the answers were recorded without it",
    });
  });

  it("shows a point but no interval where the cases are too few", () => {
    const estimate = latencyEstimate(known(timed(upTo(20))), 0.95);
    expect(estimate).toMatchObject({ available: true, n: 20, unit: "ms" });
    expect(estimate.available && estimate.value).toBeCloseTo(19.05, 12);
    expect(estimate).not.toHaveProperty("interval");
    expect(estimate.available && estimate.method).toContain("20 cases are too few");
  });
});
