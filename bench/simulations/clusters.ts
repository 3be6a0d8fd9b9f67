/** Cases in clusters: the published intervals, and the bounds that decide (the widest of several, see `decide/mean-bounds.ts`). */
import { unitTest } from "../../src/decide/mean-bounds.ts";
import { differenceOfShares } from "../../src/decide/paired.ts";
import { clusteredMean } from "../../src/stats/clustered.ts";
import {
  type ClusterTally,
  clusteredProportion,
  clusteredWilsonFloored,
  tallyByCluster,
} from "../../src/stats/clustered-wilson.ts";
import type { Bounds } from "../../src/stats/interval.ts";
import { wilson, wilsonBounds } from "../../src/stats/proportion.ts";
import { twoSidedT } from "../../src/stats/student-t.ts";
import { sum } from "../../src/stats/sum.ts";
import { drawPairs, drawShares, namesOf, normal, sizesOf } from "../draws.ts";
import { type Band, type Draws, type Figure, near, type Simulation, simulated, together } from "./figure.ts";

const ALPHA = 0.05;

/** Clusters, cases in each, rate, correlation, and the stated coverage of Wilson on n/xi with t, which was simulated too. */
export const STATED: readonly (readonly [number, number, number, number, Band])[] = [
  [10, 10, 0.8, 0.3, near(0.928, 0.015)],
  [10, 10, 0.95, 0.3, near(0.857, 0.015)],
  [20, 5, 0.8, 0.1, near(0.956, 0.015)],
  [40, 5, 0.8, 0.1, { atLeast: 0.932, atMost: 0.968 }],
  [40, 5, 0.8, 0.3, { atLeast: 0.932, atMost: 0.968 }],
  [40, 5, 0.95, 0.1, { atLeast: 0.932, atMost: 0.968 }],
  [40, 5, 0.95, 0.3, { atLeast: 0.932, atMost: 0.968 }],
];

/** As stated: no correlation is taken for none where all cases agree. Ours takes it for the largest there can be. */
function asStated(tally: ClusterTally): Bounds {
  const { estimate, n, clusters: count, designEffect } = clusteredProportion(tally);
  const effect = designEffect.defined ? Math.max(1, designEffect.value) : 1;
  return wilsonBounds(estimate, n / effect, twoSidedT(0.95, count - 1));
}

export function clusteredCoverage({ runs, random }: Draws, settings = STATED): Figure[] {
  return settings.flatMap(([count, size, rate, icc, stated]) => {
    const own = random(count, size, rate, icc);
    const sizes = sizesOf(count, size, false);
    const names = namesOf(sizes);
    const setting = `${count} x ${size}, ${rate * 100} %, icc ${icc}`;
    const covers = ({ lower, upper }: Bounds) => lower <= rate && rate <= upper;
    return together(runs, () => {
      const values = drawShares(own, sizes, rate, icc, "rates");
      const passes = values.map((value) => value === 1);
      const tally = tallyByCluster(passes, names);
      const ours = clusteredWilsonFloored(tally, 0.95);
      const plain = wilson(sum(values), values.length, 0.95);
      return [covers(asStated(tally)), ours.defined && covers(ours.value), covers(plain)];
    }, [
      [`${setting}: as stated`, stated],
      [`${setting}: ours`, { atLeast: stated.atLeast ?? 0 }],
      [`${setting}: plain Wilson`],
    ]);
  });
}

/** What decides, at a rate exactly at its threshold, clusters of 10. Twenty clusters are to be trusted, ten may speak. */
function deciding({ runs, random }: Draws): Figure[] {
  return [1, 3].flatMap((trials) =>
    [10, 20, 40].flatMap((count) =>
      [0.1, 0.3].flatMap((icc) =>
        [0.8, 0.95].flatMap((rate) => {
          const own = random(trials, count, icc, rate, 1);
          const sizes = sizesOf(count, 10, false);
          const names = namesOf(sizes);
          const setting = `${count} x 10, ${rate * 100} %, icc ${icc}, ${trials} tr.`;
          return together(runs, () => {
            const values = drawShares(own, sizes, rate, icc, "rates", trials);
            const { above, below } = unitTest({ values, clusters: names }, rate);
            return [above < ALPHA, below < ALPHA];
          }, [
            [`${setting}: false met`, { atMost: ALPHA }],
            [`${setting}: false not met`, { atMost: ALPHA }],
          ]);
        }),
      ),
    ),
  );
}

/** A loss of five points called none at a margin of five, clusters of 10. */
function paired({ runs, random }: Draws): Figure[] {
  return [10, 20, 40].flatMap((count) =>
    [0.1, 0.3].flatMap((icc) =>
      [
        { differing: 0.1, won: 0.025 },
        { differing: 0.25, won: 0.1 },
      ].map(({ differing, won }) => {
        const own = random(count, icc, differing, 2);
        const sizes = sizesOf(count, 10, false);
        const clusters = namesOf(sizes);
        return simulated(
          `${count} x 10, icc ${icc}, ${differing * 100} % differ: no worse`,
          runs,
          () =>
            differenceOfShares({ values: drawPairs(own, sizes, { differing, won, icc }), clusters }, ALPHA).lower >
            -0.05,
          { atMost: ALPHA },
        );
      }),
    ),
  );
}

/** Normal values with a shift for each cluster, sizes very unlike: where CR2 with Satterthwaite's df is all but exact. */
export function cr2Coverage({ runs, random }: Draws): Figure[] {
  return [10, 20].map((count) => {
    const own = random(count, 4);
    const sizes = sizesOf(count, 10, true);
    const names = namesOf(sizes);
    return simulated(
      `CR2, ${count} unlike clusters, icc 0.1: coverage`,
      runs,
      () => {
        const values = sizes.flatMap((size) => {
          const shared = Math.sqrt(0.1) * normal(own);
          return Array.from({ length: size }, () => shared + Math.sqrt(0.9) * normal(own));
        });
        const found = clusteredMean(values, names, 0.95);
        return found.defined && found.value.lower <= 0 && 0 <= found.value.upper;
      },
      { atLeast: 0.93, atMost: 0.975 },
    );
  });
}

export const clusters: Simulation = {
  name: "clusters",
  title: "Clusters: coverage as published, then errors of the bounds that decide",
  figures: (draws) => [...clusteredCoverage(draws), ...cr2Coverage(draws), ...deciding(draws), ...paired(draws)],
};
