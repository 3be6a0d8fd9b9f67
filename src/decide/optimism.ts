/** How much the best of several equally good prompts flatters itself on the cases that it was chosen on. */
import { normalCdf, normalDensity } from "../stats/normal.ts";
import { mean, sumOfSquares } from "../stats/sum.ts";

/** Beyond this many standard deviations nothing is left to integrate. */
const REACH = 10;
const STEPS = 2000;

/**
 * Expected maximum of k independent standard normals, in standard deviations: ∫ x k φ(x) Φ(x)^(k-1) dx by Simpson's rule.
 * k = 2: 0.56, 5: 1.16, 10: 1.54.
 */
export function expectedMaximum(k: number): number {
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`k: expected a whole number of at least 1, got ${k}`);
  if (k === 1) return 0;
  const width = (2 * REACH) / STEPS;
  let total = 0;
  for (let step = 0; step <= STEPS; step++) {
    const x = -REACH + step * width;
    const factor = step === 0 || step === STEPS ? 1 : step % 2 === 1 ? 4 : 2;
    total += factor * x * k * normalDensity(x) * normalCdf(x) ** (k - 1);
  }
  return (total * width) / 3;
}

/**
 * Expected optimism of the best of several candidates on the same cases, if all were equally good: the expected maximum of k
 * normals times the standard error of what a candidate does not share with the others, √(mean variance of a paired
 * difference / 2n).
 * @param candidates one value a case and candidate, the same cases in the same order; two candidates and two cases at least
 * @returns shares, 0 or above; `undefined` below that
 */
export function expectedOptimism(candidates: readonly (readonly number[])[]): number | undefined {
  const n = candidates[0]?.length ?? 0;
  if (candidates.length < 2 || n < 2) return undefined;
  const variances: number[] = [];
  for (const [index, first] of candidates.entries()) {
    for (const second of candidates.slice(index + 1)) {
      variances.push(sumOfSquares(first.map((value, at) => value - (second[at] ?? 0))) / (n - 1));
    }
  }
  return expectedMaximum(candidates.length) * Math.sqrt(mean(variances) / (2 * n));
}
