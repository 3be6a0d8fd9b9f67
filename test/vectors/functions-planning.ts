/** Vector functions: sample sizes and costs. */
import { breakEven, type RequestCost, type TuningCost } from "../../src/stats/break-even.ts";
import { costPerSuccess } from "../../src/stats/cost-per-success.ts";
import { mcnemarPower } from "../../src/stats/mcnemar-power.ts";
import {
  type MillerPlan,
  millerOmegaSquared,
  minimumDetectableMiller,
  sampleSizeMcNemar,
  sampleSizeMiller,
  sampleSizeNoninferiority,
  sampleSizePairedMean,
} from "../../src/stats/sample-size.ts";
import { sampleSizePairedT } from "../../src/stats/sample-size-t.ts";
import { mapDefined } from "../../src/stats/undefined.ts";
import type { Input } from "./input.ts";

function requestOf({ number }: Input): RequestCost {
  return {
    staticTokens: number("static_tokens"),
    dynamicTokens: number("dynamic_tokens"),
    outputTokens: number("output_tokens"),
    priceIn: number("price_in"),
    priceCached: number("price_cached"),
    priceOut: number("price_out"),
    cacheHitRate: number("cache_hit_rate"),
    minCacheTokens: number("min_cache_tokens"),
    cacheWriteMultiplier: number("cache_write_multiplier"),
    batchShare: number("batch_share"),
    batchDiscount: number("batch_discount"),
    retryRate: number("retry_rate"),
  };
}

function tuningOf({ number }: Input): TuningCost {
  return {
    trainingTokens: number("training_tokens"),
    epochs: number("epochs"),
    priceTraining: number("price_training"),
    trainingRuns: number("training_runs"),
    labels: number("labels"),
    costPerLabel: number("cost_per_label"),
    labelQaShare: number("label_qa_share"),
    evalCost: number("eval_cost"),
    engineeringHours: number("engineering_hours"),
    engineeringRate: number("engineering_rate"),
    replicas: number("replicas"),
    hoursPerMonth: number("hours_per_month"),
    pricePerHour: number("price_per_hour"),
    refreshEveryMonths: number("refresh_every_months"),
    refreshCost: number("refresh_cost"),
  };
}

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

  sample_size_paired_mean: ({ number }: Input) => {
    const [delta, sd, power, alpha] = [number("delta"), number("sd_diff"), number("power"), number("alpha_two_sided")];
    const normal = sampleSizePairedMean(delta, sd, power, alpha);
    const student = mapDefined(normal, () => sampleSizePairedT(delta, sd, power, alpha));
    return {
      n_normal_exact: mapDefined(normal, ({ exact }) => exact),
      n_normal: mapDefined(normal, ({ n }) => n),
      n_t: mapDefined(student, ({ exact }) => exact),
      n_t_ceil: mapDefined(student, ({ n }) => n),
    };
  },

  sample_size_mcnemar: ({ number }: Input) => {
    const [onlyNew, onlyBase, alpha] = [number("only_new"), number("only_base"), number("alpha_two_sided")];
    const size = sampleSizeMcNemar(onlyNew, onlyBase, number("power"), alpha);
    const power = mapDefined(size, ({ n }) => mcnemarPower(n, onlyNew, onlyBase, alpha));
    return {
      n_exact: mapDefined(size, ({ exact }) => exact),
      n: mapDefined(size, ({ n }) => n),
      power_exact_test_at_n: mapDefined(power, ({ exact }) => exact),
      power_midp_test_at_n: mapDefined(power, ({ midP }) => midP),
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

  cost_break_even: ({ number, object }: Input) => {
    const found = breakEven({
      volumeMonth1: number("volume_month1"),
      growth: number("growth"),
      promptPriceDecline: number("prompt_price_decline"),
      horizonMonths: number("horizon_months"),
      prompt: requestOf(object("prompt")),
      tuned: requestOf(object("tuned")),
      fixed: tuningOf(object("fixed")),
    });
    return {
      prompt_cost_per_1k: found.promptCostPer1k,
      tuned_cost_per_1k: found.tunedCostPer1k,
      one_off: found.oneOff,
      training_cost: found.trainingCost,
      hosting_per_month: found.hostingPerMonth,
      cumulative_net: found.cumulativeNet,
      break_even_month: found.breakEvenMonth,
      stays_positive_from: found.staysPositiveFrom,
      break_even_monthly_volume_flat: found.breakEvenVolume,
    };
  },

  cost_per_success: ({ numbers }: Input) => {
    const { ratio, se } = costPerSuccess(numbers("costs"), numbers("successes"));
    return { ratio, se };
  },
};
