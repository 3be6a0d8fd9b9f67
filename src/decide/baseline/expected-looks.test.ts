import { describe, expect, it } from "vitest";
import { randomFrom } from "../../stats/random.ts";
import { differenceOfShares } from "../paired.ts";
import { grader, promptOnly, suiteOf } from "../trials.test-data.ts";
import type { BaselineSuite } from "./contract.ts";
import { chancesOfLooks } from "./expected-looks.ts";
import { levelsAt } from "./looks.ts";

const LOOKS = [1, 3, 5];
const suite = suiteOf({
  targets: [promptOnly("plain")],
  graders: [grader("exact")],
  requirement: { quality: { atLeast: 0.8 }, margin: 0.05 },
});

function baseOf(stored: readonly (readonly [number, number])[]): BaselineSuite {
  const target = { target: "plain", model: "m", returned: [], modelHash: "", parametersHash: "" };
  const cases = stored.map((prompt, at) => ({ id: String(at), fingerprint: "", prompt }));
  return { suite: "s", dataset: "", graders: [], thresholds: {}, prompt: target, cases };
}

describe("chances of looks", () => {
  it.each([60, 200])("are those of a simulation of %i cases that keep their rates", (cases) => {
    const random = randomFrom([cases]);
    const rates = Array.from({ length: cases }, () =>
      random() < 0.15 ? 0.2 + 0.6 * random() : random() < 0.85 ? 1 : 0,
    );
    const passes = (rate: number, trials: number) =>
      Array.from({ length: trials }, () => random() < rate).filter(Boolean).length;
    const runs = 150;
    const taken = [0, 0, 0];
    const told = [0, 0, 0];
    for (let run = 0; run < runs; run++) {
      const stored = rates.map((rate) => [passes(rate, 5), 5] as const);
      const chances = chancesOfLooks(suite, baseOf(stored), LOOKS) ?? [];
      for (const at of LOOKS.keys()) told[at] = (told[at] ?? 0) + (chances[at] ?? Number.NaN) / runs;
      let seen = rates.map(() => 0);
      for (const [at, trials] of LOOKS.entries()) {
        taken[at] = (taken[at] ?? 0) + 1 / runs;
        seen = seen.map((count, index) => count + passes(rates[index] ?? 0, trials - (LOOKS[at - 1] ?? 0)));
        const values = seen.map((count, index) => count / trials - (stored[index]?.[0] ?? 0) / 5);
        if (differenceOfShares({ values }, levelsAt(at + 1, LOOKS.length, 0.05).pass).lower > -0.05) break;
      }
    }
    for (const at of LOOKS.keys()) expect(Math.abs((told[at] ?? 0) - (taken[at] ?? 0))).toBeLessThan(0.08);
  });

  it("fall with more cases that never vary, and are not told from single trials", () => {
    const steady = (cases: number) => baseOf(Array.from({ length: cases }, () => [3, 3] as const));
    expect(chancesOfLooks(suite, steady(400), LOOKS)?.[1]).toBeLessThan(0.01);
    expect(chancesOfLooks(suite, steady(30), LOOKS)?.[1]).toBeGreaterThan(0.5);
    expect(chancesOfLooks(suite, baseOf([[1, 1]]), LOOKS)).toBeUndefined();
  });
});
