import { describe, expect, it } from "vitest";
import type { Suite } from "../suite/suite.ts";
import { decide } from "./decide.ts";
import type { Decision } from "./decision.ts";
import { observe, type Told } from "./instruments/told.test-data.ts";
import { answerQuestions } from "./questions.ts";
import { fineTuned, promptOnly, TODAY } from "./trials.test-data.ts";

const targets = [promptOnly("plain"), fineTuned("tuned", { trainingExamples: 300 })];

function decided(parts: Partial<Suite> = {}): Decision {
  const trials = ["plain", "tuned"].flatMap((target) =>
    Array.from({ length: 100 }, (_, index): Told => {
      const outcome = index % (target === "plain" ? 5 : 20) === 0 ? "wrong" : "right";
      return { target, index, outcome, tags: [index % 2 === 0 ? "even" : "odd"] };
    }),
  );
  return decide(observe({ targets, ...parts }, trials), { today: TODAY });
}

const facts = (decision: Decision, key: string) =>
  decision.questions?.find((question) => question.key === key)?.facts ?? [];
const fact = (decision: Decision, question: string, key: string) =>
  facts(decision, question).find((each) => each.key === key);

describe("the four questions", () => {
  it("are all asked, and every fact has a figure, a change or words", () => {
    const decision = decided();
    expect(decision.questions?.map(({ key }) => key)).toEqual(["complexity", "stability", "volume", "data"]);
    for (const { facts } of decision.questions ?? []) {
      expect(facts.length).toBeGreaterThan(0);
      for (const { figure, change, text } of facts) expect(figure ?? change ?? text).toBeDefined();
    }
  });

  it("say how to state what is not stated", () => {
    const decision = decided();
    expect(fact(decision, "complexity", "ceiling")?.text).toContain("training: { agreement }");
    expect(fact(decision, "stability", "stability-needed")?.text).toContain("requirement: { stability");
    expect(fact(decision, "stability", "one-trial")?.text).toContain("trials: 3");
    expect(fact(decision, "volume", "volume")?.text).toContain("economics: { volume");
    expect(fact(decision, "data", "examples")?.text).toContain("training: { data");
    expect(fact(decision, "data", "curve")?.text).toContain("trainingExamples");
  });

  it("hold what is measured against what is needed", () => {
    const quality = fact(decided(), "complexity", "quality");
    expect(quality?.figure).toMatchObject({ value: 0.8, n: 100 });
    expect(quality?.text).toMatch(/^90 % needed: NOT MET; at most 8\d\.\d % with 9/);
  });

  it("name the lowest tag, with an interval wider than its own alone", () => {
    const hardest = fact(decided(), "complexity", "hardest-tag");
    expect(hardest?.label).toContain('lowest of 2 tags, "even"');
    if (hardest?.figure?.available !== true) throw new Error("no figure");
    expect(hardest.figure).toMatchObject({ value: 0.8, n: 50 });
    // Clopper-Pearson at 98.75 % each side, against 66.3 % at 97.5 %.
    expect(hardest.figure.interval?.lower).toBeLessThan(0.663);
  });

  it("work out a month at the stated volume, interval and all", () => {
    const decision = decided({ economics: { volume: { perMonth: 2_000_000 } } });
    const month = fact(decision, "volume", "usd-per-month");
    expect(month?.figure).toMatchObject({ unit: "usd", n: 100 });
    expect(month?.figure?.available === true ? month.figure.value : 0).toBeCloseTo(800, 6);
    expect(month?.label).toBe('2,000,000 requests a month, "plain"');
  });

  it("tell how many clean cases the stated stability takes", () => {
    const decision = decided({ requirement: { stability: { allOf: 1, atLeast: 0.99 } } });
    expect(fact(decision, "stability", "zero-failure-n")?.text).toMatch(/^299 cases without one failure, at 95 %/);
  });

  it("rank the stated data", () => {
    const text = (training: Suite["training"]) =>
      facts(decided(training === undefined ? {} : { training }), "data").map((each) => each.text ?? "");
    expect(text({ examples: 49 })[0]).toContain("too few to try");
    expect(text({ examples: 50 })[0]).toContain("enough to try");
    expect(text({ agreement: 0.66 })[1]).toContain("too low");
    expect(text({ agreement: 0.67 })[1]).toContain("tolerable");
    expect(text({ agreement: 0.8 })[1]).toContain(": good");
  });

  it("take the parts that others work out in the place of the words", () => {
    const observations = observe({ targets }, []);
    const part = { key: "break-even", label: "break-even", text: "month 4" };
    const known = { observations, measures: [], requirements: [] };
    const told = answerQuestions(known, { money: [part], curve: [part], data: [part] });
    expect(told.find(({ key }) => key === "volume")?.facts).toEqual([part]);
    expect(told.find(({ key }) => key === "data")?.facts).toEqual([part, part]);
  });
});
