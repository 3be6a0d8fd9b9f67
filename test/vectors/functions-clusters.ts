/** Vector functions: values that come in clusters. */
import { clusteredMean, clusteredStandardErrors } from "../../src/stats/clustered.ts";
import { clusteredProportion, clusteredWilson } from "../../src/stats/clustered-wilson.ts";
import { tBounds } from "../../src/stats/mean.ts";
import { twoSidedT } from "../../src/stats/student-t.ts";
import { defined, mapDefined } from "../../src/stats/undefined.ts";
import type { Input } from "./input.ts";

export const CLUSTER_FUNCTIONS = {
  clustered_se: ({ numbers, strings }: Input) => {
    const scores = numbers("scores");
    const clusters = strings("clusters");
    const found = clusteredStandardErrors(scores, clusters);
    const interval = clusteredMean(scores, clusters, 0.95);
    const cr1Bounds = tBounds(found.mean, found.cr1, () => twoSidedT(0.95, found.clusters - 1));
    return {
      mean: found.mean,
      n_clusters: found.clusters,
      se_clt: found.clt,
      variance_miller: mapDefined(found.miller, (se) => se ** 2),
      se_miller: found.miller,
      se_cr0: found.cr0,
      se_cr1: found.cr1,
      se_cr2: found.cr2,
      df_satterthwaite: found.satterthwaiteDf,
      cr2_lower95: mapDefined(interval, ({ lower }) => lower),
      cr2_upper95: mapDefined(interval, ({ upper }) => upper),
      cr1_t_lower95: mapDefined(cr1Bounds, ({ lower }) => lower),
      cr1_t_upper95: mapDefined(cr1Bounds, ({ upper }) => upper),
    };
  },

  clustered_wilson: ({ numbers, number }: Input) => {
    const tally = { successes: numbers("successes_by_cluster"), sizes: numbers("sizes_by_cluster") };
    const found = clusteredProportion(tally);
    const interval = clusteredWilson(tally, number("confidence"));
    return {
      lower: mapDefined(interval, ({ lower }) => lower),
      est: defined(found.estimate),
      upper: mapDefined(interval, ({ upper }) => upper),
      totx: found.successes,
      totn: found.n,
      xihat: found.designEffect,
      icc: found.icc,
    };
  },
};
