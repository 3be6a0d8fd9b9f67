/** Power of McNemar's tests by enumeration: what the planning formula promises, and what the tests keep of it. */
import { expectCount, expectInsideUnit, expectUnit } from "./arguments.ts";
import { binomialLower, binomialPmf, binomialUpper } from "./binomial.ts";
import { mcnemarTwoSided } from "./mcnemar.ts";
import { sum } from "./sum.ts";

/** Chance that the exact and the mid-p test reject. */
export type McNemarPower = { readonly exact: number; readonly midP: number };

/**
 * Power of the two-sided tests with n pairs, over every number of discordant pairs that has a chance above 1e-18.
 * @param onlyNew true share of pairs that only new passes
 * @param onlyBase true share of pairs that only base passes
 */
export function mcnemarPower(n: number, onlyNew: number, onlyBase: number, alphaTwoSided: number): McNemarPower {
  expectCount("n", n, 1);
  expectUnit("onlyNew", onlyNew);
  expectUnit("onlyBase", onlyBase);
  expectUnit("onlyNew + onlyBase", onlyNew + onlyBase);
  expectInsideUnit("alphaTwoSided", alphaTwoSided);
  const discordance = onlyNew + onlyBase;
  const share = discordance === 0 ? 0 : onlyNew / discordance;
  const exact: number[] = [];
  const midP: number[] = [];
  let exactLimit = -1;
  let midPLimit = -1;
  for (let discordant = 1; discordant <= n; discordant++) {
    // The largest minority count that still rejects never falls as discordant pairs are added, and rises by steps of 1.
    if (rejects("exactP", exactLimit + 1, discordant, alphaTwoSided)) exactLimit++;
    if (rejects("midP", midPLimit + 1, discordant, alphaTwoSided)) midPLimit++;
    const chance = binomialPmf(discordant, n, discordance);
    if (chance < 1e-18) continue;
    exact.push(chance * bothTails(exactLimit, discordant, share));
    midP.push(chance * bothTails(midPLimit, discordant, share));
  }
  return { exact: sum(exact), midP: sum(midP) };
}

function rejects(kind: "exactP" | "midP", fewer: number, discordant: number, alpha: number): boolean {
  return 2 * fewer <= discordant && mcnemarTwoSided(fewer, discordant - fewer)[kind] <= alpha;
}

/** P(X <= limit or X >= discordant - limit) for X the number of pairs that only new passes. */
function bothTails(limit: number, discordant: number, share: number): number {
  if (limit < 0) return 0;
  return Math.min(1, binomialLower(limit, discordant, share) + binomialUpper(discordant - limit, discordant, share));
}
