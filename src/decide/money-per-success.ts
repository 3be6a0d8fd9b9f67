/** What a satisfied request costs with all that tuning costs, and what one more of them costs. US dollars. */
import type { MaybeDifference, MaybeEstimate } from "./decision.ts";
import { at, unavailable } from "./estimate.ts";
import { points } from "./in-words.ts";

/**
 * Intervals of two or three figures at the ends that act together. For sums and smooth ratios the error is at most the sum of the
 * single errors, however the figures depend on each other, so the level is at least that of each.
 */
const BOTH_ENDS = "95 % or more: intervals taken at both ends at once";

/** What the base case costs more with tuning than without, over the horizon; negative where it saves. */
export interface ExtraCost {
  readonly requests: number;
  readonly usd: number;
  /** At the ends of the cost intervals. */
  readonly least: number;
  readonly most: number;
  /** Whether those ends are known. */
  readonly certain: boolean;
}

/**
 * Cost per success of the requests alone, with a share of the fixed costs for each success.
 * @param fixedPerRequest fixed costs over all requests that they are spread over
 */
export function withFixedCosts(
  perSuccess: MaybeEstimate,
  success: MaybeEstimate,
  fixedPerRequest: number,
): MaybeEstimate {
  if (!perSuccess.available) return perSuccess;
  if (!success.available) return success;
  if (success.value <= 0) return unavailable("no answer was right");
  const base = {
    available: true,
    value: perSuccess.value + fixedPerRequest / success.value,
    n: perSuccess.n,
    unit: "usd",
  } as const;
  const { interval: cost } = perSuccess;
  const { interval: share } = success;
  if (cost === undefined || share === undefined || share.lower <= 0) {
    return {
      ...base,
      method: "no interval: that of the cost or of the share of right answers is missing or reaches 0",
    };
  }
  return {
    ...base,
    interval: at({
      lower: cost.lower + fixedPerRequest / share.upper,
      upper: cost.upper + fixedPerRequest / share.lower,
    }),
    method: BOTH_ENDS,
  };
}

/**
 * (extra cost of the base case over the horizon) / (requests x gain in the share of right answers). Where tuning saves money the
 * extra ones cost nothing, told as 0. Not formed unless a gain is shown: the quotient of a gain that may be 0 has no upper end.
 */
export function usdPerExtraSuccess(gain: MaybeDifference | undefined, extra: ExtraCost): MaybeEstimate {
  if (gain === undefined) return unavailable("there is no tuned target to measure");
  if (!gain.available) return gain;
  if (gain.lower <= 0) {
    const range = `${points(gain.lower)} to ${points(gain.upper)}`;
    return unavailable(`no gain in right answers is shown: the gap is ${points(gain.value)} (${range})`);
  }
  const each = (usd: number, share: number) => Math.max(0, usd) / (extra.requests * share);
  const base = { available: true, value: each(extra.usd, gain.value), n: gain.n, unit: "usd" } as const;
  if (!extra.certain) return { ...base, method: "no interval: that of a cost is missing" };
  return {
    ...base,
    interval: at({ lower: each(extra.least, gain.upper), upper: each(extra.most, gain.lower) }),
    method: BOTH_ENDS,
  };
}
