/**
 * How often the bounds behind a verdict err, by seeded simulation at known truths.
 *
 *     node bench/error-rates.ts [shares] [scores] [paired] [costs] [coverage] [plan] [--runs 4000]
 *
 * A bound errs where the truth lies beyond it: "false met" and "false not met" are promised to be at most 5 %. Power is the share of
 * runs that show what is true by a margin.
 */
import { parseArgs } from "node:util";
import { meanBounds, unitTest } from "../src/decide/mean-bounds.ts";
import { differenceOfShares, pairedShares } from "../src/decide/paired.ts";
import { clusteredMean } from "../src/stats/clustered.ts";
import { randomFrom } from "../src/stats/random.ts";
import { COSTS, drawPairs, drawShares, namesOf, normal, sizesOf } from "./draws.ts";

const { values: options, positionals } = parseArgs({
  options: { runs: { type: "string", default: "4000" } },
  allowPositionals: true,
});
const RUNS = Number(options.runs);
const ALPHA = 0.05;
const CASES = 10;
const CLUSTERS = [5, 10, 20, 40];
const RATES = [0.5, 0.8, 0.9, 0.95];

type Cell = string | number;
interface Table {
  readonly title: string;
  readonly header: readonly string[];
  readonly rows: () => Iterable<readonly Cell[]>;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** Share of `runs` in which each of several things happened. */
function shares(runs: number, draw: () => readonly boolean[]): string[] {
  const hits: number[] = [];
  for (let run = 0; run < runs; run++) {
    for (const [at, hit] of draw().entries()) hits[at] = (hits[at] ?? 0) + (hit ? 1 : 0);
  }
  return hits.map((count) => percent(count / runs));
}

function* clusteredShares(trials: number): Iterable<readonly Cell[]> {
  for (const how of ["rates", "shared", "unlike sizes"]) {
    for (const icc of [0.1, 0.3]) {
      for (const clusters of CLUSTERS) {
        for (const rate of RATES) {
          const random = randomFrom([clusters, icc, rate, how.length, trials]);
          const sizes = sizesOf(clusters, CASES, how === "unlike sizes");
          const names = namesOf(sizes);
          const test = (mean: number) =>
            unitTest({ values: drawShares(random, sizes, mean, icc, how, trials), clusters: names }, rate);
          const errors = shares(RUNS, () => {
            const { above, below } = test(rate);
            return [above < ALPHA, below < ALPHA];
          });
          const power = shares(RUNS / 4, () => [
            test(1 - (1 - rate) / 3).above < ALPHA,
            test(rate - 0.15).below < ALPHA,
          ]);
          yield [how, icc, clusters, rate, ...errors, ...power];
        }
      }
    }
  }
}

/** A loss as large as the margin, five points. */
function* pairedClusters(): Iterable<readonly Cell[]> {
  const margin = 0.05;
  for (const icc of [0.1, 0.3]) {
    for (const clusters of CLUSTERS) {
      for (const [differing, won] of [
        [0.05, 0],
        [0.1, 0.025],
        [0.25, 0.1],
      ] as const) {
        const random = randomFrom([clusters, icc, differing]);
        const sizes = sizesOf(clusters, CASES, false);
        const names = namesOf(sizes);
        const lower = (gain: number) => {
          const differences = drawPairs(random, sizes, { differing: differing + gain, won: won + gain, icc });
          const base = differences.map((difference) => (difference === 1 ? 0 : 1));
          const fresh = differences.map((difference) => (difference === -1 ? 0 : 1));
          return pairedShares({ base, fresh, clusters: names }, ALPHA).lower;
        };
        yield [
          icc,
          clusters,
          percent(differing),
          ...shares(RUNS, () => [lower(0) > -margin]),
          ...shares(RUNS / 4, () => [lower(0.15) > 0]),
        ];
      }
    }
  }
}

function* independentCosts(): Iterable<readonly Cell[]> {
  for (const [name, mean, draw] of COSTS) {
    for (const n of [30, 50, 100, 200]) {
      const random = randomFrom([n, mean, name.length]);
      const rates = shares(RUNS, () => {
        const bounds = meanBounds({ values: Array.from({ length: n }, () => draw(random)) }, 1 - ALPHA);
        const { lower = 0, upper = Number.POSITIVE_INFINITY } = bounds ?? {};
        return [
          upper < mean,
          lower > mean,
          upper < 1.25 * mean,
          upper < 1.5 * mean,
          upper < 2 * mean,
          lower > mean / 1.5,
        ];
      });
      yield [name, n, ...rates];
    }
  }
}

/** A cluster's factor and a case's own, each with half of the variance of the logarithm. */
function* clusteredCosts(): Iterable<readonly Cell[]> {
  for (const sigma of [0.5, 1, 2]) {
    for (const clusters of CLUSTERS) {
      const random = randomFrom([clusters, sigma]);
      const names = namesOf(sizesOf(clusters, 5, false));
      const mean = Math.exp(sigma ** 2 / 2);
      const rates = shares(RUNS, () => {
        const values = Array.from({ length: clusters }, () => normal(random)).flatMap((own) =>
          Array.from({ length: 5 }, () => Math.exp((sigma * (own + normal(random))) / Math.SQRT2)),
        );
        const bounds = meanBounds({ values, clusters: names }, 1 - ALPHA);
        const { lower = 0, upper = Number.POSITIVE_INFINITY } = bounds ?? {};
        return [
          upper < mean,
          lower > mean,
          upper < 1.25 * mean,
          upper < 1.5 * mean,
          upper < 2 * mean,
          lower > mean / 1.5,
        ];
      });
      yield [`lognormal, sigma ${sigma}, in clusters`, clusters, ...rates];
    }
  }
}

/** Two-sided 95 % intervals of a mean difference: the published CR2 interval, and the one that is shown. */
function* coverage(): Iterable<readonly Cell[]> {
  for (const how of ["alike", "unlike"]) {
    for (const icc of [0.1, 0.3]) {
      for (const clusters of CLUSTERS) {
        const random = randomFrom([clusters, icc, how.length]);
        const sizes = sizesOf(clusters, CASES, how === "unlike");
        const names = namesOf(sizes);
        // Normal differences first, where CR2 with Satterthwaite's degrees of freedom is all but exact; then of graded scores.
        const drawn = (own: () => number) =>
          sizes.flatMap((size) => {
            const cluster = own();
            return Array.from({ length: size }, () => Math.sqrt(icc) * cluster + Math.sqrt(1 - icc) * own());
          });
        const covers = (ends: { readonly lower: number; readonly upper: number }, truth: number) =>
          ends.lower <= truth && truth <= ends.upper;
        const rates = shares(RUNS, () => {
          const bell = clusteredMean(
            drawn(() => normal(random)),
            names,
            0.95,
          );
          const scores = drawn(() => normal(random)).map((z) => Math.max(-1, Math.min(1, 0.25 * z)));
          const sample = { values: scores, clusters: names };
          const published = clusteredMean(scores, names, 0.95);
          return [
            bell.defined && covers(bell.value, 0),
            published.defined && covers(published.value, 0),
            covers(differenceOfShares(sample, ALPHA).shown, 0),
          ];
        });
        yield [how, icc, clusters, ...rates];
      }
    }
  }
}

const ERRORS = ["false met", "false not met"];
const TABLES: Readonly<Record<string, readonly Table[]>> = {
  shares: [
    {
      title: "Share of right cases, clusters of 10 on average",
      header: [
        "clusters'",
        "icc",
        "clusters",
        "rate",
        ...ERRORS,
        "power met (a third of the failures)",
        "power not met (15 points short)",
      ],
      rows: () => clusteredShares(1),
    },
  ],
  scores: [
    {
      title: "Share of right trials, 3 trials a case, clusters of 10 on average",
      header: [
        "clusters'",
        "icc",
        "clusters",
        "rate",
        ...ERRORS,
        "power met (a third of the failures)",
        "power not met (15 points short)",
      ],
      rows: () => clusteredShares(3),
    },
  ],
  paired: [
    {
      title: "Paired, clusters of 10: a loss of 5 points called none at a margin of 5; a gain of 10 points shown",
      header: ["icc", "clusters", "cases that differ", "false no worse", "power superior"],
      rows: pairedClusters,
    },
  ],
  costs: [
    {
      title: "Mean cost, independent cases",
      header: ["costs", "n", ...ERRORS, "met at 1.25 x", "met at 1.5 x", "met at 2 x", "not met at 1 / 1.5"],
      rows: independentCosts,
    },
    {
      title: "Mean cost, clusters of 5",
      header: ["costs", "clusters", ...ERRORS, "met at 1.25 x", "met at 1.5 x", "met at 2 x", "not met at 1 / 1.5"],
      rows: clusteredCosts,
    },
  ],
  coverage: [
    {
      title: "Coverage of 95 % intervals of a mean difference by clusters",
      header: ["sizes", "icc", "clusters", "CR2, normal", "CR2, scores", "as shown, scores"],
      rows: coverage,
    },
  ],
};

for (const [name, tables] of Object.entries(TABLES)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  for (const { title, header, rows } of tables) {
    process.stdout.write(`\n${title}\n${header.join("\t")}\n`);
    for (const row of rows()) process.stdout.write(`${row.join("\t")}\n`);
  }
}
