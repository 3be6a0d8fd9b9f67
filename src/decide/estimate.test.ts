import { describe, expect, it } from "vitest";
import { amountEstimate, shareEstimate } from "./estimate.ts";

const right = (k: number, n: number): number[] => Array.from({ length: n }, (_, index) => (index < k ? 1 : 0));

describe("estimates of a share", () => {
  it("museum 1: 50 of 50 right is not 100 to 100 %, with one trial or with three", () => {
    const once = shareEstimate({ values: right(50, 50) }, "share", "none");
    expect(once).toMatchObject({ available: true, value: 1, n: 50, method: "Wilson 95 %" });
    expect(once.available && once.interval?.upper).toBe(1);
    expect(once.available && once.interval?.lower).toBeCloseTo(0.9287, 4);
    const rubric = shareEstimate({ values: Array(50).fill(0.8) }, "score", "none");
    expect(rubric.available && rubric.interval?.lower).toBeLessThan(0.79);
    expect(rubric.available && rubric.interval?.upper).toBeGreaterThan(0.8);
  });

  it("museum 2: one cluster has no interval, not one of zero width", () => {
    const clusters = Array(12).fill("one document");
    for (const values of [right(12, 12), right(7, 12), Array(12).fill(0.5)]) {
      const estimate = shareEstimate({ values, clusters }, "share", "none");
      expect(estimate).toMatchObject({ available: true, clusters: 1 });
      expect(estimate).not.toHaveProperty("interval");
    }
  });

  it("is told as not available, with the reason, where there is no case", () => {
    expect(shareEstimate({ values: [] }, "share", "no answer")).toEqual({ available: false, why: "no answer" });
  });

  it("uses wider intervals where cases share clusters", () => {
    const values = Array.from({ length: 60 }, (_, index) => (Math.floor(index / 5) % 4 === 0 ? 0 : 1));
    const clusters = values.map((_, index) => `c${Math.floor(index / 5)}`);
    const width = (estimate: ReturnType<typeof shareEstimate>) =>
      estimate.available && estimate.interval !== undefined ? estimate.interval.upper - estimate.interval.lower : 0;
    const clustered = shareEstimate({ values, clusters }, "share", "none");
    expect(width(clustered)).toBeGreaterThan(1.5 * width(shareEstimate({ values }, "share", "none")));
    expect(clustered).toMatchObject({ clusters: 12, method: "Wilson 95 % by clusters, t(G-1)" });
  });

  it("weighs cases by their share of the traffic", () => {
    const estimate = shareEstimate({ values: [1, 0, 1, 1], weights: [1, 7, 1, 1] }, "share", "none");
    expect(estimate.available && estimate.value).toBeCloseTo(0.3, 12);
    expect(estimate.available && estimate.method).toContain("weighted");
  });
});

describe("estimates of an amount", () => {
  it("scale and never reach below 0", () => {
    const estimate = amountEstimate({ values: [0, 0, 0.009, 0] }, "usd-per-1k", 1000, "none");
    expect(estimate).toMatchObject({ value: 2.25, unit: "usd-per-1k" });
    expect(estimate.available && estimate.interval?.lower).toBe(0);
  });

  it("have no interval for one case", () => {
    expect(amountEstimate({ values: [3] }, "tokens", 1, "none")).not.toHaveProperty("interval");
  });
});
