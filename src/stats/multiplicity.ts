/**
 * p-values adjusted for having asked several questions. Compare an adjusted value with alpha itself.
 * Every function keeps the order of its input, accepts ties and an empty list, and never lowers a p-value.
 */
import { expectUnit } from "./arguments.ts";
import { sumOver } from "./sum.ts";

/** Bonferroni: family-wise error, whatever the dependence. */
export function bonferroni(p: readonly number[]): number[] {
  expectPValues(p);
  return p.map((value) => Math.min(1, p.length * value));
}

/** Holm (1979): family-wise error, whatever the dependence, always at least as sharp as Bonferroni. */
export function holm(p: readonly number[]): number[] {
  return stepDown(p, (count, rank) => count - rank + 1);
}

/** Hochberg (1988): family-wise error for independent or positively dependent tests. */
export function hochberg(p: readonly number[]): number[] {
  return stepUp(p, (count, rank) => count - rank + 1);
}

/** Benjamini and Hochberg (1995): false discovery rate for independent or positively dependent tests. */
export function benjaminiHochberg(p: readonly number[]): number[] {
  return stepUp(p, (count, rank) => count / rank);
}

/** Benjamini and Yekutieli (2001): false discovery rate, whatever the dependence. */
export function benjaminiYekutieli(p: readonly number[]): number[] {
  const harmonic = sumOver(p.length, (index) => 1 / (index + 1));
  return stepUp(p, (count, rank) => (harmonic * count) / rank);
}

/** What a p-value is multiplied by, given how many there are and its rank from the smallest (1). */
type Factor = (count: number, rank: number) => number;

function stepDown(p: readonly number[], factor: Factor): number[] {
  return cumulate(ascending(p), p.length, factor, Math.max, 0);
}

function stepUp(p: readonly number[], factor: Factor): number[] {
  return cumulate(ascending(p).reverse(), p.length, factor, Math.min, 1);
}

type Ranked = { readonly index: number; readonly value: number; readonly rank: number };

function ascending(p: readonly number[]): Ranked[] {
  expectPValues(p);
  return p
    .map((value, index) => ({ value, index }))
    .sort((a, b) => a.value - b.value)
    .map((entry, position) => ({ ...entry, rank: position + 1 }));
}

/** Carries the running maximum (or minimum) along the order of the procedure and puts the results back in place. */
function cumulate(
  order: readonly Ranked[],
  count: number,
  factor: Factor,
  pick: (a: number, b: number) => number,
  start: number,
): number[] {
  const adjusted = new Array<number>(count).fill(0);
  let running = start;
  for (const { index, value, rank } of order) {
    running = pick(running, Math.min(1, factor(count, rank) * value));
    adjusted[index] = running;
  }
  return adjusted;
}

function expectPValues(p: readonly number[]): void {
  for (const [index, value] of p.entries()) expectUnit(`p[${index}]`, value);
}
