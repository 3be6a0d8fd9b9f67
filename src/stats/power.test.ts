import { describe, expect, it } from "vitest";
import { mcnemarTwoSided } from "./mcnemar.ts";
import { mcnemarPower } from "./mcnemar-power.ts";
import { noncentralTUpper } from "./noncentral-t.ts";
import { normalUpper } from "./normal.ts";
import { gaussLegendre, integrate } from "./quadrature.ts";
import { pairedTPower, sampleSizePairedT } from "./sample-size-t.ts";
import { logGamma } from "./stirling.ts";
import { studentUpper } from "./student-t.ts";
import { sum } from "./sum.ts";

describe("quadrature", () => {
  it("is exact for polynomials and good for the rest", () => {
    const rule = gaussLegendre(20);
    expect(sum(rule.weights)).toBeCloseTo(2, 14);
    expect(integrate(rule, 0, 2, 1, (x) => x ** 7)).toBeCloseTo(32, 12);
    expect(integrate(rule, 0, Math.PI, 4, Math.sin)).toBeCloseTo(2, 14);
  });
});

describe("the noncentral t distribution", () => {
  it("is Student's without noncentrality, for few and many degrees of freedom", () => {
    for (const df of [1, 2, 5, 29, 30, 1000, 1e6])
      for (const t of [-1, 0, 0.5, 3]) expect(noncentralTUpper(t, df, 0)).toBeCloseTo(studentUpper(t, df), 11);
  });

  it("has P(T > 0) = P(Z > -δ) whatever the degrees of freedom", () => {
    for (const df of [1, 10, 500]) expect(noncentralTUpper(0, df, 1.3)).toBeCloseTo(normalUpper(-1.3), 11);
  });
});

describe("power of the paired t test", () => {
  it("is half the two-sided level without a difference", () => {
    expect(pairedTPower(20, 0, 1, 0.05)).toBeCloseTo(0.025, 11);
  });

  it("reaches what was asked for at the sample size, not one case earlier", () => {
    const { exact, n } = sampleSizePairedT(0.1, 0.4, 0.8, 0.05);
    expect(n).toBe(128);
    expect(pairedTPower(exact, 0.1, 0.4, 0.05)).toBeCloseTo(0.8, 8);
    expect(pairedTPower(n - 1, 0.1, 0.4, 0.05)).toBeLessThan(0.8);
    expect(sampleSizePairedT(5, 0.1, 0.5, 0.05)).toEqual({ exact: 2, n: 2 });
  });
});

describe("mcnemarPower", () => {
  it("equals the enumeration of every table", () => {
    const [n, onlyNew, onlyBase] = [30, 0.3, 0.1];
    const log = (count: number) => logGamma(count + 1);
    const byHand = { exact: 0, midP: 0 };
    for (let b = 0; b <= n; b++)
      for (let c = 0; b + c <= n; c++) {
        if (b + c === 0) continue;
        const chance = Math.exp(
          log(n) -
            log(b) -
            log(c) -
            log(n - b - c) +
            b * Math.log(onlyNew) +
            c * Math.log(onlyBase) +
            (n - b - c) * Math.log(1 - onlyNew - onlyBase),
        );
        const { exactP, midP } = mcnemarTwoSided(b, c);
        if (exactP <= 0.05) byHand.exact += chance;
        if (midP <= 0.05) byHand.midP += chance;
      }
    const found = mcnemarPower(n, onlyNew, onlyBase, 0.05);
    expect(found.exact).toBeCloseTo(byHand.exact, 11);
    expect(found.midP).toBeCloseTo(byHand.midP, 11);
  });

  it("has the sizes that speak for the mid-p test: 2.2 % exact, 4.1 % mid-p at n = 100 and 10 % discordant", () => {
    const { exact, midP } = mcnemarPower(100, 0.05, 0.05, 0.05);
    expect(exact).toBeCloseTo(0.022, 3);
    expect(midP).toBeCloseTo(0.041, 3);
  });

  it("is 0 where nothing can differ", () => {
    expect(mcnemarPower(50, 0, 0, 0.05)).toEqual({ exact: 0, midP: 0 });
  });
});
