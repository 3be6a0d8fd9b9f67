/** Vector functions: repeated trials of a case. */
import { gPassAtK, mgPassAtK, passAtK, passHatK, type Trials } from "../../src/stats/pass-k.ts";
import { runConsistency } from "../../src/stats/run-consistency.ts";
import { optimalTrials, varianceAtTrials, varianceComponents } from "../../src/stats/variance-components.ts";
import type { Input } from "./input.ts";

function trialsOf({ number }: Input): Trials {
  return { trials: number("trials"), passes: number("passes") };
}

export const REPEAT_FUNCTIONS = {
  pass_at_k: (input: Input) => ({ value: passAtK(trialsOf(input), input.number("k")) }),

  pass_hat_k: (input: Input) => ({ value: passHatK(trialsOf(input), input.number("k")) }),

  g_pass_at_k: (input: Input) => {
    const { minCorrect, value } = gPassAtK(trialsOf(input), input.number("k"), input.number("tau"));
    return { value, min_correct: minCorrect };
  },

  mg_pass_at_k: (input: Input) => ({ value: mgPassAtK(trialsOf(input), input.number("k")) }),

  run_consistency: ({ strings }: Input) => {
    const found = runConsistency(strings("answers"));
    return {
      entropy_bits: found.entropyBits,
      normalized_entropy: found.normalizedEntropy,
      modal_share: found.modalShare,
      pairwise_agreement: found.pairwiseAgreement,
      total_agreement: found.totalAgreement,
    };
  },

  variance_components: ({ numberRows, number }: Input) => {
    const found = varianceComponents(numberRows("scores_by_case"));
    return {
      sigma2_within: found.within,
      omega2_between_raw: found.betweenRaw,
      omega2_between: found.between,
      se_mean: found.seMean,
      optimal_runs: optimalTrials(found, number("case_cost"), number("run_cost")),
      var_at_k1: varianceAtTrials(found, 1),
      var_at_k3: varianceAtTrials(found, 3),
      var_at_k10: varianceAtTrials(found, 10),
    };
  },
};
