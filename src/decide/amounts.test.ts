import { describe, expect, it } from "vitest";
import { costPerSuccess } from "../stats/cost-per-success.ts";
import { tokens, usdPer1k, usdPerSuccess } from "./amounts.ts";
import { createObservations } from "./observations.ts";
import { record, suiteOf, type Trial } from "./trials.test-data.ts";

function observed(trials: readonly Partial<Trial>[], perCase = 1) {
  const suite = suiteOf({ trials: perCase });
  const observations = createObservations(suite);
  for (const [at, trial] of trials.entries()) {
    const index = Math.floor(at / perCase);
    observations.add(record(suite, { target: "plain", index, trial: (at % perCase) + 1, ...trial }));
  }
  return { observations, slots: observations.slots("test") };
}

describe("costs", () => {
  it("are told per 1,000 requests", () => {
    const { observations, slots } = observed([{ usd: 0.0002 }, { usd: 0.0004 }, { usd: 0.0006 }]);
    const estimate = usdPer1k(observations, 0, slots);
    expect(estimate).toMatchObject({ available: true, n: 3, unit: "usd-per-1k" });
    expect(estimate.available && estimate.value).toBeCloseTo(0.4, 12);
  });

  it("that nobody knows are not 0", () => {
    const { observations, slots } = observed([{ usd: undefined }, { usd: undefined }]);
    expect(usdPer1k(observations, 0, slots)).toEqual({
      available: false,
      why: "cost unknown: no price for this model",
    });
    expect(usdPerSuccess(observations, 0, slots)).toMatchObject({ available: false });
  });

  it("that are known in part say for how many answers", () => {
    const { observations, slots } = observed([{ usd: 0.1 }, { usd: undefined }, { usd: 0.1 }, { outcome: "lost" }]);
    expect(usdPer1k(observations, 0, slots)).toMatchObject({
      available: false,
      why: "cost known for 2 of 3 answers only: no price for this model",
    });
  });

  it("do not count calls that failed", () => {
    const { observations, slots } = observed([{ usd: 0.001 }, { usd: 0.001, outcome: "lost" }]);
    const estimate = usdPer1k(observations, 0, slots);
    expect(estimate.available && estimate.value).toBeCloseTo(1, 12);
  });

  it("say which of them are estimates", () => {
    const suite = suiteOf();
    const observations = createObservations(suite);
    const first = record(suite, { target: "plain", index: 0 });
    observations.add({ ...first, cost: { known: true, usd: 0.1, estimated: true } });
    observations.add(record(suite, { target: "plain", index: 1 }));
    const estimate = usdPer1k(observations, 0, observations.slots("test"));
    expect(estimate.available && estimate.method).toContain("some costs are estimates");
  });

  it("of one right answer are a ratio of sums, linearised", () => {
    const outcomes = ["right", "right", "wrong", "right", "right"] as const;
    const costs = [0.01, 0.012, 0.009, 0.02, 0.011];
    const { observations, slots } = observed(outcomes.map((outcome, at) => ({ outcome, usd: costs[at] })));
    const estimate = usdPerSuccess(observations, 0, slots);
    const expected = costPerSuccess(costs, [1, 1, 0, 1, 1]);
    expect(estimate.available && estimate.value).toBeCloseTo(0.0155, 12);
    expect(estimate.available && estimate.interval?.upper).toBeCloseTo(
      expected.bounds.defined ? expected.bounds.value.upper : Number.NaN,
      12,
    );
  });

  it("of one right answer do not exist where none was right", () => {
    const { observations, slots } = observed([{ outcome: "wrong" }, { outcome: "wrong" }]);
    expect(usdPerSuccess(observations, 0, slots)).toEqual({ available: false, why: "no answer was right" });
  });

  it("of one right answer agree with the plain formula where every cluster has one case", () => {
    const { observations, slots } = observed([
      { usd: 0.1, cluster: "a" },
      { usd: 0.3, cluster: "b" },
      { usd: 0.2, cluster: "c", outcome: "wrong" },
      { usd: 0.2, cluster: "c" },
    ]);
    const estimate = usdPerSuccess(observations, 0, slots);
    expect(estimate).toMatchObject({ available: true, n: 4, clusters: 3 });
    expect(estimate.available && estimate.method).toContain("CR2 by clusters");
  });

  it("of one right answer have no interval where nothing varies, and say so", () => {
    const { observations, slots } = observed([{ usd: 0.5 }, { usd: 0.5 }, { usd: 0.5 }]);
    const method = "ratio of sums; nothing varies, so the spread says nothing";
    expect(usdPerSuccess(observations, 0, slots)).toEqual({ available: true, value: 0.5, n: 3, unit: "usd", method });
    const alone = observed([
      { usd: 0.1, cluster: "a" },
      { usd: 0.3, cluster: "a" },
    ]);
    expect(usdPerSuccess(alone.observations, 0, alone.slots)).toMatchObject({
      clusters: 1,
      method: "ratio of sums; a single case or cluster has no spread",
    });
  });
});

describe("tokens", () => {
  it("are means over cases, known only if every answer tells them", () => {
    const { observations, slots } = observed([{}, {}]);
    const estimate = tokens(observations, 0, slots, "outputTokens");
    expect(estimate).toMatchObject({ value: 20.5, unit: "tokens" });
    const suite = suiteOf();
    const other = createObservations(suite);
    const bare = record(suite, { target: "plain", index: 0 });
    other.add({ ...bare, completion: { kind: "answer", text: "", finish: "stop" } });
    expect(tokens(other, 0, other.slots("test"), "inputTokens")).toMatchObject({
      available: false,
      why: "token count unknown: the provider did not say",
    });
  });
});
