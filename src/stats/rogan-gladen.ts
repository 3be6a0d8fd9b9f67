/** What a pass rate told by an imperfect judge says about the true pass rate. */
import { expectCount, expectInsideUnit, expectSuccesses, expectUnit } from "./arguments.ts";
import { clamp, type Interval } from "./interval.ts";
import { twoSidedZ } from "./normal.ts";
import { wilson } from "./proportion.ts";
import { defined, type Maybe, notDefined } from "./undefined.ts";

/** A corrected rate in [0, 1] with bounds, and the same before it was moved into the range. */
export type RoganGladen = Interval & { readonly raw: number };

const USELESS = notDefined("sensitivity + specificity is at most 1: the judge is no better than chance");

/**
 * (p + sp - 1)/(se + sp - 1) with Wilson's limits mapped the same way (Rogan and Gladen 1978), for a sensitivity and
 * specificity that are known exactly. Not defined for a judge that is no better than chance.
 * @param sensitivity chance that the judge passes a true pass
 * @param specificity chance that the judge fails a true failure
 */
export function roganGladen(
  judgedPass: number,
  n: number,
  sensitivity: number,
  specificity: number,
  confidence = 0.95,
): Maybe<RoganGladen> {
  expectUnit("sensitivity", sensitivity);
  expectUnit("specificity", specificity);
  const { estimate, lower, upper } = wilson(judgedPass, n, confidence);
  const skill = sensitivity + specificity - 1;
  if (skill <= 0) return USELESS;
  const correct = (rate: number) => (rate + specificity - 1) / skill;
  const raw = correct(estimate);
  return defined({
    raw,
    estimate: clamp(raw, 0, 1),
    lower: clamp(correct(lower), 0, 1),
    upper: clamp(correct(upper), 0, 1),
  });
}

/** Gold labels against the judge: how many true failures and passes there were, and how many of each it recognised. */
export type JudgeCalibration = {
  readonly trueFail: number;
  readonly trueFailJudgedFail: number;
  readonly truePass: number;
  readonly truePassJudgedPass: number;
};

/**
 * The corrected rate with the uncertainty of the calibration counted in (Lee et al. 2025, arXiv 2511.21140): all three rates
 * are adjusted as by Agresti and Coull, and the bias of the ratio is taken out of the centre. Not defined for a judge that is no
 * better than chance on the calibration set, before or after the adjustment.
 */
export function judgeAdjusted(
  judgedPass: number,
  n: number,
  calibration: JudgeCalibration,
  confidence = 0.95,
): Maybe<Interval> {
  expectSuccesses(judgedPass, n);
  expectInsideUnit("confidence", confidence);
  const { trueFail, trueFailJudgedFail, truePass, truePassJudgedPass } = calibration;
  expectCount("trueFail", trueFail);
  expectCount("truePass", truePass);
  if (trueFail === 0 || truePass === 0) return notDefined("calibration needs true failures and true passes");
  expectSuccesses(trueFailJudgedFail, trueFail);
  expectSuccesses(truePassJudgedPass, truePass);
  const plain = solve(judgedPass / n, truePassJudgedPass / truePass, trueFailJudgedFail / trueFail);

  const z = twoSidedZ(confidence);
  const rate = shrunk(judgedPass, n, (z * z) / 2);
  const specificity = shrunk(trueFailJudgedFail, trueFail, 1);
  const sensitivity = shrunk(truePassJudgedPass, truePass, 1);
  const theta = solve(rate.mean, sensitivity.mean, specificity.mean);
  if (!plain.defined || !theta.defined) return USELESS;

  const skill = sensitivity.mean + specificity.mean - 1;
  const fail = 1 - theta.value;
  const shift = 2 * z * z * (theta.value * sensitivity.variance - fail * specificity.variance);
  const variance = rate.variance + fail ** 2 * specificity.variance + theta.value ** 2 * sensitivity.variance;
  const half = (z * Math.sqrt(variance)) / skill;
  return defined({
    estimate: clamp(plain.value, 0, 1),
    lower: clamp(theta.value + shift - half, 0, 1),
    upper: clamp(theta.value + shift + half, 0, 1),
  });
}

function solve(rate: number, sensitivity: number, specificity: number): Maybe<number> {
  const skill = sensitivity + specificity - 1;
  return skill <= 0 ? USELESS : defined((rate + specificity - 1) / skill);
}

/** A share with `added` imaginary successes and as many failures, and the variance of it. */
function shrunk(successes: number, n: number, added: number): { mean: number; variance: number } {
  const size = n + 2 * added;
  const mean = (successes + added) / size;
  return { mean, variance: (mean * (1 - mean)) / size };
}
