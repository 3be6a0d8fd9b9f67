import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Requirement } from "../suite/requirement.ts";
import { type Look, unitSequence } from "./anytime.ts";
import { decide } from "./decide.ts";
import type { Decision, ReasonCode, Verdict } from "./decision.ts";
import { lookSizes } from "./look-sizes.ts";
import { unitBounds, unitTest } from "./mean-bounds.ts";
import { createObservations } from "./observations.ts";
import { pairedShares } from "./paired.ts";
import { isSettled } from "./settled.ts";
import { fineTuned, promptOnly, record, seeded, suiteOf, TODAY } from "./trials.test-data.ts";

const PLANNED = 200;
const shares = fc.array(fc.constantFrom(0, 1 / 3, 2 / 3, 1), { minLength: 1, maxLength: 60 });
const counts = fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 60 });

/** What is decided after the first `asked` of the planned cases; right is what `isRight` says of them. */
function decidedAfter(
  asked: number,
  isRight: (index: number, target: string) => boolean,
  { requirement = { quality: { atLeast: 0.8 } }, tuned = false, fixed = false, dev = 0, lost = -1 } = {} as {
    readonly requirement?: Requirement;
    readonly tuned?: boolean;
    readonly fixed?: boolean;
    readonly dev?: number;
    /** A case that no target answered. */
    readonly lost?: number;
  },
): Decision {
  const targets = [promptOnly("plain"), ...(tuned ? [fineTuned("tuned")] : [])];
  const suite = suiteOf({ targets, requirement });
  const observations = createObservations(suite, fixed ? {} : { plannedTestCases: PLANNED });
  for (let index = 0; index < asked + dev; index++) {
    for (const { name } of targets) {
      const split = index < asked ? "test" : "dev";
      const outcome = index === lost ? "lost" : isRight(index, name) ? "right" : "wrong";
      observations.add(record(suite, { target: name, index, split, outcome }));
    }
  }
  return decide(observations, { today: TODAY });
}

const stateOf = ({ requirements }: Decision, key: string) => {
  return requirements[0]?.results.find((result) => result.key === key);
};

describe("looks", () => {
  it("rise from the least that a verdict takes to all cases, each further by ten or a twentieth", () => {
    expect(lookSizes(12)).toEqual([12]);
    expect(lookSizes(30)).toEqual([30]);
    expect(lookSizes(300).slice(-4)).toEqual([266, 279, 292, 300]);
    expect(lookSizes(100)).toEqual([30, 40, 50, 60, 70, 80, 90, 100]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), (planned) => {
        const sizes = lookSizes(planned);
        expect(sizes.at(-1)).toBe(planned);
        expect(sizes.every((size, at) => at === 0 || size > (sizes[at - 1] ?? 0))).toBe(true);
        expect(sizes.length).toBeLessThan(120);
      }),
    );
  });

  it("end with a verdict, and where nothing that more cases say would change it", () => {
    const verdict = (kind: Verdict["kind"], code: ReasonCode, more: Partial<Verdict> = {}): Verdict => {
      return { kind, reasons: [{ code, text: "" }], wouldChange: [], ...more };
    };
    expect(isSettled(verdict("KEEP_PROMPTING", "all-met"))).toBe(true);
    expect(isSettled(verdict("REJECTED", "tuned-misses"))).toBe(true);
    expect(isSettled(verdict("INCONCLUSIVE", "not-pushed"))).toBe(true);
    expect(isSettled(verdict("INCONCLUSIVE", "undecided"))).toBe(false);
    expect(isSettled(verdict("INCONCLUSIVE", "missing-answers"))).toBe(false);
    expect(isSettled(verdict("CONFIRMED", "tuned-meets-and-better", { standsDespiteMissing: false }))).toBe(false);
  });
});

describe("bounds at a look", () => {
  it("hold the mean, and pass a threshold exactly when their p-value is below alpha", () => {
    const looks = fc.constantFrom<Look>("early", "last");
    fc.assert(
      fc.property(fc.oneof(shares, counts), looks, fc.constantFrom(0.3, 0.5, 0.8), (values, look, threshold) => {
        const sample = { values, look };
        const alpha = 0.05;
        const { lower, upper } = unitBounds(sample, 1 - alpha);
        const mean = values.reduce((total, value) => total + value, 0) / values.length;
        expect(lower).toBeLessThanOrEqual(mean + 1e-9);
        expect(upper).toBeGreaterThanOrEqual(mean - 1e-9);
        const p = unitTest(sample, threshold);
        if (Math.abs(lower - threshold) > 1e-6) expect(p.above < alpha).toBe(lower > threshold);
        if (Math.abs(upper - threshold) > 1e-6) expect(p.below < alpha).toBe(upper < threshold);
      }),
      { numRuns: 60 },
    );
  });

  it("are never tighter before the last look than at it, nor than the sequence alone", () => {
    fc.assert(
      fc.property(fc.oneof(shares, counts), (values) => {
        const early = unitBounds({ values, look: "early" }, 0.95);
        const last = unitBounds({ values, look: "last" }, 0.95);
        expect(early).toMatchObject(unitSequence(values, 1 - 0.95));
        expect(last.lower).toBeGreaterThanOrEqual(early.lower);
        expect(last.upper).toBeLessThanOrEqual(early.upper);
        const pairs = { fresh: values, base: values.map((value) => 1 - value) };
        const [before, after] = (["early", "last"] as const).map((look) => pairedShares({ ...pairs, look }, 0.05));
        expect(after?.lower).toBeGreaterThanOrEqual(before?.lower ?? 1);
        expect(after?.upper).toBeLessThanOrEqual(before?.upper ?? -1);
      }),
      { numRuns: 60 },
    );
  });

  it("err in at most 5 % of simulated runs however often they are read, where those of a fixed number err in far more", () => {
    const random = seeded(90);
    const RUNS = 300;
    const sizes = lookSizes(PLANNED);
    const wrong = { looks: 0, fixed: 0, gap: 0 };
    for (let run = 0; run < RUNS; run++) {
      const values = Array.from({ length: PLANNED }, () => (random() < 0.8 ? 1 : 0));
      const base = Array.from({ length: PLANNED }, () => (random() < 0.8 ? 1 : 0));
      const upTo = (list: readonly number[], size: number) => list.slice(0, size);
      const lookAt = (size: number): Look => (size === PLANNED ? "last" : "early");
      const isEver = (claims: (size: number) => boolean) => (sizes.some(claims) ? 1 : 0);
      wrong.looks += isEver((size) => unitBounds({ values: upTo(values, size), look: lookAt(size) }, 0.95).lower > 0.8);
      wrong.fixed += isEver((size) => unitBounds({ values: upTo(values, size) }, 0.95).lower > 0.8);
      if (run >= RUNS / 3) continue;
      wrong.gap += isEver((size) => {
        const pairs = { fresh: upTo(values, size), base: upTo(base, size), look: lookAt(size) };
        return pairedShares(pairs, 0.05).lower > 0;
      });
    }
    expect(wrong.looks / RUNS).toBeLessThanOrEqual(0.05);
    expect(wrong.gap / (RUNS / 3)).toBeLessThanOrEqual(0.05);
    expect(wrong.fixed / RUNS).toBeGreaterThan(0.09);
  });
});

describe("a decision before all cases are in", () => {
  it("tells how far it came, and counts nothing that was not asked as missing or wrong", () => {
    const decision = decidedAfter(50, () => true);
    expect(decision.verdict.kind).toBe("KEEP_PROMPTING");
    expect(decision.sequential).toEqual({ asked: 50, planned: PLANNED, looks: 3, callsLeft: 0, settled: true });
    expect(decision.measures[0]?.counts).toMatchObject({ planned: 50, missing: 0 });
    expect(decision.verdict.standsDespiteMissing).toBeUndefined();
    expect(decision.warnings[0]).toContain(
      "Stopped early, as the verdict is given: 50 of 200 test cases asked, 3 looks",
    );
  });

  it("has wider intervals than one of a fixed number, and the same where a look has no part", () => {
    const right = (index: number) => index % 5 !== 0;
    const early = decidedAfter(100, right, { dev: 40 });
    const fixed = decidedAfter(100, right, { fixed: true, dev: 40 });
    const interval = ({ measures }: Decision, split: "dev" | "test") => {
      const strict = measures.find((measure) => measure.split === split)?.strict;
      return strict?.available === true ? strict.interval : undefined;
    };
    expect(interval(early, "dev")).toEqual(interval(fixed, "dev"));
    expect(interval(early, "test")?.lower).toBeLessThan(interval(fixed, "test")?.lower ?? 0);
    expect(interval(early, "test")?.upper).toBeGreaterThan(interval(fixed, "test")?.upper ?? 1);
    expect(fixed.sequential).toBeUndefined();
  });

  it("decides nothing by costs and times until the last look, and then by them as if there had been none before", () => {
    const requirement = {
      quality: { atLeast: 0.7 },
      cost: { usdPer1kAtMost: 1 },
      latency: { p95MsAtMost: 2_000 },
    };
    const early = decidedAfter(150, () => true, { requirement });
    expect(early.verdict.kind).toBe("INCONCLUSIVE");
    for (const key of ["cost", "latency"]) {
      expect(stateOf(early, key)).toMatchObject({ state: "UNDECIDED" });
      expect(stateOf(early, key)?.why).toContain("when all test cases are in");
    }
    const last = decidedAfter(PLANNED, () => true, { requirement });
    const fixed = decidedAfter(PLANNED, () => true, { requirement, fixed: true });
    expect(last.verdict.kind).toBe("KEEP_PROMPTING");
    for (const key of ["cost", "latency"]) expect(stateOf(last, key)?.bounds).toEqual(stateOf(fixed, key)?.bounds);
    expect(decidedAfter(60, () => false, { requirement }).verdict.kind).toBe("FINE_TUNE_JUSTIFIED");
  });

  it("compares in pairs by bounds that hold at every look", () => {
    const decision = decidedAfter(60, (index, target) => target === "tuned" || index % 2 === 0, { tuned: true });
    expect(decision.verdict.kind).toBe("CONFIRMED");
    expect(decision.gaps[0]).toMatchObject({
      superior: true,
      total: { method: "confidence sequence, holds at every look" },
    });
    expect(decision.gaps[0]?.smallestDetectable.available).toBe(false);
  });

  it("has the same kind of bounds where an answer is missing, and stops only if the verdict stands without it", () => {
    const half = (index: number, target: string) => target === "tuned" || index % 2 === 0;
    const decision = decidedAfter(60, half, { tuned: true, lost: 7 });
    expect(decision.verdict).toMatchObject({ kind: "CONFIRMED", standsDespiteMissing: true });
    expect(decision.sequential?.settled).toBe(true);
    const bounds = decision.requirements.flatMap(({ results }) => results.map((result) => result.bounds?.method));
    const methods = [...bounds, ...decision.measures.map(({ strict }) => strict.available && strict.method)];
    expect(methods.filter((method) => !String(method).includes("confidence sequence, holds at every look"))).toEqual(
      [],
    );
    expect(decision.gaps[0]?.total).toMatchObject({ n: 59, method: "confidence sequence, holds at every look" });
  });

  it("cannot be formed of cases with weights or clusters", () => {
    const suite = suiteOf({ targets: [promptOnly("plain")] });
    const observations = createObservations(suite, { plannedTestCases: PLANNED });
    for (let index = 0; index < 40; index++) {
      observations.add(record(suite, { target: "plain", index, cluster: `c${index % 20}` }));
    }
    expect(() => decide(observations, { today: TODAY })).toThrow("holds at every look");
  });
});
