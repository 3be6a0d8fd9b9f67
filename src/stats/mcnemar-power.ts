/** Power of McNemar's tests by enumeration: what the planning formula promises, and what the tests keep of it. */
import { expectCount, expectInsideUnit, expectUnit } from "./arguments.ts";
import { binomialLower, binomialPmf, binomialQuantile, binomialUpper } from "./binomial.ts";
import { type McNemarP, mcnemarTwoSided } from "./mcnemar.ts";
import { sumOver } from "./sum.ts";

/** Chance that the exact and the mid-p test reject. */
export type McNemarPower = { readonly exact: number; readonly midP: number };

const NEGLIGIBLE = 1e-15;

/**
 * Power of the two-sided tests with n pairs, over every number of discordant pairs but the tails of 1e-15 on either side.
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
  const first = Math.max(1, binomialQuantile(NEGLIGIBLE, n, discordance));
  const last = binomialQuantile(1 - NEGLIGIBLE, n, discordance);
  const power = (kind: keyof McNemarP) => {
    let limit = rejectionLimit(kind, first, alphaTwoSided);
    return sumOver(Math.max(0, last - first + 1), (index) => {
      const discordant = first + index;
      // With each further discordant pair the limit stays or rises by one.
      if (rejects(kind, limit + 1, discordant, alphaTwoSided)) limit++;
      return binomialPmf(discordant, n, discordance) * bothTails(limit, discordant, share);
    });
  };
  return { exact: power("exactP"), midP: power("midP") };
}

/** The largest minority count among the discordant pairs that still rejects, -1 when none does. */
function rejectionLimit(kind: keyof McNemarP, discordant: number, alpha: number): number {
  let rejecting = -1;
  let keeping = Math.floor(discordant / 2) + 1;
  while (keeping - rejecting > 1) {
    const middle = Math.floor((rejecting + keeping) / 2);
    if (rejects(kind, middle, discordant, alpha)) rejecting = middle;
    else keeping = middle;
  }
  return rejecting;
}

function rejects(kind: keyof McNemarP, fewer: number, discordant: number, alpha: number): boolean {
  return 2 * fewer <= discordant && mcnemarTwoSided(fewer, discordant - fewer)[kind] <= alpha;
}

/** P(X <= limit or X >= discordant - limit) for X the number of pairs that only new passes. */
function bothTails(limit: number, discordant: number, share: number): number {
  if (limit < 0) return 0;
  return Math.min(1, binomialLower(limit, discordant, share) + binomialUpper(discordant - limit, discordant, share));
}
