/** Random data of known truth for simulations, from a seeded source. */
import type { Random } from "../src/stats/random.ts";

/** Standard normal (Box and Muller 1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Gamma of scale 1 (Marsaglia and Tsang 2000); below shape 1 by the power of a uniform number. */
export function gamma(random: Random, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Beta with this mean, whose draws within one rate correlate by `icc`. */
export function clusterRate(random: Random, mean: number, icc: number): number {
  const spread = (1 - icc) / icc;
  const x = gamma(random, mean * spread);
  return x / (x + gamma(random, (1 - mean) * spread));
}

/** Sizes of clusters: all alike, or very unlike with the same mean. */
export function sizesOf(clusters: number, mean: number, unlike: boolean): number[] {
  return Array.from({ length: clusters }, (_, at) =>
    unlike ? Math.max(1, Math.round(mean * ([0.2, 0.3, 0.5, 1, 3][at % 5] ?? 1))) : mean,
  );
}

/** The cluster of each case. */
export function namesOf(sizes: readonly number[]): string[] {
  return sizes.flatMap((size, cluster) => Array<string>(size).fill(`c${cluster}`));
}

/** `trials` of a case are averaged; cases of a cluster share its rate, or with "shared" one case's outcome. */
export function drawShares(
  random: Random,
  sizes: readonly number[],
  mean: number,
  icc: number,
  how: string,
  trials = 1,
): number[] {
  return sizes.flatMap((size) => {
    const rate = how === "shared" ? (random() < mean ? 1 : 0) : clusterRate(random, mean, icc);
    return Array.from({ length: size }, () => {
      const own = how !== "shared" ? rate : random() < Math.sqrt(icc) ? rate : mean;
      let passed = 0;
      for (let trial = 0; trial < trials; trial++) if (random() < own) passed += 1;
      return passed / trials;
    });
  });
}

/** Differences of 0/1 pairs: shares `won` and `differing - won` of them are 1 and -1; cases of a cluster repeat one draw or make their own. */
export function drawPairs(
  random: Random,
  sizes: readonly number[],
  { differing, won, icc }: { readonly differing: number; readonly won: number; readonly icc: number },
): number[] {
  const draw = () => {
    const at = random();
    return at >= differing ? 0 : at < won ? 1 : -1;
  };
  return sizes
    .map((size) => ({ size, shared: draw() }))
    .flatMap(({ size, shared }) => Array.from({ length: size }, () => (random() < Math.sqrt(icc) ? shared : draw())));
}

/** Costs of known mean, from alike to a few that cost many times the others. */
export const COSTS: readonly (readonly [name: string, mean: number, draw: (random: Random) => number])[] = [
  ["normal, sd 30 %", 1, (random) => Math.max(0, 1 + 0.3 * normal(random))],
  ["two prices, 1 and 2", 1.3, (random) => (random() < 0.3 ? 2 : 1)],
  ["lognormal, sigma 0.5", Math.exp(0.125), (random) => Math.exp(0.5 * normal(random))],
  ["exponential", 1, (random) => -Math.log(1 - random())],
  ["lognormal, sigma 1", Math.exp(0.5), (random) => Math.exp(normal(random))],
  ["lognormal, sigma 2", Math.exp(2), (random) => Math.exp(2 * normal(random))],
  ["1 in 20 costs 20 x", 1.95, (random) => (random() < 0.05 ? 20 : 1)],
];
