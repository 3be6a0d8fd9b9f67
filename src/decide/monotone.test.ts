import { describe, expect, it } from "vitest";
import { binomialPmf } from "../stats/binomial.ts";
import { decided, promptOnly, rightOf } from "./trials.test-data.ts";

/** One case more that is right never makes the verdict worse; every number of right cases is tried. */
describe.each([0.8, 0.9, 0.95])("the verdict on a requirement of %d", (threshold) => {
  it.each([30, 50, 54, 100, 200, 400])("is monotone in the right ones of %d cases", (n) => {
    // Fewer than these are missed by 25 points and more.
    const fewest = Math.floor(n * (threshold - 0.25));
    const kinds = Array.from({ length: n + 1 - fewest }, (_, more) => {
      const parts = { targets: [promptOnly("plain")], requirement: { quality: { atLeast: threshold } } };
      return decided(parts, { plain: rightOf(fewest + more, n) }).verdict.kind;
    });
    const kept = kinds.flatMap((kind, more) => (kind === "KEEP_PROMPTING" ? [fewest + more] : []));
    const tuned = kinds.flatMap((kind, more) => (kind === "FINE_TUNE_JUSTIFIED" ? [fewest + more] : []));
    expect(kept).toEqual(Array.from({ length: kept.length }, (_, index) => n + 1 - kept.length + index));
    expect(tuned).toEqual(Array.from({ length: tuned.length }, (_, index) => fewest + index));
    expect(tuned.length).toBeGreaterThan(0);
    // Shares of runs that keep a prompt that falls short: at most 4.9 % where it is 2 points, 1.1 % where it is 5.
    const falseKeep = (rate: number) => kept.reduce((total, right) => total + binomialPmf(right, n, rate), 0);
    expect(falseKeep(threshold - 0.02)).toBeLessThanOrEqual(0.05);
    expect(falseKeep(threshold - 0.05)).toBeLessThanOrEqual(0.011);
  });
});
