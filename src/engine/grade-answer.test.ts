import { describe, expect, it } from "vitest";
import type { LoadedCase } from "../suite/case.ts";
import type { Graded, Grader } from "../suite/grade.ts";
import { answer, fakeCases, fakeGrader, fakeModel, notRejected, scored } from "./fakes.test-data.ts";
import { GRADER_TIMEOUT_MS, gradeBy } from "./grade-answer.ts";
import { simulatedWorld } from "./simulated-world.test-data.ts";

const one: LoadedCase = fakeCases(1)[0] ?? fail();

function fail(): never {
  throw new Error("no case");
}

async function graded(
  over: Partial<Grader>,
  {
    given = answer("text"),
    world = simulatedWorld(),
    of = one,
    signal = new AbortController().signal,
    waitMs = 0,
  } = {},
): Promise<Graded> {
  const ask = async () => {
    await world.sleep(waitMs);
    return answer("reply");
  };
  return world.play(gradeBy(fakeGrader(over), of, given, { ask, world, signal }));
}

const never = () => new Promise<Graded>(() => {});
const ungraded = (reason: string, why?: string) => {
  const grade = { kind: "ungraded", reason, ...(why === undefined ? {} : { why }) };
  return { strict: grade, lenient: grade };
};

describe("what needs no grader", () => {
  const say = (): Graded => scored(1);
  it.each([
    ["refusal", { kind: "declined" }],
    ["filtered", { kind: "declined" }],
    ["length", { kind: "scored", score: 0, flaw: "cut" }],
  ] as const)("finish %s", async (finish, grade) => {
    const result = await graded({ grade: say }, { given: answer("text", { finish }) });
    expect(result).toMatchObject({ strict: grade, lenient: grade });
  });

  it.each(["", " ", "\n\t", "\u3000"])("the empty text %j scores 0", async (text) => {
    expect(await graded({ grade: say }, { given: answer(text) })).toMatchObject({
      strict: { score: 0, flaw: "empty" },
    });
  });

  it("does not reach functions and judges, and their opinion of no text does not count", async () => {
    let asked = 0;
    const grade = () => {
      asked++;
      return scored(1);
    };
    await graded({ kind: "custom", grade }, { given: answer("") });
    await graded({ asks: [fakeModel()], grade }, { given: answer("") });
    await graded({ grade }, { given: answer("no", { finish: "refusal" }) });
    expect(asked).toBe(0);
    expect(await graded({ grade }, { given: answer("") })).toMatchObject({ strict: { score: 0, flaw: "empty" } });
    expect(asked).toBe(1);
  });

  it("takes what a grader that knows the rule adds to it", async () => {
    const items = [{ name: "greets", passed: false, required: true, weight: 1 }];
    const grade = { kind: "scored", score: 0, flaw: "empty", items } as const;
    const result = await graded({ grade: () => ({ strict: grade, lenient: grade }) }, { given: answer("") });
    expect(result.strict).toEqual(grade);
  });

  it("lets a grader look at cut answers that says so, but not at empty ones", async () => {
    const over = { args: { cut: "grade" }, grade: say };
    expect(await graded(over, { given: answer("half", { finish: "length" }) })).toEqual(scored(1));
    expect(await graded(over, { given: answer("", { finish: "length" }) })).toMatchObject({
      strict: { flaw: "empty" },
    });
  });

  it("an answer that ends for other reasons is graded", async () => {
    expect(await graded({ grade: say }, { given: answer("x", { finish: "other" }) })).toEqual(scored(1));
  });
});

describe("a grader", () => {
  it("sees the case, the text and the answer", async () => {
    const given = answer("text", { modelId: "m" });
    await graded(
      { grade: (subject) => notRejected(expect(subject).toEqual({ case: one, text: "text", answer: given })) },
      { given },
    );
  });

  it("that throws, at once or later, leaves the answer ungraded", async () => {
    const boom = () => {
      throw new Error("boom");
    };
    const result = ungraded("grader-threw", "g threw: boom");
    expect(await graded({ name: "g", grade: boom })).toEqual(result);
    expect(await graded({ name: "g", grade: async () => boom() })).toEqual(result);
    expect(await graded({ name: "g", grade: () => Promise.reject("boom") })).toEqual(result);
  });

  it("that never returns is given up after ten seconds", async () => {
    const world = simulatedWorld();
    expect(await graded({ grade: never }, { world })).toEqual(ungraded("grader-timeout", "no result within 10 s"));
    expect(world.elapsedMs()).toBe(GRADER_TIMEOUT_MS);
  });

  it("leaves no timer behind when it returns", async () => {
    const world = simulatedWorld();
    await graded({ grade: async () => scored(1) }, { world });
    // Only this sleep is left to move the clock.
    await world.play(world.sleep(1));
    expect(world.elapsedMs()).toBe(1);
  });

  it("may wait for a model as long as that takes, but not by itself", async () => {
    const world = simulatedWorld();
    const patient: Grader["grade"] = async (_, { ask }) => {
      await ask(fakeModel(), []);
      await ask(fakeModel(), []);
      return scored(1);
    };
    expect(await graded({ grade: patient }, { world, waitMs: 60_000 })).toEqual(scored(1));
    const stuck: Grader["grade"] = async (_, { ask }) => {
      await ask(fakeModel(), []);
      return never();
    };
    expect(await graded({ grade: stuck }, { waitMs: 60_000 })).toMatchObject(ungraded("grader-timeout"));
  });

  it("is told when its time is over, and ends with the run", async () => {
    let told: AbortSignal | undefined;
    await graded({
      grade: (_, { signal }) => {
        told = signal;
        return never();
      },
    });
    expect(told?.aborted).toBe(true);
    expect(await graded({ grade: never }, { signal: AbortSignal.abort() })).toEqual(
      ungraded("grader-timeout", "the run was stopped"),
    );
  });

  it.each([Number.NaN, -0.01, 1.01, Number.POSITIVE_INFINITY, "1", undefined])(
    "that returns the score %s leaves the answer ungraded",
    async (score) => {
      const grade = { kind: "scored", score: score as number } as const;
      expect(await graded({ grade: () => ({ strict: scored(1).strict, lenient: grade }) })).toMatchObject(
        ungraded("grader-threw"),
      );
      const parts = { kind: "scored", score: 1, parts: { recall: score as number } } as const;
      expect(await graded({ grade: () => ({ strict: parts, lenient: parts }) })).toMatchObject(
        ungraded("grader-threw"),
      );
    },
  );

  it.each([
    undefined,
    null,
    1,
    true,
    {},
    { strict: scored(1).strict },
    { strict: {}, lenient: {} },
    { strict: { kind: "good" }, lenient: { kind: "good" } },
    { strict: { kind: "ungraded" }, lenient: { kind: "ungraded" } },
    { strict: { kind: "ungraded", reason: "bored", why: "x" }, lenient: scored(1).lenient },
  ])("that returns %j leaves the answer ungraded", async (result) => {
    expect(await graded({ grade: () => result as unknown as Graded })).toMatchObject(ungraded("grader-threw"));
  });

  it("that needs what the case does not have leaves the answer ungraded", async () => {
    const { expected: _, ...bare } = one;
    expect(await graded({ needsExpected: true }, { of: bare })).toMatchObject(ungraded("missing-expected"));
  });
});
