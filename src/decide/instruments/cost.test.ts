import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Price } from "../../suite/model.ts";
import { fineTuned, model, promptOnly } from "../trials.test-data.ts";
import { readCost } from "./cost.ts";
import { staticShare } from "./prompt-share.ts";
import { subjectsOf } from "./subjects.ts";
import { cell, codes, observe, type Told } from "./told.test-data.ts";

const price: Price = {
  inputPerMillion: 1,
  cachedInputPerMillion: 0.1,
  outputPerMillion: 2,
  asOf: "2026-11-01",
  source: "contract",
  cacheMinimumTokens: 100,
  batchDiscount: 0.5,
};
const priced = (more: Partial<Price> = {}) => ({ ...model("base"), price: { ...price, ...more } });
const short = { ...promptOnly("short", priced()), arm: "short-prompt" as const };

/** 400 of 500 characters are the same in every prompt; 200 input tokens, 10 output. */
function long(n: number, target = "plain", usd = 0.00022): Told[] {
  return Array.from({ length: n }, (_, index) => ({
    target,
    index,
    usd,
    prompt: `${"x".repeat(400)}${String(index)
      .padStart(3, "0")
      .padEnd(100, String(index % 10))}`,
    usage: { input: 200, output: 10 },
  }));
}

describe("cost", () => {
  it("scales the cost to batches, interval and all", () => {
    const observations = observe({ targets: [promptOnly("plain", priced())] }, long(20));
    const readings = readCost(subjectsOf(observations, { prompt: 0 }));
    expect(cell(readings, "usd-per-1k")).toEqual([expect.closeTo(0.22, 12), 20]);
    expect(cell(readings, "usd-per-1k-batched")).toEqual([expect.closeTo(0.11, 12), 20]);
    const plain = observe({}, long(20));
    expect(cell(readCost(subjectsOf(plain, { prompt: 0 })), "usd-per-1k-batched")).toMatch(
      /no batch discount is known/,
    );
  });

  it("says whether the shared beginning reaches the caching minimum, and what caching would save at most", () => {
    const read = (more: Partial<Price>) => {
      const observations = observe({ targets: [promptOnly("plain", priced(more))] }, long(20));
      return readCost(subjectsOf(observations, { prompt: 0 }));
    };
    const reached = read({});
    expect(codes(reached)).toContain("cache-reached");
    // The first of the digits, a 0, is shared too: 401 of 500 characters of 200 tokens.
    const saved = (160.4 * 0.9) / 1e6;
    expect(cell(reached, "usd-per-1k-cached")).toEqual([expect.closeTo((0.00022 - saved) * 1000, 9), 20]);
    const below = read({ cacheMinimumTokens: 1024 });
    expect(codes(below)).toContain("cache-not-reached");
    expect(cell(below, "usd-per-1k-cached")).toBe("the shared beginning is below 1,024 tokens");
  });

  it("does not save twice what came from the cache already", () => {
    const told = long(20).map((one) => ({ ...one, usage: { input: 200, output: 10, cachedInput: 50 } }));
    const observations = observe({ targets: [promptOnly("plain", priced())] }, told);
    const readings = readCost(subjectsOf(observations, { prompt: 0 }));
    expect(cell(readings, "cached-share")).toEqual([expect.closeTo(0.25, 12), 20]);
    expect(cell(readings, "usd-per-1k-cached")).toBe("the measured cost holds cached tokens already");
  });

  it("compares three arms two by two, later minus earlier", () => {
    const targets = [promptOnly("plain", priced()), short, fineTuned("tuned")];
    const told = [...long(20), ...long(20, "short", 0.0001), ...long(20, "tuned", 0.00015)];
    const { changes } = readCost(subjectsOf(observe({ targets }, told), { prompt: 0, tuned: 2 }));
    const usd = changes.filter(({ key }) => key === "usd-per-1k");
    expect(usd.map(({ target, minus }) => `${target}-${minus}`)).toEqual(["short-plain", "tuned-plain", "tuned-short"]);
    expect(usd.map(({ change }) => (change.available ? change.value : change.why))).toEqual([
      expect.closeTo(-0.12, 9),
      expect.closeTo(-0.07, 9),
      expect.closeTo(0.05, 9),
    ]);
  });

  it("never takes an unknown cost for 0", () => {
    const told = long(5).map((one) => ({ ...one, usd: undefined }));
    const readings = readCost(subjectsOf(observe({}, told), { prompt: 0 }));
    expect(cell(readings, "usd-per-1k")).toMatch(/cost unknown/);
  });
});

describe("what prompts have in common", () => {
  it("lies in [0, 1], and is 1 only for prompts that are all alike", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 12 }), { minLength: 2, maxLength: 12 }), (prompts) => {
        const observations = observe(
          {},
          prompts.map((prompt, index) => ({ target: "plain", index, prompt })),
        );
        const share = staticShare(observations, 0, observations.slots("test"));
        if (!share.available) throw new Error(share.why);
        expect(share.value).toBeGreaterThanOrEqual(0);
        expect(share.value).toBeLessThanOrEqual(1);
        if (new Set(prompts).size > 1) expect(share.value).toBeLessThan(1);
      }),
      { numRuns: 60 },
    );
  });

  it("is not told from a single prompt", () => {
    const observations = observe({}, [{ target: "plain", index: 0, prompt: "x" }]);
    expect(staticShare(observations, 0, [0])).toMatchObject({ available: false });
  });
});
