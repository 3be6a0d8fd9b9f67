import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Requirement } from "../suite/requirement.ts";
import { decide } from "./decide.ts";
import type { Decision, RequirementResult } from "./decision.ts";
import { createObservations } from "./observations.ts";
import { planPower } from "./plan-power.ts";
import { ratioBounds, ratioOf, ratioTestAbove } from "./success-cost.ts";
import { fineTuned, promptOnly, record, rightOf, suiteOf, TODAY, tell } from "./trials.test-data.ts";

const of = (costs: readonly number[], right: readonly number[]) => ({ costs, right: { values: right } });

describe("bounds of the cost of a right answer", () => {
  const cases = fc
    .integer({ min: 5, max: 60 })
    .chain((n) =>
      fc.tuple(
        fc.array(fc.double({ min: 0.01, max: 2, noNaN: true }), { minLength: n, maxLength: n }),
        fc.array(fc.integer({ min: 0, max: 1 }), { minLength: n, maxLength: n }),
      ),
    );

  it("hold the ratio between them, never certain, and pass a limit exactly where the test does", () => {
    fc.assert(
      fc.property(cases, fc.double({ min: 0.05, max: 5, noNaN: true }), ([costs, right], limit) => {
        const given = of(costs, right);
        const bounds = ratioBounds(given, 0.95);
        if (bounds === undefined) throw new Error("no bounds");
        const some = right.includes(1);
        const ratio = ratioOf(given);
        if (!some) expect(bounds).toEqual({ lower: expect.any(Number) });
        if (some) expect(bounds.lower).toBeLessThan(ratio);
        if (bounds.upper !== undefined) expect(bounds.upper).toBeGreaterThan(ratio);
        const near = Math.abs(bounds.lower - limit) < 1e-4 * limit;
        if (!near && some) expect(ratioTestAbove(given, limit) < 0.05).toBe(bounds.lower > limit);
      }),
      { seed: 61, numRuns: 300 },
    );
  });

  it("fall when one more answer is right", () => {
    fc.assert(
      fc.property(cases, fc.nat(), ([costs, right], which) => {
        const at = which % right.length;
        if (right[at] === 1) return;
        const before = ratioBounds(of(costs, right), 0.95)?.upper ?? Number.POSITIVE_INFINITY;
        const better = ratioBounds(of(costs, right.with(at, 1)), 0.95)?.upper ?? Number.POSITIVE_INFINITY;
        expect(better).toBeLessThanOrEqual(before * (1 + 1e-6));
      }),
      { seed: 62, numRuns: 200 },
    );
  });

  it("are the wider of Fieller's, by hand, and of the share's", () => {
    // Ten of twelve right at a mean cost of 1.25. One more, wrong: mean cost - T x right of thirteen, plus t(12) x its error, is 0 at the bound.
    const costs = Array.from({ length: 12 }, (_, index) => (index % 2 === 0 ? 0.25 : 2.25));
    const right = Array.from({ length: 12 }, (_, index) => (index < 10 ? 1 : 0));
    const end = (limit: number) => {
      const values = [...costs.map((cost, at) => cost - limit * (right[at] ?? 0)), 1.25];
      const mean = values.reduce((total, value) => total + value, 0) / 13;
      const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
      return mean + 1.782288 * Math.sqrt(squares / 12 / 13);
    };
    const upper = ratioBounds(of(costs, right), 0.95)?.upper ?? 0;
    expect(end(upper)).toBeCloseTo(0, 4);
    expect(upper).toBeGreaterThan(1.25 / 0.5619);
    // All right at one price: then Clopper-Pearson's bound of fifty of fifty is the wider one.
    const alike = of(Array(50).fill(0.01), Array(50).fill(1));
    expect(ratioBounds(alike, 0.95)?.upper).toBeCloseTo(0.01 / 0.05 ** (1 / 50), 9);
  });

  it("do not exist at an early look, of one case, or where nothing is right", () => {
    expect(ratioBounds({ costs: [1, 1], right: { values: [1, 1], look: "early" } }, 0.95)).toBeUndefined();
    expect(ratioTestAbove({ costs: [1, 1], right: { values: [1, 1], look: "early" } }, 0.1)).toBe(1);
    expect(ratioBounds(of([1], [1]), 0.95)).toBeUndefined();
    expect(ratioBounds(of([1, 1, 1], [0, 0, 0]), 0.95)?.upper).toBeUndefined();
    expect(ratioBounds(of([0, 0, 0], [1, 1, 1]), 0.95)).toMatchObject({ lower: 0, upper: 0 });
  });
});

describe("a limit on the cost of a right answer", () => {
  const limit = (usdPerSuccessAtMost: number, more: Requirement = {}): Requirement => ({
    cost: { usdPerSuccessAtMost },
    enough: 0.3,
    ...more,
  });
  function decided(
    requirement: Requirement,
    rates: Readonly<Record<string, number>>,
    usd: Readonly<Record<string, number>>,
    n = 200,
    lost = 0,
  ): Decision {
    const targets = [promptOnly("plain"), ...("tuned" in rates ? [fineTuned("tuned")] : [])];
    const suite = suiteOf({ targets, requirement });
    const observations = createObservations(suite);
    for (let index = 0; index < n; index++) {
      for (const { name } of targets) {
        const right = (index * 37) % 100 < 100 * (rates[name] ?? 0);
        const outcome = index < lost ? "lost" : right ? "right" : "wrong";
        const own = (usd[name] ?? 0.001) * (1 + 0.1 * ((index % 3) - 1));
        observations.add(record(suite, { target: name, index, outcome, usd: own }));
      }
    }
    return decide(observations, { today: TODAY });
  }
  const resultOf = ({ requirements }: Decision, at = 0): RequirementResult | undefined =>
    requirements[at]?.results.find(({ key }) => key === "cost-per-success");

  it.each([
    [0.003, "MET", "KEEP_PROMPTING"],
    [0.002, "UNDECIDED", "INCONCLUSIVE"],
    // Whether tuning pays is not stated.
    [0.0015, "NOT_MET", "INCONCLUSIVE"],
  ] as const)("of %d is %s at $0.001 an answer of which half are right", (usd, state, kind) => {
    const decision = decided(limit(usd), { plain: 0.5 }, {});
    expect(resultOf(decision)).toMatchObject({
      state,
      label: "cost per right answer",
      unit: "usd",
      direction: "at-most",
    });
    expect(decision.verdict.kind).toBe(kind);
  });

  it("is at its threshold only where it is shown to be near", () => {
    expect(resultOf(decided(limit(0.002), { plain: 0.5 }, {}, 40_000))).toMatchObject({ state: "AT_THRESHOLD" });
  });

  it("is not known without prices, and no answer that is missing helps to keep it", () => {
    const suite = suiteOf({ requirement: limit(0.0012) });
    const unpriced = createObservations(suite);
    tell(unpriced, "plain", rightOf(40, 40), { usd: undefined });
    expect(resultOf(decide(unpriced, { today: TODAY }))).toMatchObject({ state: "UNDECIDED", why: /price/ });
    const lacking = createObservations(suiteOf({ requirement: limit(0.00107) }));
    tell(lacking, "plain", [...rightOf(97, 97), "?", "?"], { usd: 0.001 });
    const whole = createObservations(suiteOf({ requirement: limit(0.00107) }));
    tell(whole, "plain", rightOf(99, 99), { usd: 0.001 });
    const upper = (told: typeof whole) => resultOf(decide(told, { today: TODAY }))?.bounds?.upper ?? 0;
    expect(upper(lacking)).toBeGreaterThan(upper(whole) * 1.01);
  });

  it("confirms a tuned model that is right more often at a higher price, whatever a request saves", () => {
    // With and without an answer that never came.
    for (const lost of [0, 2]) {
      const rates = { plain: 0.4, tuned: 0.95 };
      const decision = decided(limit(0.0018), rates, { plain: 0.001, tuned: 0.0014 }, 200, lost);
      expect(resultOf(decision)).toMatchObject({ state: "NOT_MET" });
      expect(resultOf(decision, 1)).toMatchObject({ state: "MET" });
      expect(decision.verdict.kind).toBe("CONFIRMED");
    }
  });

  it("is planned for by the share that must be right at the price seen", () => {
    const suite = suiteOf({ requirement: limit(0.0012) });
    const seen = { target: "plain", answers: 50, meanUsd: 0.001, sdUsd: 0.0001 };
    const told = (costs: (typeof seen)[]) =>
      planPower(suite, { testCases: 100, costs }).sentences.find((line) => line.startsWith("cost per right answer"));
    expect(told([seen])).toMatch(
      /"plain" at \$1\.00 per 1,000 in 50 answers keeps it where 83\.3 % are right: \d+ test cases if in truth 91\.7 % are/,
    );
    expect(told([{ ...seen, meanUsd: 0.002 }])).toContain("does not keep it even if all are right");
    expect(told([])).toContain("depends on what an answer costs");
  });
});
