import { describe, expect, it } from "vitest";
import { measureGap } from "./gap.ts";
import { gapSlices } from "./gap-slices.ts";
import { createObservations } from "./observations.ts";
import { sideOf } from "./side.ts";
import { fineTuned, grader, type Outcome, promptOnly, record, seeded, suiteOf } from "./trials.test-data.ts";

/** `tagsOf` tells a case's tags by its position. */
function sides(tagsOf: (index: number) => readonly string[], cases = 60, graders = [grader("exact")]) {
  const suite = suiteOf({ targets: [promptOnly("plain"), fineTuned("tuned")], graders, trials: 2 });
  const observations = createObservations(suite);
  const random = seeded(7);
  const outcomes: readonly Outcome[] = ["right", "right", "format", "wrong"];
  for (let index = 0; index < cases; index++) {
    for (const target of ["plain", "tuned"]) {
      for (const trial of [1, 2]) {
        const outcome = outcomes[Math.floor(random() * 4)] ?? "right";
        observations.add({ ...record(suite, { target, index, trial, outcome }), tags: tagsOf(index) });
      }
    }
  }
  return { base: sideOf(observations, 0), tuned: sideOf(observations, 1) };
}

describe("the gap by parts", () => {
  it("is on a tag what the gap is on the cases of that tag, in all three parts", () => {
    const { base, tuned } = sides((index) => [index % 3 === 0 ? "a" : "b"]);
    const slices = gapSlices(base, tuned, 0.05);
    expect(slices.map(({ name, cases }) => [name, cases])).toEqual([
      ["b", 40],
      ["a", 20],
    ]);
    for (const { name, total, format, ability, ...own } of slices) {
      const slots = base.slots.filter((slot) => base.observations.cases.tagsAt(slot).includes(name));
      const { gap } = measureGap({ ...base, slots }, { ...tuned, slots }, 0.05);
      expect({ total, format, ability }).toEqual({ total: gap.total, format: gap.format, ability: gap.ability });
      const rates = [own.base, own.tuned];
      expect(rates).toMatchObject([
        { available: true, n: slots.length },
        { available: true, n: slots.length },
      ]);
      const [before, after] = rates.map((one) => (one?.available === true ? one.value : Number.NaN));
      expect((after ?? 0) - (before ?? 0)).toBeCloseTo(total.available ? total.value : Number.NaN, 12);
    }
  });

  it("leaves out tags of fewer than ten cases and tags that every case has", () => {
    const { base, tuned } = sides((index) => ["every", ...(index < 9 ? ["few"] : []), ...(index < 10 ? ["ten"] : [])]);
    expect(gapSlices(base, tuned, 0.05).map(({ name }) => name)).toEqual(["ten"]);
  });

  it("tells graders apart where there are several, and says where there is one form only", () => {
    const { base, tuned } = sides(() => [], 20, [grader("one"), grader("two", { hasForms: false })]);
    const [one, two] = gapSlices(base, tuned, 0.05);
    expect([one?.name, one?.kind, one?.format.available]).toEqual(["one", "grader", true]);
    expect([two?.name, two?.total.available, two?.format.available]).toEqual(["two", true, false]);
  });
});
