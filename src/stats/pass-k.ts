/**
 * Repeated trials of one case summed up: does at least one of k pass, do all of k pass? Unbiased estimates from n >= k
 * trials by drawing k of them without replacement. Fewer than k trials define nothing: nothing is extrapolated.
 */
import { expectCount, expectUnit } from "./arguments.ts";
import { hypergeometricUpper } from "./hypergeometric.ts";
import { mean, sumOver } from "./sum.ts";
import { defined, type Maybe, mapDefined, notDefined } from "./undefined.ts";

/** The trials of one case: how many were scored and how many of them passed. */
export type Trials = { readonly trials: number; readonly passes: number };

/** pass@k: the chance that at least one of k trials passes, 1 - C(n-c, k)/C(n, k) (Chen et al. 2021). */
export function passAtK(counts: Trials, k: number): Maybe<number> {
  return mapDefined(drawable(counts, k), ({ trials, passes }) => 0 - Math.expm1(logAllOfK(trials, trials - passes, k)));
}

/** pass^k: the chance that all of k trials pass, C(c, k)/C(n, k) (Yao et al. 2024, tau-bench). */
export function passHatK(counts: Trials, k: number): Maybe<number> {
  return mapDefined(drawable(counts, k), ({ trials, passes }) => Math.exp(logAllOfK(trials, passes, k)));
}

/** G-Pass@k with threshold tau, and how many of the k trials it asks to pass. */
export type GPass = { readonly minCorrect: number; readonly value: Maybe<number> };

/**
 * G-Pass@k_tau: the chance that at least ceil(tau k) of k trials pass (Liu et al. 2024, "Are your LLMs capable of stable
 * reasoning?").
 * @param tau share of the k trials, 0..1; at least one trial is always asked for
 */
export function gPassAtK(counts: Trials, k: number, tau: number): GPass {
  expectCount("k", k, 1);
  expectUnit("tau", tau);
  // 0.07 * 100 is 7.000000000000001 in binary; a whole product must not be rounded up to the next one.
  const minCorrect = Math.max(1, Math.ceil(tau * k - 1e-9));
  const value = mapDefined(drawable(counts, k), ({ trials, passes }) =>
    hypergeometricUpper(minCorrect, trials, passes, k),
  );
  return { minCorrect, value };
}

/**
 * mG-Pass@k = (2/k) Σ G-Pass@k_{i/k} over i from ceil(k/2) + 1 to k (Liu et al. 2024). For an even k a case that always
 * passes has 1; for an odd k less, by the definition; for k = 1 the sum has no term and nothing is defined.
 */
export function mgPassAtK(counts: Trials, k: number): Maybe<number> {
  const drawn = drawable(counts, k);
  if (k === 1) return notDefined("mG-Pass@1 is a sum without terms");
  return mapDefined(drawn, ({ trials, passes }) => {
    const first = Math.ceil(k / 2) + 1;
    return (2 / k) * sumOver(k - first + 1, (index) => hypergeometricUpper(first + index, trials, passes, k));
  });
}

/**
 * Mean of pass^k over cases: the stability requirement. Not defined when any case has fewer than k scored trials, which
 * would otherwise have to be dropped or counted as a failure.
 */
export function meanPassHatK(cases: readonly Trials[], k: number): Maybe<number> {
  return meanOverCases(cases, k, passHatK);
}

/** Mean of pass@k over cases, under the same rule. */
export function meanPassAtK(cases: readonly Trials[], k: number): Maybe<number> {
  return meanOverCases(cases, k, passAtK);
}

function meanOverCases(
  cases: readonly Trials[],
  k: number,
  of: (counts: Trials, k: number) => Maybe<number>,
): Maybe<number> {
  expectCount("number of cases", cases.length, 1);
  const values = cases.map((counts) => of(counts, k)).flatMap((value) => (value.defined ? [value.value] : []));
  const short = cases.length - values.length;
  if (short > 0) return notDefined(`${short} of ${cases.length} cases have fewer than ${k} scored trials`);
  return defined(mean(values));
}

function drawable(counts: Trials, k: number): Maybe<Trials> {
  const { trials, passes } = counts;
  expectCount("trials", trials);
  expectCount("passes", passes);
  if (passes > trials) throw new RangeError(`passes: expected at most trials = ${trials}, got ${passes}`);
  expectCount("k", k, 1);
  return k > trials ? notDefined(`${trials} scored trials are fewer than k = ${k}`) : defined(counts);
}

/** log( C(good, k)/C(n, k) ), the chance that k draws without replacement all come from the `good` ones of n. */
function logAllOfK(n: number, good: number, k: number): number {
  if (k > good) return Number.NEGATIVE_INFINITY;
  // C(good, k)/C(n, k) = C(n-k, bad)/C(n, bad) with bad = n - good: either product, whichever is shorter.
  const bad = n - good;
  const [draws, avoid] = k <= bad ? [k, bad] : [bad, k];
  return sumOver(draws, (index) => Math.log1p(-avoid / (n - index)));
}
