import { describe, expect, it } from "vitest";
import { powerLawFitter, scoreAt, sizeFor } from "../stats/power-law.ts";
import { chooseTarget } from "./choose.ts";
import type { LearningCurve } from "./curve-contract.ts";
import { learningCurveOf } from "./learning-curve.ts";
import { createObservations } from "./observations.ts";
import { fineTuned, promptOnly, record, seeded, suiteOf } from "./trials.test-data.ts";

/** Shares right by size, each case drawn by itself. */
function curveOf(
  rates: Readonly<Record<number, number>>,
  { seed = 1, cases = 600, atLeast = 0.85 } = {},
): LearningCurve | undefined {
  const sizes = Object.keys(rates).map(Number);
  const targets = [promptOnly("plain"), ...sizes.map((size) => fineTuned(`on ${size}`, { trainingExamples: size }))];
  const suite = suiteOf({ targets, requirement: { quality: { atLeast } } });
  const observations = createObservations(suite);
  const next = seeded(seed);
  for (let index = 0; index < cases; index++) {
    const hard = next();
    for (const { name, tuning } of targets) {
      const rate = rates[tuning?.trainingExamples ?? 0] ?? 0.4;
      const outcome = hard < rate ? "right" : "wrong";
      observations.add(
        record(suite, { target: name, index, trial: 1, outcome, split: index % 3 === 0 ? "dev" : "test" }),
      );
    }
  }
  // The curve alone: what else a decision works out takes longer than the curve itself.
  const tunes = targets.flatMap(({ role }, at) => (role === "fine-tuned" ? [at] : []));
  return learningCurveOf(observations, chooseTarget(observations, tunes).position);
}

describe("an inverse power law", () => {
  it("is found again from its own points", () => {
    const law = { a: 0.9, drop: 0.4, c: 0.5, from: 50 };
    const sizes = [50, 200, 800, 3200];
    const fit = powerLawFitter(sizes, [1, 1, 1, 1])(sizes.map((size) => scoreAt(law, size)));
    for (const size of sizes) expect(scoreAt(fit, size)).toBeCloseTo(scoreAt(law, size), 2);
    expect(sizeFor(law, 0.8)).toBeCloseTo(50 * 16, 6);
    expect(sizeFor(law, 0.95)).toBe(Number.POSITIVE_INFINITY);
    expect(sizeFor(law, 0.3)).toBe(50);
  });

  it("never falls and never passes 1, whatever the scores", () => {
    const fitter = powerLawFitter([10, 100, 1000], [3, 2, 1]);
    for (const scores of [
      [1, 0.5, 0],
      [0, 0, 0],
      [1, 1, 1],
      [0.2, 0.9, 0.3],
    ]) {
      const law = fitter(scores);
      expect(law.a).toBeLessThanOrEqual(1);
      expect(scoreAt(law, 2000)).toBeGreaterThanOrEqual(scoreAt(law, 10));
    }
  });
});

describe("a learning curve", () => {
  it("tells the examples that a requirement takes", () => {
    const curve = curveOf({ 50: 0.5, 200: 0.7, 800: 0.8, 3200: 0.85 }, { atLeast: 0.82 });
    expect(curve?.points.map(({ examples }) => examples)).toEqual([50, 200, 800, 3200]);
    expect(curve?.fit.available).toBe(true);
    const needed = curve?.needed;
    if (needed?.available !== true) throw new Error(needed?.why);
    expect(needed.examples).toBeGreaterThan(300);
    expect(needed.examples).toBeLessThan(6000);
  });

  it.each([
    ["levels off below", { 50: 0.5, 200: 0.55, 800: 0.56, 3200: 0.56 }, ["levels-off-below", "open"]],
    ["falls", { 50: 0.8, 200: 0.6, 800: 0.5 }, ["not-monotone"]],
    ["rises ever faster", { 50: 0.6, 200: 0.62, 800: 0.99 }, ["misfit"]],
    ["has two sizes", { 50: 0.5, 200: 0.6 }, ["too-few-sizes"]],
  ] as const)("that %s tells no number", (_, rates, reasons) => {
    const needed = curveOf(rates)?.needed;
    expect(needed?.available).toBe(false);
    if (needed?.available === false) expect(reasons).toContain(needed.reason);
  });

  it("is absent with a single size, and the same again for the same data", () => {
    expect(curveOf({ 50: 0.5 })).toBeUndefined();
    const rates = { 50: 0.5, 200: 0.6, 800: 0.7 };
    expect(JSON.stringify(curveOf(rates))).toBe(JSON.stringify(curveOf(rates)));
  });

  it("holds the score at the largest size in 90 of 100 simulated runs or more", () => {
    let held = 0;
    const runs = 60;
    for (let seed = 1; seed <= runs; seed++) {
      const fit = curveOf({ 50: 0.5, 200: 0.65, 800: 0.725 }, { seed, cases: 240 })?.fit;
      if (fit?.available !== true) continue;
      const at = fit.values.find(({ examples }) => examples === 800);
      if (at !== undefined && at.lower <= 0.725 && 0.725 <= at.upper) held += 1;
    }
    expect(held / runs).toBeGreaterThanOrEqual(0.9);
  });
});
