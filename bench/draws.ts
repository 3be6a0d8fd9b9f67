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
