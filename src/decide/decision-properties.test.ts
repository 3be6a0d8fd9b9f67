import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Requirement } from "../suite/requirement.ts";
import { decide } from "./decide.ts";
import type { Decision, ReasonCode } from "./decision.ts";
import { gate } from "./gate.ts";
import { createObservations } from "./observations.ts";
import {
  fineTuned,
  gradedAs,
  grader,
  model,
  promptOnly,
  record,
  rightOf,
  scored,
  seeded,
  suiteOf,
  TODAY,
} from "./trials.test-data.ts";

const plain = [promptOnly("plain")];
const both = [...plain, fineTuned("tuned")];
const requirement: Requirement = {
  quality: { atLeast: 0.9 },
  cost: { usdPer1kAtMost: 0.5 },
  latency: { p95MsAtMost: 2500 },
};

const codes = ({ verdict }: Decision): ReasonCode[] => verdict.reasons.map(({ code }) => code);

describe("a decision, whatever the data", () => {
  /** Decisions on what a model grades. */
  const judged = new WeakSet<Decision>();

  function random(seed: number): Decision {
    const next = seeded(seed);
    const trials = 1 + Math.floor(next() * 3);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] ?? (list[0] as T);
    const targets = pick([plain, both, [promptOnly("plain"), promptOnly("steps"), fineTuned("tuned")]]);
    const suite = suiteOf({
      targets,
      trials,
      graders: [
        // Once in a while what blocks is graded by a model that nobody held against people.
        grader("exact", { hasForms: next() < 0.8, ...(next() < 0.15 ? { asks: [model("judge")] } : {}) }),
        grader("shown", { required: false }),
      ],
      gate: next() < 0.5 ? {} : { mostLooks: pick([1, 3, 10]) },
      requirement: pick<Requirement>([
        {},
        requirement,
        { quality: { atLeast: 0.6 }, stability: { allOf: trials, atLeast: 0.4 } },
        { quality: { atLeast: 0.7, form: "lenient" }, enough: 0.5 },
        { cost: { usdPerSuccessAtMost: 0.0008 }, enough: 0.3 },
        { quality: { atLeast: 0.5, measure: "score", grader: "exact" }, latency: { p95MsAtMost: 900 } },
      ]),
    });
    const observations = createObservations(suite);
    const n = Math.floor(next() * 90);
    const [rate, lost, shared, weighted] = [next(), next() * 0.06, next() < 0.3, next() < 0.3];
    for (let index = 0; index < n; index++) {
      for (const { name } of targets) {
        for (let trial = 1; trial <= trials; trial++) {
          if (next() < 0.005) continue;
          const outcome =
            next() < lost
              ? pick(["lost", "ungraded", "not-called"] as const)
              : next() < rate
                ? "right"
                : pick(["wrong", "format", "declined"] as const);
          observations.add(
            record(suite, {
              target: name,
              index,
              trial,
              outcome,
              split: targets.length === 3 && index % 3 === 0 ? "dev" : "test",
              usd: next() < 0.001 ? undefined : next() / 1000,
              latencyMs: next() < 0.001 ? undefined : next() * 2000,
              weight: weighted ? 1 + (index % 4) : 1,
              ...(shared ? { cluster: `c${index % 3 === 0 ? "dev" : "test"}${index % 13}` } : {}),
              graded: { shown: { strict: scored(next()), lenient: scored(next()) }, exact: gradedAs(outcome) },
            }),
          );
        }
      }
    }
    const looks =
      next() < 0.5 ? undefined : new Map(targets.map(({ name }) => [name, 1 + Math.floor(next() * 13)] as const));
    const clean = Math.floor(next() * 600);
    const audit = {
      examples: clean,
      clean,
      leakedTestCases: next() < 0.85 ? [] : rightOf(0, Math.floor(next() * 10)).map((_, at) => `case ${at}`),
      errors: [],
      warnings: [],
    };
    const decision = decide(observations, {
      today: TODAY,
      ...(looks === undefined ? {} : { looks }),
      ...(next() < 0.5 ? {} : { audit }),
    });
    if (suite.graders.some(({ asks, required }) => required && asks.length > 0)) judged.add(decision);
    return decision;
  }

  it("is valid JSON without NaN or Infinity, whatever the data", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), (seed) => {
        const decision = random(seed);
        const numbers: number[] = [];
        JSON.stringify(decision, (_, value) => {
          if (typeof value === "number") numbers.push(value);
          return value;
        });
        expect(numbers.filter((value) => !Number.isFinite(value))).toEqual([]);
        expect(JSON.parse(JSON.stringify(decision))).toEqual(decision);
      }),
      { seed: 8, numRuns: 150 },
    );
  });

  it("never speaks where a check of validity fails", () => {
    const invalid: readonly ReasonCode[] = [
      "too-few-cases",
      "too-few-clusters",
      "missing-answers",
      "uncalibrated-judge",
      "no-requirement",
      "no-test-cases",
      "no-dev-cases",
      "no-prompt-target",
      "split-overlap",
      "not-measurable",
      "looked-too-often",
      "leaked-test",
    ];
    const seen = new Map<string, number>();
    const failures = new Set<ReasonCode>();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), (seed) => {
        const decision = random(seed);
        seen.set(decision.verdict.kind, (seen.get(decision.verdict.kind) ?? 0) + 1);
        const { looks, verdict } = decision;
        for (const code of codes(decision)) {
          if (!invalid.includes(code)) continue;
          failures.add(code);
          expect(verdict.kind).toBe("INCONCLUSIVE");
        }
        // Told apart from the reasons: a check that gives no reason would let the verdict through unseen.
        if (looks !== undefined && looks.number > looks.most) expect(verdict.kind).toBe("INCONCLUSIVE");
        if (judged.has(decision)) expect(verdict.kind).toBe("INCONCLUSIVE");
        if (decision.cases.test < 30) expect(decision.verdict.kind).toBe("INCONCLUSIVE");
        for (const { target, split, counts } of decision.measures) {
          const decides = target === decision.bestPrompt?.target || target === decision.tuned;
          if (split === "test" && decides && counts.missing > 0.02 * counts.planned) {
            expect(decision.verdict.kind).toBe("INCONCLUSIVE");
            expect(gate(decision, { onInconclusive: "pass" }).exitCode).toBeGreaterThan(3);
          }
        }
      }),
      { seed: 9, numRuns: 200 },
    );
    // The property says nothing unless verdicts other than INCONCLUSIVE occur.
    expect([...seen.keys()].length).toBeGreaterThan(2);
    for (const code of ["uncalibrated-judge", "looked-too-often", "too-few-cases", "missing-answers"] as const)
      expect(failures).toContain(code);
  });

  it("counts every trial once", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), (seed) => {
        const { measures, trials } = random(seed);
        for (const { counts, cases, missingReasons } of measures) {
          expect(counts.planned).toBe(cases * trials);
          expect(counts.passed + counts.failed + counts.missing).toBe(counts.planned);
          expect(missingReasons.reduce((total, reason) => total + reason.trials, 0)).toBe(counts.missing);
        }
      }),
      { seed: 10, numRuns: 60 },
    );
  });

  it("museum 27: is the same to the byte for the same data", () => {
    for (const seed of [1, 2, 3, 4, 5]) expect(JSON.stringify(random(seed))).toBe(JSON.stringify(random(seed)));
  });
});
