import { describe, expect, it } from "vitest";
import type { PromptCeiling } from "./ceiling-contract.ts";
import { decide } from "./decide.ts";
import type { Decision } from "./decision.ts";
import { createObservations } from "./observations.ts";
import { decided, model, promptOnly, rightOf, suiteOf, TODAY, tell } from "./trials.test-data.ts";

/** Prompts with so many right of 100 on dev and on test. */
function withPrompts(right: Readonly<Record<string, readonly [number, number]>>, others = [] as string[]): Decision {
  const names = Object.keys(right);
  const targets = names.map((name) => promptOnly(name, others.includes(name) ? model("another") : model("base")));
  const observations = createObservations(suiteOf({ targets }));
  for (const [name, [dev, test]] of Object.entries(right)) {
    tell(observations, name, rightOf(dev, 100), { split: "dev" });
    tell(observations, name, rightOf(test, 100), { first: 100 });
  }
  return decide(observations, { today: TODAY });
}

const values = (ceiling: PromptCeiling | undefined, split: "dev" | "test") =>
  ceiling?.points.map((point) => (point[split].available ? point[split].value : undefined));

describe("the prompt ceiling", () => {
  it("goes from the mean of the prompts to the best on dev, and tells what these have on test", () => {
    const { ceiling } = withPrompts({ a: [40, 44], b: [60, 52], c: [50, 60] });
    const third = 1 / 3;
    expect(values(ceiling, "dev")).toEqual(
      [0.5, (0.6 + 0.6 + 0.5) * third, 0.6].map((each) => expect.closeTo(each, 9)),
    );
    // The best on dev of two is b twice of three times, else c; c is the better one on test, and dev does not know.
    expect(values(ceiling, "test")).toEqual(
      [(0.44 + 0.52 + 0.6) * third, (0.52 + 0.52 + 0.6) * third, 0.52].map((each) => expect.closeTo(each, 9)),
    );
    expect(ceiling?.lastAdds).toMatchObject({ available: true, n: 100, value: expect.closeTo(0.52 - 1.64 / 3, 9) });
    for (const { dev, test } of ceiling?.points ?? []) {
      for (const one of [dev, test]) {
        if (!one.available) throw new Error("unmeasured");
        expect(one.interval?.lower).toBeLessThan(one.value);
        expect(one.interval?.upper).toBeGreaterThan(one.value);
      }
    }
  });

  it("is that of one model: prompts on another do not count, and one prompt makes none", () => {
    const of = withPrompts({ a: [60, 60], b: [50, 50], c: [55, 55] }, ["c"]);
    expect(of.ceiling?.prompts).toEqual(["a", "b"]);
    expect(withPrompts({ a: [60, 60], c: [55, 55] }, ["c"]).ceiling).toBeUndefined();
    expect(decided({}, { plain: rightOf(30, 60) }).ceiling).toBeUndefined();
  });

  it("pairs the cases that every prompt answered: a missing answer is no zero", () => {
    const observations = createObservations(suiteOf({ targets: ["a", "b"].map((name) => promptOnly(name)) }));
    for (const name of ["a", "b"]) tell(observations, name, rightOf(30, 60), { split: "dev" });
    tell(observations, "a", rightOf(50, 100), { first: 60 });
    tell(observations, "b", [...rightOf(50, 90), ...rightOf(0, 10, "x")], { first: 60 });
    const { ceiling } = decide(observations, { today: TODAY });
    expect(ceiling?.points[0]?.test).toMatchObject({ n: 90, value: expect.closeTo(50 / 90, 9) });
  });

  it("tells the plateau beside: the prompt declared last against the best before it", () => {
    const rising = withPrompts({ a: [30, 30], b: [60, 60] }).plateau;
    expect(rising).toMatchObject({ last: "b", before: "a", gain: expect.closeTo(0.3, 9), reached: false, n: 100 });
    expect(withPrompts({ a: [60, 60], b: [30, 30] }).plateau).toMatchObject({ reached: true, limit: 0.02 });
    expect(decided({}, { plain: rightOf(30, 60) }).plateau).toBeUndefined();
  });

  it("takes a short prompt, declared last, for no try", () => {
    const targets = [promptOnly("a"), promptOnly("b"), { ...promptOnly("one line"), arm: "short-prompt" as const }];
    const observations = createObservations(suiteOf({ targets }));
    for (const [name, right] of [
      ["a", 30],
      ["b", 60],
      ["one line", 5],
    ] as const) {
      tell(observations, name, rightOf(right, 100), { split: "dev" });
      tell(observations, name, rightOf(right, 100), { first: 100 });
    }
    expect(decide(observations, { today: TODAY }).plateau).toMatchObject({ last: "b", before: "a", reached: false });
  });
});
