/** Vector functions: agreement of raters, and rates told by an imperfect judge. */
import { cohenKappa } from "../../src/stats/cohen-kappa.ts";
import type { Bounds } from "../../src/stats/interval.ts";
import { krippendorffAlpha, type MeasurementLevel } from "../../src/stats/krippendorff.ts";
import { ppiMean, ppiPlusPlus } from "../../src/stats/ppi.ts";
import { judgeAdjusted, roganGladen } from "../../src/stats/rogan-gladen.ts";
import { type Maybe, mapDefined } from "../../src/stats/undefined.ts";
import { type Input, InputError } from "./input.ts";

function levelOf({ string }: Input): MeasurementLevel {
  const level = string("level");
  if (level !== "nominal" && level !== "ordinal" && level !== "interval")
    throw new InputError(`unknown level of measurement "${level}"`);
  return level;
}

function ends<T extends Bounds>(interval: Maybe<T>): { lower: Maybe<number>; upper: Maybe<number> } {
  return { lower: mapDefined(interval, ({ lower }) => lower), upper: mapDefined(interval, ({ upper }) => upper) };
}

export const JUDGE_FUNCTIONS = {
  krippendorff_alpha: (input: Input) => ({
    alpha: krippendorffAlpha(input.sparseRows("ratings_by_rater"), levelOf(input)),
  }),

  cohen_kappa: ({ labels }: Input) => {
    const found = cohenKappa(labels("rater1"), labels("rater2"));
    return {
      kappa: found.kappa,
      observed_agreement: found.observedAgreement,
      se: found.se,
      weighted_linear: found.weightedLinear,
      weighted_quadratic: found.weightedQuadratic,
    };
  },

  rogan_gladen: ({ number, optionalNumber }: Input) => {
    const found = roganGladen(
      number("judged_pass"),
      number("n"),
      number("sensitivity"),
      number("specificity"),
      optionalNumber("confidence") ?? 0.95,
    );
    const { lower, upper } = ends(found);
    return {
      raw: mapDefined(found, ({ raw }) => raw),
      clamped: mapDefined(found, ({ estimate }) => estimate),
      lower_known_se_sp: lower,
      upper_known_se_sp: upper,
    };
  },

  judge_adjusted_ci: ({ number }: Input) => {
    const calibration = {
      trueFail: number("calib_true_fail"),
      trueFailJudgedFail: number("calib_true_fail_judged_fail"),
      truePass: number("calib_true_pass"),
      truePassJudgedPass: number("calib_true_pass_judged_pass"),
    };
    const found = judgeAdjusted(number("judged_pass"), number("n"), calibration, 1 - number("alpha"));
    return { estimate: mapDefined(found, ({ estimate }) => estimate), ...ends(found) };
  },

  ppi_mean_ci: ({ numbers, number }: Input) => {
    const sample = {
      gold: numbers("gold"),
      judgeOnGold: numbers("judge_on_gold"),
      judgeUnlabelled: numbers("judge_unlabeled"),
    };
    const plain = ppiMean(sample, 1 - number("alpha"));
    const tuned = ppiPlusPlus(sample, 1 - number("alpha"));
    return {
      ppi_estimate: plain.estimate,
      ppi_lower: plain.lower,
      ppi_upper: plain.upper,
      lambda_tuned: tuned.lambda,
      ppipp_estimate: tuned.estimate,
      ppipp_lower: tuned.lower,
      ppipp_upper: tuned.upper,
    };
  },
};
