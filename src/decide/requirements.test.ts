import { describe, expect, it } from "vitest";
import type { Requirement } from "../suite/requirement.ts";
import type { RequirementResult } from "./decision.ts";
import { createObservations } from "./observations.ts";
import { judgeRequirements } from "./requirements.ts";
import { sideOf } from "./side.ts";
import { rightOf, seeded, suiteOf, type Trial, tell } from "./trials.test-data.ts";

type More = Partial<Omit<Trial, "target" | "index" | "trial" | "outcome">>;

function held(requirement: Requirement, cases: readonly string[], trials = 1, more: More = {}): RequirementResult[] {
  const observations = createObservations(suiteOf({ requirement, trials }));
  tell(observations, "plain", cases, more);
  return judgeRequirements(sideOf(observations, 0));
}

function named(results: readonly RequirementResult[], key: RequirementResult["key"]): RequirementResult {
  const found = results.find((result) => result.key === key);
  if (found === undefined) throw new Error(`no ${key}`);
  return found;
}

const quality = (atLeast: number): Requirement => ({ quality: { atLeast } });
const qualityOf = (requirement: Requirement, cases: readonly string[], trials = 1) =>
  named(held(requirement, cases, trials), "quality");

describe("a share that is required", () => {
  it.each([
    [197, 200, 0.9, "MET"],
    [140, 200, 0.9, "NOT_MET"],
    [270, 300, 0.9, "UNDECIDED"],
    [274, 300, 0.9, "AT_THRESHOLD"],
    [28, 30, 0.9, "UNDECIDED"],
    [30, 30, 0.95, "UNDECIDED"],
    [54, 54, 0.95, "UNDECIDED"],
    [93, 100, 0.9, "UNDECIDED"],
    [30, 30, 0.9, "MET"],
    [28, 28, 0.9, "UNDECIDED"],
    [29, 29, 0.9, "MET"],
    [0, 40, 0.1, "NOT_MET"],
  ])("%d of %d against %d is %s", (right, n, atLeast, state) => {
    expect(qualityOf(quality(atLeast), rightOf(right, n)).state).toBe(state);
  });

  it("shows the bounds that decided", () => {
    const { bounds, why, pNotMet, advice } = qualityOf(quality(0.9), rightOf(197, 200));
    expect(bounds).toMatchObject({ confidence: 0.95, method: "Clopper-Pearson" });
    expect(bounds?.lower).toBeCloseTo(0.9616, 3);
    expect(why).toBe("At least 96.2 % with 95 % confidence; 90 % is needed.");
    expect(pNotMet).toBeGreaterThan(0.99);
    expect(advice).toBeUndefined();
  });

  it("asks for the zero-failure number where all passed so far", () => {
    const { advice } = qualityOf(quality(0.95), rightOf(30, 30));
    expect(advice).toMatchObject({ additionalCases: 29 });
    expect(advice?.text).toContain("without a failure");
  });

  it("asks for as many cases as the formula says", () => {
    const { advice } = qualityOf(quality(0.8), rightOf(85, 100));
    // ((1.645 √(.8 .2) + .842 √(.8465 .1535)) / .0465)² = 427 in all.
    expect(advice?.additionalCases).toBe(330);
  });

  it("never asks for cases at the threshold", () => {
    const { advice, why } = qualityOf(quality(0.9), rightOf(274, 300));
    expect(advice).toBeUndefined();
    expect(why).toBe("Within 2 points of what is needed: at least 88.2 % with 95 % confidence; 90 % is needed.");
  });

  it("asks for no thousands of cases near the threshold, on either side, and says the same of the need", () => {
    for (const [right, of, seen] of [
      [105, 133, "78.9 %"],
      [107, 133, "80.5 %"],
      [216, 270, "80.0 %"],
    ] as const) {
      const told = held({ quality: { atLeast: 0.8 }, enough: 0.8 }, rightOf(right, of));
      expect(told.map(({ state }) => state)).toEqual(["UNDECIDED", "UNDECIDED"]);
      const text = `It lies at the threshold, as far as the ${seen} seen in ${of} cases tell: which side of 80 % it is on would take thousands of cases. Decide by policy; keeping the prompt is cheaper and can be taken back.`;
      expect(told.map(({ advice }) => advice)).toEqual([{ text }, { text }]);
    }
  });

  it("asks for some hundreds near a threshold that they settle", () => {
    // ((1.645 √(.95 .05) + .842 √(.9691 .0309)) / .0191)² = 694 in all.
    const { advice } = qualityOf(quality(0.95), rightOf(78, 80));
    expect(advice?.additionalCases).toBe(620);
    expect(advice?.text).toContain("that it is met");
  });

  it("plans for the level that Holm holds a missed requirement to", () => {
    const five: Requirement = {
      quality: [{ atLeast: 0.9 }, ...[0.4, 0.3, 0.2].map((atLeast) => ({ atLeast }))],
      enough: 0.1,
    };
    const of = (requirement: Requirement) => held(requirement, rightOf(173, 200))[0]?.advice?.additionalCases ?? 0;
    const one: Requirement = { quality: { atLeast: 0.9 }, enough: 0.1 };
    // ((2.326 √(.9 .1) + .842 √(.8632 .1368)) / .0368)² = 720 in all at 1 %; 568 at 2.5 %.
    expect(of(five)).toBe(520);
    expect(of(one)).toBe(370);
  });

  it("asks for no number where the formula asks for fewer cases than there are", () => {
    const { state, advice } = qualityOf(quality(0.9), rightOf(66, 80));
    expect(state).toBe("UNDECIDED");
    expect(advice?.additionalCases ?? 99).toBeGreaterThan(5);
    const clustered = createObservations(suiteOf({ requirement: { quality: { atLeast: 0.8 }, enough: 0.1 } }));
    for (let cluster = 0; cluster < 12; cluster++) {
      tell(clustered, "plain", rightOf(cluster === 0 ? 0 : 9, 9), { first: cluster * 9, cluster: `c${cluster}` });
    }
    for (const { advice: told } of judgeRequirements(sideOf(clustered, 0))) {
      expect(told?.text ?? "").not.toContain("About 5 more");
    }
  });

  it("asks for no number of cases without a failure that nobody can pay", () => {
    const { advice } = qualityOf(quality(0.9999), rightOf(40, 40));
    expect(advice).toEqual({ text: "No affordable number of cases would show 99.99 %." });
  });

  it("counts cases, never trials: three alike trials bound no better than one", () => {
    const once = qualityOf(quality(0.9), rightOf(95, 100));
    const thrice = qualityOf(
      quality(0.9),
      rightOf(95, 100).map((letter) => letter.repeat(3)),
      3,
    );
    expect(thrice.bounds).toEqual(once.bounds);
  });

  it("gains from trials where they differ, and advises more of them", () => {
    // Every case is right in most trials and wrong in some: noise of trials alone.
    const random = seeded(11);
    const noisy = (trials: number) => {
      return Array.from({ length: 60 }, () =>
        Array.from({ length: trials }, () => (random() < 0.93 ? "+" : "-")).join(""),
      );
    };
    const width = ({ bounds }: RequirementResult) => (bounds?.upper ?? 1) - (bounds?.lower ?? 0);
    const two = qualityOf(quality(0.9), noisy(2), 2);
    const eight = qualityOf(quality(0.9), noisy(8), 8);
    expect(width(eight)).toBeLessThan(width(two));
    const advised = qualityOf(
      quality(0.9),
      Array.from({ length: 40 }, (_, at) => (at % 8 === 0 ? "+-" : "++")),
      2,
    );
    expect(advised.state).toBe("UNDECIDED");
    expect(advised.advice?.trials).toBeGreaterThan(2);
    expect(advised.advice?.text).toMatch(/trials a case instead of 2, or about/);
  });

  it("reads a mean score where that is asked for", () => {
    const results = held({ quality: { atLeast: 0.9, measure: "score", grader: "exact" } }, rightOf(99, 100));
    expect(results[0]).toMatchObject({ label: "score (exact)", unit: "score", state: "MET" });
  });

  it("reads the lenient form where that is asked for, and the need with it", () => {
    const results = held({ quality: { atLeast: 0.9, form: "lenient" } }, rightOf(0, 100, "f"));
    expect(results.map(({ label, state }) => [label, state])).toEqual([
      ["quality (lenient)", "MET"],
      ["need satisfied", "MET"],
    ]);
  });
});

describe("missing answers", () => {
  it("keep MET only if it holds with all of them wrong", () => {
    const safe = qualityOf(quality(0.9), [...rightOf(195, 198), "x", "?"]);
    expect(safe.state).toBe("MET");
    const unsafe = qualityOf(quality(0.9), [...rightOf(29, 29), "x"]);
    expect(unsafe).toMatchObject({
      state: "UNDECIDED",
      advice: { text: "Get the missing answers: mend what is told as their reason, then run again." },
    });
    expect(unsafe.why).toContain("missing answers could change it");
  });

  it("keep NOT_MET only if it holds with all of them right", () => {
    const wrong = rightOf(64, 80);
    expect(qualityOf(quality(0.9), wrong).state).toBe("NOT_MET");
    expect(qualityOf(quality(0.9), [...wrong, "x"]).state).toBe("NOT_MET");
    const open = qualityOf(quality(0.9), [...wrong, ...Array(20).fill("x")]);
    expect(open.state).toBe("UNDECIDED");
    expect(open.pNotMet).toBeGreaterThan(0.025);
  });

  it("are nobody's zero: a target without an answer has no figure", () => {
    const result = qualityOf(quality(0.9), Array(40).fill("x"));
    expect(result).toMatchObject({ state: "UNDECIDED", estimate: { available: false } });
    expect(result).not.toHaveProperty("bounds");
  });
});

describe("stability", () => {
  it("takes one 0/1 a case where k is the number of trials", () => {
    const cases = [...Array(95).fill("+++"), ...Array(5).fill("++-")];
    const stability = named(held({ stability: { allOf: 3, atLeast: 0.85 } }, cases, 3), "stability");
    expect(stability).toMatchObject({ label: "3 of 3 right", state: "MET", bounds: { method: "Clopper-Pearson" } });
    expect(stability.estimate).toMatchObject({ value: 0.95, n: 100 });
  });

  it("takes the mean of pass^k where there are more trials", () => {
    const cases = [...Array(60).fill("+++"), ...Array(40).fill("++-")];
    const stability = named(held({ stability: { allOf: 2, atLeast: 0.5 } }, cases, 3), "stability");
    expect(stability.estimate.available && stability.estimate.value).toBeCloseTo(0.6 + 0.4 / 3, 12);
    expect(stability).toMatchObject({ state: "MET" });
  });

  it("leaves out a case that lacks a trial only where that trial could change it", () => {
    const cases = [...Array(98).fill("+++"), "++x", "-+x"];
    const stability = named(held({ stability: { allOf: 3, atLeast: 0.85 } }, cases, 3), "stability");
    expect(stability.estimate).toMatchObject({ value: 98 / 99, n: 99 });
    expect(stability.estimate.available && stability.estimate.method).toContain("1 case left out");
    // 2 of 3: one right and one lost trial may make a third, two wrong ones never any.
    const two = [...Array(98).fill("+++"), "-+x", "--x"];
    expect(named(held({ stability: { allOf: 2, atLeast: 0.85 } }, two, 3), "stability").estimate).toMatchObject({
      n: 100,
    });
  });

  it("does not lose known failures with the trials that are missing", () => {
    const cases = [...Array(10).fill("-x"), ...Array(290).fill("++")];
    const results = held({ stability: { allOf: 2, atLeast: 0.98 }, enough: 0.5 }, cases, 2);
    expect(named(results, "stability")).toMatchObject({ state: "UNDECIDED", estimate: { value: 290 / 300, n: 300 } });
    expect(named(results, "need").estimate).toMatchObject({ value: 290 / 300, n: 300 });
  });
});

describe("the share of the need", () => {
  it("counts a case only if every trial passes", () => {
    const cases = [...Array(70).fill("+++"), ...Array(30).fill("++-")];
    const need = named(held(quality(0.5), cases, 3), "need");
    expect(need).toMatchObject({ threshold: 0.8, blocking: true, estimate: { value: 0.7, n: 100 } });
    expect(need.state).toBe("NOT_MET");
  });

  it("has the threshold that the suite says is enough", () => {
    expect(named(held({ enough: 0.6 }, rightOf(75, 100)), "need")).toMatchObject({ threshold: 0.6, state: "MET" });
  });
});

describe("cost and latency", () => {
  const requirement: Requirement = { cost: { usdPer1kAtMost: 0.5 }, latency: { p95MsAtMost: 1000 } };

  it.each([
    [0.0004, "MET"],
    [0.0006, "NOT_MET"],
  ])("a cost of %d a call is %s", (usd, state) => {
    expect(named(held(requirement, rightOf(40, 40), 1, { usd }), "cost")).toMatchObject({
      state,
      direction: "at-most",
    });
  });

  it("an unknown cost is undecided and says why", () => {
    const cost = named(held(requirement, rightOf(40, 40), 1, { usd: undefined }), "cost");
    expect(cost).toMatchObject({ state: "UNDECIDED", why: "Not known: cost unknown: no price for this model." });
  });

  it("p95 is open below 59 cases although all are in time, and met from there", () => {
    const open = named(held(requirement, rightOf(58, 58), 1, { latencyMs: 500 }), "latency");
    expect(open).toMatchObject({ state: "UNDECIDED", advice: { additionalCases: 1 } });
    expect(open.bounds).not.toHaveProperty("upper");
    expect(named(held(requirement, rightOf(59, 59), 1, { latencyMs: 500 }), "latency").state).toBe("MET");
  });

  it("are near their limit only where a bound shows it", () => {
    const told = (count: number, late: number, usd: number) => {
      const observations = createObservations(suiteOf({ requirement }));
      tell(observations, "plain", rightOf(count - late, count - late), { latencyMs: 500, usd: 0.0004 });
      tell(observations, "plain", rightOf(late, late), { first: count - late, latencyMs: 5000, usd });
      return judgeRequirements(sideOf(observations, 0));
    };
    // 4 of 80 late lie at the limit, but would be seen often at twice that share; 36 of 800 would not.
    expect(named(told(80, 4, 0.0004), "latency").state).toBe("UNDECIDED");
    expect(named(told(800, 36, 0.0004), "latency")).toMatchObject({
      state: "AT_THRESHOLD",
      why: "At least 93 % of the answers in time with 95 % confidence; 1 s is allowed.",
    });
    // Mean $0.50 both times: spread of $0.24 a thousand over 30 cases, and over 3,000.
    expect(named(told(30, 5, 0.001), "cost").state).toBe("UNDECIDED");
    expect(named(told(3000, 500, 0.001), "cost")).toMatchObject({
      state: "AT_THRESHOLD",
      why: "Within 2 % of the limit: at most $0.51 with 95 % confidence; $0.50 is allowed.",
    });
  });

  it("p95 is missed where nearly all are late, whatever their number", () => {
    expect(named(held(requirement, rightOf(40, 40), 1, { latencyMs: 5000 }), "latency").state).toBe("NOT_MET");
  });
});

describe("clusters", () => {
  it("fewer than ten decide nothing", () => {
    const observations = createObservations(suiteOf({ requirement: quality(0.5) }));
    for (let cluster = 0; cluster < 9; cluster++) {
      tell(observations, "plain", rightOf(10, 10), { first: cluster * 10, cluster: `c${cluster}` });
    }
    const [result] = judgeRequirements(sideOf(observations, 0));
    expect(result).toMatchObject({ state: "UNDECIDED", why: "9 clusters are too few to decide on; it takes 10." });
  });

  it("widen the bounds where cases of a cluster agree", () => {
    const observations = createObservations(suiteOf({ requirement: quality(0.7) }));
    for (let cluster = 0; cluster < 20; cluster++) {
      const letters = rightOf(cluster % 5 === 0 ? 0 : 10, 10);
      tell(observations, "plain", letters, { first: cluster * 10, cluster: `c${cluster}` });
    }
    const [clustered] = judgeRequirements(sideOf(observations, 0));
    expect(clustered?.state).toBe("UNDECIDED");
    expect(qualityOf(quality(0.7), rightOf(160, 200)).state).toBe("MET");
  });
});

describe("several requirements", () => {
  it("are held to Holm's level before one is called missed", () => {
    const alone = held({ quality: { atLeast: 0.9 }, enough: 0.1 }, rightOf(83, 100));
    expect(alone[0]).toMatchObject({ state: "NOT_MET", bounds: { notMetConfidence: 0.975 } });
    const many = held(
      {
        quality: [0.9, 0.5, 0.4, 0.3].map((atLeast) => ({ atLeast })),
        cost: { usdPer1kAtMost: 9 },
        latency: { p95MsAtMost: 9000 },
        enough: 0.1,
      },
      rightOf(83, 100),
    );
    // p = 0.021 alone; seven questions make it 0.14.
    expect(many[0]?.pNotMet).toBeCloseTo(alone[0]?.pNotMet ?? 0, 12);
    expect(many[0]?.pNotMetHolm).toBeCloseTo(7 * (many[0]?.pNotMet ?? 0), 12);
    expect(many[0]?.state).toBe("UNDECIDED");
    expect(many[0]?.bounds?.upper).toBeGreaterThanOrEqual(0.9);
  });

  it("end Holm's steps at the first that is not shown to be missed", () => {
    // Both have p = 0.021: above 0.05/3 for the first, so the second is not asked although it is below 0.05/2.
    const results = held({ quality: [{ atLeast: 0.9 }, { atLeast: 0.9 }], enough: 0.1 }, rightOf(83, 100));
    expect(results.map(({ state }) => state)).toEqual(["UNDECIDED", "UNDECIDED", "MET"]);
    expect(results[1]?.pNotMetHolm).toBeGreaterThan(0.05);
  });

  it("that are not blocking stand alone and outside of Holm", () => {
    const [watched] = held({ quality: { atLeast: 0.9, blocking: false } }, rightOf(83, 100));
    expect(watched).toMatchObject({ blocking: false, state: "NOT_MET" });
    expect(watched).not.toHaveProperty("pNotMetHolm");
    expect(watched?.bounds).not.toHaveProperty("notMetConfidence");
  });

  it("show bounds that agree with the state after Holm, whatever the figures", () => {
    const random = seeded(21);
    for (let run = 0; run < 60; run++) {
      const right = 60 + Math.floor(random() * 40);
      const results = held(
        { quality: [0.95, 0.9, 0.85].map((atLeast) => ({ atLeast })), enough: 0.8 },
        rightOf(right, 100),
      );
      for (const { state, bounds, threshold, pNotMetHolm = 1 } of results) {
        expect(state === "NOT_MET").toBe((bounds?.upper ?? 1) < threshold);
        expect(state === "NOT_MET").toBe(pNotMetHolm <= 0.05);
        expect(state === "MET").toBe((bounds?.lower ?? 0) >= threshold);
      }
    }
  });
});

describe("error rates, simulated", () => {
  /** Exactly at the threshold no state but UNDECIDED or AT_THRESHOLD is right. */
  it.each([
    [1, 0.8, 100],
    [1, 0.95, 60],
    [3, 0.9, 60],
  ])("%d trials at a true rate of %d: MET and NOT_MET in at most 5 % of the runs each", (trials, rate, n) => {
    const random = seeded(100 * trials + n);
    const runs = 400;
    const states = new Map<string, number>();
    for (let run = 0; run < runs; run++) {
      const cases = Array.from({ length: n }, () =>
        Array.from({ length: trials }, () => (random() < rate ? "+" : "-")).join(""),
      );
      const { state } = qualityOf({ quality: { atLeast: rate }, enough: 0.05 }, cases, trials);
      states.set(state, (states.get(state) ?? 0) + 1);
    }
    // 5 % and three standard errors of 400 runs.
    expect((states.get("MET") ?? 0) / runs).toBeLessThan(0.083);
    expect((states.get("NOT_MET") ?? 0) / runs).toBeLessThan(0.083);
  });
});
