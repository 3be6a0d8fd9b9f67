/** Vector functions: tests that look more than once, and tests by resampling. */
import { alphaSpending, type Spending } from "../../src/stats/alpha-spending.ts";
import { type BcaInterval, bcaExhaustive } from "../../src/stats/bca.ts";
import { betaMixture } from "../../src/stats/beta-mixture.ts";
import { bettingProcess } from "../../src/stats/betting.ts";
import { retryAlpha } from "../../src/stats/retry-alpha.ts";
import { signFlip } from "../../src/stats/sign-flip.ts";
import { mapDefined } from "../../src/stats/undefined.ts";
import { type Input, InputError } from "./input.ts";

/** Names of the spending functions as rpact gives them. */
const SPENDINGS: Readonly<Record<string, Spending>> = { asOF: "obrien-fleming", asP: "pocock" };

export const SEQUENTIAL_FUNCTIONS = {
  alpha_spending: ({ number, string }: Input) => {
    const spending = SPENDINGS[string("type")];
    if (!spending) throw new InputError(`unknown spending function "${string("type")}"`);
    const found = alphaSpending(number("looks"), number("alpha_one_sided"), spending);
    return { z_boundaries: found.zBoundaries, cumulative_alpha: found.cumulativeAlpha };
  },

  betting_eprocess: ({ numbers, number, optionalNumber }: Input) => {
    const found = bettingProcess(
      numbers("x"),
      number("null_mean_at_most"),
      number("alpha"),
      optionalNumber("truncation") ?? 0.5,
    );
    return { lambdas: found.bets, e_values: found.eValues, final_e: found.finalE, anytime_p: found.anytimeP };
  },

  beta_mixture_eprocess: ({ number }: Input) => {
    const found = betaMixture(
      number("successes"),
      number("n"),
      number("null_at_most"),
      number("prior_a"),
      number("prior_b"),
    );
    return {
      log_e: found.logE,
      e_value: found.eValue,
      "reject_at_0.05": found.eValue >= 1 / 0.05,
      anytime_p: found.anytimeP,
    };
  },

  retry_alpha: ({ number }: Input) => {
    const { alpha, spent } = retryAlpha(number("alpha"), number("attempt"));
    return { alpha_attempt: alpha, spent };
  },

  sign_flip_permutation: ({ numbers }: Input) => {
    const { pTwoSided, pGreater, assignments } = signFlip(numbers("diffs"));
    return { p_two_sided: pTwoSided, p_greater: pGreater, assignments };
  },

  bca_exhaustive: ({ numbers, number }: Input) => {
    const found = bcaExhaustive(numbers("x"), number("confidence"));
    const field = <T>(of: (interval: BcaInterval) => T) => mapDefined(found, of);
    return {
      z0: field(({ z0 }) => z0),
      acceleration: field(({ acceleration }) => acceleration),
      adjusted_probs: field(({ adjustedProbs }) => adjustedProbs),
      lower: field(({ lower }) => lower),
      upper: field(({ upper }) => upper),
      resamples: numbers("x").length ** numbers("x").length,
    };
  },
};
