import { describe, expect, it } from "vitest";
import { chooseTarget } from "./choose.ts";
import { createObservations } from "./observations.ts";
import { expectedMaximum, expectedOptimism } from "./optimism.ts";
import { promptOnly, rightOf, seeded, suiteOf, tell } from "./trials.test-data.ts";

interface Dev {
  readonly right: number;
  readonly usd?: number | undefined;
}

function chosen(dev: Readonly<Record<string, Dev>>, requirement = {}) {
  const names = Object.keys(dev);
  const suite = suiteOf({ targets: names.map((name) => promptOnly(name)), requirement });
  const observations = createObservations(suite);
  for (const [name, { right, ...more }] of Object.entries(dev)) {
    tell(observations, name, rightOf(right, 40), { split: "dev", ...more });
    tell(observations, name, rightOf(60, 60), { split: "test", first: 40 });
  }
  return chooseTarget(
    observations,
    names.map((_, position) => position),
  );
}

describe("the choice of a prompt", () => {
  it("takes the best on dev, whatever test says", () => {
    const suite = suiteOf({ targets: [promptOnly("a"), promptOnly("b")], requirement: {} });
    const observations = createObservations(suite);
    tell(observations, "a", rightOf(30, 40), { split: "dev" });
    tell(observations, "b", rightOf(31, 40), { split: "dev" });
    tell(observations, "a", rightOf(60, 60), { first: 40 });
    tell(observations, "b", rightOf(20, 60), { first: 40 });
    const choice = chooseTarget(observations, [0, 1]);
    expect(choice).toMatchObject({ target: "b", position: 1, how: "dev" });
    expect(choice.candidates.map(({ dev }) => dev.available && dev.value)).toEqual([0.75, 0.775]);
  });

  it("breaks a tie by cost, then by order", () => {
    expect(chosen({ a: { right: 30, usd: 0.02 }, b: { right: 30, usd: 0.01 } }).target).toBe("b");
    expect(chosen({ a: { right: 30, usd: 0.01 }, b: { right: 30, usd: 0.01 } }).target).toBe("a");
    expect(chosen({ a: { right: 30, usd: 0.02 }, b: { right: 30, usd: undefined } }).target).toBe("a");
  });

  it("does not let a better prompt that is too dear hide one that meets everything", () => {
    const requirement = { quality: { atLeast: 0.8 }, cost: { usdPer1kAtMost: 1 } };
    const dev = { long: { right: 40, usd: 0.002 }, short: { right: 38, usd: 0.0005 } };
    expect(chosen(dev, requirement).target).toBe("short");
    expect(chosen(dev, { quality: { atLeast: 0.8 } }).target).toBe("long");
  });

  it("takes the best quality where no prompt meets everything", () => {
    const requirement = { quality: { atLeast: 0.99 }, cost: { usdPer1kAtMost: 1 } };
    expect(chosen({ long: { right: 39, usd: 0.002 }, short: { right: 38, usd: 0.0005 } }, requirement).target).toBe(
      "long",
    );
  });

  it("is no choice with one prompt, and takes the first where nobody answered dev cases", () => {
    expect(chosen({ a: { right: 30 } })).toMatchObject({ how: "only", target: "a" });
    const observations = createObservations(suiteOf({ targets: [promptOnly("a"), promptOnly("b")] }));
    tell(observations, "b", rightOf(60, 60));
    expect(chooseTarget(observations, [0, 1])).toMatchObject({ how: "first", target: "a" });
  });

  it("tells the optimism of the best of several", () => {
    const choice = chosen({ a: { right: 30 }, b: { right: 32 }, c: { right: 28 } });
    expect(choice.optimism).toBeGreaterThan(0);
    expect(chosen({ a: { right: 30 } })).not.toHaveProperty("optimism");
  });
});

describe("optimism", () => {
  it.each([
    [1, 0],
    [2, 0.5642],
    [5, 1.163],
    [10, 1.5388],
    [20, 1.8675],
    [50, 2.2491],
  ])("the expected maximum of %d normals is %d", (k, expected) => {
    expect(expectedMaximum(k)).toBeCloseTo(expected, 4);
  });

  it("refuses less than one normal", () => {
    expect(() => expectedMaximum(0)).toThrow(RangeError);
    expect(() => expectedMaximum(1.5)).toThrow(RangeError);
  });

  it("agrees with what a simulation of equal prompts shows", () => {
    const random = seeded(7);
    const [n, k, runs] = [100, 10, 300];
    let luck = 0;
    let told = 0;
    for (let run = 0; run < runs; run++) {
      // Cases differ in difficulty, so the scores of two prompts go together.
      const ease = Array.from({ length: n }, () => (random() < 0.5 ? 0.95 : 0.65));
      const prompts = Array.from({ length: k }, () => ease.map((rate): number => (random() < rate ? 1 : 0)));
      const truth = ease.reduce((total, rate) => total + rate, 0) / n;
      luck += Math.max(...prompts.map((values) => values.reduce((total, value) => total + value, 0) / n)) - truth;
      told += expectedOptimism(prompts) ?? 0;
    }
    expect(told / runs).toBeCloseTo(luck / runs, 2);
  });

  it("is 0 where prompts answer alike and unknown for one of them", () => {
    expect(
      expectedOptimism([
        [1, 0, 1],
        [1, 0, 1],
      ]),
    ).toBe(0);
    expect(expectedOptimism([[1, 0, 1]])).toBeUndefined();
    expect(expectedOptimism([[1], [0]])).toBeUndefined();
  });
});
