import { describe, expect, it } from "vitest";
import { clopperPearsonOneSided } from "../stats/proportion.ts";
import { countBounds, countTest, doubtedCount } from "./cluster-doubt.ts";
import { decide } from "./decide.ts";
import { unitBounds } from "./mean-bounds.ts";
import { createObservations } from "./observations.ts";
import { pairedShares } from "./paired.ts";
import { promptOnly, rightOf, seeded, suiteOf, TODAY, tell } from "./trials.test-data.ts";

const RUNS = 600;
/** 5 % and three standard errors of 600 runs; errors of 2,000 runs are told where they are more than 5 %. */
const MOST = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / RUNS);

/** Cases of a cluster share one draw with probability √icc, so that two of them correlate by icc. */
function clustered<T>(random: () => number, clusters: number, size: number, icc: number, draw: () => T) {
  const names: string[] = [];
  const drawn: T[] = [];
  for (let cluster = 0; cluster < clusters; cluster++) {
    const shared = draw();
    for (let at = 0; at < size; at++) {
      names.push(`c${cluster}`);
      drawn.push(random() < Math.sqrt(icc) ? shared : draw());
    }
  }
  return { names, drawn };
}

describe("an effective count", () => {
  it("is Clopper-Pearson where it is a count", () => {
    const { lower, upper } = countBounds({ successes: 47, n: 50 }, 0.95);
    const exact = clopperPearsonOneSided(47, 50, 0.95);
    expect(lower).toBeCloseTo(exact.lower, 12);
    expect(upper).toBeCloseTo(exact.upper, 12);
    const { above, below } = countTest({ successes: 40.5, n: 44.25 }, 0.8);
    const bounds = countBounds({ successes: 40.5, n: 44.25 }, 1 - above);
    expect(bounds.lower).toBeCloseTo(0.8, 9);
    expect(below).toBeGreaterThan(0.9);
  });

  it("takes no certainty from clusters that all agree", () => {
    const { n } = doubtedCount({ sizes: Array(20).fill(10), successes: Array(20).fill(10) });
    expect(n).toBeLessThan(100);
    expect(n).toBeGreaterThan(10);
  });
});

describe("bounds of few clusters at a high rate, simulated", () => {
  // Without the adverse cluster: 5 to 17 %.
  it.each(
    [10, 20, 40].flatMap((clusters) =>
      [0.1, 0.3].flatMap((icc) => [0.8, 0.95].map((rate) => [clusters, icc, rate] as const)),
    ),
  )("%d clusters of 10, correlation %d, rate %d: a bound above the rate", (clusters, icc, rate) => {
    const random = seeded(clusters);
    let high = 0;
    let low = 0;
    for (let run = 0; run < RUNS; run++) {
      const { names, drawn } = clustered(random, clusters, 10, icc, () => (random() < rate ? 1 : 0));
      const { lower, upper } = unitBounds({ values: drawn, clusters: names }, 0.95);
      if (lower > rate) high += 1;
      if (upper < rate) low += 1;
    }
    expect(high / RUNS).toBeLessThan(MOST);
    expect(low / RUNS).toBeLessThan(MOST);
  });

  // Without adverse clusters: 12 %.
  it.each([
    [20, 0.3, [0.95, 0, 0.05] as const],
    [40, 0.1, [0.95, 0, 0.05] as const],
    [40, 0.3, [0.95, 0, 0.05] as const],
    [40, 0.3, [0.9, 0.025, 0.075] as const],
  ])(
    "%d clusters of 5, correlation %d: a loss as large as the margin is not called none",
    (clusters, icc, [same, won]) => {
      const random = seeded(7);
      let noninferior = 0;
      for (let run = 0; run < RUNS; run++) {
        const { names, drawn } = clustered(random, clusters, 5, icc, () => {
          const at = random();
          return at < same ? ([1, 1] as const) : at < same + won ? ([0, 1] as const) : ([1, 0] as const);
        });
        const pairs = { base: drawn.map(([base]) => base), fresh: drawn.map(([, fresh]) => fresh), clusters: names };
        if (pairedShares(pairs, 0.05).lower > -0.05) noninferior += 1;
      }
      expect(noninferior / RUNS).toBeLessThan(MOST);
    },
  );
});

describe("a decision on few clusters", () => {
  it.each([
    [10, true],
    [19, true],
    [20, false],
  ])("%d clusters: warned %s", (clusters, warned) => {
    const observations = createObservations(suiteOf({ targets: [promptOnly("plain")] }));
    for (let at = 0; at < clusters; at++) {
      tell(observations, "plain", rightOf(10, 10), { first: at * 10, cluster: `c${at}` });
    }
    const { warnings } = decide(observations, { today: TODAY });
    expect(warnings.some((text) => text.includes("bounds are trusted from 20 on"))).toBe(warned);
  });
});
