/** Vector functions: one proportion, several p-values, a quantile. */
import { benjaminiHochberg, benjaminiYekutieli, bonferroni, hochberg, holm } from "../../src/stats/multiplicity.ts";
import { quantileRanks, quantileRanksOneSided } from "../../src/stats/order-statistic.ts";
import {
  binomialThresholdTest,
  clopperPearson,
  clopperPearsonOneSided,
  jeffreys,
  wilson,
  zeroFailureN,
} from "../../src/stats/proportion.ts";
import { thresholdVerdict } from "../../src/stats/threshold-verdict.ts";
import { mapDefined } from "../../src/stats/undefined.ts";
import type { Input } from "./input.ts";

const adjusting = (adjust: (p: readonly number[]) => number[]) => (input: Input) => ({
  adjusted: adjust(input.numbers("p")),
});

export const PROPORTION_FUNCTIONS = {
  wilson: ({ number }: Input) => wilson(number("successes"), number("n"), number("confidence")),

  clopper_pearson: ({ number }: Input) => clopperPearson(number("successes"), number("n"), number("confidence")),

  clopper_pearson_one_sided: ({ number }: Input) =>
    clopperPearsonOneSided(number("successes"), number("n"), number("confidence")),

  jeffreys: ({ number }: Input) => {
    const interval = jeffreys(number("successes"), number("n"), number("confidence"));
    return { ...interval, lower_unmodified: interval.lowerUnmodified, upper_unmodified: interval.upperUnmodified };
  },

  binomial_threshold_test: ({ number }: Input) => {
    const test = binomialThresholdTest(number("successes"), number("n"), number("threshold"));
    return { p_above: test.pAbove, p_below: test.pBelow, midp_above: test.midPAbove, midp_below: test.midPBelow };
  },

  zero_failure_n: ({ number }: Input) => {
    const found = zeroFailureN(number("required_rate"), number("alpha"));
    return { n: mapDefined(found, ({ n }) => n), lower_bound_at_n: mapDefined(found, ({ lowerBound }) => lowerBound) };
  },

  threshold_verdict: ({ number, optionalNumber }: Input) => {
    const indifference = optionalNumber("indifference");
    const found = thresholdVerdict(number("successes"), number("n"), {
      threshold: number("threshold"),
      alpha: number("alpha"),
      power: number("power"),
      ...(indifference === undefined ? {} : { indifference }),
    });
    return {
      ...found,
      planning_rate: found.planningRate,
      required_n: found.requiredN,
      additional_n: found.additionalN,
      at_threshold: found.atThreshold,
    };
  },

  quantile_order_stat_ci: ({ number }: Input) => {
    const n = number("n");
    const q = number("q");
    const { lower, upper, coverage } = quantileRanks(n, q, number("confidence"));
    const oneSided = quantileRanksOneSided(n, q, 0.95);
    return { lower_rank: lower, upper_rank: upper, upper_rank_one_sided95: oneSided.upper, coverage };
  },

  holm: adjusting(holm),
  benjamini_hochberg: adjusting(benjaminiHochberg),
  padjust_bonferroni: adjusting(bonferroni),
  padjust_hochberg: adjusting(hochberg),
  padjust_by: adjusting(benjaminiYekutieli),
};
