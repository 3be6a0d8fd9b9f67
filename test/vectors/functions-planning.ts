/** Vector functions: sample sizes and costs. */
import { costPerSuccess } from "../../src/stats/cost-per-success.ts";
import {
  type MillerPlan,
  millerOmegaSquared,
  minimumDetectableMiller,
  sampleSizeMiller,
  sampleSizeNoninferiority,
} from "../../src/stats/sample-size.ts";
import { mapDefined } from "../../src/stats/undefined.ts";
import type { Input } from "./input.ts";

export const PLANNING_FUNCTIONS = {
  sample_size_miller: ({ number }: Input) => {
    const plan: MillerPlan = {
      varianceNew: number("va"),
      varianceBase: number("vb"),
      covariance: number("cov"),
      noiseNew: number("sa"),
      noiseBase: number("sb"),
      trialsNew: number("ka"),
      trialsBase: number("kb"),
      power: number("power"),
      alphaTwoSided: number("alpha_two_sided"),
    };
    const size = sampleSizeMiller(plan, number("delta"));
    return {
      omega2: millerOmegaSquared(plan),
      n_exact: mapDefined(size, ({ exact }) => exact),
      n: mapDefined(size, ({ n }) => n),
      mde_at_198: minimumDetectableMiller(plan, 198),
    };
  },

  sample_size_noninferiority_paired: ({ number }: Input) => {
    const size = sampleSizeNoninferiority(
      number("discordance"),
      number("true_diff"),
      number("margin"),
      number("power"),
      number("alpha_one_sided"),
    );
    return { n_exact: mapDefined(size, ({ exact }) => exact), n: mapDefined(size, ({ n }) => n) };
  },

  cost_per_success: ({ numbers }: Input) => {
    const { ratio, se } = costPerSuccess(numbers("costs"), numbers("successes"));
    return { ratio, se };
  },
};
