import { describe, expect, it } from "vitest";
import { caseValues, sampleOf } from "./case-values.ts";
import { measureTarget } from "./measure.ts";
import { createObservations } from "./observations.ts";
import { grader, promptOnly, record, seeded, suiteOf, tell } from "./trials.test-data.ts";

const strict = { kind: "pass", form: "strict" } as const;

describe("observations", () => {
  it("do not depend on the order in which trials arrive", () => {
    const suite = suiteOf({ trials: 2 });
    const random = seeded(3);
    const records = Array.from({ length: 600 }, (_, at) =>
      record(suite, {
        target: "plain",
        index: at >> 1,
        trial: (at % 2) + 1,
        outcome: random() < 0.8 ? "right" : random() < 0.5 ? "format" : "lost",
        usd: random() / 1000,
        latencyMs: random() * 1000,
        split: (at >> 1) % 3 === 0 ? "dev" : "test",
      }),
    );
    const told = (list: typeof records) => {
      const observations = createObservations(suite);
      for (const each of list) observations.add(each);
      return (["dev", "test"] as const).map((split) => measureTarget(observations, 0, split));
    };
    const shuffled = [...records].sort((a, b) => (a.callKey < b.callKey ? -1 : 1)).reverse();
    expect(told(shuffled)).toEqual(told(records));
  });

  it("keep cases in the order of the dataset, whatever arrives first", () => {
    const suite = suiteOf();
    const observations = createObservations(suite);
    for (const index of [4, 0, 3, 1, 2]) observations.add(record(suite, { target: "plain", index }));
    const ids = observations.slots("test").map((slot) => observations.cases.idAt(slot));
    expect(ids).toEqual(["case 0", "case 1", "case 2", "case 3", "case 4"]);
  });

  it("grow past their first size and keep every trial", () => {
    const suite = suiteOf({ trials: 3, targets: [promptOnly("plain"), promptOnly("steps")] });
    const observations = createObservations(suite);
    for (let index = 0; index < 5000; index++) {
      for (const { name } of suite.targets) {
        for (let trial = 1; trial <= 3; trial++) {
          const outcome = (index + trial) % 4 === 0 ? "wrong" : "right";
          observations.add(record(suite, { target: name, index, trial, outcome }));
        }
      }
    }
    const { counts } = measureTarget(observations, 1, "test");
    expect(counts).toMatchObject({ planned: 15_000, passed: 11_250, failed: 3750, missing: 0 });
  });

  it("refuse a trial told twice, an unknown target, a trial too many, and two cases in one place", () => {
    const suite = suiteOf();
    const observations = createObservations(suite);
    observations.add(record(suite, { target: "plain", index: 0 }));
    expect(() => observations.add(record(suite, { target: "plain", index: 0 }))).toThrow("told twice");
    expect(() => observations.add(record(suite, { target: "other", index: 0 }))).toThrow('no target "other"');
    expect(() => observations.add(record(suite, { target: "plain", index: 0, trial: 2 }))).toThrow("trials 1 to 1");
    const moved = { ...record(suite, { target: "plain", index: 0 }), caseId: "another" };
    expect(() => observations.add(moved)).toThrow('both "case 0" and "another"');
  });

  it("refuse a suite in which every answer would pass", () => {
    expect(() => createObservations(suiteOf({ graders: [grader("shown", { required: false })] }))).toThrow(
      "no grader is required",
    );
  });

  it("count a trial that no record came for as missing, never as nothing", () => {
    const suite = suiteOf({ trials: 2, targets: [promptOnly("plain"), promptOnly("steps")] });
    const observations = createObservations(suite);
    tell(observations, "plain", ["++", "++", "+-"]);
    tell(observations, "steps", ["++", "+"]);
    const { counts, missingReasons, missingBounds } = measureTarget(observations, 1, "test");
    expect(counts).toMatchObject({ planned: 6, passed: 3, missing: 3 });
    expect(missingReasons).toEqual([{ why: "not run", trials: 3 }]);
    expect(missingBounds).toEqual({ lower: 0.5, upper: 1 });
  });

  it("tell why trials are missing, the most frequent first, summing to the count", () => {
    const observations = createObservations(suiteOf());
    tell(observations, "plain", ["x", "x", "?", "+", "-", "n"]);
    const { counts, missingReasons } = measureTarget(observations, 0, "test");
    expect(counts).toMatchObject({ passed: 1, failed: 1, missing: 4 });
    expect(missingReasons.map(({ trials }) => trials)).toEqual([2, 1, 1]);
    expect(missingReasons[0]?.why).toBe("rate limit of the provider");
  });

  it("tell what a grader threw on the first case, whatever came first, on one line and cut", () => {
    const suite = suiteOf();
    const threw = (why: string) => {
      const grade = { kind: "ungraded", reason: "grader-threw", why: `exact threw: ${why}` } as const;
      return { exact: { strict: grade, lenient: grade } };
    };
    const observations = createObservations(suite);
    observations.add(record(suite, { target: "plain", index: 3, graded: threw("later") }));
    observations.add(record(suite, { target: "plain", index: 1, graded: threw(`broken\n  at x ${"y".repeat(300)}`) }));
    const { missingReasons } = measureTarget(observations, 0, "test");
    const why = `not graded by "exact": the grader threw an error (first on case "case 1": broken at x ${"y".repeat(147)}…)`;
    expect(missingReasons).toEqual([{ why, trials: 2 }]);
  });

  it("give each case one value, the mean of the trials that are there", () => {
    const observations = createObservations(suiteOf({ trials: 3 }));
    tell(observations, "plain", ["++-", "+x-", "xx+", "xxx"]);
    const slots = observations.slots("test");
    const values = (missing: "leave" | "fail" | "pass") =>
      Array.from(caseValues(observations, 0, slots, strict, missing));
    expect(values("leave")).toEqual([2 / 3, 1 / 2, 1, -1]);
    expect(values("fail")).toEqual([2 / 3, 1 / 3, 1 / 3, 0]);
    expect(values("pass")).toEqual([2 / 3, 2 / 3, 1, 1]);
    const left = caseValues(observations, 0, slots, strict, "leave");
    expect(sampleOf(observations, slots, left).values).toEqual([2 / 3, 1 / 2, 1]);
  });

  it("museum 3: define pass^k only where k trials were graded, or where those that are missing cannot change it", () => {
    const observations = createObservations(suiteOf({ trials: 3 }));
    tell(observations, "plain", ["+++", "++-", "+x+", "-xx"]);
    const values = (k: number) =>
      Array.from(caseValues(observations, 0, observations.slots("test"), { kind: "all", form: "strict", k }, "leave"));
    expect(values(2)[1]).toBeCloseTo(1 / 3, 14);
    expect(values(2)).toEqual([1, values(2)[1], 1, -1]);
    expect(values(3)).toEqual([1, 0, -1, 0]);
  });
});
