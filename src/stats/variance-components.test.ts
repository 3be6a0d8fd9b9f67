import { describe, expect, it } from "vitest";
import { costPerSuccess } from "./cost-per-success.ts";
import { optimalTrials, trialsForVariance, varianceAtTrials, varianceComponents } from "./variance-components.ts";

describe("varianceComponents", () => {
  it("computes by hand: three cases of two trials that always disagree", () => {
    const found = varianceComponents([
      [0, 1],
      [1, 0],
      [0, 1],
    ]);
    expect(found).toMatchObject({
      within: { value: 0.5 },
      betweenRaw: { value: -0.25 },
      between: { value: 0 },
      seMean: { value: 0 },
    });
    expect(optimalTrials(found, 2, 0.1).defined).toBe(false);
    expect(varianceAtTrials(found, 5)).toEqual({ defined: true, value: 0.1 });
  });

  it("sees no variance in equal scores, also through rounding", () => {
    const found = varianceComponents([
      [0.1, 0.1, 0.1],
      [0.1, 0.1, 0.1],
      [0.1, 0.1, 0.1],
    ]);
    expect(found).toMatchObject({ within: { value: 0 }, between: { value: 0 } });
    expect(optimalTrials(found, 2, 0.1).defined).toBe(false);
  });

  it("takes cases with different numbers of trials", () => {
    const { within, betweenRaw } = varianceComponents([[0, 1], [1], [1, 1, 1]]);
    expect(within).toEqual({ defined: true, value: expect.closeTo(0.5 / 3, 14) });
    // MSB = (2(0.5 - 5/6)² + 4(1 - 5/6)²)/2 = 1/6 and n0 = (6 - 14/6)/2.
    expect(betweenRaw).toEqual({ defined: true, value: expect.closeTo(0, 14) });
  });

  it("defines only what one trial or one case can tell", () => {
    expect(varianceComponents([[1], [0]])).toMatchObject({ within: { defined: false }, seMean: { value: 0.5 } });
    expect(varianceComponents([[1, 0]])).toMatchObject({ within: { value: 0.5 }, between: { defined: false } });
  });

  it("knows when more trials cannot help", () => {
    const found = varianceComponents([
      [1, 1, 1],
      [0, 0, 0],
      [1, 0, 1],
      [1, 1, 0],
    ]);
    expect(trialsForVariance(found, 0.01).defined).toBe(false);
    // ω² = 0.12037, σ² = 1/6, so 4 × 0.04 leaves room for σ²/0.03963 = 4.2 trials.
    expect(trialsForVariance(found, 0.04)).toEqual({ defined: true, value: 5 });
  });
});

describe("costPerSuccess", () => {
  it("trap zero successes: not defined, never Infinity", () => {
    const { ratio, se, bounds } = costPerSuccess([1, 2, 3], [0, 0, 0]);
    expect([ratio.defined, se.defined, bounds.defined]).toEqual([false, false, false]);
  });

  it("computes by hand: 6 spent for 2 successes", () => {
    const { ratio, se } = costPerSuccess([1, 2, 3], [1, 0, 1]);
    expect(ratio).toEqual({ defined: true, value: 3 });
    expect(se).toEqual({ defined: true, value: expect.closeTo(Math.sqrt(3), 12) });
  });

  it("knows no spread of one case, and the spread of two", () => {
    expect(costPerSuccess([2], [1])).toMatchObject({
      ratio: { value: 2 },
      se: { defined: false },
      bounds: { defined: false },
    });
    const { se, bounds } = costPerSuccess([1, 3], [1, 1]);
    expect(se).toEqual({ defined: true, value: expect.closeTo(1, 12) });
    expect(bounds).toMatchObject({ value: { upper: expect.closeTo(2 + 12.706204736, 8) } });
  });

  it("has an error of 0 but no interval when every success costs the same", () => {
    const { se, bounds } = costPerSuccess([0.1, 0.1, 0.1], [1, 1, 1]);
    expect(se).toEqual({ defined: true, value: 0 });
    expect(bounds.defined).toBe(false);
  });

  it("refuses costs below 0 and lists of different length", () => {
    expect(() => costPerSuccess([-1], [1])).toThrow("costs[0]: expected a finite number of at least 0, got -1");
    expect(() => costPerSuccess([1, 2], [1])).toThrow("successes: expected as many values as costs (2), got 1");
  });
});
