import { describe, expect, it } from "vitest";
import { promptOnly, suiteOf } from "../decide/trials.test-data.ts";
import { lesserBaseline, storable, trialsWords } from "./held-trials.ts";
import { plannedLooks } from "./look-in-turn.ts";

const suite = (trials: number, looks?: readonly number[]) =>
  suiteOf({ targets: [promptOnly("plain")], trials, gate: looks === undefined ? {} : { trials: looks } });

describe("the trials that a baseline holds", () => {
  it("are never fewer than it held, also where the suite asks fewer by now", () => {
    const one = suite(1);
    const refused = lesserBaseline({ suite: one, held: 3, stored: 1 });
    expect(refused?.message).toContain("holds 3 trials of each case, and 1 of them is stored now");
    expect(refused?.fix).toContain("gapcheck run --all-trials --suite");
    expect(refused?.fix).toContain("gapcheck baseline --update --trials 1 --suite");
    expect(lesserBaseline({ suite: one, held: 3, stored: 3 })).toBeUndefined();
    expect(lesserBaseline({ suite: one, held: 0, stored: 1 })).toBeUndefined();
  });

  it("are fewer where the suite asks fewer and they are asked for by name, and that is said", () => {
    const told = { suite: suite(1), held: 3, stored: 1, asked: 1 };
    expect(lesserBaseline(told)).toBeUndefined();
    expect(trialsWords(told)).toEqual([
      expect.stringMatching(/the baseline held 3 trials of each case, and holds 1 now\.$/),
    ]);
    expect(lesserBaseline({ ...told, suite: suite(1, [1, 3]) })?.fix).not.toContain("Where fewer are meant");
  });

  it("are looked for in the number that it held, then in those of the suite", () => {
    expect(storable(suite(1), 3)).toEqual([3, 1]);
    expect(storable(suite(1, [1, 3, 5]), 0)).toEqual([5, 3, 1]);
    expect(trialsWords({ suite: suite(1, [1, 3]), held: 1, stored: 1 })[0]).toContain("1 of 3 trials");
  });

  it("are asked by --all-trials, also where the suite asks fewer by now", () => {
    const one = suite(1);
    const held = (trials: number) => ({
      ...{ suite: one.name, dataset: "0".repeat(64), graders: [], thresholds: {} },
      cases: [{ id: "a", fingerprint: "0".repeat(16), prompt: [0, trials] as const }],
    });
    const looks = (trials: number, allTrials: boolean) => {
      const baseline = { file: "b.json", filtered: false, baseline: { main: [held(trials)], release: [] } };
      return plannedLooks(
        { suites: [{ suite: { ...one, file: "a.eval.ts" }, trials: 1 }] },
        { baseline, allTrials },
      ).get(one.name);
    };
    expect(looks(3, true)).toEqual([3]);
    expect(looks(3, false)).toEqual([1]);
    expect(looks(1, true)).toEqual([1]);
  });
});
