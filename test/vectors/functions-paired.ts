/** Vector functions: two arms on the same cases, and two arms on different ones. */
import { bonettPrice } from "../../src/stats/bonett-price.ts";
import { mcnemar } from "../../src/stats/mcnemar.ts";
import { newcombePaired, newcombeUnpaired } from "../../src/stats/newcombe.ts";
import type { PairedCounts } from "../../src/stats/paired-binary.ts";
import {
  type MeanNoninferiority,
  pairedT,
  pairedTNoninferiority,
  pseudoCaseNoninferiority,
} from "../../src/stats/paired-mean.ts";
import { tango, tangoNoninferiority } from "../../src/stats/tango.ts";
import { mapDefined } from "../../src/stats/undefined.ts";
import { type Input, InputError } from "./input.ts";

function countsOf({ number }: Input): PairedCounts {
  return {
    bothPass: number("both_pass"),
    onlyNew: number("only_new"),
    onlyBase: number("only_base"),
    bothFail: number("both_fail"),
  };
}

function diffsOf({ numbers }: Input): number[] {
  const base = numbers("base");
  const fresh = numbers("new");
  if (base.length !== fresh.length) throw new InputError(`"new" has ${fresh.length} values and "base" ${base.length}`);
  return fresh.map((value, index) => value - (base[index] ?? 0));
}

export const PAIRED_FUNCTIONS = {
  mcnemar: (input: Input) => {
    const found = mcnemar(countsOf(input));
    return {
      exact_p: found.exactP,
      midp_p: found.midP,
      exact_p_new_better: found.exactPNewBetter,
      midp_p_new_better: found.midPNewBetter,
      asymptotic_chi2: found.chiSquare,
      asymptotic_p: found.asymptoticP,
    };
  },

  newcombe_paired: (input: Input) => newcombePaired(countsOf(input), input.number("confidence")),

  newcombe_unpaired: ({ number }: Input) =>
    newcombeUnpaired(
      number("new_successes"),
      number("new_n"),
      number("base_successes"),
      number("base_n"),
      number("confidence"),
    ),

  tango_paired: (input: Input) => tango(countsOf(input), input.number("confidence")),

  bonett_price_paired: (input: Input) => {
    const { centre, ...bounds } = bonettPrice(countsOf(input), input.number("confidence"));
    return { ...bounds, center: centre };
  },

  noninferiority_paired_binary: (input: Input) => {
    const { z, p, lower, noninferior } = tangoNoninferiority(countsOf(input), input.number("margin"), 0.05);
    return { z, p_noninferior: p, "noninferior_at_0.05": noninferior, lower_one_sided_95: lower };
  },

  paired_t: (input: Input) => {
    const { estimate, se, df, test, bounds } = pairedT(diffsOf(input), input.number("confidence"));
    return {
      mean_diff: estimate,
      se,
      df,
      t: mapDefined(test, ({ t }) => t),
      p_two_sided: mapDefined(test, ({ pTwoSided }) => pTwoSided),
      lower: mapDefined(bounds, ({ lower }) => lower),
      upper: mapDefined(bounds, ({ upper }) => upper),
    };
  },

  noninferiority_paired_t: (input: Input) => {
    const found = pairedTNoninferiority(diffsOf(input), input.number("margin"), 0.05);
    const field = (of: (outcome: MeanNoninferiority) => number) => mapDefined(found, of);
    return {
      p_noninferior: field(({ p }) => p),
      t_lower: field(({ t }) => t),
      p_not_superior_by_margin: field(({ pNotSuperior }) => pNotSuperior),
      p_tost: field(({ pTost }) => pTost),
      lower_one_sided_95: field(({ lower }) => lower),
    };
  },

  noninferiority_pseudo_case_t: ({ numbers, number }: Input) => {
    const found = pseudoCaseNoninferiority(numbers("diffs"), number("margin"), 0.05);
    return {
      p_noninferior: found.p,
      lower_one_sided_95: found.lower,
      lower_check: found.lower,
      upper_one_sided_95: found.upper,
      center: found.centre,
    };
  },
};
