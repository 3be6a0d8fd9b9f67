import { describe, expect, it } from "vitest";
import type { Graded, Grader } from "../suite/grade.ts";
import { type GraderResult, graderOf } from "../suite/grader-function.ts";
import { decide } from "./decide.ts";
import type { Decision } from "./decision.ts";
import { createObservations } from "./observations.ts";
import {
  FORM_UNTRIED,
  fineTuned,
  grader,
  promptOnly,
  record,
  STATED,
  scored,
  suiteOf,
  TODAY,
} from "./trials.test-data.ts";

type Answers = Readonly<Record<string, readonly string[]>>;
type Function = (given: { readonly text: string }) => GraderResult;

/** 200 answers that are right in content, `right` of them in the demanded form. */
const half = (right: number): string[] =>
  Array.from({ length: 200 }, (_, at) => (at < right ? "A" : "The answer is A."));

const context = { ask: () => Promise.reject(new Error("no judge")), signal: new AbortController().signal };

async function decided(
  graders: readonly Grader[],
  answers: Answers,
  stated: NonNullable<Parameters<typeof suiteOf>[0]>["stated"] = FORM_UNTRIED,
): Promise<Decision> {
  const targets = Object.keys(answers).map((name) => (name === "tuned" ? fineTuned(name) : promptOnly(name)));
  const suite = suiteOf({ targets, graders, requirement: { quality: { atLeast: 0.9 }, enough: 0.9 }, stated });
  const observations = createObservations(suite);
  for (const [target, texts] of Object.entries(answers)) {
    for (const [index, text] of texts.entries()) {
      const subject = { case: { id: `${index}`, input: "" }, text, answer: { kind: "answer", text, finish: "stop" } };
      const graded: Record<string, Graded> = {};
      for (const one of graders) graded[one.name] = await one.grade(subject as never, context);
      observations.add(record(suite, { target, index, graded }));
    }
  }
  return decide(observations, { today: TODAY });
}

const told = ({ verdict }: Decision) => verdict.reasons.map(({ text }) => text).join("\n");

describe("a grader function of one form", () => {
  const onlyTheLetter: Function = ({ text }) => text === "A";
  const letter = graderOf(onlyTheLetter);
  const SPLIT = 'not split: the grader "onlyTheLetter" has one form';

  it("leaves open whether format explains what is missed, and never says that it does not", async () => {
    const decision = await decided([letter], { plain: half(100) });
    expect(decision.verdict).toMatchObject({ kind: "INCONCLUSIVE", reasons: [{ code: "format-open" }, {}] });
    expect(told(decision)).toContain(`How much of it is format nobody can tell: ${SPLIT}.`);
    expect(told(decision)).not.toMatch(/Format does not explain|wherever it stands/);
    expect(decision.procedure[2]).toMatchObject({ answer: "open", why: expect.stringContaining("Not split") });
    expect(decision.verdict.wouldChange.join("\n")).toContain('have "onlyTheLetter" return `{ strict, lenient }`');
    const [measure] = decision.measures.filter(({ split }) => split === "test");
    expect(measure?.lenient).toEqual({ available: false, why: SPLIT });
    expect(measure?.byGrader[0]?.lenient).toEqual({ available: false, why: SPLIT });
  });

  it("splits no gap, as a whole, by tag or by grader", async () => {
    const decision = await decided([letter, grader("form", { required: false })], {
      plain: half(100),
      tuned: half(200),
    });
    const [gap] = decision.gaps;
    expect(gap?.total).toMatchObject({ available: true, value: 0.5 });
    expect([gap?.format, gap?.ability]).toEqual(Array(2).fill({ available: false, why: SPLIT }));
    expect(gap?.advice).toContain(SPLIT);
    const slice = decision.slices?.find(({ name }) => name === "onlyTheLetter");
    expect(slice?.ability).toEqual({ available: false, why: SPLIT });
    expect(decision.slices?.find(({ name }) => name === "form")?.ability).toMatchObject({ available: true });
  });

  it("withholds a confirmation until form by other means was tried, as where the gain is all form", async () => {
    const answers = { plain: half(100), tuned: half(200) };
    const decision = await decided([letter], answers, { ...STATED, scenario: "format" });
    expect(decision.verdict.kind).toBe("CONFIRMED");
    expect(told(decision)).toContain(SPLIT);
    const { ladder: _, ...untried } = suiteOf();
    const suite = { ...untried, targets: [promptOnly("plain"), fineTuned("tuned")], graders: [letter] };
    const observations = createObservations(suite);
    for (const [target, texts] of Object.entries(answers)) {
      texts.forEach((text, index) => {
        const grade = scored(text === "A" ? 1 : 0);
        observations.add(
          record(suite, { target, index, graded: { onlyTheLetter: { strict: grade, lenient: grade } } }),
        );
      });
    }
    const { verdict } = decide(observations, { today: TODAY });
    expect(verdict.reasons[0]?.code).toBe("format-open");
  });
});

describe("a grader function that tells both forms", () => {
  const both: Function = ({ text }) => ({
    strict: { kind: "scored", score: text === "A" ? 1 : 0 },
    lenient: { kind: "scored", score: text.includes("A") ? 1 : 0 },
  });

  it("is one of two forms by what it returns: format comes first", async () => {
    const decision = await decided([graderOf(both)], { plain: half(100) });
    expect(decision.verdict).toMatchObject({ kind: "KEEP_PROMPTING", reasons: [{ code: "format-first" }, {}] });
  });

  it("splits nothing beside one of one form, but shows what format alone explains", async () => {
    const polite: Function = ({ text }) => !text.includes("stupid");
    const mixed = [graderOf(both), graderOf(polite)];
    expect((await decided(mixed, { plain: half(100) })).verdict.reasons[0]?.code).toBe("format-first");
    const rude = [...half(100).slice(0, 150), ...Array.from({ length: 50 }, () => "A, stupid")];
    const open = await decided(mixed, { plain: rude });
    expect(open.verdict.reasons[0]?.code).toBe("format-open");
    expect(told(open)).toContain('not split: the grader "polite" has one form');
    expect(told(open)).not.toContain("Format does not explain");
    const tuned = await decided(mixed, { plain: rude, tuned: half(200) });
    expect(tuned.gaps[0]?.ability).toMatchObject({ available: false });
  });
});
