import { describe, expect, it } from "vitest";
import { cohenKappa } from "./cohen-kappa.ts";
import { kappaBounds } from "./kappa-bounds.ts";
import { randomFrom } from "./random.ts";

const labels = (text: string) => [...text];

describe("kappaBounds", () => {
  it("stands around kappa, and is no point where all agree (museum 1)", () => {
    const first = labels("aaaaabbbbb".repeat(5));
    const all = kappaBounds(first, first, 0.025);
    expect(all).toMatchObject({ defined: true, value: { estimate: 1, upper: 1 } });
    // 50 of 50 agree: at least 92.9 % in truth, and half of it by chance.
    expect(all.defined && all.value.lower).toBeCloseTo((0.025 ** (1 / 50) - 0.5) / 0.5, 10);
    const second = labels(`${"aaaaabbbbb".repeat(4)}aaaabbbbba`);
    const some = kappaBounds(first, second, 0.025);
    const { kappa } = cohenKappa(first, second);
    if (!some.defined || !kappa.defined) throw new Error("not defined");
    expect(some.value.estimate).toBe(kappa.value);
    expect(some.value.lower).toBeLessThan(kappa.value - 0.1);
    expect(some.value.upper).toBeGreaterThan(kappa.value);
  });

  it("never leaves -1 to 1, and is not defined for one label throughout", () => {
    const worst = kappaBounds(labels("ab"), labels("ba"), 0.025);
    expect(worst).toMatchObject({ defined: true, value: { lower: -1, estimate: -1 } });
    expect(kappaBounds(labels("aaa"), labels("aaa"), 0.025).defined).toBe(false);
    expect(kappaBounds(labels("aab"), labels("aaa"), 0.025)).toMatchObject({ defined: true, value: { estimate: 0 } });
  });

  it("is wider where answers share a question", () => {
    const [first, second] = [labels("aaaaabbbbb".repeat(10)), labels("aaaaabbbba".repeat(10))];
    const [alone, shared] = [kappaBounds(first, second, 0.025), kappaBounds(first, second, 0.025, 50)];
    if (!alone.defined || !shared.defined) throw new Error("not defined");
    expect(shared.value.lower).toBeLessThan(alone.value.lower - 0.03);
    expect(shared.value.estimate).toBe(alone.value.estimate);
    expect(() => kappaBounds(first, second, 0.025, 101)).toThrow("units: expected a whole number from 1 to 100");
    expect(() => kappaBounds(first, second, 0)).toThrow(/alpha/);
  });

  it.each([
    [30, 0.5, 0.95, 0.9],
    [30, 0.9, 0.99, 0.95],
    [50, 0.8, 0.9, 0.8],
    [100, 0.95, 0.95, 0.9],
    [200, 0.5, 0.99, 0.95],
  ])(
    "covers kappa of %i items in 96 percent or more, and by its lower end in 95: prevalence %f",
    (n, prevalence, se, sp) => {
      const cells = [prevalence * se, prevalence * (1 - se), (1 - prevalence) * (1 - sp), (1 - prevalence) * sp];
      const judged = prevalence * se + (1 - prevalence) * (1 - sp);
      const chance = prevalence * judged + (1 - prevalence) * (1 - judged);
      const truth = ((cells[0] ?? 0) + (cells[3] ?? 0) - chance) / (1 - chance);
      const random = randomFrom([n]);
      const draws = 1_000;
      let covered = 0;
      let above = 0;
      let told = 0;
      for (let draw = 0; draw < draws; draw++) {
        const pairs = Array.from({ length: n }, () => {
          let at = 0;
          for (let left = random() - (cells[0] ?? 0); left >= 0 && at < 3; left -= cells[at] ?? 0) at += 1;
          return at;
        });
        const people = pairs.map((at) => (at < 2 ? "pass" : "fail"));
        const judge = pairs.map((at) => (at % 2 === 0 ? "pass" : "fail"));
        const bounds = kappaBounds(people, judge, 0.025);
        const least = kappaBounds(people, judge, 0.05);
        if (!bounds.defined || !least.defined) continue;
        told += 1;
        if (bounds.value.lower <= truth && truth <= bounds.value.upper) covered += 1;
        if (least.value.lower <= truth) above += 1;
      }
      expect(told).toBeGreaterThan(draws / 2);
      expect(covered / told).toBeGreaterThanOrEqual(0.96);
      expect(above / told).toBeGreaterThanOrEqual(0.95);
    },
  );
});
