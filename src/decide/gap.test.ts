import { describe, expect, it } from "vitest";
import type { MaybeDifference } from "./decision.ts";
import { measureGap } from "./gap.ts";
import { gapAdvice } from "./gap-advice.ts";
import { createObservations } from "./observations.ts";
import { gapReason } from "./reasons.ts";
import { sideOf } from "./side.ts";
import {
  fineTuned,
  grader,
  model,
  promptOnly,
  record,
  rightOf,
  type SuiteParts,
  scored,
  seeded,
  suiteOf,
  tell,
} from "./trials.test-data.ts";

function gapOf(base: readonly string[], tuned: readonly string[], parts: SuiteParts = {}) {
  const suite = suiteOf({ targets: [promptOnly("plain"), fineTuned("tuned")], ...parts });
  const observations = createObservations(suite);
  tell(observations, "plain", base);
  tell(observations, "tuned", tuned);
  return measureGap(sideOf(observations, 0), sideOf(observations, 1), 0.05);
}

const value = (difference: MaybeDifference): number => (difference.available ? difference.value : Number.NaN);

describe("the gap", () => {
  it("is paired by case: won, lost and same, with Tango's interval", () => {
    const { gap } = gapOf(["+", "+", "-", "-", "-", "+"], ["+", "-", "+", "+", "-", "+"]);
    expect(gap).toMatchObject({ base: "plain", tuned: "tuned", won: 2, lost: 1, same: 3, unpaired: 0, sameBase: true });
    expect(value(gap.total)).toBeCloseTo(1 / 6, 12);
    expect(gap.total.available && gap.total.method).toContain("Tango");
  });

  it("splits into format and ability, which add up", () => {
    const random = seeded(2);
    const letters = "++f-";
    const pick = () => Array.from({ length: 3 }, () => letters[Math.floor(random() * 4)] ?? "+").join("");
    for (let run = 0; run < 20; run++) {
      const base = Array.from({ length: 40 }, pick);
      const tuned = Array.from({ length: 40 }, pick);
      const { gap } = gapOf(base, tuned, { trials: 3 });
      expect(value(gap.format) + value(gap.ability)).toBeCloseTo(value(gap.total), 12);
    }
  });

  it("is all format where the prompt is right in substance", () => {
    const { gap, abilityUpper } = gapOf(rightOf(60, 100, "f"), rightOf(100, 100));
    expect([value(gap.total), value(gap.format), value(gap.ability)]).toEqual([0.4, 0.4, 0]);
    expect(gap.ability).toMatchObject({ available: true });
    expect(gap.ability.available && gap.ability.upper).toBeGreaterThan(0);
    expect(abilityUpper).toBeGreaterThan(0);
    expect(gap.advice).toBe(
      "The gap is format, +40.0 points (95 % interval +29.2 to +49.2); no gap in ability is shown. A better prompt or structured output closes it, not fine-tuning.",
    );
  });

  it("is not split where the graders have one form", () => {
    const { gap } = gapOf(rightOf(60, 100), rightOf(90, 100), { graders: [grader("list", { hasForms: false })] });
    expect(gap.format).toMatchObject({ available: false });
    expect(gap.ability).toMatchObject({ available: false });
    expect(gap.superior).toBe(true);
    expect(gap.advice).toContain('not split: the grader "list" has one form');
  });

  it("never has zero width, also where all differences are equal", () => {
    const cases: readonly (readonly [string, string])[] = [
      ["+", "+"],
      ["-", "+"],
      ["f", "+"],
      ["f", "f"],
    ];
    for (const [base, tuned] of cases) {
      const { gap } = gapOf(Array(50).fill(base), Array(50).fill(tuned));
      for (const part of [gap.total, gap.format, gap.ability]) {
        if (!part.available) throw new Error(part.why);
        expect(part.upper - part.lower).toBeGreaterThan(0.01);
        expect(part.lower).toBeLessThanOrEqual(part.value);
        expect(part.upper).toBeGreaterThanOrEqual(part.value);
      }
    }
  });

  it.each([
    ["better", 60, 90, { superior: true, noninferior: true, inferior: false }],
    ["the same", 90, 90, { superior: false, noninferior: true, inferior: false }],
    ["worse", 90, 60, { superior: false, noninferior: false, inferior: true }],
  ])("says whether the tuned target is %s", (_, base, tuned, flags) => {
    expect(gapOf(rightOf(base, 100), rightOf(tuned, 100)).gap).toMatchObject(flags);
  });

  it("claims nothing that missing answers could change", () => {
    const base = [...rightOf(60, 98), "+", "+"];
    const sure = gapOf(base, [...rightOf(66, 98), "+", "+"]);
    expect(sure.gap.superior).toBe(true);
    const open = gapOf(base, [...rightOf(66, 96), "x", "x", "x", "x"]);
    expect(open.gap).toMatchObject({ superior: false, unpaired: 4 });
    const { lower, upper } = open.gap.missingBounds ?? { lower: 0, upper: 0 };
    expect(lower).toBeCloseTo((66 - 62) / 100, 12);
    expect(upper).toBeCloseTo((70 - 62) / 100, 12);
    expect(sure.gap).not.toHaveProperty("missingBounds");
  });

  it("claims no loss that missing answers could undo", () => {
    const base = rightOf(100, 100);
    expect(gapOf(base.slice(0, 40), rightOf(36, 40)).gap.inferior).toBe(true);
    expect(gapOf(base, [...rightOf(36, 40), ...Array(60).fill("x")]).gap.inferior).toBe(false);
  });

  it("is not called inferior for a loss within the margin", () => {
    const { gap, bounds } = gapOf(rightOf(912, 1000), rightOf(900, 1000));
    expect(bounds?.upper).toBeLessThan(0);
    expect(gap).toMatchObject({ superior: false, noninferior: true, inferior: false, margin: 0.03 });
  });

  it("takes all three differences over the same cases", () => {
    const suite = suiteOf({ targets: [promptOnly("plain"), fineTuned("tuned")] });
    const observations = createObservations(suite);
    const half = { strict: { kind: "ungraded", reason: "grader-threw", why: "x" }, lenient: scored(1) } as const;
    for (let index = 0; index < 40; index++) {
      observations.add(record(suite, { target: "plain", index, outcome: index < 20 ? "format" : "wrong" }));
      const graded = index >= 30 ? { exact: half } : {};
      observations.add(record(suite, { target: "tuned", index, outcome: "right", graded }));
    }
    const { gap } = measureGap(sideOf(observations, 0), sideOf(observations, 1), 0.05);
    expect([gap.total, gap.format, gap.ability].map((part) => part.available && part.n)).toEqual([30, 30, 30]);
    expect(value(gap.format) + value(gap.ability)).toBeCloseTo(value(gap.total), 12);
  });

  it("museum 25: a missing answer in the middle misaligns no later pair", () => {
    const base = ["+", "-", "?", "-", "+", "-"];
    const tuned = ["+", "-", "+", "-", "+", "-"];
    const { gap } = gapOf(base, tuned);
    expect(gap).toMatchObject({ won: 0, lost: 0, same: 5, unpaired: 1 });
    expect(value(gap.total)).toBe(0);
  });

  it("is told as not there where nothing could be paired", () => {
    const { gap } = gapOf(["x", "+"], ["+", "x"]);
    expect(gap).toMatchObject({ total: { available: false }, unpaired: 2, superior: false, noninferior: false });
  });

  it("tells the smallest gap that the cases show, smaller with more cases", () => {
    const smallest = (n: number) => {
      const { smallestDetectable } = gapOf(rightOf(n * 0.8, n), rightOf(n * 0.9, n)).gap;
      return smallestDetectable.available ? smallestDetectable.value : Number.NaN;
    };
    // d = 2.487 √((0.1 0.9 + d) / 400) at d = 0.0457, and a little for the pseudo-cases: with a gap come cases that differ.
    expect(smallest(400)).toBeGreaterThan(0.0457);
    expect(smallest(400)).toBeLessThan(0.05);
    expect(smallest(100)).toBeGreaterThan(1.8 * smallest(400));
  });

  it("knows whether both stand on the same base", () => {
    const other = [promptOnly("plain", model("another")), fineTuned("tuned")];
    expect(gapOf(["+"], ["+"], { targets: other }).gap.sameBase).toBe(false);
  });
});

describe("the advice of a gap", () => {
  const part = (sign: "up" | "down" | "open"): MaybeDifference => {
    const at = { up: 0.05, down: -0.05, open: 0 }[sign];
    return {
      available: true,
      value: at,
      lower: at - 0.02,
      upper: at + 0.02,
      confidence: 0.95,
      n: 100,
      method: "made up",
    };
  };
  const names = { base: "plain", tuned: "tuned" };
  const rest = { names, margin: 0.03 };

  it.each([
    ["up", "up", "up", "Of the gap ability is +5.0 points (95 % interval +3.0 to +7.0), which tuning added"],
    ["up", "up", "open", "The gap is ability"],
    ["up", "up", "down", "gives back form, 5.0 points (95 % interval 3.0 to 7.0)"],
    ["up", "open", "up", "not fine-tuning"],
    ["open", "open", "open", "does not speak for fine-tuning"],
    ["down", "open", "down", "less often, by 5.0 points (95 % interval 3.0 to 7.0), and no gain in ability is shown"],
    ["open", "down", "up", "cost ability"],
    ["down", "down", "open", "worse in ability"],
    ["down", "down", "down", "worse in ability by 5.0 points (95 % interval 3.0 to 7.0) and in form by 5.0 points"],
    ["up", "open", "open", "whether by form or by ability"],
    ["down", "open", "open", "worse as a whole"],
  ] as const)("total %s, ability %s, format %s: %s", (total, ability, format, words) => {
    const advice = gapAdvice({
      total: part(total),
      ability: part(ability),
      format: part(format),
      signs: { total, ability, format, harmful: true },
      ...rest,
    });
    expect(advice).toContain(words);
    expect(advice).toMatch(/\.$/);
  });

  it.each([
    ["up", "nobody can tell how much"],
    ["open", "does not speak for fine-tuning"],
    ["down", "tuning did harm"],
  ] as const)("not split, total %s: %s", (total, words) => {
    const none = { available: false, why: "one form" } as const;
    expect(
      gapAdvice({ total: part(total), ability: none, format: none, signs: { total, harmful: true }, ...rest }),
    ).toContain(words);
  });

  it("does not speak of harm within the margin", () => {
    const within = gapOf(rightOf(950, 1000), rightOf(930, 1000)).gap;
    expect(within).toMatchObject({ inferior: false, noninferior: true });
    expect(within.advice).toContain("is worse in ability by 2.0 points (95 % interval 1.3 to 3.1)");
    expect(within.advice).toContain("by more than the margin of 3 points is not shown");
    expect(within.advice).not.toContain("harm");
    const beyond = gapOf(rightOf(950, 1000), rightOf(880, 1000)).gap;
    expect(beyond.advice).toContain("tuning did harm");
  });

  it("agrees with what is shown at the level that decides, although the interval holds 0", () => {
    const { gap, signs } = gapOf(rightOf(70, 100), [...rightOf(69, 70), ...rightOf(6, 30)]);
    expect(gap).toMatchObject({ superior: true });
    expect(gap.total.available && gap.total.lower).toBeLessThanOrEqual(0);
    expect(signs).toMatchObject({ total: "up" });
    expect(gap.advice).toContain("The gap is ability");
    expect(gapReason("undecided", gap)[0]?.text).toContain("shown to be better (one-sided)");
  });

  it("never contradicts the flags, whatever the cases", () => {
    const random = seeded(44);
    for (let run = 0; run < 400; run++) {
      const n = 30 + Math.floor(random() * 200);
      const letters = (rate: number, form: number) =>
        Array.from({ length: n }, () => (random() < rate ? (random() < form ? "f" : "+") : "-"));
      const base = letters(0.6 + 0.4 * random(), 0.2 * random());
      const { gap } = gapOf(base, letters(0.6 + 0.4 * random(), 0.2 * random()));
      if (gap.superior) expect(gap.advice).not.toMatch(/does not speak|is worse as a whole/);
      if (gap.noninferior && !gap.inferior) expect(gap.advice).not.toMatch(/worse as a whole \(tuning did harm/);
      if (gap.inferior) expect(gap.advice).not.toMatch(/is not shown|does not speak/);
    }
  });
});
