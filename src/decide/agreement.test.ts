import { describe, expect, it } from "vitest";
import type { ComparedLabel } from "../suite/labelled.ts";
import { agreementOf, type Canaries, decidingJudges, uncalibratedJudges } from "./agreement.ts";
import { decide } from "./decide.ts";
import { createObservations } from "./observations.ts";
import { grader, model, promptOnly, rightOf, suiteOf, TODAY, tell } from "./trials.test-data.ts";

const people = { answers: [], labels: ["pass", "fail"] };
const tone = (kappaAtLeast?: number, more = {}) =>
  grader("tone", {
    kind: "judge",
    asks: [model("gpt-j")],
    people: { ...people, ...(kappaAtLeast === undefined ? {} : { kappaAtLeast }) },
    ...more,
  });

/** `pp`, a person's label and the judge's by their first letters; `p-` without one, `pr` by rule, `po` open. */
function labels(text: string, more: Partial<ComparedLabel> = {}): ComparedLabel[] {
  const name = (letter: string | undefined) => (letter === "p" ? "pass" : "fail");
  return text.split(" ").map((two, at) => {
    const [person, judge] = [...two];
    const told = { person: name(person), question: String(at), ...more };
    if (judge === "r") return { ...told, fate: "ruled" };
    if (judge === "o") return { ...told, fate: "open" };
    return judge === "-" ? { ...told, fate: "judged" } : { ...told, fate: "judged", judge: name(judge) };
  });
}
const many = (text: string, times: number) => labels(Array(times).fill(text).join(" "));

describe("agreement with people", () => {
  it("is told raw, as kappa, and by label", () => {
    const found = agreementOf(tone(0.6), labels("pp pp pp pp pp pf ff ff ff fp"));
    expect(found).toMatchObject({
      labelled: 10,
      compared: 10,
      ruled: 0,
      open: 0,
      agreed: 8,
      noLabel: 0,
      questions: 10,
    });
    // Wilson's interval of 8 of 10; kappa is (0.8 - 0.52) / 0.48.
    expect(found.raw).toMatchObject({ available: true, value: 0.8, n: 10, method: "Wilson 95 %" });
    expect(found.raw.available && [found.raw.lower, found.raw.upper].map((end) => end.toFixed(3))).toEqual([
      "0.490",
      "0.943",
    ]);
    expect(found.kappa.available && found.kappa.value).toBeCloseTo(0.28 / 0.48, 12);
    expect(found.byLabel).toEqual([
      { label: "pass", people: 6, agreed: 5 },
      { label: "fail", people: 4, agreed: 3 },
    ]);
    expect(found).toMatchObject({ needed: 0.6, enough: false, confidence: 0.95 });
  });

  it("counts a verdict without a label against the judge, and drops nothing in silence", () => {
    const found = agreementOf(tone(), labels("pp pp ff ff p- f- pr fo"));
    expect(found).toMatchObject({ labelled: 8, compared: 6, agreed: 4, noLabel: 2, ruled: 1, open: 1, enough: false });
    expect(found.raw).toMatchObject({ value: 4 / 6 });
  });

  it("is not known where nothing was judged, or nobody varies", () => {
    expect(agreementOf(tone(0.1), []).kappa).toEqual({ available: false, why: "no labelled answer was judged" });
    const one = agreementOf(tone(0.1), many("pp", 50));
    expect(one.kappa).toEqual({ available: false, why: "people and judge used one label throughout" });
    expect(one).toMatchObject({ agreed: 50, enough: false });
    expect(one).not.toHaveProperty("lower");
  });

  it("counts answers to one question as one", () => {
    const alone = many("pp ff", 50);
    const shared = alone.map((one, at) => ({ ...one, question: String(at % 25) }));
    const [wide, narrow] = [agreementOf(tone(), shared), agreementOf(tone(), alone)];
    expect(wide.questions).toBe(25);
    expect(narrow.questions).toBe(100);
    expect(wide.lower ?? 1).toBeLessThan((narrow.lower ?? 0) - 0.1);
  });

  it("is told by target where people say who answered", () => {
    const both = [...labels("pp pf", { target: "b" }), ...labels("ff", { target: "a" }), ...labels("pp")];
    expect(agreementOf(tone(), both).byTarget).toEqual([
      { target: "a", compared: 1, agreed: 1 },
      { target: "b", compared: 2, agreed: 1 },
    ]);
  });
});

describe("a judge that decides", () => {
  const whys = (of: ReturnType<typeof tone>, list?: readonly ComparedLabel[]) =>
    uncalibratedJudges(suiteOf({ graders: [of] }), list && new Map([["tone", list]])).map(({ text }) => text);

  it("has to be shown to agree as much as is required, by the lower bound", () => {
    expect(whys(tone(0.6), many("pp ff", 50))).toEqual([]);
    expect(whys(tone(0.6), many("pp ff", 5))).toEqual([
      expect.stringMatching(
        /^"tone": agreement with people is a kappa of at least 0\.48 with 95 % confidence \(10 labelled answers\), where 0\.60 is required; /,
      ),
    ]);
    expect(whys(tone(0.6), many("pp ff pf", 50))).toHaveLength(1);
  });

  it("decides nothing unmeasured, unrequired, or half measured", () => {
    const { people: _, ...unmeasured } = tone();
    expect(whys(unmeasured)).toEqual([expect.stringMatching(/was not measured against people/)]);
    expect(whys(tone(), many("pp ff", 50))).toEqual([
      '"tone": no agreement with people is required, `people.kappaAtLeast`; its grades are shown but cannot decide.',
    ]);
    expect(whys(tone(0.6), [...many("pp ff", 50), ...labels("po")])).toEqual([
      expect.stringMatching(/not known, since 1 of 101 labelled answers were not judged/),
    ]);
    expect(whys(tone(0.6), [])).toEqual([expect.stringMatching(/not known, since no labelled answer was judged/)]);
    expect(whys(tone(0.6), many("pp", 50))).toEqual([expect.stringMatching(/since people and judge used one label/)]);
  });

  it("is taken at its word before anybody asked, where it need not decide, and where it is only shown", () => {
    expect(whys(tone(0.6))).toEqual([]);
    expect(whys(tone(0.6, { required: false }), [])).toEqual([]);
  });

  it("gives a verdict, with its own errors told", () => {
    const told = (
      compared: ReadonlyMap<string, readonly ComparedLabel[]> | undefined,
      canaries: Canaries = new Map([["tone", { asked: 5, passed: [] }]]),
    ) => {
      const suite = suiteOf({
        targets: [promptOnly("plain")],
        requirement: { quality: { atLeast: 0.8 } },
        graders: [tone(0.6)],
      });
      const observations = createObservations(suite);
      tell(observations, "plain", rightOf(200, 200));
      return decide(observations, { today: TODAY, canaries, ...(compared === undefined ? {} : { compared }) });
    };
    const sound = told(new Map([["tone", many("pp ff", 50)]]));
    expect(sound.verdict.kind).toBe("KEEP_PROMPTING");
    expect(sound.judges?.graders[0]?.agreement).toMatchObject({ enough: true, compared: 100 });
    expect(sound.warnings).toContainEqual(
      expect.stringMatching(
        /^"tone" is graded by a model whose own errors are in every figure: a kappa of 1\.00 \(0\.9\d to 1\.00\) with people, 100 labelled answers\.$/,
      ),
    );
    const steered = told(new Map([["tone", many("pp ff", 50)]]), new Map([["tone", { asked: 5, passed: ["a", "b"] }]]));
    expect(steered.verdict.kind).toBe("INCONCLUSIVE");
    expect(steered.verdict.reasons).toEqual([
      {
        code: "steered-judge",
        text: '"tone" passes 2 of 5 texts that answer nothing and try to steer it; its grades are shown but cannot decide.',
      },
    ]);
    expect(steered.verdict.wouldChange[0]).toMatch(/^It takes a rubric that says/);
    for (const without of [undefined, new Map()]) {
      const { verdict, warnings } = told(without);
      expect(verdict.kind).toBe("INCONCLUSIVE");
      expect(verdict.reasons.map(({ code }) => code)).toEqual(["uncalibrated-judge"]);
      expect(warnings.join()).not.toContain("own errors");
    }
    expect(decidingJudges(suiteOf({ graders: [tone(0.6)] }), undefined)).toEqual([]);
  });
});
